import ByteCoding
public import Hashing
public import ModularArithmetic
public import RingSignatures

/// Why a transaction cannot be applied.
public enum StateError: Error, Equatable, Sendable {
    /// The transaction is on the chain already.
    case repeated(txid: Digest)
    /// A signature with this λ is on the chain already. A member can close a ring again and keep λ, so the transaction
    /// id alone does not tell.
    case repeatedSignature(lambda: [UInt8])
    /// The key is enrolled already.
    case keyEnrolled
    /// A member of the signing ring is not enrolled.
    case unknownMember(index: Int)
    /// The payload is refused.
    case payload(TransactionError)
    /// The signature's bytes are refused.
    case signatureBytes(SignatureBytesError)
    /// The signature is refused.
    case signature(RingSignatureError)
}

/// What a chain's transactions add up to.
public struct LedgerState: Sendable {
    /// The enrolled keys, by y.
    public private(set) var keys: [Natural: VerificationKey] = [:]
    /// The ids of all transactions.
    public private(set) var transactionIDs: Set<Digest> = []
    /// What identifies the signatures of all claims.
    public private(set) var lambdas: Set<[UInt8]> = []

    /// How many claims the chain holds.
    public var claimCount: Int { lambdas.count }

    /// Applies one transaction, or leaves the state as it was.
    ///
    /// A claim's ring must consist of enrolled keys; the signature is verified over ``Transaction/signedMessage``.
    mutating func apply(_ transaction: Transaction, in group: NamedGroup) throws(StateError) {
        let id = transaction.id
        guard !transactionIDs.contains(id) else { throw .repeated(txid: id) }
        switch transaction.type {
        case .coinbase: break
        case .enrolment:
            let key = try payload { () throws(TransactionError) in try Enrolment(transaction, in: group) }.key
            guard keys[key.y.value] == nil else { throw .keyEnrolled }
            keys[key.y.value] = key
        case .claim:
            _ = try payload { () throws(TransactionError) in try Claim(transaction) }
            let lambda = try verifiedLambda(transaction, in: group.group)
            guard lambdas.insert(lambda).inserted else { throw .repeatedSignature(lambda: lambda) }
        }
        transactionIDs.insert(id)
    }

    /// λ of a claim's signature, verified.
    private func verifiedLambda(_ transaction: Transaction, in group: SchnorrGroup) throws(StateError) -> [UInt8] {
        let fields: RingSignatureFields
        do {
            fields = try RingSignatureFields(decoding: transaction.signature, in: group)
        } catch {
            throw .signatureBytes(error)
        }
        // Enrolled keys have passed the membership test; looking them up spares it here.
        var members: [VerificationKey] = []
        for (index, y) in fields.ring.enumerated() {
            guard let key = keys[y] else { throw .unknownMember(index: index) }
            members.append(key)
        }
        do {
            let signature = try RingSignature(checking: fields, in: group, knownRing: Ring(members))
            try signature.verify(message: transaction.signedMessage)
            return try signature.lambda(message: transaction.signedMessage)
        } catch {
            throw .signature(error)
        }
    }

    private func payload<T>(_ read: () throws(TransactionError) -> T) throws(StateError) -> T {
        do { return try read() } catch { throw .payload(error) }
    }
}

extension StateError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .repeated(let txid): "the transaction \(txid.displayHex) is on the chain already"
        case .repeatedSignature(let lambda): "a signature with lambda \(Hex.encode(lambda)) is on the chain already"
        case .keyEnrolled: "the key is enrolled already"
        case .unknownMember(let index): "member \(index) of the signing ring is not enrolled"
        case .payload(let error): error.description
        case .signatureBytes(let error): "the signature: \(error)"
        case .signature(let error): "the signature: \(error)"
        }
    }
}
