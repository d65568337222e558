import Dispatch
public import ModularArithmetic
import Synchronization

/// Ends a search from another thread, a signal handler or a task; once cancelled it stays so.
///
/// ``cancel()`` is one atomic store, so a signal handler may call it.
public final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// A flag that is not set.
    public init() {}

    /// Asks every search that holds the flag to end.
    public func cancel() { flag.store(true, ordering: .releasing) }

    /// Whether ``cancel()`` has been called.
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}

/// Who searches and who watches: threads, the way to stop, the way to look on. Nothing in it changes the answer.
///
///     let control = SearchControl(threads: 4) { progress in print(progress.rate) }
///     let mined = try await control.run { try NonceSearch(header).first(control: $0) }    // ends with its task
public struct SearchControl: Sendable {
    /// How many threads search side by side, at least 1; more than the processor has cores are no faster.
    public var threads: Int
    /// Ends the search with ``ProofOfWorkError/cancelled(tries:)``, within some milliseconds.
    public var cancellation: CancellationFlag
    /// The least time between two calls of ``progress``.
    public var progressInterval: Duration
    /// Called now and then, from one thread at a time and not always the same; the search waits for it.
    public var progress: (@Sendable (SearchProgress) -> Void)?

    /// A search by so many threads.
    ///
    /// - Precondition: `threads` is at least 1.
    public init(
        threads: Int = 1, cancellation: CancellationFlag = CancellationFlag(),
        progressInterval: Duration = .milliseconds(250), progress: (@Sendable (SearchProgress) -> Void)? = nil
    ) {
        precondition(threads > 0, "a search needs a thread")
        self.threads = threads
        self.cancellation = cancellation
        self.progressInterval = progressInterval
        self.progress = progress
    }

    /// Runs a search on a thread of its own, so that it holds up none of Swift's; cancelling the task cancels it.
    ///
    /// - Throws: What `search` throws, ``ProofOfWorkError/cancelled(tries:)`` where the task was cancelled first.
    public func run<Answer: Sendable>(
        _ search: @escaping @Sendable (SearchControl) throws -> Answer
    ) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A serial queue has a thread however busy the processor is; the global queues may have none left.
                DispatchQueue(label: "ringwork.search").async {
                    continuation.resume(with: Result { try search(self) })
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}

/// How far a search has come.
public struct SearchProgress: Sendable {
    /// The hashes computed so far, over all headers.
    public let tries: UInt64
    /// The time since the search began.
    public let elapsed: Duration
    /// The target that is looked for.
    public let target: Natural

    /// So many tries at `target` after so much time.
    ///
    /// - Precondition: `target` is below 2²⁵⁶.
    public init(tries: UInt64, elapsed: Duration, target: Natural) {
        precondition(target <= CompactTarget.maximumTarget, "a target is a number below 2^256")
        self.tries = tries
        self.elapsed = elapsed
        self.target = target
    }

    /// Hashes a second, on average.
    public var rate: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(tries) / seconds : 0
    }

    /// The tries that a search at this target takes on average: 2²⁵⁶ / (T + 1).
    public var expectedTries: Double { 1 / acceptanceProbability(target: target).approximation }

    /// The probability that so many tries would have found a block: 1 − (1 − p)^tries with p = (T + 1) / 2²⁵⁶.
    ///
    /// It says how unlucky the search has been, and not when it will end: that is as far away as it was at first.
    public var probabilitySoFar: Double {
        successProbability(tries: tries, perTry: acceptanceProbability(target: target).approximation)
    }
}
