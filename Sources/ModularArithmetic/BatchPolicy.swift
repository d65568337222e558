import Dispatch
import Synchronization

/// How batches are computed, and never what: on how many threads, and whom to tell how far the work is.
///
///     try BatchPolicy.$current.withValue(BatchPolicy(threads: 2)) { try signature.verify(message: message) }
///
/// The batches of a ``PrimeOrderGroup`` and whatever goes through a ring member by member look here. Results do not
/// depend on it: work is cut by position, never by value, and the answers are put together in order, so the first bad
/// member stays the first. The default is one thread, since a library does not take cores that nobody offered it; the
/// command line offers all of them.
///
/// **Time.** How the members of a ring are dealt to threads depends on their number alone.
public struct BatchPolicy: Sendable {
    /// The policy in force: one thread and no report, unless a caller up the stack said otherwise.
    @TaskLocal public static var current = BatchPolicy()

    /// How many threads share a batch, at least 1.
    public let threads: Int
    private let progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// A policy.
    ///
    /// - Parameters:
    ///   - threads: How many threads share a batch.
    ///   - progress: Called by work on a whole ring now and then, by one thread at a time, with the members done so far
    ///     and all there are.
    public init(threads: Int = 1, progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil) {
        precondition(threads > 0, "a batch needs a thread")
        self.threads = threads
        self.progress = progress
    }

    /// The members of one round: work on a ring keeps no more intermediate values than these have, so its memory does
    /// not grow with what a member costs. Eight lanes for each thread divide it.
    public static let roundMemberCount = 1024

    /// Goes through 0 ..< `count` in rounds of at most `length`, in order, and reports after each.
    public func rounds<E: Error>(
        _ count: Int, of length: Int = roundMemberCount, _ body: (Range<Int>) throws(E) -> Void
    ) throws(E) {
        for start in stride(from: 0, to: count, by: length) {
            let end = min(start + length, count)
            try body(start..<end)
            progress?(end, count)
        }
    }

    /// The results of `body` for consecutive pieces of 0 ..< `count`, joined in order; the threads take pieces in turn.
    ///
    /// - Parameters:
    ///   - count: How many items there are.
    ///   - grain: What the length of every piece but the last is a multiple of: the lanes of a kernel.
    ///   - body: Gives one result for each item of its range. Its own batches run on the thread that called it.
    public func map<Result: Sendable>(
        _ count: Int, grain: Int = 8, _ body: @Sendable (Range<Int>) -> [Result]
    ) -> [Result] {
        let workers = min(threads, (count + grain - 1) / grain)
        guard workers > 1 else { return body(0..<count) }
        // Four pieces for each thread, so that one that started late does not hold up the rest.
        let length = (count + 4 * workers * grain - 1) / (4 * workers * grain) * grain
        let pieces = (count + length - 1) / length
        let results = Mutex([[Result]](repeating: [], count: pieces))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            BatchPolicy.$current.withValue(BatchPolicy()) {
                while true {
                    let piece = next.add(1, ordering: .relaxed).oldValue
                    guard piece < pieces else { return }
                    let result = body(piece * length..<min((piece + 1) * length, count))
                    results.withLock { $0[piece] = result }
                }
            }
        }
        return results.withLock { $0.flatMap(\.self) }
    }

    /// Goes through 0 ..< `count` in pieces: `body` computes several side by side, and `consume` takes their results in
    /// order, on one thread at a time and while others compute.
    ///
    /// For a chain that needs every result once, in order: only the chain itself is not shared between the threads. Few
    /// pieces are kept at a time, so memory does not grow with `count`. Progress is reported after every piece.
    /// - Returns: The state after the last piece.
    public func fold<State: Sendable, Result: Sendable>(
        _ count: Int, into state: State, grain: Int = 8, _ body: @Sendable (Range<Int>) -> [Result],
        consume: @Sendable (inout State, Range<Int>, [Result]) -> Void
    ) -> State {
        let workers = min(threads, (count + grain - 1) / grain)
        guard workers > 1 else {
            var state = state
            rounds(count) { round in consume(&state, round, body(round)) }
            return state
        }
        // Short pieces: the threads end at about the same time.
        let length = min(max(count / (16 * workers * grain), 1), 16) * grain
        let pieces = (count + length - 1) / length
        let ranges = (0..<pieces).map { $0 * length..<min(($0 + 1) * length, count) }
        let next = Atomic(0)
        let room = DispatchSemaphore(value: 4 * workers)
        let queue = Mutex(OrderedPieces<Result>())
        let total = Mutex(state)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            BatchPolicy.$current.withValue(BatchPolicy()) {
                while true {
                    room.wait()
                    let piece = next.add(1, ordering: .relaxed).oldValue
                    guard piece < pieces else {
                        room.signal()
                        return
                    }
                    let results = body(ranges[piece])
                    var due = queue.withLock { $0.add(results, at: piece) }
                    while let (number, results) = due {
                        total.withLock { consume(&$0, ranges[number], results) }
                        progress?(ranges[number].upperBound, count)
                        room.signal()
                        due = queue.withLock { $0.following() }
                    }
                }
            }
        }
        return total.withLock { $0 }
    }
}

/// Results that come in any order and are taken in theirs, by one taker at a time.
private struct OrderedPieces<Result: Sendable>: Sendable {
    private var ready: [Int: [Result]] = [:]
    private var taken = 0
    private var isBusy = false

    /// Adds a piece; gives the caller the next one to take, unless it is not there yet or somebody is taking.
    mutating func add(_ results: [Result], at piece: Int) -> (piece: Int, results: [Result])? {
        ready[piece] = results
        return isBusy ? nil : take()
    }

    /// The piece after the one that the caller has taken, if it is there.
    mutating func following() -> (piece: Int, results: [Result])? {
        isBusy = false
        return take()
    }

    private mutating func take() -> (piece: Int, results: [Result])? {
        guard let results = ready.removeValue(forKey: taken) else { return nil }
        isBusy = true
        taken += 1
        return (taken - 1, results)
    }
}
