public import ByteCoding
public import Hashing
import ModularArithmetic
public import ProofOfWork
public import RingSignatures

/// What is fixed for a whole chain. Its digest is the chain id, so chains with different parameters share no transactions.
public struct ChainParameters: Hashable, Sendable {
    /// What the chain is called.
    public let name: String
    /// The group of all ring keys.
    public let group: NamedGroup
    /// The target of every block.
    public let bits: CompactTarget
    /// The most bytes that a block's encoding may have: the paper's "Block Size 1 MB".
    public let maximumBlockByteCount: Int
    /// The time of the first block.
    public let genesisTime: UInt32

    /// 10⁶ bytes; the IoMT review computes with 2²⁰.
    public static let defaultMaximumBlockByteCount = 1_000_000
    /// The longest name, in UTF-8 bytes.
    public static let maximumNameByteCount = 256
    /// The limits that a chain may choose its block size from.
    public static let blockByteCounts = 1_000...32_000_000

    /// A chain's parameters.
    ///
    /// - Throws: ``ChainParametersError``.
    public init(
        name: String, group: NamedGroup, bits: CompactTarget, genesisTime: UInt32,
        maximumBlockByteCount: Int = defaultMaximumBlockByteCount
    ) throws(ChainParametersError) {
        guard name.utf8.count <= Self.maximumNameByteCount else { throw .nameTooLong(bytes: name.utf8.count) }
        guard Self.blockByteCounts.contains(maximumBlockByteCount) else { throw .blockSize(maximumBlockByteCount) }
        do { _ = try bits.target() } catch { throw .bits(error) }
        self.name = name
        self.group = group
        self.bits = bits
        self.maximumBlockByteCount = maximumBlockByteCount
        self.genesisTime = genesisTime
    }

    /// The chain id: SHA-256(frame("ringwork/chain/1", parameters document)).
    public var chainID: Digest {
        SHA256.hash(frame([Array("ringwork/chain/1".utf8), documentBytes]))
    }

    private static let schema = "ringwork/chain-parameters/1"

    /// The parameters as the first block carries them: `ringwork/chain-parameters/1`, on one line.
    var documentBytes: [UInt8] {
        let document: JSONValue = [
            "schema": .string(Self.schema), "name": .string(name), "group": group.reference,
            "bits": .string(bits.description), "genesisTime": .integer(Int64(genesisTime)),
            "maximumBlockByteCount": .integer(Int64(maximumBlockByteCount)),
        ]
        return Array(document.compactText.utf8)
    }

    init(documentBytes: [UInt8]) throws(ChainParametersError) {
        let parts: (name: String, group: JSONValue, bits: [UInt8], time: Int64, limit: Int64)
        do {
            var reader = try DocumentReader(document: documentBytes, schema: Self.schema)
            parts = (
                try reader.string("name"), try reader.value("group"), try reader.bytes("bits", count: 4),
                try reader.integer("genesisTime", in: 0...Int64(UInt32.max)),
                try reader.integer("maximumBlockByteCount", in: 0...Int64(UInt32.max))
            )
            try reader.finish()
        } catch {
            throw .document(error)
        }
        let group: NamedGroup
        do { group = try NamedGroup(reference: parts.group) } catch { throw .group(error) }
        try self.init(
            name: parts.name, group: group, bits: CompactTarget(bits: UInt32(bigEndianBytes: parts.bits)),
            genesisTime: UInt32(parts.time), maximumBlockByteCount: Int(parts.limit))
        guard self.documentBytes == documentBytes else { throw .notCanonical }
    }
}

/// Why a chain cannot have these parameters.
public enum ChainParametersError: Error, Equatable, Sendable {
    /// The first block's parameters do not follow their schema.
    case document(DocumentError)
    /// The first block spells its parameters in another way than the one that their digest is made from.
    case notCanonical
    /// The group is refused.
    case group(RingDocumentError)
    /// The bits name no usable target.
    case bits(CompactTargetError)
    /// The name is too long.
    case nameTooLong(bytes: Int)
    /// The block size is outside ``ChainParameters/blockByteCounts``.
    case blockSize(Int)
}

extension ChainParametersError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .document(let error): "the chain's parameters: \(error)"
        case .notCanonical: "the chain's parameters are not spelled in their canonical way"
        case .group(let error): "the chain's group: \(error)"
        case .bits(let error): "the chain's target: \(error)"
        case .nameTooLong(let bytes):
            "the chain's name has \(bytes) bytes, and at most \(ChainParameters.maximumNameByteCount) are allowed"
        case .blockSize(let size):
            "a block limit of \(size) bytes is outside \(ChainParameters.blockByteCounts.lowerBound) to "
                + "\(ChainParameters.blockByteCounts.upperBound)"
        }
    }
}
