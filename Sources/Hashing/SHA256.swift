import CKernels

/// SHA-256 (FIPS 180-4 §6.2) and SHA-256d, streaming and one shot. Many messages at once: `SHA256+Many.swift`.
///
///     SHA-256d(m) = SHA-256(SHA-256(m))        [32 bytes]
///
/// The IoMT review's eq. 1 uses SHA-256d for proof of work. Time depends on the length of the message only.
public struct SHA256: Sendable {
    /// The bytes that one compression takes in.
    public static let blockByteCount = 64

    /// FIPS 180-4 §5.3.3.
    private var state = SIMD8<UInt32>(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
    /// The start of the next block; the first `length % 64` bytes count. Vectors keep the hash off the heap.
    private var pending = SIMD64<UInt8>()
    private var length: UInt64 = 0

    /// The hash of nothing yet.
    public init() {}

    /// Appends `bytes` to the message.
    ///
    /// - Complexity: O(n). Whole blocks are read where they lie when `bytes` is contiguous.
    @inlinable
    public mutating func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { unsafe absorb(UnsafeRawBufferPointer($0)) }
        if done == nil { unsafe Array(bytes).withUnsafeBytes { unsafe absorb($0) } }
    }

    /// The digest of the message so far. The value can go on taking in bytes.
    public func finalize() -> Digest {
        // §5.1.1: a one bit, zeros, the length in bits as a 64-bit integer.
        var last = self
        let used = Int(length % 64)
        last.fillPending(from: used, first: 0x80)
        if used >= 56 {
            last.compressPending()
            last.fillPending(from: 0, first: 0)
        }
        unsafe withUnsafeMutableBytes(of: &last.pending) {
            unsafe $0.storeBytes(of: (length &* 8).bigEndian, toByteOffset: 56, as: UInt64.self)
        }
        last.compressPending()
        return Digest(state: last.state)
    }

    /// The state after a message of whole blocks: where a search that shares this prefix starts.
    ///
    /// - Precondition: the length so far is a multiple of 64 bytes.
    public var midstate: [UInt32] {
        precondition(length % 64 == 0, "a midstate exists only at a block boundary")
        return (0..<8).map { state[$0] }
    }

    /// The SHA-256 of `message`.
    @inlinable
    public static func hash(_ message: some Collection<UInt8>) -> Digest {
        let digest = message.withContiguousStorageIfAvailable { unsafe hashOnce(UnsafeRawBufferPointer($0)) }
        return unsafe digest ?? Array(message).withUnsafeBytes { unsafe hashOnce($0) }
    }

    /// The SHA-256d of `message`.
    @inlinable
    public static func doubleHash(_ message: some Collection<UInt8>) -> Digest { hash(hash(message)) }

    /// The SHA-256 of a digest's 32 bytes: the outer half of SHA-256d.
    public static func hash(_ digest: Digest) -> Digest {
        unsafe digest.withUnsafeBytes { unsafe hashOnce($0) }
    }

    /// The SHA-256 of `digest`'s 32 bytes, then of the result, and so on: `times` hashes in a chain.
    ///
    /// - Precondition: `times` is not negative.
    /// - Complexity: `times` compressions, each of which waits for the one before.
    public static func chain(_ digest: Digest, times: Int) -> Digest {
        precondition(times >= 0, "a chain has no negative length")
        return unsafe digest.withUnsafeBytes { bytes in
            unsafe Digest {
                unsafe $0.copyMemory(from: bytes)
                unsafe ck_sha256_chain($0.baseAddress, times)
            }
        }
    }

    @usableFromInline
    static func hashOnce(_ message: UnsafeRawBufferPointer) -> Digest {
        unsafe Digest { unsafe ck_sha256($0.baseAddress, message.baseAddress, message.count) }
    }

    @usableFromInline
    mutating func absorb(_ input: UnsafeRawBufferPointer) {
        let used = Int(length % 64)
        length += UInt64(input.count)
        var taken = 0
        if used > 0 {
            taken = min(64 - used, input.count)
            unsafe copy(input[..<taken], toPending: used)
            guard used + taken == 64 else { return }
            compressPending()
        }
        let blocks = (input.count - taken) / 64
        if blocks > 0 {
            unsafe compress(UnsafeRawBufferPointer(rebasing: input[taken...]), blocks: blocks)
            taken += 64 * blocks
        }
        unsafe copy(input[taken...], toPending: 0)
    }

    private mutating func copy(_ bytes: Slice<UnsafeRawBufferPointer>, toPending offset: Int) {
        unsafe withUnsafeMutableBytes(of: &pending) {
            unsafe UnsafeMutableRawBufferPointer(rebasing: $0[offset...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
        }
    }

    private mutating func fillPending(from offset: Int, first: UInt8) {
        unsafe withUnsafeMutableBytes(of: &pending) {
            unsafe UnsafeMutableRawBufferPointer(rebasing: $0[offset...]).initializeMemory(as: UInt8.self, repeating: 0)
            unsafe $0[offset] = first
        }
    }

    private mutating func compressPending() {
        let block = pending
        unsafe withUnsafeBytes(of: block) { unsafe compress($0, blocks: 1) }
    }

    private mutating func compress(_ input: UnsafeRawBufferPointer, blocks: Int) {
        unsafe withUnsafeMutableBytes(of: &state) {
            unsafe ck_sha256_compress(
                $0.assumingMemoryBound(to: UInt32.self).baseAddress, input.baseAddress, blocks)
        }
    }
}
