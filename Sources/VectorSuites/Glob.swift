/// A pattern for whole names: `*` stands for any run of characters, `?` for one, anything else for itself.
public struct Glob: Equatable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let description: String
    private let pattern: [Unicode.Scalar]

    /// The pattern that `text` spells; every text is one.
    public init(_ text: String) {
        description = text
        pattern = Array(text.unicodeScalars)
    }

    /// Whether the pattern fits all of `name`, scalar by scalar.
    ///
    /// - Complexity: O(m · n) for lengths m and n, whatever the pattern.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        var place = 0
        var next = 0
        // Where to go on after the last star if what follows it does not fit: only the last star ever needs moving.
        var star: (pattern: Int, name: Int)?
        while place < name.count {
            if next < pattern.count, pattern[next] == "*" {
                star = (next, place)
                next += 1
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == name[place] {
                next += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                next = last.pattern + 1
                place = last.name + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
