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
/// try costs two compressions instead of three, and many nonces are tried side by side. Headers that differ in their
/// versions only can be searched together, see ``VersionRolling``.
///
/// The answer does not depend on how: **it is the lowest nonce of the range, and of the versions that meet the target
/// with it the first.** Threads take the next range of nonces whenever they are done with one, so a slow one holds up
/// nobody, and every range below a find is searched to its end. Nothing here is secret: the search runs in variable time.
///
///     guard let mined = try NonceSearch(header).first() else { … }    // no nonce meets the target
public struct NonceSearch: Sendable {
    /// Every header nonce.
    public static let wholeNonceSpace = UInt32.min...UInt32.max
    /// At most this many versions are searched together.
    public static let maximumVersionCount = Int(CK_MOST_VERSIONS)

    /// The header in each of its versions.
    private let headers: [BlockHeader]
    /// Eight words for each version, one state after another.
    private let midstates: [UInt32]
    /// Header bytes 64…75: what stands between the midstate and the nonce.
    private let tail: [UInt8]
    private let target: Natural
    /// The target, least significant byte first.
    private let targetBytes: [UInt8]

    /// A search for `header` at the target that its bits name. The header's own nonce does not matter.
    ///
    /// - Throws: ``ProofOfWorkError/target(_:)``.
    public init(_ header: BlockHeader) throws(ProofOfWorkError) { try self.init(header, versions: [header.version]) }

    /// A search for `header` with any of `versions`, at the target that its bits name. The header's own version and
    /// nonce do not matter.
    ///
    /// - Precondition: There are 1 to ``maximumVersionCount`` versions.
    /// - Throws: ``ProofOfWorkError/target(_:)``.
    public init(_ header: BlockHeader, versions: [Int32]) throws(ProofOfWorkError) {
        do { try self.init(header, versions: versions, target: header.bits.target()) } catch { throw .target(error) }
    }

    /// A search for `header` at a target of the caller's, which the header's bits do not have to name.
    ///
    /// - Precondition: `target` is below 2²⁵⁶.
    public init(_ header: BlockHeader, target: Natural) {
        self.init(header, versions: [header.version], target: target)
    }

    private init(_ header: BlockHeader, versions: [Int32], target: Natural) {
        precondition(target.bitWidth <= CompactTarget.maximumTargetBitWidth, "a target is a number below 2^256")
        precondition((1...Self.maximumVersionCount).contains(versions.count), "a search takes 1 to 8 versions")
        headers = versions.map { version in
            var header = header
            header.version = version
            return header
        }
        midstates = headers.flatMap { header in
            var prefix = SHA256()
            prefix.update(header.bytes[..<SHA256.blockByteCount])
            return prefix.midstate
        }
        tail = Array(header.bytes[SHA256.blockByteCount..<76])
        self.target = target
        targetBytes = target.bigEndianBytes(count: Digest.byteCount).reversed()
    }

    /// The header with the lowest nonce of `nonces` that meets the target, or `nil` where none does.
    ///
    /// - Parameters:
    ///   - nonces: Where to look, upwards from its first nonce.
    ///   - control: Threads, cancelling and progress; the answer does not depend on it.
    /// - Returns: The header; its `tries` are those up to the one found, whatever the threads did beyond it.
    /// - Throws: ``ProofOfWorkError/cancelled(tries:)``.
    /// - Complexity: Two compressions a try; expected ``expectedWork(target:)`` tries.
    public func first(
        in nonces: ClosedRange<UInt32> = wholeNonceSpace, control: SearchControl = SearchControl()
    ) throws(ProofOfWorkError) -> MinedHeader? {
        try first(in: nonces, meter: SearchMeter(control))
    }

    /// How many tries there are in a range of nonces.
    func tryCount(in nonces: ClosedRange<UInt32>) -> UInt64 {
        (UInt64(nonces.upperBound - nonces.lowerBound) + 1) * UInt64(headers.count)
    }

    /// The same as a part of a longer search.
    func first(in nonces: ClosedRange<UInt32>, meter: SearchMeter) throws(ProofOfWorkError) -> MinedHeader? {
        let total = UInt64(nonces.upperBound - nonces.lowerBound) + 1
        let versions = UInt64(headers.count)
        // Where the ranges not yet taken begin, and the lowest try that was found: nonce · versions + version.
        let taken = Atomic<UInt64>(0)
        let lowest = Mutex(UInt64.max)
        DispatchQueue.concurrentPerform(iterations: meter.control.threads) { _ in
            var length = RangeLength()
            while !meter.isCancelled {
                let offset = taken.wrappingAdd(length.nonces, ordering: .relaxed).oldValue
                guard offset < total, offset * versions < lowest.withLock(\.self) else { return }
                let start = ContinuousClock.now
                let count = min(length.nonces, total - offset)
                let found = firstTry(from: nonces.lowerBound + UInt32(offset), count: count)
                if let found { lowest.withLock { $0 = min($0, offset * versions + found) } }
                meter.count(found.map { $0 + 1 } ?? count * versions, target: target)
                length.adapt(to: ContinuousClock.now - start)
            }
        }
        // Ranges are taken upwards and searched to their ends, so nothing below a find is left out.
        let found = lowest.withLock(\.self)
        guard found < .max else {
            if taken.load(ordering: .relaxed) < total { throw .cancelled(tries: meter.tries) }
            return nil
        }
        var header = headers[Int(found % versions)]
        header.headerNonce = nonces.lowerBound + UInt32(found / versions)
        return MinedHeader(header: header, hash: header.id, tries: found + 1)
    }

    /// The first try in `count` nonces that meets the target, counted from the first version of `start`.
    private func firstTry(from start: UInt32, count: UInt64) -> UInt64? {
        var nonce: UInt32 = 0
        var version = 0
        let found = unsafe ck_scan_versions(
            midstates, headers.count, tail, targetBytes, start, count, &nonce, &version)
        return found == 1 ? UInt64(nonce - start) * UInt64(headers.count) + UInt64(version) : nil
    }
}

/// How many nonces a thread takes at once: as many as take some milliseconds, so that a search ends soon after it is
/// cancelled or another thread has found the answer, on any processor and in any build.
private struct RangeLength {
    private(set) var nonces: UInt64 = 512

    private static let shortest = Duration.milliseconds(2)
    private static let longest = Duration.milliseconds(8)

    /// Doubles or halves the length after a range that took `duration`.
    mutating func adapt(to duration: Duration) {
        if duration < Self.shortest {
            nonces = min(nonces * 2, 1 << 24)
        } else if duration > Self.longest {
            nonces = max(nonces / 2, 64)
        }
    }
}
