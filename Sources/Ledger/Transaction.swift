public import ByteCoding
public import Hashing

/// What a transaction does. Later types only add payloads.
public enum TransactionType: UInt8, Sendable, CaseIterable {
    /// The first transaction of a block: its height and extra nonce, and, in the first block, the chain's parameters.
    case coinbase = 0
    /// A ring key with its proof of possession enters the chain.
    case enrolment = 1
    /// A claim: a patient token and a provider token, signed by a ring of enrolled keys.
    case claim = 2
}

/// Why bytes are not a transaction.
public enum TransactionError: Error, Equatable, Sendable {
    /// A field is cut short, or bytes follow the last one.
    case bytes(ByteReaderError)
    /// The first byte names no type.
    case unknownType(UInt8)
    /// The encoding would be 64 bytes long, which a Merkle tree cannot tell from an inner node.
    case sixtyFourBytes
    /// The payload is not one of its type.
    case payload(TransactionType, reason: String)
}

/// One entry of a block.
///
///     type 1 ‖ chain id 32 ‖ CompactSize ‖ payload ‖ CompactSize ‖ signature        never 64 bytes long
///     txid = SHA-256d(all bytes)
///
/// A 64-byte transaction could pass for an inner node of the Merkle tree (CVE-2017-12842), so none exists. The chain id
/// keeps a transaction from being replayed on another chain.
public struct Transaction: Hashable, Sendable {
    /// What it does.
    public let type: TransactionType
    /// The chain it belongs to.
    public let chainID: Digest
    /// What its type defines.
    public let payload: [UInt8]
    /// What its type asks for; empty where it asks for none.
    public let signature: [UInt8]

    /// A transaction.
    ///
    /// - Throws: ``TransactionError/sixtyFourBytes``.
    public init(
        type: TransactionType, chainID: Digest, payload: [UInt8], signature: [UInt8] = []
    ) throws(TransactionError) {
        self.type = type
        self.chainID = chainID
        self.payload = payload
        self.signature = signature
        guard bytes.count != 64 else { throw .sixtyFourBytes }
    }

    /// Reads one transaction from the front of `reader`.
    init(from reader: inout ByteReader) throws(TransactionError) {
        let fields: (type: UInt8, chainID: [UInt8], payload: [UInt8], signature: [UInt8])
        do {
            fields = (
                try reader.readLittleEndian(field: "transaction type"),
                try reader.read(Digest.byteCount, field: "chain id"), try reader.readFramed(field: "payload"),
                try reader.readFramed(field: "signature")
            )
        } catch {
            throw .bytes(error)
        }
        guard let type = TransactionType(rawValue: fields.type) else { throw .unknownType(fields.type) }
        guard let chainID = try? Digest(bytes: fields.chainID) else {
            preconditionFailure("a chain id was read at its own length")
        }
        try self.init(type: type, chainID: chainID, payload: fields.payload, signature: fields.signature)
    }

    /// The transaction that `bytes` spell, nothing after it.
    public init(bytes: [UInt8]) throws(TransactionError) {
        var reader = ByteReader(bytes)
        try self.init(from: &reader)
        do { try reader.finish() } catch { throw .bytes(error) }
    }

    /// The encoding.
    public var bytes: [UInt8] {
        [type.rawValue] + chainID.bytes + compactSizeFramed(payload) + compactSizeFramed(signature)
    }

    /// The transaction's id: SHA-256d of its encoding.
    public var id: Digest { SHA256.doubleHash(bytes) }

    /// The bytes that a signer of this transaction signs: type, chain id and payload, framed.
    public var signedMessage: [UInt8] {
        frame([Array("ringwork/transaction/1".utf8), [type.rawValue], chainID.bytes, payload])
    }
}

extension TransactionError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .bytes(let error): error.description
        case .unknownType(let type): "no transaction type is \(type)"
        case .sixtyFourBytes: "a transaction must not be 64 bytes long"
        case .payload(let type, let reason): "the payload of the \(type) is refused: \(reason)"
        }
    }
}
