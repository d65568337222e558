import ByteCoding

/// The first few bits of SHA-256: a hash function weak enough to be broken here and now. For lessons only.
///
///     H(v) = first `bits` bits of SHA-256(seed₈ ‖ v₈)        seed, v: 8 bytes, big-endian
///
/// Each seed gives another function, so that an attack can be repeated on independent ones and its mean cost compared
/// with theory. The attacks use nothing about SHA-256 but that its outputs look random.
@_spi(Lessons) public struct TruncatedSHA256: Sendable {
    /// How many bits are kept, 1 … 64.
    public let bits: Int
    /// Which of the functions it is.
    public let seed: UInt64

    /// A function of `bits` bits.
    ///
    /// - Precondition: 1 ≤ `bits` ≤ 64.
    public init(bits: Int, seed: UInt64) {
        precondition((1...64).contains(bits), "a truncated hash has 1 to 64 bits")
        self.bits = bits
        self.seed = seed
    }

    /// The message that stands for `value`: 16 bytes.
    public func message(_ value: UInt64) -> [UInt8] { seed.bigEndianBytes + value.bigEndianBytes }

    /// The hash of one value, a number below 2^bits.
    public func hash(_ value: UInt64) -> UInt64 { SHA256.hash(message(value)).leadingWord >> (64 - UInt64(bits)) }

    /// The hashes of many values, side by side in the processor's lanes.
    public func hash(_ values: [UInt64]) -> [UInt64] {
        let messages = unsafe [UInt8](unsafeUninitializedCapacity: 16 * values.count) { bytes, initialized in
            for (index, value) in values.enumerated() {
                unsafe UnsafeMutableRawBufferPointer(bytes)
                    .storeBytes(of: seed.bigEndian, toByteOffset: 16 * index, as: UInt64.self)
                unsafe UnsafeMutableRawBufferPointer(bytes)
                    .storeBytes(of: value.bigEndian, toByteOffset: 16 * index + 8, as: UInt64.self)
            }
            initialized = 16 * values.count
        }
        return SHA256.hashMany(contiguous: messages, byteCount: 16).map { $0.leadingWord >> (64 - UInt64(bits)) }
    }
}
