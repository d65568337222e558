import Hashing

/// The rules and the chains of the paper's own protocol, which both sides share. Insecure.
@_spi(Literal) public enum LiteralProtocol {
    /// The amounts that the paper names: 2⁴ … 2¹⁴. A party asks for no other, and never checks the peer's against it.
    public static let amounts = 16...16384
    /// A received amount of 2¹⁸ or more ends the protocol (steps 3 and 4).
    public static let abortAmount = 1 << 18

    static func checkOwn(_ k: Int) throws(WorkError) {
        guard k >= amounts.lowerBound else { throw .kTooSmall(k: k, minimum: amounts.lowerBound) }
        guard k <= amounts.upperBound else { throw .kTooLarge(k: k, maximum: amounts.upperBound) }
    }

    static func checkReceived(_ k: Int) throws(WorkError) {
        guard k < abortAmount else { throw .kTooLarge(k: k, maximum: abortAmount - 1) }
    }

    /// Steps 5 and 6: both chains side by side, for as many steps as the longer needs.
    ///
    /// - Returns: The own chain after `ownK` steps, and the peer's after `peerK`.
    /// - Complexity: 2 · max(ownK, peerK) evaluations of H.
    static func chains(
        own: Digest, ownK: Int, peer: Digest, peerK: Int, hash: WorkHash, cost: inout WorkCost
    ) throws(WorkError) -> (own: Digest, peer: Digest) {
        var ownLink = own
        var peerLink = peer
        var ends = (own: own, peer: peer)
        for step in stride(from: 1, through: max(ownK, peerK), by: 1) {
            guard ownLink != peer else { throw .selfChain(step: step) }
            ownLink = hash.evaluate(ownLink.bytes, cost: &cost)
            peerLink = hash.evaluate(peerLink.bytes, cost: &cost)
            if step == ownK { ends.own = ownLink }
            if step == peerK { ends.peer = peerLink }
        }
        return ends
    }

    static func digest(_ value: [UInt8]) -> Digest {
        do { return try Digest(bytes: value) } catch { preconditionFailure("a message of this step has 32 bytes") }
    }
}
