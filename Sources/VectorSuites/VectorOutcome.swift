import ByteCoding

/// What came of one test.
public struct VectorOutcome: Equatable, Sendable {
    /// The four ways in which a test ends; the raw values are the words of the reports.
    public enum Status: String, Sendable, CaseIterable {
        /// Verdict and reason are the expected ones.
        case pass
        /// The verdict or its reason is another.
        case fail
        /// The test was not run: an earlier one failed, and the run was to stop there.
        case skip
        /// The test could not be run.
        case error
    }

    /// The test's name.
    public let id: String
    /// The type of the test's group.
    public let groupType: String
    /// The test's flags.
    public let flags: [String]
    /// What the test is about.
    public let comment: String
    /// The right verdict.
    public let expected: VectorVerdict
    /// How the test ended.
    public let outcome: Status
    /// Ringwork's verdict, where there is one.
    public let got: VectorVerdict?
    /// Why a test is not a pass, as a sentence; `nil` for a pass.
    public let reason: String?

    init(_ test: VectorTest, outcome: Status, got: VectorVerdict? = nil, reason: String? = nil) {
        id = test.id
        groupType = test.groupType
        flags = test.flags
        comment = test.comment
        expected = test.expected
        self.outcome = outcome
        self.got = got
        if outcome == .fail, let got {
            self.reason = "expected \(test.expected), got \(got)"
        } else {
            self.reason = reason
        }
    }

    static func skipped(_ test: VectorTest) -> VectorOutcome {
        VectorOutcome(test, outcome: .skip, reason: "an earlier test failed")
    }

    /// `{id, expected{result, reason}, outcome, got{result, reason}|null, reason|null, comment}`.
    var document: JSONValue {
        [
            "id": .string(id), "expected": expected.document, "outcome": .string(outcome.rawValue),
            "got": got?.document ?? .null, "reason": JSONValue(reason), "comment": .string(comment),
        ]
    }
}
