/// Mines a block by rolling: searches one header's nonces, then those of the next extra nonce's header, and so on.
///
/// A header has only 2³² nonces. The extra nonce is a field of the block's first transaction; changing it changes the
/// Merkle root and so gives a new header with a fresh nonce space (smart-consensus paper, Table 2: the nonce "starts
/// with 0"). The answer is the lowest nonce of the lowest extra nonce that has one, whatever the chunk size.
///
/// - Parameters:
///   - extraNonces: The extra nonces to go through, upwards.
///   - nonceSpace: The header nonces to go through for each, upwards from its first.
///   - triesPerChunk: The hashes between two calls of `isCancelled`; at least 1.
///   - isCancelled: Called before each chunk with the hashes done so far over all headers; `true` ends the search.
///   - nextHeader: The header for an extra nonce. Its own nonce does not matter.
/// - Returns: The header with its extra nonce, `tries` counting over all headers; `nil` where no extra nonce has one.
/// - Throws: ``ProofOfWorkError/target(_:)``, ``ProofOfWorkError/cancelled(tries:)``, and what `nextHeader` throws.
public func mine(
    extraNonces: ClosedRange<UInt64> = 0...UInt64.max,
    nonceSpace: ClosedRange<UInt32> = NonceSearch.wholeNonceSpace,
    triesPerChunk: UInt32 = NonceSearch.defaultTriesPerChunk,
    isCancelled: (_ tries: UInt64) -> Bool = { _ in false },
    nextHeader: (_ extraNonce: UInt64) throws -> BlockHeader
) throws -> (extraNonce: UInt64, mined: MinedHeader)? {
    var earlier: UInt64 = 0
    for extraNonce in extraNonces {
        let search = try NonceSearch(nextHeader(extraNonce))
        do {
            let mined = try search.first(in: nonceSpace, triesPerChunk: triesPerChunk) { isCancelled(earlier + $0) }
            if let mined {
                return (extraNonce, MinedHeader(header: mined.header, hash: mined.hash, tries: earlier + mined.tries))
            }
        } catch ProofOfWorkError.cancelled(let tries) {
            throw ProofOfWorkError.cancelled(tries: earlier + tries)
        }
        earlier += UInt64(nonceSpace.upperBound - nonceSpace.lowerBound) + 1
    }
    return nil
}
