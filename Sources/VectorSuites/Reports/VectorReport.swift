public import ByteCoding

/// What came of a run: the outcomes of every file, with their counts.
public struct VectorReport: Equatable, Sendable {
    /// The outcomes of one file.
    public struct File: Equatable, Sendable {
        /// The file's path.
        public let path: String
        /// What the file's flags mean.
        public let notes: [VectorFile.Note]
        /// The outcomes, in the file's order; at least one.
        public let outcomes: [VectorOutcome]

        /// How many tests ended in this way.
        public func count(_ status: VectorOutcome.Status) -> Int {
            outcomes.reduce(0) { $0 + ($1.outcome == status ? 1 : 0) }
        }
    }

    /// The files of which a test was selected.
    public let files: [File]

    /// The implementation under test.
    public static let tool = "swift ringwork 0.1.0"

    init(files: [File]) { self.files = files }

    /// How many tests ended in this way, over all files.
    public func count(_ status: VectorOutcome.Status) -> Int { files.reduce(0) { $0 + $1.count(status) } }

    /// The number of tests that were selected.
    public var testCount: Int { files.reduce(0) { $0 + $1.outcomes.count } }

    /// Whether at least one test was run, and every selected test passed.
    public var isSuccess: Bool { testCount > 0 && count(.pass) == testCount }

    /// Whether no test was run: none was selected, or all were skipped.
    public var isEmpty: Bool { count(.skip) == testCount }

    /// The report as a `ringwork/vector-report/1` document.
    ///
    ///     {tool, summary{files, passed, failed, skipped, errors},
    ///      results[{id, expected{result, reason}, outcome, got{result, reason}|null, reason|null, comment}]}
    ///
    /// - Parameter includingPasses: Whether `results` lists the passed tests too.
    public func jsonDocument(includingPasses: Bool = false) -> JSONValue {
        let results = files.flatMap(\.outcomes).filter { includingPasses || $0.outcome != .pass }
        return [
            "schema": "ringwork/vector-report/1", "tool": .string(Self.tool),
            "summary": [
                "files": .integer(Int64(files.count)), "passed": .integer(Int64(count(.pass))),
                "failed": .integer(Int64(count(.fail))), "skipped": .integer(Int64(count(.skip))),
                "errors": .integer(Int64(count(.error))),
            ],
            "results": .array(results.map(\.document)),
        ]
    }
}
