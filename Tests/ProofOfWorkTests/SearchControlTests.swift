import Dispatch
import Foundation
import Hashing
import ModularArithmetic
import ProofOfWork
import Synchronization
import Testing

/// What several threads hand in.
private final class Kept<Value: Sendable>: Sendable {
    private let list = Mutex<[Value]>([])

    func append(_ value: Value) { list.withLock { $0.append(value) } }
    var values: [Value] { list.withLock { $0 } }
}

@Suite("Stopping and watching a search") struct SearchControlTests {
    /// A header whose target none of the nonces that a test can try meets.
    private static let hopeless = BlockHeader(
        version: 4, previous: .zero, merkleRoot: .zero, time: 1_700_000_000, bits: CompactTarget(bits: 0x0300_0001),
        headerNonce: 0)

    @Test("a search that is cancelled at the start computes nothing", arguments: [1, 3]) func cancelledFirst(
        threads: Int
    ) {
        let control = SearchControl(threads: threads)
        control.cancellation.cancel()
        #expect(control.cancellation.isCancelled)
        #expect(throws: ProofOfWorkError.cancelled(tries: 0)) { try NonceSearch(Self.hopeless).first(control: control) }
        #expect(throws: ProofOfWorkError.cancelled(tries: 0)) { _ = try mine(control: control) { _ in Self.hopeless } }
        #expect(ProofOfWorkError.cancelled(tries: 0).code == "cancelled")
    }

    /// The bound is 50 ms on a machine that does nothing else; here other tests run beside it.
    @Test("a search ends soon after it is cancelled", arguments: [1, 2, 4]) func cancelled(threads: Int) throws {
        let control = SearchControl(threads: threads)
        let cancelledAt = Kept<ContinuousClock.Instant>()
        // On a thread of its own: other searches may keep every other one busy.
        DispatchQueue(label: "canceller").asyncAfter(deadline: .now() + .milliseconds(60)) {
            cancelledAt.append(.now)
            control.cancellation.cancel()
        }
        let error = #expect(throws: ProofOfWorkError.self) {
            _ = try mine(nonceSpace: 0...99_999, control: control) { _ in Self.hopeless }
        }
        let late: Duration = try #require(cancelledAt.values.first).duration(to: .now)
        #expect(late < .seconds(2))
        guard case .cancelled(let tries) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(tries > 0)
    }

    @Test("cancelling the task ends its search") func task() async throws {
        let task = Task {
            try await SearchControl(threads: 2).run { try NonceSearch(Self.hopeless).first(control: $0) }
        }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        let error = await #expect(throws: ProofOfWorkError.self) { _ = try await task.value }
        guard case .cancelled = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // A task that is cancelled already, and one that is not.
        let late = Task {
            try? await Task.sleep(for: .seconds(60))
            return try await SearchControl().run { try NonceSearch(Self.hopeless).first(control: $0) }
        }
        late.cancel()
        await #expect(throws: ProofOfWorkError.cancelled(tries: 0)) { _ = try await late.value }
        #expect(try await SearchControl().run { try NonceSearch(Self.hopeless).first(in: 0...9, control: $0) } == nil)
    }

    @Test("progress counts every hash, upwards, over all headers", arguments: [1, 3]) func progress(threads: Int) throws
    {
        let reports = Kept<SearchProgress>()
        let control = SearchControl(threads: threads, progressInterval: .zero) { report in
            reports.append(report)
        }
        #expect(throws: ProofOfWorkError.exhausted(tries: 15_000, latestTime: Self.hopeless.time)) {
            _ = try mine(
                extraNonces: 0...2, nonceSpace: 0...4999, latestTime: Self.hopeless.time, control: control
            ) { _ in Self.hopeless }
        }
        let seen = reports.values
        #expect(!seen.isEmpty)
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.tries <= $1.tries && $0.elapsed <= $1.elapsed })
        #expect(seen.allSatisfy { $0.target == 1 && $0.rate > 0 })
        if threads == 1 { #expect(seen.last?.tries == 15_000) }
        // No report before its time.
        let patient = SearchControl(threads: threads, progressInterval: .seconds(600), progress: control.progress)
        #expect(try NonceSearch(Self.hopeless).first(in: 0...9999, control: patient) == nil)
        #expect(reports.values.count == seen.count)
    }

    @Test("rate, expected tries and the probability so far") func figures() {
        let half = SearchProgress(tries: 3, elapsed: .milliseconds(500), target: (Natural(1) << 255) - 1)
        #expect(half.rate == 6)
        #expect(half.expectedTries == 2)
        #expect(half.probabilitySoFar == 0.875)
        // 1 − (1 − p)^n at p = 2⁻⁶⁴, n = 2⁶³: 1 − e^(−1/2); at p = 2⁻²⁵⁶ every digit is kept.
        let long = SearchProgress(tries: 1 << 63, elapsed: .zero, target: (Natural(1) << 192) - 1)
        #expect(long.rate == 0)
        #expect(abs(long.probabilitySoFar - 0.39346934028736658) < 1e-15)
        let never = SearchProgress(tries: 5, elapsed: .zero, target: 0)
        #expect(never.probabilitySoFar == 5 * 0x1p-256)
        #expect(never.expectedTries == 0x1p256)
        let sure = SearchProgress(tries: 0, elapsed: .zero, target: CompactTarget.maximumTarget)
        #expect(sure.probabilitySoFar == 0)
        #expect(successProbability(tries: 1, perTry: 1) == 1)
        #expect(successProbability(tries: 0, perTry: 1) == 0)
    }
}
