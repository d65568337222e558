/// Why a byte string could not be cut into its fields.
public enum ByteReaderError: Error, Equatable, Sendable {
    /// Fewer bytes are left than the field needs.
    case truncated(field: String, needed: Int, left: Int)
    /// A CompactSize is spelled with more bytes than its value needs.
    case nonCanonicalCompactSize(field: String, value: UInt64)
    /// A length says more than the bytes that are left, or than the caller allows.
    case lengthTooLarge(field: String, length: UInt64, limit: Int)
    /// Bytes are left after the last field.
    case trailingBytes(count: Int)
}

/// Cuts fields from the front of a byte string. It never allocates more than the bytes it was given.
public struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// A reader at the first byte of `bytes`.
    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = ArraySlice(bytes)
        position = self.bytes.startIndex
    }

    /// How many bytes have not been read.
    public var left: Int { bytes.endIndex - position }

    /// The next `count` bytes.
    public mutating func read(_ count: Int, field: String) throws(ByteReaderError) -> [UInt8] {
        guard count <= left else { throw .truncated(field: field, needed: count, left: left) }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// The next integer, least significant byte first.
    public mutating func readLittleEndian<T: FixedWidthInteger>(
        _ type: T.Type = T.self, field: String
    ) throws(ByteReaderError) -> T {
        T(littleEndianBytes: try read(T.bitWidth / 8, field: field))
    }

    /// The next integer, most significant byte first.
    public mutating func readBigEndian<T: FixedWidthInteger>(
        _ type: T.Type = T.self, field: String
    ) throws(ByteReaderError) -> T {
        T(bigEndianBytes: try read(T.bitWidth / 8, field: field))
    }

    /// The next CompactSize, which must be spelled in the shortest way.
    public mutating func readCompactSize(field: String) throws(ByteReaderError) -> UInt64 {
        let first: UInt8 = try readLittleEndian(field: field)
        let value: UInt64
        switch first {
        case 0xfd: value = UInt64(try readLittleEndian(UInt16.self, field: field))
        case 0xfe: value = UInt64(try readLittleEndian(UInt32.self, field: field))
        case 0xff: value = try readLittleEndian(UInt64.self, field: field)
        default: return UInt64(first)
        }
        guard compactSize(value).count == (first == 0xfd ? 3 : first == 0xfe ? 5 : 9) else {
            throw .nonCanonicalCompactSize(field: field, value: value)
        }
        return value
    }

    /// The next CompactSize-framed byte string; a length over `limit` or over the bytes left is refused before
    /// anything is allocated.
    public mutating func readFramed(field: String, limit: Int = .max) throws(ByteReaderError) -> [UInt8] {
        let length = try readCompactSize(field: field)
        guard length <= UInt64(Swift.min(limit, left)) else {
            throw .lengthTooLarge(field: field, length: length, limit: Swift.min(limit, left))
        }
        return try read(Int(length), field: field)
    }

    /// Checks that every byte has been read.
    public func finish() throws(ByteReaderError) {
        guard left == 0 else { throw .trailingBytes(count: left) }
    }
}

extension ByteReaderError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .truncated(let field, let needed, let left): "\(field) needs \(needed) bytes, and \(left) are left"
        case .nonCanonicalCompactSize(let field, let value):
            "\(field): the CompactSize of \(value) is not spelled in the shortest way"
        case .lengthTooLarge(let field, let length, let limit):
            "\(field) claims \(length) bytes, and at most \(limit) are possible"
        case .trailingBytes(let count): "\(count) bytes follow the last field"
        }
    }
}
