import ModularArithmetic
import Synchronization

/// Counts the hashes of a search over all its threads and headers, and reports them as its control asks.
final class SearchMeter: Sendable {
    let control: SearchControl
    private let start = ContinuousClock.now
    private let counted = Atomic<UInt64>(0)
    private let lastReport: Mutex<ContinuousClock.Instant>

    init(_ control: SearchControl) {
        self.control = control
        lastReport = Mutex(start)
    }

    /// The hashes counted so far.
    var tries: UInt64 { counted.load(ordering: .relaxed) }

    /// Whether the search has to end.
    var isCancelled: Bool { control.cancellation.isCancelled }

    /// Counts more hashes. Whichever thread finds a report due makes it; the others go on.
    func count(_ tries: UInt64, target: Natural) {
        counted.wrappingAdd(tries, ordering: .relaxed)
        guard let progress = control.progress else { return }
        _ = lastReport.withLockIfAvailable { last in
            let now = ContinuousClock.now
            guard now - last >= control.progressInterval else { return }
            last = now
            progress(SearchProgress(tries: self.tries, elapsed: now - start, target: target))
        }
    }
}
