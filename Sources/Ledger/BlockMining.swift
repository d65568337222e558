import ProofOfWork

/// Mines the block that `candidate` gives for an extra nonce: nonces from 0, then the next extra nonce.
///
/// - Parameter candidate: The block for an extra nonce, before it is mined; the same block whenever it is asked.
/// - Returns: The mined block and the hashes it took; `nil` where no extra nonce has one.
/// - Throws: What `candidate` throws, and `ProofOfWorkError` for bits that name no target.
public func mineBlock(_ candidate: (_ extraNonce: UInt64) throws -> Block) throws -> (block: Block, tries: UInt64)? {
    guard let found = try mine(nextHeader: { try candidate($0).header }) else { return nil }
    var block = try candidate(found.extraNonce)
    block.header = found.mined.header
    return (block, found.mined.tries)
}
