public import ByteCoding

/// What one stage of a story did: what went in, what came out, and whether that is what it must be.
public struct Stage: Equatable, Sendable {
    /// A named value, already in the form in which it is shown.
    public struct Entry: Equatable, Sendable {
        /// What the value is.
        public let name: String
        /// The value.
        public let value: String

        /// A named value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The stage's name, one or two words.
    public let name: String
    /// What went in.
    public let inputs: [Entry]
    /// What came out.
    public let result: [Entry]
    /// What must hold.
    public let condition: String
    /// Whether it holds.
    public let passed: Bool

    /// `ringwork/demo-stage/1`.
    public var document: JSONValue {
        func object(_ entries: [Entry]) -> JSONValue {
            .object(entries.map { JSONValue.Field($0.name, .string($0.value)) })
        }
        return [
            "schema": "ringwork/demo-stage/1", "stage": .string(name), "inputs": object(inputs),
            "result": object(result), "condition": .string(condition), "passed": .boolean(passed),
        ]
    }
}

/// Collects what a stage is made of while it runs. Entry names are unique within inputs and within results.
struct StageRecorder {
    private var inputs: [Stage.Entry] = []
    private var result: [Stage.Entry] = []
    private var checks: [Bool] = []

    mutating func input(_ name: String, _ value: some CustomStringConvertible) {
        inputs.append(Stage.Entry(name, "\(value)"))
    }

    mutating func output(_ name: String, _ value: some CustomStringConvertible) {
        result.append(Stage.Entry(name, "\(value)"))
    }

    /// Records an outcome together with what it must be.
    mutating func output(_ name: String, _ value: some CustomStringConvertible, holds: Bool) {
        output(name, value)
        checks.append(holds)
    }

    mutating func check(_ holds: Bool) { checks.append(holds) }

    /// The stage. A stage that checked nothing has not passed.
    func stage(_ name: String, condition: String) -> Stage {
        Stage(
            name: name, inputs: inputs, result: result, condition: condition,
            passed: !checks.isEmpty && checks.allSatisfy { $0 })
    }
}
