import ByteCoding
import Hashing

/// One party of the hash-work protocol, version 2: each side ends convinced that the other worked through a chain of
/// at least k evaluations of H, made for this session.
///
/// The messages alternate, Alice first:
///
///     commitA  commitB  openA  openB  commitAnswerA  commitAnswerB  openAnswerA  openAnswerB
///
/// Who answers has committed before seeing what the other chose, so no starting value or answer can be made out of the
/// peer's; each chain takes in the session, both names and its prover's role, so no chain serves twice. Verification is
/// still no cheaper than the work: each side makes kA + kB evaluations.
///
/// What it does not promise:
/// - that the evaluations were made by the peer itself. It shows that somebody made them, after both values were opened.
/// - that a name is true. Nothing is signed: whoever answers to a name may use it, and between two parties of the same
///   two names a third one passes everything on unseen. Names must tell all parties apart.
/// - fairness. Bob sees a₀ and kA before he opens, and Alice's answer before he shows his; he may leave at either point,
///   and come again until kA pleases him. A kA that is the same for everybody gives him no choice.
/// - time. Nothing says how long the work took; Bob, who has both openings first, may begin first.
/// - that both sides mean the same work function. If they do not, the answers differ.
///
/// The party does no input or output and reads no clock. What it refuses it throws, and ``verdict`` keeps.
/// - SeeAlso: IoMT review §3.3, whose printed protocol is `LiteralAlice` and `LiteralBob`; ``WorkBinding`` for the hashes,
///   ``WorkStream`` for a peer in another process, ``WorkTranscript`` for those who were not there.
public struct WorkParty: Sendable {
    /// The amounts that are allowed: 2⁴ … 2¹⁴ evaluations, the paper's bounds.
    public static let amounts = 16...16384

    /// Which side this is.
    public let role: WorkRole
    /// How the protocol stands.
    public private(set) var verdict = WorkVerdict.pending
    /// The evaluations made so far.
    public private(set) var cost = WorkCost()
    /// The step that the peer has to send next; `nil` when the protocol has ended.
    public private(set) var due: WorkStep?

    private let name: String
    private let peerName: String
    private let hash: WorkHash
    private let own: Opening
    private let answerSalt: [UInt8]
    private let commitment: [UInt8]

    private(set) var session: [UInt8] = []
    private var peerCommitment: [UInt8] = []
    private var peer = Opening(salt: [], value: [], k: 0)
    private var peerAnswerCommitment: [UInt8] = []
    private var ownAnswer: [UInt8] = []
    private var expectedAnswer: [UInt8] = []

    private struct Opening: Sendable {
        let salt: [UInt8]
        let value: [UInt8]
        let k: Int
    }

    /// A party with a fresh starting value and fresh salts.
    ///
    /// - Parameters:
    ///   - role: Which side to play.
    ///   - name: The own name, as the peer knows it; UTF-8, taken as it is.
    ///   - peerName: The peer's name; not the own one.
    ///   - hash: The work function, agreed beforehand.
    ///   - k: The evaluations to ask of the peer, 16 … 16384.
    ///   - rng: Where the value and the salts come from; it must be unpredictable to the peer.
    /// - Throws: ``WorkError/kTooSmall(k:minimum:)``, ``WorkError/kTooLarge(k:maximum:)``, and ``WorkError/reflected``
    ///   for two equal names.
    public init(
        role: WorkRole, name: String, peerName: String, hash: WorkHash = .sha256d, k: Int,
        using rng: inout some RandomNumberGenerator
    ) throws(WorkError) {
        try self.init(
            role: role, name: name, peerName: peerName, hash: hash, k: k, value: random32(using: &rng),
            salt: random32(using: &rng), answerSalt: random32(using: &rng))
    }

    /// A party whose starting value and salts come from the system's generator.
    public init(
        role: WorkRole, name: String, peerName: String, hash: WorkHash = .sha256d, k: Int
    ) throws(WorkError) {
        var rng = SystemRandomNumberGenerator()
        try self.init(role: role, name: name, peerName: peerName, hash: hash, k: k, using: &rng)
    }

    /// A party with given randomness, for known answers. A value that the peer can foresee lets it work ahead.
    ///
    /// - Precondition: `value`, `salt` and `answerSalt` are 32 bytes each.
    @_spi(Hazmat) public init(
        role: WorkRole, name: String, peerName: String, hash: WorkHash, k: Int,
        value: [UInt8], salt: [UInt8], answerSalt: [UInt8]
    ) throws(WorkError) {
        precondition([value, salt, answerSalt].allSatisfy { $0.count == 32 }, "values and salts are 32 bytes")
        try Self.checkAmount(k)
        guard Array(name.utf8) != Array(peerName.utf8) else { throw .reflected }
        self.role = role
        self.name = name
        self.peerName = peerName
        self.hash = hash
        own = Opening(salt: salt, value: value, k: k)
        self.answerSalt = answerSalt
        commitment = WorkBinding.commitment(role: role, salt: salt, value: value, k: k).bytes
        due = role == .alice ? .commitB : .commitA
    }

