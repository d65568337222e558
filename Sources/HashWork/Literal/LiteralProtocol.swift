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

    /// Steps 5 and 6: both chains, for as many steps as the longer needs.
    ///
    /// The own chain is compared with the peer's start before each step (5a, 6a), so it goes step by step. Nothing is
    /// asked of the peer's chain but its end, so it goes in one piece; its steps beyond `peerK`, which the paper's loop
    /// makes and nobody reads, are made too.
    /// - Returns: The own chain after `ownK` steps, and the peer's after `peerK`.
    /// - Complexity: 2 · max(ownK, peerK) evaluations of H; the peer's are not made where the own chain ends in failure.
    static func chains(
        own: Digest, ownK: Int, peer: Digest, peerK: Int, hash: WorkHash, cost: inout WorkCost
    ) throws(WorkError) -> (own: Digest, peer: Digest) {
        let steps = max(ownK, peerK)
        let ownEnd = try chain(from: own, k: ownK, steps: steps, avoiding: peer, hash: hash, cost: &cost)
        let peerEnd = hash.chain(peer, times: peerK, cost: &cost)
        _ = hash.chain(peerEnd, times: steps - peerK, cost: &cost)
        return (ownEnd, peerEnd)
    }

    /// Steps 5a and 5b, or 6a and 6b: `steps` steps of one chain, which must not be at `other` before any of them.
    ///
    /// - Returns: The chain after `k` steps; `k` is at most `steps`.
    static func chain(
        from start: Digest, k: Int, steps: Int, avoiding other: Digest, hash: WorkHash, cost: inout WorkCost
    ) throws(WorkError) -> Digest {
        var link = start
        var end = start
        for step in stride(from: 1, through: steps, by: 1) {
            guard link != other else { throw .selfChain(step: step) }
            link = hash.chain(link, times: 1, cost: &cost)
            if step == k { end = link }
        }
        return end
    }

    static func digest(_ value: [UInt8]) -> Digest {
        do { return try Digest(bytes: value) } catch { preconditionFailure("a message of this step has 32 bytes") }
    }
}
