/// One test of a vector file, its inputs read and checked for grammar.
public struct VectorTest: Sendable {
    /// The test's name: `<file stem>#<tcId>`.
    public let id: String
    /// The test's number, unique in its file.
    public let tcID: Int
    /// The type of the test's group, such as `Digest`.
    public let groupType: String
    /// What the test is about.
    public let comment: String
    /// The kinds of test it belongs to, each explained in the file's notes.
    public let flags: [String]
    /// The right verdict.
    public let expected: VectorVerdict

    /// Runs the inputs through Ringwork: `nil` where they are valid, else the reason code.
    let check: @Sendable () throws -> String?

    /// Runs the test.
    ///
    /// - Returns: A pass only where both the verdict and its reason are the expected ones.
    public func run() -> VectorOutcome {
        do {
            let got = VectorVerdict(reason: try check())
            return VectorOutcome(self, outcome: got == expected ? .pass : .fail, got: got)
        } catch {
            return VectorOutcome(self, outcome: .error, reason: "the test could not be run: \(error)")
        }
    }
}
