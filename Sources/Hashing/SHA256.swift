import ByteCoding
import CKernels

/// SHA-256 (FIPS 180-4 §6.2) and SHA-256d, streaming, one shot, and many at once.
///
///     SHA-256d(m) = SHA-256(SHA-256(m))        [32 bytes]
///
/// The IoMT review's eq. 1 uses SHA-256d for proof of work. Time depends on the length of the message only.
public struct SHA256: Sendable {
    /// The bytes that one compression takes in.
    public static let blockByteCount = 64

    private static let initialState: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    private var state = initialState
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    /// The hash of nothing yet.
    public init() {}

    /// Appends `bytes` to the message.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        length += UInt64(bytes.count)
        pending += bytes
        let whole = pending.count / Self.blockByteCount
        guard whole > 0 else { return }
        unsafe pending.withUnsafeBytes { unsafe ck_sha256_compress_portable(&state, $0.baseAddress, whole) }
        pending.removeFirst(whole * Self.blockByteCount)
    }

    /// The digest of the message so far. The value can go on taking in bytes.
    public func finalize() -> Digest {
        // §5.1.1: a one bit, zeros, the length in bits as a 64-bit integer.
        var last = self
        let zeros = (119 - Int(length % 64)) % 64
        last.update([0x80] + [UInt8](repeating: 0, count: zeros) + (length &* 8).bigEndianBytes)
        return Digest(state: last.state)
    }

    /// The state after a message of whole blocks: where a search that shares this prefix starts.
    ///
    /// - Precondition: the length so far is a multiple of 64 bytes.
    public var midstate: [UInt32] {
        precondition(pending.isEmpty, "a midstate exists only at a block boundary")
        return state
    }

    /// The SHA-256 of `message`.
    public static func hash(_ message: some Collection<UInt8>) -> Digest {
        var hash = SHA256()
        hash.update(message)
        return hash.finalize()
    }

    /// The SHA-256d of `message`.
    public static func doubleHash(_ message: some Collection<UInt8>) -> Digest { hash(hash(message).bytes) }

    /// The SHA-256 of each of many independent messages, in their order.
    public static func hashMany(_ messages: [[UInt8]]) -> [Digest] { messages.map { hash($0) } }

    /// The SHA-256d of each of many independent messages, in their order.
    public static func doubleHashMany(_ messages: [[UInt8]]) -> [Digest] { messages.map { doubleHash($0) } }
}
