import ByteCoding
import CKernels
import Dispatch
public import Hashing
public import ModularArithmetic
import Synchronization

/// A header whose hash meets the target of the search, and what it took to find it.
public struct MinedHeader: Hashable, Sendable {
    /// The header, with the nonce that was found.
    public let header: BlockHeader
    /// The header's id.
    public let hash: Digest
    /// The number of hashes computed, this one included.
    public let tries: UInt64

    /// The nonce that was found.
    public var headerNonce: UInt32 { header.headerNonce }
}

/// The search for the lowest header nonce that meets a target.
///
/// The first 64 bytes of a header do not depend on its nonce, so their compression (the midstate) is done once and a
/// try costs two compressions instead of three, and many nonces are tried side by side. The answer does not depend on
/// how: it is the lowest nonce of the range. Nothing here is secret: the search runs in variable time.
///
///     guard let mined = try NonceSearch(header).first() else { … }    // nonce-space-exhausted
public struct NonceSearch: Sendable {
    /// Every header nonce.
    public static let wholeNonceSpace = UInt32.min...UInt32.max
    /// The reason that a verdict gives where ``first(in:triesPerChunk:isCancelled:)`` finds nothing.
    public static let exhaustedCode = "nonce-space-exhausted"
    /// The hashes between two looks at the cancel closure, unless the caller says otherwise: some
    /// milliseconds, and some tens of them in portable code.
    public static let defaultTriesPerChunk: UInt32 = 1 << 16

    private let header: BlockHeader
    private let midstate: [UInt32]
    /// Header bytes 64…75: what stands between the midstate and the nonce.
    private let tail: [UInt8]
    /// The target, least significant byte first.
    private let target: [UInt8]

    /// A search for `header` at the target that its bits name. The header's own nonce does not matter.
    ///
    /// - Throws: ``ProofOfWorkError/target(_:)``.
    public init(_ header: BlockHeader) throws(ProofOfWorkError) {
        do { try self.init(header, target: header.bits.target()) } catch { throw .target(error) }
    }

    /// A search for `header` at a target of the caller's, which the header's bits do not have to name.
    ///
    /// - Precondition: `target` is below 2²⁵⁶.
    public init(_ header: BlockHeader, target: Natural) {
        precondition(target.bitWidth <= CompactTarget.maximumTargetBitWidth, "a target is a number below 2^256")
        self.header = header
        let bytes = header.bytes
        var prefix = SHA256()
        prefix.update(bytes[..<SHA256.blockByteCount])
        midstate = prefix.midstate
        tail = Array(bytes[SHA256.blockByteCount..<76])
        self.target = target.bigEndianBytes(count: Digest.byteCount).reversed()
    }

    /// The header with the lowest nonce of `nonces` that meets the target, or `nil` where none does.
    ///
    /// - Parameters:
    ///   - nonces: Where to look, upwards from its first nonce.
    ///   - threads: How many chunks are searched side by side; the answer does not depend on it.
    ///   - triesPerChunk: The hashes of one chunk, searched between two calls of `isCancelled`; at least 1.
    ///   - isCancelled: Called before each round of chunks with the hashes done so far; `true` ends the search.
    /// - Returns: The header; its `tries` are the nonces up to the one found, whatever the threads did beyond it.
    /// - Throws: ``ProofOfWorkError/cancelled(tries:)``.
    /// - Complexity: Two compressions a nonce; expected ``expectedWork(target:)`` nonces.
    public func first(
        in nonces: ClosedRange<UInt32> = wholeNonceSpace, threads: Int = 1,
        triesPerChunk: UInt32 = defaultTriesPerChunk, isCancelled: (_ tries: UInt64) -> Bool = { _ in false }
    ) throws(ProofOfWorkError) -> MinedHeader? {
        precondition(triesPerChunk > 0, "a chunk holds at least one try")
        precondition(threads > 0, "a search needs a thread")
        let total = UInt64(nonces.upperBound - nonces.lowerBound) + 1
        var tries: UInt64 = 0
        while tries < total {
            guard !isCancelled(tries) else { throw .cancelled(tries: tries) }
            let round = min(UInt64(triesPerChunk) * UInt64(threads), total - tries)
            if let nonce = firstNonce(from: nonces.lowerBound + UInt32(tries), count: round, chunk: triesPerChunk) {
                var found = header
                found.headerNonce = nonce
                return MinedHeader(header: found, hash: found.id, tries: UInt64(nonce - nonces.lowerBound) + 1)
            }
            tries += round
        }
        return nil
    }

    /// The lowest nonce of a round, its chunks searched side by side.
    private func firstNonce(from start: UInt32, count: UInt64, chunk: UInt32) -> UInt32? {
        let chunks = Int((count + UInt64(chunk) - 1) / UInt64(chunk))
        guard chunks > 1 else { return firstNonce(from: start, count: count) }
        let lowest = Mutex<UInt32?>(nil)
        DispatchQueue.concurrentPerform(iterations: chunks) { index in
            let offset = UInt64(index) * UInt64(chunk)
            let length = min(UInt64(chunk), count - offset)
            guard let nonce = firstNonce(from: start + UInt32(offset), count: length) else { return }
            lowest.withLock { $0 = min($0 ?? nonce, nonce) }
        }
        return lowest.withLock { $0 }
    }

    private func firstNonce(from start: UInt32, count: UInt64) -> UInt32? {
        var nonce: UInt32 = 0
        let found = unsafe ck_scan_headers(midstate, tail, target, start, count, &nonce)
        return found == 1 ? nonce : nil
    }
}
