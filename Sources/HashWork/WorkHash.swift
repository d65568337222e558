public import Hashing

/// What a run of the protocol cost its party.
public struct WorkCost: Equatable, Sendable {
    /// Evaluations of the work function H in chains.
    public var evaluations = 0
    /// Calls of SHA-256 in chains: one for each evaluation when H is SHA-256, two when it is SHA-256d. An input of over
    /// 55 bytes takes two compressions a call, as version 2's 72-byte inputs do. Commitments are not counted.
    public var sha256Calls = 0

    /// No cost yet.
    public init() {}

    init(evaluations: Int, sha256Calls: Int) {
        self.evaluations = evaluations
        self.sha256Calls = sha256Calls
    }
}

/// The work function H: 256 bits out of any bytes.
public enum WorkHash: String, Sendable, CaseIterable {
    /// SHA-256.
    case sha256
    /// SHA-256d, the paper's choice. As a chain it has a second, shifted chain between its steps: see `MirrorBob`.
    case sha256d

    /// The calls of SHA-256 in one evaluation: 1 or 2.
    public var callsPerEvaluation: Int { self == .sha256 ? 1 : 2 }

    /// H of `message`, counted in `cost`.
    public func evaluate(_ message: [UInt8], cost: inout WorkCost) -> Digest {
        count(1, in: &cost)
        return self == .sha256 ? SHA256.hash(message) : SHA256.doubleHash(message)
    }

    /// H of `digest`, then of the result, and so on: Hᵗ(digest) for t = `times`, counted in `cost`.
    ///
    /// - Precondition: `times` is not negative.
    /// - Complexity: `times` evaluations, each of which waits for the one before: the processor's latency of one
    ///   compression for each call of SHA-256, and nothing in between.
    public func chain(_ digest: Digest, times: Int, cost: inout WorkCost) -> Digest {
        count(times, in: &cost)
        return SHA256.chain(digest, times: times * callsPerEvaluation)
    }

    private func count(_ evaluations: Int, in cost: inout WorkCost) {
        cost.evaluations += evaluations
        cost.sha256Calls += evaluations * callsPerEvaluation
    }
}
