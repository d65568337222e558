import Hashing

/// What the paper's protocol costs its parties at one amount, counted in a run, beside what theory says.
///
/// With c calls of SHA-256 in an evaluation of H (1 or 2):
///
///     each honest side       2 · max(kA, kB) evaluations, 2c · max(kA, kB) calls: both chains to the longer's length
///     an answer alone        kA evaluations, c · kA calls
///     each side of version 2 kA + kB evaluations
///     a mirroring Bob        2i + 2 calls, whatever kA is; here i = 0, kB = kA − 1
///     the two answers        c · kB calls by Alice and 2 by Bob, for c · (kA + kB) claimed
///
/// so with SHA-256d and i = 0 the two answers together cost 2kA of the 4kA − 2 calls that they claim: just over half.
@_spi(Literal) public struct WorkCostRow: Equatable, Sendable {
    /// The work function.
    public let hash: WorkHash
    /// What Alice asks for.
    public let kA: Int
    /// What Bob asks for, where he is honest.
    public let kB: Int
    /// Each honest side of the paper's protocol.
    public let honest: WorkCost
    /// An honest Bob's answer alone, with nothing checked.
    public let answer: WorkCost
    /// Each side of version 2.
    public let repaired: WorkCost
    /// The mirroring Bob, and both his and Alice's answers; `nil` where the mirror is caught.
    public let mirror: Mirror?

    /// What the mirror attack costs.
    public struct Mirror: Equatable, Sendable {
        /// The calls of SHA-256 that Bob made.
        public let bobCalls: Int
        /// The calls that Alice's answer and his took together.
        public let jointCalls: Int
        /// The calls that their answers stand for.
        public let claimedCalls: Int

        /// Joint over claimed, rounded to thousandths: `0.516`.
        public var ratio: String {
            let thousandths = (2000 * jointCalls + claimedCalls) / (2 * claimedCalls)
            let digits = String(thousandths % 1000)
            return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
        }
    }

    /// Runs the protocols, and counts.
    ///
    /// - Throws: ``WorkError`` unless both amounts are 16 … 16384.
    /// - Complexity: About 4 · max(kA, kB) + 6 kA evaluations of H.
    public init(
        measuring hash: WorkHash, kA: Int, kB: Int, using rng: inout some RandomNumberGenerator
    ) throws(WorkError) {
        var alice = try LiteralAlice(hash: hash, k: kA, using: &rng)
        var bob = try LiteralBob(hash: hash, k: kB, using: &rng)
        let said = try exchange(&alice, &bob)
        precondition(alice.cost == bob.cost, "both sides of the protocol pay the same")
        var answer = WorkCost()
        let end = hash.chain(LiteralProtocol.digest(said[0].value), times: kA, cost: &answer)
        precondition(end.bytes == said[3].value, "the answer is the end of the chain")
        var newAlice = try WorkParty(role: .alice, name: "alice", peerName: "bob", hash: hash, k: kA, using: &rng)
        var newBob = try WorkParty(role: .bob, name: "bob", peerName: "alice", hash: hash, k: kB, using: &rng)
        try exchange(&newAlice, &newBob)
        precondition(newAlice.cost == newBob.cost, "both sides of the protocol pay the same")
        self.hash = hash
        self.kA = kA
        self.kB = kB
        honest = alice.cost
        self.answer = answer
        repaired = newAlice.cost
        mirror = try Self.mirror(hash, k: kA, using: &rng)
    }

    private static func mirror(
        _ hash: WorkHash, k: Int, using rng: inout some RandomNumberGenerator
    ) throws(WorkError) -> Mirror? {
        var alice = try LiteralAlice(hash: hash, k: k, using: &rng)
        var bob = MirrorBob(respectingBounds: false)
        let said: [WorkMessage]
        do { said = try exchange(&alice, &bob) } catch { return nil }
        // Alice's answer alone: her step 7, from Bob's value.
        var answer = WorkCost()
        let end = hash.chain(LiteralProtocol.digest(said[1].value), times: k - 1, cost: &answer)
        precondition(end.bytes == said[2].value, "step 7 is the end of Bob's chain")
        return Mirror(
            bobCalls: bob.cost.sha256Calls, jointCalls: answer.sha256Calls + bob.cost.sha256Calls,
            claimedCalls: (k + k - 1) * hash.callsPerEvaluation)
    }

    /// The row that theory predicts.
    public init(predicting hash: WorkHash, kA: Int, kB: Int) {
        func cost(_ evaluations: Int) -> WorkCost {
            WorkCost(evaluations: evaluations, sha256Calls: evaluations * hash.callsPerEvaluation)
        }
        self.hash = hash
        self.kA = kA
        self.kB = kB
        honest = cost(2 * max(kA, kB))
        answer = cost(kA)
        repaired = cost(kA + kB)
        mirror = hash == .sha256 ? nil : Mirror(bobCalls: 2, jointCalls: 2 * kA, claimedCalls: 4 * kA - 2)
    }
}