    /// What to send before anything was received: Alice's commitment; nothing for Bob.
    public var firstMessages: [WorkMessage] {
        role == .alice ? [WorkMessage(unchecked: nil, .commitA, commitment, nil)] : []
    }

    /// Takes in the peer's next message.
    ///
    /// - Returns: What to send, at most one message.
    /// - Throws: ``WorkError``; the party has then ended the protocol, and refuses everything that follows.
    /// - Complexity: kA + kB evaluations of H at one message (`openB` for Alice, `commitAnswerA` for Bob), O(1) else.
    ///   Answers and commitments are compared in constant time.
    public mutating func handle(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        guard verdict == .pending else { throw .outOfOrder(expected: nil, actual: message.step) }
        do {
            return try advance(message)
        } catch {
            verdict = .abort(error)
            due = nil
            throw error
        }
    }

    private mutating func advance(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        guard message.step == due else { throw .outOfOrder(expected: due, actual: message.step) }
        guard !message.step.hasSession || message.session == session else { throw .sessionMismatch }
        switch message.step {
        case .commitA, .commitB: return try takeCommitment(message)
        case .openA, .openB: return try takeOpening(message)
        case .commitAnswerA, .commitAnswerB: return try takeAnswerCommitment(message)
        case .openAnswerA, .openAnswerB: return try takeAnswer(message)
        case .step1, .step2, .step7, .step8: throw .outOfOrder(expected: due, actual: message.step)
        }
    }

    private mutating func takeCommitment(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        guard message.value != commitment else { throw .reflected }
        peerCommitment = message.value
        if role == .alice {
            session = WorkBinding.session(commitA: commitment, commitB: peerCommitment)
            due = .openB
            return [opening(.openA)]
        }
        session = WorkBinding.session(commitA: peerCommitment, commitB: commitment)
        due = .openA
        return [WorkMessage(unchecked: nil, .commitB, commitment, nil)]
    }

    private mutating func takeOpening(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        peer = Opening(salt: message.salt, value: message.opened, k: message.k ?? 0)
        let opened = WorkBinding.commitment(role: role.peer, salt: peer.salt, value: peer.value, k: peer.k)
        guard constantTimeEqual(opened.bytes, peerCommitment) else { throw .commitmentMismatch(step: message.step) }
        try Self.checkAmount(peer.k)
        guard peer.value != own.value else { throw .reflected }
        if role == .alice {
            work()
            due = .commitAnswerB
            return [answerCommitment(.commitAnswerA)]
        }
        due = .commitAnswerA
        return [opening(.openB)]
    }

    private mutating func takeAnswerCommitment(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        peerAnswerCommitment = message.value
        if role == .bob { work() }
        let reply = answerCommitment(.commitAnswerB)
        guard message.value != reply.value else { throw .reflected }
        if role == .alice {
            due = .openAnswerB
            return [answer(.openAnswerA)]
        }
        due = .openAnswerA
        return [reply]
    }

    private mutating func takeAnswer(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        let claimed = message.opened
        let opened = WorkBinding.answerCommitment(role: role.peer, salt: message.salt, answer: claimed)
        guard constantTimeEqual(opened.bytes, peerAnswerCommitment) else {
            throw .commitmentMismatch(step: message.step)
        }
        guard constantTimeEqual(claimed, expectedAnswer) else { throw .wrongAnswer }
        verdict = .accept
        due = nil
        return role == .bob ? [answer(.openAnswerB)] : []
    }

    /// Both chains: the own one, from the peer's value for the peer's k, and the peer's one, from the own value.
    private mutating func work() {
        let ownTag = chainTag(prover: role, proverName: name, verifierName: peerName)
        let peerTag = chainTag(prover: role.peer, proverName: peerName, verifierName: name)
        ownAnswer = WorkBinding.answer(tag: ownTag, start: peer.value, k: peer.k, hash: hash, cost: &cost)
        expectedAnswer = WorkBinding.answer(tag: peerTag, start: own.value, k: own.k, hash: hash, cost: &cost)
    }

    private func chainTag(prover: WorkRole, proverName: String, verifierName: String) -> Digest {
        let (alice, bob) = role == .alice ? (own, peer) : (peer, own)
        return WorkBinding.chainTag(
            prover: prover, session: session, proverName: proverName, verifierName: verifierName,
            a0: alice.value, b0: bob.value, kA: alice.k, kB: bob.k)
    }

    private func opening(_ step: WorkStep) -> WorkMessage {
        WorkMessage(unchecked: session, step, own.salt + own.value, own.k)
    }

    private func answerCommitment(_ step: WorkStep) -> WorkMessage {
        let commitment = WorkBinding.answerCommitment(role: role, salt: answerSalt, answer: ownAnswer)
        return WorkMessage(unchecked: session, step, commitment.bytes, nil)
    }

    private func answer(_ step: WorkStep) -> WorkMessage {
        WorkMessage(unchecked: session, step, answerSalt + ownAnswer, nil)
    }

    static func checkAmount(_ k: Int) throws(WorkError) {
        guard k >= amounts.lowerBound else { throw .kTooSmall(k: k, minimum: amounts.lowerBound) }
        guard k <= amounts.upperBound else { throw .kTooLarge(k: k, maximum: amounts.upperBound) }
    }
}
