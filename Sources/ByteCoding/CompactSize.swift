/// Bitcoin's variable-length unsigned integer: 1, 3, 5 or 9 bytes, little-endian after a marker byte.
///
///     0 … 252          1 byte
///     … 0xffff         fd, 2 bytes
///     … 0xffffffff     fe, 4 bytes
///     above            ff, 8 bytes
///
/// The smart-consensus paper's Table 2 calls this field the transaction counter, "1-9 bytes".
public func compactSize(_ value: UInt64) -> [UInt8] {
    switch value {
    case 0...252: [UInt8(value)]
    case 253...0xffff: [0xfd] + UInt16(value).littleEndianBytes
    case 0x1_0000...0xffff_ffff: [0xfe] + UInt32(value).littleEndianBytes
    default: [0xff] + value.littleEndianBytes
    }
}

/// `bytes` behind their length as a ``compactSize(_:)``.
public func compactSizeFramed(_ bytes: [UInt8]) -> [UInt8] { compactSize(UInt64(bytes.count)) + bytes }
