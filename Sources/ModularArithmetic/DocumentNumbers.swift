public import ByteCoding

extension DocumentReader {
    /// A field that spells a number in canonical hexadecimal.
    public mutating func natural(_ name: String) throws(DocumentError) -> Natural {
        try Self.natural(try string(name), at: path(name))
    }

    /// A field that spells a number, or `nil` where it is `null`.
    public mutating func optionalNatural(_ name: String) throws(DocumentError) -> Natural? {
        guard let text = try optionalString(name) else { return nil }
        return try Self.natural(text, at: path(name))
    }

    /// A field that lists numbers.
    public mutating func naturals(_ name: String) throws(DocumentError) -> [Natural] {
        var numbers: [Natural] = []
        for (index, text) in try strings(name).enumerated() {
            numbers.append(try Self.natural(text, at: "\(path(name))[\(index)]"))
        }
        return numbers
    }

    private static func natural(_ text: String, at path: String) throws(DocumentError) -> Natural {
        do { return try Natural(canonicalHex: text) } catch {
            throw .malformed(field: path, reason: error.description)
        }
    }
}

extension JSONValue {
    /// A number in canonical hexadecimal.
    public init(_ number: Natural) { self = .string(number.hex) }

    /// A number, or `null` where there is none.
    public init(_ number: Natural?) { self = number.map { .string($0.hex) } ?? .null }

    /// A list of numbers.
    public init(_ numbers: [Natural]) { self = .array(numbers.map { .string($0.hex) }) }
}
