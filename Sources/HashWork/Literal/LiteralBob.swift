public import Hashing

/// Bob of the paper's protocol, steps 2, 4, 6, 8 and 10. Insecure.
@_spi(Literal) public struct LiteralBob: Sendable {
    /// How the protocol stands.
    public private(set) var verdict = WorkVerdict.pending
    /// The evaluations made so far.
    public private(set) var cost = WorkCost()
    /// The step that Alice has to send next; `nil` when the protocol has ended.
    public private(set) var due: WorkStep? = .step1
    private let start: Digest
    private let k: Int
    private let hash: WorkHash
    private var session: [UInt8] = []
    private var peer = (start: Digest.zero, k: 0)

    /// Bob with a fresh B₀.
    ///
    /// - Throws: ``WorkError`` unless `k` is 16 … 16384.
    public init(hash: WorkHash = .sha256d, k: Int, using rng: inout some RandomNumberGenerator) throws(WorkError) {
        try self.init(hash: hash, k: k, start: LiteralProtocol.digest(random32(using: &rng)))
    }

    /// Bob with a given B₀.
    ///
    /// - Throws: ``WorkError`` unless `k` is 16 … 16384.
    public init(hash: WorkHash, k: Int, start: Digest) throws(WorkError) {
        try LiteralProtocol.checkOwn(k)
        self.start = start
        self.k = k
        self.hash = hash
    }

    /// Nothing: Bob waits for step 1.
    public var firstMessages: [WorkMessage] { [] }

    /// Takes in Alice's next message, and her session label with the first.
    ///
    /// As printed, Bob sends his answer (step 8) before he looks at Alice's (step 10): a wrong answer of hers is not
    /// thrown, and shows in ``verdict`` only.
    /// - Returns: Step 2 after step 1; step 8 after step 7.
    /// - Throws: ``WorkError``; Bob has then ended the protocol.
    /// - Complexity: 2 · max(kA, kB) evaluations of H at step 7.
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
        let value = LiteralProtocol.digest(message.value)
        if message.step == .step1 {
            peer = (start: value, k: message.k ?? 0)
            try LiteralProtocol.checkReceived(peer.k)
            session = message.session ?? []
            due = .step7
            return [WorkMessage(unchecked: session, .step2, start.bytes, k)]
        }
        guard message.session == session else { throw .sessionMismatch }
        let ends = try LiteralProtocol.chains(
            own: start, ownK: k, peer: peer.start, peerK: peer.k, hash: hash, cost: &cost)
        due = nil
        verdict = value == ends.own ? .accept : .abort(.wrongAnswer)
        return [WorkMessage(unchecked: session, .step8, ends.peer.bytes, nil)]
    }
}
