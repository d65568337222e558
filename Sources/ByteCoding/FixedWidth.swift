extension FixedWidthInteger {
    /// The integer's bytes, most significant first (I2OSP of RFC 8017 §4.1); `Self.bitWidth / 8` of them.
    public var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }

    /// The integer's bytes, least significant first; `Self.bitWidth / 8` of them.
    public var littleEndianBytes: [UInt8] { bigEndianBytes.reversed() }

    /// The integer whose big-endian form is `bytes` (OS2IP of RFC 8017 §4.2).
    ///
    /// - Precondition: `bytes.count == Self.bitWidth / 8`; the caller has cut the bytes to this width.
    public init(bigEndianBytes bytes: some Collection<UInt8>) {
        precondition(bytes.count == Self.bitWidth / 8, "a fixed-width integer needs exactly its own width of bytes")
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }

    /// The integer whose little-endian form is `bytes`.
    ///
    /// - Precondition: `bytes.count == Self.bitWidth / 8`.
    public init(littleEndianBytes bytes: some BidirectionalCollection<UInt8>) {
        self.init(bigEndianBytes: bytes.reversed())
    }
}
