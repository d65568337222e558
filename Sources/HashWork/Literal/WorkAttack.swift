/// An attack of Bob's on the paper's protocol: run against it, and then against version 2.
@_spi(Literal) public enum WorkAttack: String, Sendable, CaseIterable {
    /// Bob shifts Alice's chain by half a step of SHA-256d: ``MirrorBob``.
    case mirror
    /// Bob has two sessions with Alice answer each other: ``ReplayBob``.
    case replay
    /// Bob passes everything on to Carol, and her work back as his.
    case relay

    /// The attack in one sentence.
    public var title: String {
        switch self {
        case .mirror: "Bob sends P^(2i+1)(A0) and kA - 1 - i for P = SHA-256, and answers P of Alice's step 7"
        case .replay: "Bob opens two sessions with Alice and sends into each what she sent in the other"
        case .relay: "Bob passes on to Carol what Alice sends, and to Alice what Carol answers"
        }
    }

    /// What of version 2 stops it.
    public var rule: String {
        switch self {
        case .mirror: "both sides commit before either opens, and each step takes in the chain's tag and its own number"
        case .replay: "each chain takes in its session, which both sides' commitments make"
        case .relay: "each chain takes in the names of its prover and of its verifier"
        }
    }

    /// Runs the attack on the paper's protocol, and every way to carry it over to version 2.
    ///
    /// - Parameters:
    ///   - hash: The work function. The mirror needs SHA-256d.
    ///   - k: What Alice asks for, 16 … 16384. The mirror needs at least 17 + `offset`.
    ///   - offset: The mirror's i, at least 0.
    ///   - rng: Where the honest sides' values come from.
    /// - Throws: ``WorkError/kTooSmall(k:minimum:)`` and ``WorkError/kTooLarge(k:maximum:)`` for another `k`.
    /// - Complexity: At most 20 k evaluations of H.
    public func run(
        hash: WorkHash = .sha256d, k: Int, offset: Int = 0, using rng: inout some RandomNumberGenerator
    ) throws(WorkError) -> WorkAttackReport {
        precondition(offset >= 0, "an offset is not negative")
        try LiteralProtocol.checkOwn(k)
        let least = LiteralProtocol.amounts.lowerBound + 1 + offset
        if self == .mirror, k < least { throw .kTooSmall(k: k, minimum: least) }
        var victims: [WorkAttackReport.Victim] = []
        var bobCalls = 0
        switch self {
        case .mirror:
            var alice = try LiteralAlice(hash: hash, k: k, using: &rng)
            var bob = MirrorBob(offset: offset)
            do { try exchange(&alice, &bob) } catch {}  // Alice's verdict holds the reason.
            victims = [.init(name: "alice", verdict: alice.verdict)]
            bobCalls = bob.cost.sha256Calls
        case .replay:
            var first = try LiteralAlice(hash: hash, k: k, using: &rng)
            var second = try LiteralAlice(hash: hash, k: k, using: &rng)
            var bob = ReplayBob()
            var toSecond = second.firstMessages
            for message in first.firstMessages { _ = try bob.handle(message) }
            while let message = toSecond.first {
                toSecond.removeFirst()
                for reply in try bob.handle(message) {
                    let isFirst = reply.session == first.firstMessages[0].session
                    toSecond += try isFirst ? first.handle(reply) : second.handle(reply)
                }
            }
            victims = [
                .init(name: "alice, session 1", verdict: first.verdict),
                .init(name: "alice, session 2", verdict: second.verdict),
            ]
        case .relay:
            var alice = try LiteralAlice(hash: hash, k: k, using: &rng)
            var carol = try LiteralBob(hash: hash, k: k, using: &rng)
            // In the paper's protocol Bob need not even change a message: none says who sent it.
            try exchange(&alice, &carol)
            victims = [.init(name: "alice", verdict: alice.verdict), .init(name: "carol", verdict: carol.verdict)]
        }
        var cheat = RepairedCheat(hash: hash, k: k, offset: offset, rng: rng)
        let repaired = try cheat.attempts(of: self)
        rng = cheat.rng
        return WorkAttackReport(
            attack: self, hash: hash, k: k, offset: self == .mirror ? offset : nil, victims: victims,
            bobCalls: bobCalls,
            honestCalls: k * hash.callsPerEvaluation, repaired: repaired)
    }
}

/// What an attack came to.
@_spi(Literal) public struct WorkAttackReport: Sendable {
    /// The attack.
    public let attack: WorkAttack
    /// The work function.
    public let hash: WorkHash
    /// What Alice asked for.
    public let k: Int
    /// The mirror's i; `nil` for the others.
    public let offset: Int?
    /// Those who were attacked in the paper's protocol, Alice first.
    public let victims: [Victim]
    /// The calls of SHA-256 that Bob made.
    public let bobCalls: Int
    /// The calls of SHA-256 that his answer stands for: kA evaluations.
    public let honestCalls: Int
    /// The ways to carry the attack over to version 2.
    public let repaired: [Attempt]

    /// An honest side that was attacked.
    public struct Victim: Sendable {
        /// Who, and in which session.
        public let name: String
        /// How it ended.
        public let verdict: WorkVerdict
    }

    /// One way to try the attack on version 2.
    public struct Attempt: Sendable {
        /// What Bob does.
        public let what: String
        /// How the side that he has to convince ended: its error, or that it accepted.
        public let verdict: WorkVerdict
        /// The reason that theory names.
        public let expected: WorkError
    }

    /// Whether the paper's protocol ended as theory says, at the price that theory names, and version 2 refused every
    /// attempt for its reason.
    ///
    /// The mirror is accepted under SHA-256d for 2i + 2 calls. Under SHA-256 its B₀ is A₂ᵢ₊₁: step 5a finds it there, before
    /// step 7, for as far as it looks, which is A at kA − 1. Beyond that the answer is wrong, and Bob has gone further than
    /// the answer was. Replay and relay are accepted for nothing.
    public var goesAsTheorySays: Bool {
        let verdicts = victims.map(\.verdict)
        let literal: Bool
        switch (attack, hash) {
        case (.mirror, .sha256d): literal = verdicts == [.accept] && bobCalls == 2 * (offset ?? 0) + 2
        case (.mirror, .sha256):
            let place = 2 * (offset ?? 0) + 1
            literal =
                place < k
                ? verdicts == [.abort(.selfChain(step: place + 1))] && bobCalls == place
                : verdicts == [.abort(.wrongAnswer)] && bobCalls == place + 1
        case (.replay, _), (.relay, _): literal = verdicts == [.accept, .accept] && bobCalls == 0
        }
        return literal && !repaired.isEmpty && repaired.allSatisfy { $0.verdict == .abort($0.expected) }
    }
}
