public import ByteCoding

/// The step of the protocol that a message belongs to; the raw value is its spelling in JSON.
public enum WorkStep: String, Sendable, CaseIterable {
    /// The paper's step 1: Alice's starting value and amount.
    case step1 = "1"
    /// The paper's step 2: Bob's starting value and amount.
    case step2 = "2"
    /// The paper's step 7: Alice's answer.
    case step7 = "7"
    /// The paper's step 8: Bob's answer.
    case step8 = "8"
    /// Version 2: Alice commits to her starting value and amount.
    case commitA
    /// Version 2: Bob commits to his starting value and amount.
    case commitB
    /// Version 2: Alice opens her commitment.
    case openA
    /// Version 2: Bob opens his commitment.
    case openB
    /// Version 2: Alice commits to her answer.
    case commitAnswerA
    /// Version 2: Bob commits to his answer.
    case commitAnswerB
    /// Version 2: Alice opens her answer.
    case openAnswerA
    /// Version 2: Bob opens his answer.
    case openAnswerB

    /// The bytes of a message's value: 64 (a 32-byte salt, then what it hides) where a commitment is opened, else 32.
    public var valueByteCount: Int {
        switch self {
        case .openA, .openB, .openAnswerA, .openAnswerB: 64
        default: 32
        }
    }

    /// Whether the message carries an amount k: steps 1 and 2, and the opening of the starting values.
    public var hasAmount: Bool {
        switch self {
        case .step1, .step2, .openA, .openB: true
        default: false
        }
    }

    /// Whether the message names its session. The two commitments do not: the session is made from them.
    public var hasSession: Bool { self != .commitA && self != .commitB }
}

/// One message of the hash-work protocol; on a wire, one line of JSON.
///
///     {"schema":"ringwork/work/1","session":…,"step":…,"value":…,"k":…}
///
/// | step | session | value | k |
/// | --- | --- | --- | --- |
/// | `1`, `2` | 32 bytes | starting value, 32 bytes | amount |
/// | `7`, `8` | 32 bytes | answer, 32 bytes | `null` |
/// | `commitA`, `commitB` | `null` | commitment, 32 bytes | `null` |
/// | `openA`, `openB` | 32 bytes | salt ‖ starting value, 64 bytes | amount |
/// | `commitAnswerA`, `commitAnswerB` | 32 bytes | commitment, 32 bytes | `null` |
/// | `openAnswerA`, `openAnswerB` | 32 bytes | salt ‖ answer, 64 bytes | `null` |
///
/// Bytes are lower-case hexadecimal, k is an integer 0 … 2⁶³ − 1 (the parties check its range). In the literal profile
/// the session is a label drawn by Alice; in version 2 it is made from both commitments.
public struct WorkMessage: Equatable, Sendable {
    /// The document's schema.
    public static let schema = "ringwork/work/1"
    /// The most bytes of a line, the line feed not counted.
    public static let lineByteLimit = 1024

    /// The session, 32 bytes, or `nil` where the step has none.
    public let session: [UInt8]?
    /// The step.
    public let step: WorkStep
    /// The value, ``WorkStep/valueByteCount`` bytes.
    public let value: [UInt8]
    /// The amount of work, at least 0, or `nil` where the step has none.
    public let k: Int?

    /// A message whose parts are those of its step.
    ///
    /// - Throws: ``DocumentError/malformed(field:reason:)`` for a part that the step's row of the table does not allow.
    public init(session: [UInt8]?, step: WorkStep, value: [UInt8], k: Int?) throws(DocumentError) {
        try self.init(session, step, value, k) { $0 }
    }

    /// `path` gives a part's full name, for errors.
    private init(
        _ session: [UInt8]?, _ step: WorkStep, _ value: [UInt8], _ k: Int?, path: (String) -> String
    ) throws(DocumentError) {
        guard session?.count == (step.hasSession ? 32 : nil) else {
            throw .malformed(
                field: path("session"), reason: "step \(step.rawValue) needs \(step.hasSession ? "32 bytes" : "null")")
        }
        guard value.count == step.valueByteCount else {
            throw .malformed(field: path("value"), reason: "step \(step.rawValue) needs \(step.valueByteCount) bytes")
        }
        guard (k != nil) == step.hasAmount else {
            throw .malformed(
                field: path("k"), reason: "step \(step.rawValue) needs \(step.hasAmount ? "a number" : "null")")
        }
        guard k ?? 0 >= 0 else { throw .malformed(field: path("k"), reason: "an amount is not negative") }
        self.init(unchecked: session, step, value, k)
    }

    /// For the state machines, whose messages have the right parts by construction.
    init(unchecked session: [UInt8]?, _ step: WorkStep, _ value: [UInt8], _ k: Int?) {
        self.session = session
        self.step = step
        self.value = value
        self.k = k
    }

    /// The message that one line spells.
    ///
    /// - Parameter line: The line's bytes, without its line feed; at most ``lineByteLimit``.
    /// - Throws: ``DocumentError``.
    public init(line: [UInt8]) throws(DocumentError) {
        guard !line.contains(where: { $0 == 0x0a || $0 == 0x0d }) else {
            throw .malformed(field: "line", reason: "a message is one line")
        }
        var reader = try DocumentReader(document: line, schema: Self.schema, limit: Self.lineByteLimit)
        try self.init(fields: &reader)
    }

    /// The message whose fields `reader` has, and no others.
    init(fields reader: inout DocumentReader) throws(DocumentError) {
        let session = try reader.optionalBytes("session")
        let name = try reader.string("step")
        guard let step = WorkStep(rawValue: name) else {
            throw .malformed(field: reader.path("step"), reason: "there is no such step")
        }
        let value = try reader.bytes("value")
        let amount = try reader.value("k")
        let k: Int?
        switch amount {
        case .null: k = nil
        case .integer(let number) where number >= 0: k = Int(number)
        case .integer(let number): throw .malformed(field: reader.path("k"), reason: "\(number) is negative")
        default: throw .wrongKind(field: reader.path("k"), expected: "number or null", actual: amount.kind)
        }
        try reader.finish()
        try self.init(session, step, value, k, path: reader.path)
    }

    /// The message as a line, without its line feed; under 400 bytes.
    public var line: String { JSONValue.object([.init("schema", .string(Self.schema))] + fields).compactText }

    /// The message's fields.
    var fields: [JSONValue.Field] {
        [
            .init("session", JSONValue(session.map { Hex.encode($0) })), .init("step", .string(step.rawValue)),
            .init("value", .string(Hex.encode(value))), .init("k", k.map { .integer(Int64($0)) } ?? .null),
        ]
    }

    /// The salt of an opening: its first 32 bytes.
    var salt: [UInt8] { Array(value.prefix(32)) }
    /// What an opening shows: its last 32 bytes.
    var opened: [UInt8] { Array(value.suffix(32)) }
}
