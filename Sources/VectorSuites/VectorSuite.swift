import ByteCoding

/// The tests of one type of vector file: how they are read, and how Ringwork runs them.
///
/// A value stands for one group of a file. Reading is strict and comes first, so that a file with a malformed test is
/// refused as a whole; running needs no more input and may happen on any thread.
protocol VectorSuite: Sendable {
    /// The inputs of one test.
    associatedtype Inputs: Sendable

    /// The `schema` values of the files that the suite reads, each with the profiles that such a file may have.
    static var schemas: [(schema: String, profiles: [String])] { get }

    /// A group of the given type.
    ///
    /// - Parameters:
    ///   - type: The group's `type`.
    ///   - schema: The file's `schema`.
    ///   - parameters: The group's fields besides `type`, `source` and `tests`.
    ///   - previous: The group before it in the file, whose costly checks need not be made again.
    /// - Throws: ``VectorFileError``; an unknown type is an error and never left out.
    init(type: String, schema: String, parameters: inout DocumentReader, previous: Self?) throws(VectorFileError)

    /// Reads a test's fields besides `tcId`, `comment`, `flags`, `result` and `reason`.
    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs

    /// Ringwork's verdict: `nil` where the inputs are valid, else the reason code.
    func run(_ inputs: Inputs) throws -> String?
}

/// The suites of the files that are committed.
let committedSuites: [any VectorSuite.Type] = [
    SHA256Suite.self, PowHeaderSuite.self, CompactTargetSuite.self, RetargetSuite.self, ChainWorkSuite.self,
    MerkleSuite.self, RingPaperSuite.self, RingProofSuite.self, CompanionSuite.self, TokenSuite.self,
    HashWorkSuite.self, GroupParametersSuite.self,
]

/// The suites of others' vectors, which are fetched and converted by `make vectors-foreign`.
let foreignSuites: [any VectorSuite.Type] = [DiscreteLogSuite.self, SHA256MonteSuite.self, KeyedHashSuite.self]

/// Every suite.
let vectorSuites = committedSuites + foreignSuites

/// The largest integer that a vector file spells as a JSON number: 2⁵³ − 1.
let largestCount: Int64 = (1 << 53) - 1

extension DocumentReader {
    /// An integer field of 0 … 2⁵³ − 1.
    mutating func count(_ name: String) throws(DocumentError) -> Int { Int(try integer(name, in: 0...largestCount)) }

    /// A list of integers of 0 … 2⁵³ − 1.
    mutating func counts(_ name: String) throws(DocumentError) -> [Int] {
        var counts: [Int] = []
        for (index, value) in try array(name).enumerated() {
            guard case .integer(let number) = value, (0...largestCount).contains(number) else {
                throw .malformed(field: "\(path(name))[\(index)]", reason: "an integer of 0…\(largestCount) is needed")
            }
            counts.append(Int(number))
        }
        return counts
    }

    /// A string field that spells one of the cases of an enumeration.
    mutating func choice<T: RawRepresentable<String>>(_ name: String) throws(DocumentError) -> T {
        let text = try string(name)
        guard let value = T(rawValue: text) else {
            throw .malformed(field: path(name), reason: "there is no \u{22}\(text)\u{22}")
        }
        return value
    }

    /// A list of byte strings.
    mutating func byteStrings(_ name: String) throws(DocumentError) -> [[UInt8]] {
        var list: [[UInt8]] = []
        for (index, text) in try strings(name).enumerated() {
            do { list.append(try Hex.decode(text)) } catch {
                throw .malformed(field: "\(path(name))[\(index)]", reason: "\(error)")
            }
        }
        return list
    }
}
