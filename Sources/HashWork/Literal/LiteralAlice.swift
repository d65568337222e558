public import Hashing

/// Alice of the paper's protocol, steps 1, 3, 5, 7 and 9. Insecure: see `WorkAttack`.
///
/// - SeeAlso: IoMT review §3.3, misprints repaired: step 2 goes to Alice, step 5a compares with the received B₀, steps 7
///   and 8 carry the chains' ends.
@_spi(Literal) public struct LiteralAlice: Sendable {
    /// How the protocol stands.
    public private(set) var verdict = WorkVerdict.pending
    /// The evaluations made so far.
    public private(set) var cost = WorkCost()
    /// The step that Bob has to send next; `nil` when the protocol has ended.
    public private(set) var due: WorkStep? = .step2
    private let session: [UInt8]
    private let start: Digest
    private let k: Int
    private let hash: WorkHash
    private var expected = Digest.zero

    /// Alice with a fresh session label and a fresh A₀.
    ///
    /// - Throws: ``WorkError`` unless `k` is 16 … 16384.
    public init(hash: WorkHash = .sha256d, k: Int, using rng: inout some RandomNumberGenerator) throws(WorkError) {
        let session = random32(using: &rng)
        try self.init(hash: hash, k: k, session: session, start: LiteralProtocol.digest(random32(using: &rng)))
    }

    /// Alice with a given session label and A₀.
    ///
    /// - Precondition: `session` is 32 bytes.
    /// - Throws: ``WorkError`` unless `k` is 16 … 16384.
    public init(hash: WorkHash, k: Int, session: [UInt8], start: Digest) throws(WorkError) {
        precondition(session.count == 32, "a session is 32 bytes")
        try LiteralProtocol.checkOwn(k)
        self.session = session
        self.start = start
        self.k = k
        self.hash = hash
    }

    /// Step 1: A₀ and kA.
    public var firstMessages: [WorkMessage] { [WorkMessage(unchecked: session, .step1, start.bytes, k)] }

    /// Takes in Bob's next message.
    ///
    /// - Returns: Step 7 after step 2; nothing after step 8.
    /// - Throws: ``WorkError``; Alice has then ended the protocol.
    /// - Complexity: 2 · max(kA, kB) evaluations of H at step 2.
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
        guard message.session == session else { throw .sessionMismatch }
        let value = LiteralProtocol.digest(message.value)
        guard message.step == .step2 else {
            guard value == expected else { throw .wrongAnswer }
            verdict = .accept
            due = nil
            return []
        }
        let peerK = message.k ?? 0
        try LiteralProtocol.checkReceived(peerK)
        let ends = try LiteralProtocol.chains(own: start, ownK: k, peer: value, peerK: peerK, hash: hash, cost: &cost)
        expected = ends.own
        due = .step8
        return [WorkMessage(unchecked: session, .step7, ends.peer.bytes, nil)]
    }
}
