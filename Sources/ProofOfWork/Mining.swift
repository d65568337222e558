/// Mines a block by rolling: one header's nonces, then those of the next version, extra nonce or second.
///
/// A header has only 2³² nonces (smart-consensus paper, Table 2: the nonce "starts with 0"). The extra nonce is a field
/// of the block's first transaction; changing it changes the Merkle root and so gives a new header with a fresh nonce
/// space. When the extra nonces are used up, the header's time goes on by a second and they begin again.
///
///     for time, for extra nonce, for batch of versions, for nonce, for version of the batch
///
/// **The answer is the first header in this order that meets its target**: the lowest nonce of the first batch that has
/// one. It does not depend on the processor, the kernel, the number of threads or their luck.
///
///     let found = try mine { extraNonce in try candidate(extraNonce).header }
///
/// - Parameters:
///   - extraNonces: The extra nonces to go through, upwards.
///   - nonceSpace: The header nonces to go through for each, upwards from its first.
///   - versionCount: How many versions to try of each header, see ``VersionRolling``; 1 leaves the version alone.
///   - latestTime: The last second that a header may be given.
///   - control: Threads, cancelling and progress.
///   - nextHeader: The header for an extra nonce, the same whenever it is asked. Its own nonce does not matter.
/// - Returns: The header with its extra nonce, `tries` counting over all headers.
/// - Throws: ``ProofOfWorkError/target(_:)``, ``ProofOfWorkError/cancelled(tries:)``,
///   ``ProofOfWorkError/exhausted(tries:latestTime:)`` where time has run out too, and what `nextHeader` throws.
/// - Precondition: `versionCount` is in `1 ... 65536`.
public func mine(
    extraNonces: ClosedRange<UInt64> = 0...UInt64.max,
    nonceSpace: ClosedRange<UInt32> = NonceSearch.wholeNonceSpace,
    versionCount: Int = 1,
    latestTime: UInt32 = .max,
    control: SearchControl = SearchControl(),
    nextHeader: (_ extraNonce: UInt64) throws -> BlockHeader
) throws -> (extraNonce: UInt64, mined: MinedHeader) {
    precondition((1...VersionRolling.count).contains(versionCount), "a header has 1 to 65536 versions")
    let meter = SearchMeter(control)
    var earlier: UInt64 = 0
    var seconds: UInt32 = 0
    while true {
        for extraNonce in extraNonces {
            var header = try nextHeader(extraNonce)
            let (time, isOver) = header.time.addingReportingOverflow(seconds)
            guard !isOver, time <= latestTime else {
                throw ProofOfWorkError.exhausted(tries: earlier, latestTime: latestTime)
            }
            header.time = time
            for versions in VersionRolling.batches(header.version, count: versionCount) {
                let search = try NonceSearch(header, versions: versions)
                if let mined = try search.first(in: nonceSpace, meter: meter) {
                    let tries = earlier + mined.tries
                    return (extraNonce, MinedHeader(header: mined.header, hash: mined.hash, tries: tries))
                }
                earlier += search.tryCount(in: nonceSpace)
            }
        }
        seconds += 1  // It stays below 2³²: a header whose time would not has ended the search.
    }
}
