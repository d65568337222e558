import Dispatch
import Foundation
import Synchronization

/// Calls `body` with 0 ..< count on several threads, and returns what it gave in the order of the numbers.
///
/// The numbers are given out upwards, one at a time: when `body` runs for a number, it has been started for all below.
///
/// - Parameter workers: The threads to use, at least 1.
func concurrentMap<Result: Sendable>(count: Int, workers: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(max(workers, 1), max(count, 1))) { _ in
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            let result = body(index)
            results.withLock { $0[index] = result }
        }
    }
    return results.withLock { $0.compactMap(\.self) }
}

/// The threads to use where the caller does not say: one for each core.
var availableWorkers: Int { ProcessInfo.processInfo.activeProcessorCount }
