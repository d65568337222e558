import ByteCoding
public import Hashing
import ModularArithmetic
public import RingSignatures
public import Tokenization

/// The payload of a block's first transaction: height ‖ extra nonce ‖ note, 4 and 8 bytes little-endian.
public struct Coinbase: Hashable, Sendable {
    /// The block's height.
    public let height: UInt32
    /// What the miner changes when a header's nonces are used up.
    public let extraNonce: UInt64
    /// Anything; in the first block the chain's parameters.
    public let note: [UInt8]

    /// A coinbase.
    public init(height: UInt32, extraNonce: UInt64, note: [UInt8] = []) {
        self.height = height
        self.extraNonce = extraNonce
        self.note = note
    }

    /// The transaction.
    ///
    /// - Throws: ``TransactionError/sixtyFourBytes``, for one length of `note`.
    public func transaction(chainID: Digest) throws(TransactionError) -> Transaction {
        let payload = height.littleEndianBytes + extraNonce.littleEndianBytes + note
        return try Transaction(type: .coinbase, chainID: chainID, payload: payload)
    }

    init(_ transaction: Transaction) throws(TransactionError) {
        var reader = ByteReader(transaction.payload)
        do {
            height = try reader.readLittleEndian(field: "height")
            extraNonce = try reader.readLittleEndian(field: "extra nonce")
            note = try reader.read(reader.left, field: "note")
        } catch {
            throw .payload(.coinbase, reason: error.description)
        }
        guard transaction.signature.isEmpty else { throw .payload(.coinbase, reason: "it carries a signature") }
    }
}

/// The payload of an enrolment: y ‖ c ‖ s ‖ label, at the widths of the chain's group. The proof of possession is its
/// signature, so there is no other.
public struct Enrolment: Hashable, Sendable {
    /// The key, its proof checked.
    public let key: VerificationKey

    /// An enrolment of `key`.
    public init(_ key: VerificationKey) { self.key = key }

    /// The transaction.
    public func transaction(chainID: Digest) throws(TransactionError) -> Transaction {
        let group = key.group
        let payload =
            group.encode(element: key.y.value) + group.encode(scalar: key.proof.c.value)
            + group.encode(scalar: key.proof.s.value) + Array(key.label.utf8)
        return try Transaction(type: .enrolment, chainID: chainID, payload: payload)
    }

    /// Reads the key and checks its proof.
    ///
    /// - Complexity: A membership test and a two-base exponentiation.
    init(_ transaction: Transaction, in group: NamedGroup) throws(TransactionError) {
        let group = group.group
        var reader = ByteReader(transaction.payload)
        let claim: VerificationKey.Claim
        do {
            let y = Natural(bigEndianBytes: try reader.read(group.elementByteCount, field: "y"))
            let c = Natural(bigEndianBytes: try reader.read(group.scalarByteCount, field: "c"))
            let s = Natural(bigEndianBytes: try reader.read(group.scalarByteCount, field: "s"))
            let label = try reader.read(reader.left, field: "label")
            guard let text = String(validating: label, as: UTF8.self) else {
                throw TransactionError.payload(.enrolment, reason: "the label is not UTF-8")
            }
            claim = VerificationKey.Claim(y: y, label: text, c: c, s: s)
        } catch let error as TransactionError {
            throw error
        } catch {
            throw .payload(.enrolment, reason: "\(error)")
        }
        guard transaction.signature.isEmpty else { throw .payload(.enrolment, reason: "it carries a signature") }
        do { key = try VerificationKey(checking: claim, in: group) } catch {
            throw .payload(.enrolment, reason: error.description)
        }
    }
}

/// A claim as the smart-consensus paper's Fig. 5 stores it: two tokens, and nothing that names a person.
public struct Claim: Sendable {
    /// The patient's token.
    public let patient: Token
    /// The provider's token.
    public let provider: Token

    /// A claim.
    public init(patient: Token, provider: Token) {
        self.patient = patient
        self.provider = provider
    }

    /// The claim before it is signed; its ``Transaction/signedMessage`` is what a ring signs.
    public func unsignedTransaction(chainID: Digest) throws(TransactionError) -> Transaction {
        try Transaction(type: .claim, chainID: chainID, payload: payload)
    }

    /// The claim with a ring's signature.
    public func transaction(chainID: Digest, signature: RingSignature) throws(TransactionError) -> Transaction {
        try Transaction(
            type: .claim, chainID: chainID, payload: payload,
            signature: signature.fields.encoded(in: signature.group))
    }

    private var payload: [UInt8] {
        [patient, provider].flatMap { compactSizeFramed(Array($0.description.utf8)) }
    }

    init(_ transaction: Transaction) throws(TransactionError) {
        var reader = ByteReader(transaction.payload)
        do {
            patient = try Self.token(&reader, "patient token")
            provider = try Self.token(&reader, "provider token")
            try reader.finish()
        } catch {
            throw .payload(.claim, reason: "\(error)")
        }
    }

    private static func token(_ reader: inout ByteReader, _ field: String) throws -> Token {
        try Token(parsing: String(decoding: reader.readFramed(field: field), as: UTF8.self))
    }
}
