import ByteCoding
public import Hashing

/// The 80 bytes that a proof of work is about: the smart-consensus paper's Table 2, in Bitcoin's layout.
///
///     version 4 ‖ previous 32 ‖ Merkle root 32 ‖ time 4 ‖ bits 4 ‖ header nonce 4        [bytes, integers little-endian]
///     id = SHA-256d(header)
///
/// Every combination of fields is a header; whether it carries work is for ``checkProofOfWork()`` to say.
public struct BlockHeader: Hashable, Sendable {
    /// The number of bytes: 80.
    public static let byteCount = 80

    /// The version. Bitcoin uses its bits as flags, so it may be negative.
    public var version: Int32
    /// The id of the block before; ``Digest/zero`` in a first block.
    public var previous: Digest
    /// The root of the Merkle tree over the block's transaction ids.
    public var merkleRoot: Digest
    /// Seconds since 1970-01-01 00:00 UTC.
    public var time: UInt32
    /// The target, in compact form.
    public var bits: CompactTarget
    /// The number that a search varies.
    public var headerNonce: UInt32

    /// A header.
    public init(
        version: Int32, previous: Digest, merkleRoot: Digest, time: UInt32, bits: CompactTarget, headerNonce: UInt32
    ) {
        self.version = version
        self.previous = previous
        self.merkleRoot = merkleRoot
        self.time = time
        self.bits = bits
        self.headerNonce = headerNonce
    }

    /// The header that 80 bytes spell.
    ///
    /// - Throws: ``ProofOfWorkError/headerLength(bytes:)``.
    public init(bytes: some Collection<UInt8>) throws(ProofOfWorkError) {
        guard bytes.count == Self.byteCount else { throw .headerLength(bytes: bytes.count) }
        do {
            var reader = ByteReader(bytes)
            version = try reader.readLittleEndian(field: "version")
            previous = try Digest(bytes: reader.read(Digest.byteCount, field: "previous"))
            merkleRoot = try Digest(bytes: reader.read(Digest.byteCount, field: "merkleRoot"))
            time = try reader.readLittleEndian(field: "time")
            bits = CompactTarget(bits: try reader.readLittleEndian(field: "bits"))
            headerNonce = try reader.readLittleEndian(field: "headerNonce")
        } catch {
            // The length has been checked, so every field has its bytes.
            throw .headerLength(bytes: bytes.count)
        }
    }

    /// The 80 bytes.
    public var bytes: [UInt8] {
        version.littleEndianBytes + previous.bytes + merkleRoot.bytes + time.littleEndianBytes
            + bits.bits.littleEndianBytes + headerNonce.littleEndianBytes
    }

    /// The block's id: SHA-256d of the 80 bytes, in internal order.
    public var id: Digest { SHA256.doubleHash(bytes) }
}
