public import ProofOfWork

/// Mines the block that `candidate` gives for an extra nonce: nonces from 0, then the next extra nonce, then the next
/// second. Which block it is does not depend on the threads.
///
/// - Parameters:
///   - control: Threads, cancelling and progress.
///   - candidate: The block for an extra nonce, before it is mined; the same block whenever it is asked.
/// - Returns: The mined block and the hashes it took.
/// - Throws: What `candidate` throws, and `ProofOfWorkError`: bits that name no target, a search that was cancelled or
///   has run out of headers.
public func mineBlock(
    control: SearchControl = SearchControl(), _ candidate: (_ extraNonce: UInt64) throws -> Block
) throws -> (block: Block, tries: UInt64) {
    let found = try mine(control: control) { try candidate($0).header }
    var block = try candidate(found.extraNonce)
    block.header = found.mined.header
    return (block, found.mined.tries)
}
