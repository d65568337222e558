import Synchronization

/// Runs tests on several threads. The outcomes are in the order of the tests, and the same however many threads run.
func run(_ tests: [VectorTest], failFast: Bool, workers: Int) -> [VectorOutcome] {
    // Tests are started in their order, so all before the first failure have been run when the last one ends.
    let firstFailure = Atomic(Int.max)
    let outcomes = concurrentMap(count: tests.count, workers: workers) { index in
        if failFast, firstFailure.load(ordering: .relaxed) < index { return VectorOutcome.skipped(tests[index]) }
        let outcome = tests[index].run()
        if outcome.outcome != .pass { firstFailure.min(index, ordering: .relaxed) }
        return outcome
    }
    guard failFast else { return outcomes }
    // Another thread may have been ahead of the failure: what it did does not count.
    let last = firstFailure.load(ordering: .relaxed)
    return zip(tests, outcomes).enumerated().map { index, pair in index > last ? .skipped(pair.0) : pair.1 }
}

extension VectorFile {
    /// Runs the tests of this file that `selection` names.
    ///
    /// - Parameter workers: The threads to use; one for each core by default.
    /// - Returns: The outcomes in the file's order.
    public func run(_ selection: VectorSelection = VectorSelection(), workers: Int? = nil) -> [VectorOutcome] {
        VectorSuites.run(
            tests.filter(selection.contains), failFast: selection.failFast, workers: workers ?? availableWorkers)
    }
}

extension VectorLibrary {
    /// Runs the tests of all files that `selection` names; "the first that fails" is the first of all files.
    ///
    /// - Parameter workers: The threads to use; one for each core by default.
    /// - Returns: The outcomes, of files and of tests in their order.
    public func run(_ selection: VectorSelection = VectorSelection(), workers: Int? = nil) -> VectorReport {
        let selected = files.map { $0.file.tests.filter(selection.contains) }
        let outcomes = VectorSuites.run(
            selected.flatMap(\.self), failFast: selection.failFast, workers: workers ?? availableWorkers)
        var reports: [VectorReport.File] = []
        var start = 0
        for (entry, tests) in zip(files, selected) where !tests.isEmpty {
            let own = Array(outcomes[start..<start + tests.count])
            reports.append(VectorReport.File(path: entry.path, notes: entry.file.notes, outcomes: own))
            start += tests.count
        }
        return VectorReport(files: reports)
    }
}
