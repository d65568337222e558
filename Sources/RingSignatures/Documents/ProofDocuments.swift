public import ByteCoding
public import ModularArithmetic

/// A proof about a signature, as its file carries it: one of the four documents, its numbers unchecked.
///
/// The group is the signature's, so the numbers become values only beside one.
public enum ProofDocument: Hashable, Sendable {
    /// `ringwork/ring-claim/1`: {lambda, index, kappa, D, c, s}; D with a recipient, kappa without.
    case claim(Member, kappa: Natural?, d: Natural?)
    /// `ringwork/ring-confirmation/1`: {lambda, index, D, c, s}.
    case confirmation(Member, d: Natural)
    /// `ringwork/ring-opening/1`: {lambda, index, D, c, s}.
    case opening(Member, d: Natural)
    /// `ringwork/ring-unsealing/1`: {lambda, Z, c, s}.
    case unsealing(lambda: [UInt8], z: Natural, c: Natural, s: Natural)

    /// What all proofs about a member share.
    public struct Member: Hashable, Sendable {
        /// The signature's λ.
        public let lambda: [UInt8]
        /// The member, counted from 0.
        public let index: Int
        /// The challenge.
        public let c: Natural
        /// The response.
        public let s: Natural
    }

    static let claimSchema = "ringwork/ring-claim/1"
    static let confirmationSchema = "ringwork/ring-confirmation/1"
    static let openingSchema = "ringwork/ring-opening/1"
    static let unsealingSchema = "ringwork/ring-unsealing/1"

    /// Reads any of the four.
    public init(_ bytes: [UInt8]) throws(DocumentError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw .json(error) }
        try self.init(value)
    }

    /// Reads a proof that is part of another document; `path` is where it stands there, for errors.
    public init(_ value: JSONValue, path: String = "") throws(DocumentError) {
        let schema = DocumentReader.schema(of: value)
        var reader = try DocumentReader(value, path: path)
        switch schema {
        case Self.claimSchema?:
            try reader.checkSchema(Self.claimSchema)
            self = .claim(
                try Self.member(&reader), kappa: try reader.optionalNatural("kappa"),
                d: try reader.optionalNatural("D"))
        case Self.confirmationSchema?:
            try reader.checkSchema(Self.confirmationSchema)
            self = .confirmation(try Self.member(&reader), d: try reader.natural("D"))
        case Self.openingSchema?:
            try reader.checkSchema(Self.openingSchema)
            self = .opening(try Self.member(&reader), d: try reader.natural("D"))
        case Self.unsealingSchema?:
            try reader.checkSchema(Self.unsealingSchema)
            self = .unsealing(
                lambda: try reader.bytes("lambda", count: 32), z: try reader.natural("Z"), c: try reader.natural("c"),
                s: try reader.natural("s"))
        default:
            throw .wrongSchema(
                expected: [Self.claimSchema, Self.confirmationSchema, Self.openingSchema, Self.unsealingSchema]
                    .joined(separator: " or "), actual: schema)
        }
        try reader.finish()
    }

    /// The document of a claim.
    public init(_ claim: AuthorshipClaim) {
        switch claim.evidence {
        case .kappa(let kappa, let c, let s):
            self = .claim(Member(claim.lambda, claim.index, c, s), kappa: kappa.value, d: nil)
        case .shared(let d, let proof):
            self = .claim(Member(claim.lambda, claim.index, proof.c, proof.s), kappa: nil, d: d.value)
        }
    }

    /// The document of a confirmation.
    public init(_ proof: ConfirmationProof) {
        self = .confirmation(Member(proof.lambda, proof.index, proof.proof.c, proof.proof.s), d: proof.d.value)
    }

    /// The document of an opening.
    public init(_ proof: OpeningProof) {
        self = .opening(Member(proof.lambda, proof.index, proof.proof.c, proof.proof.s), d: proof.d.value)
    }

    /// The document of an unsealing.
    public init(_ proof: UnsealingProof) {
        self = .unsealing(
            lambda: proof.lambda, z: proof.z.value, c: proof.proof.c.value, s: proof.proof.s.value)
    }

    /// The proof as a document.
    public var document: JSONValue {
        func fields(_ schema: String, _ member: Member, _ middle: [JSONValue.Field]) -> JSONValue {
            .object(
                [
                    .init("schema", .string(schema)), .init("lambda", .string(Hex.encode(member.lambda))),
                    .init("index", .integer(Int64(member.index))),
                ] + middle + [.init("c", JSONValue(member.c)), .init("s", JSONValue(member.s))])
        }
        switch self {
        case .claim(let member, let kappa, let d):
            return fields(
                Self.claimSchema, member, [.init("kappa", JSONValue(kappa)), .init("D", JSONValue(d))])
        case .confirmation(let member, let d):
            return fields(Self.confirmationSchema, member, [.init("D", JSONValue(d))])
        case .opening(let member, let d): return fields(Self.openingSchema, member, [.init("D", JSONValue(d))])
        case .unsealing(let lambda, let z, let c, let s):
            return [
                "schema": .string(Self.unsealingSchema), "lambda": .string(Hex.encode(lambda)), "Z": JSONValue(z),
                "c": JSONValue(c), "s": JSONValue(s),
            ]
        }
    }

    /// The member that the proof names, counted from 0; an unsealing names none.
    public var memberIndex: Int? {
        switch self {
        case .claim(let member, _, _), .confirmation(let member, _), .opening(let member, _): member.index
        case .unsealing: nil
        }
    }

    /// The unsealing that the document holds, if it is one.
    public func unsealing(in group: SchnorrGroup) throws(ProofError) -> UnsealingProof? {
        guard case .unsealing(let lambda, let z, let c, let s) = self else { return nil }
        return try UnsealingProof(lambda: lambda, z: z, c: c, s: s, in: group)
    }

    /// Checks the proof and the signature that it is about.
    public func verify(
        _ signature: RingSignature, message: [UInt8], unsealing: UnsealingProof?
    ) throws(ProofError) {
        let group = signature.group
        switch self {
        case .claim(let member, let kappa, let d):
            let claim = try AuthorshipClaim(
                lambda: member.lambda, index: member.index, kappa: kappa, d: d, c: member.c, s: member.s, in: group)
            try claim.verify(signature, message: message, unsealing: unsealing)
        case .confirmation(let member, let d):
            let proof = try ConfirmationProof(
                lambda: member.lambda, index: member.index, d: d, c: member.c, s: member.s, in: group)
            try proof.verify(signature, message: message, unsealing: unsealing)
        case .opening(let member, let d):
            let proof = try OpeningProof(
                lambda: member.lambda, index: member.index, d: d, c: member.c, s: member.s, in: group)
            try proof.verify(signature, message: message, unsealing: unsealing)
        case .unsealing:
            guard let proof = try self.unsealing(in: group) else { return }
            try signature.verify(message: message, unsealing: proof)
        }
    }

    private static func member(_ reader: inout DocumentReader) throws(DocumentError) -> Member {
        Member(
            lambda: try reader.bytes("lambda", count: 32),
            index: Int(try reader.integer("index", in: 0...Int64(UInt32.max))), c: try reader.natural("c"),
            s: try reader.natural("s"))
    }
}

extension ProofDocument.Member {
    fileprivate init(_ lambda: [UInt8], _ index: Int, _ c: Scalar, _ s: Scalar) {
        self.init(lambda: lambda, index: index, c: c.value, s: s.value)
    }
}

/// `ringwork/ring-claim-secret/1`: {lambda, index, e, kappa}, a secret file.
public enum ClaimSecretDocument {
    static let schema = "ringwork/ring-claim-secret/1"

    /// The document of `secret`.
    public static func document(_ secret: borrowing ClaimSecret) -> JSONValue {
        [
            "schema": .string(schema), "lambda": .string(Hex.encode(secret.lambda)),
            "index": .integer(Int64(secret.index)), "e": JSONValue(secret.e.declassified()),
            "kappa": JSONValue(secret.kappa.declassified()),
        ]
    }

    /// Reads a claim secret for a signature of `group`.
    public static func read(_ bytes: [UInt8], in group: SchnorrGroup) throws(ClaimSecretDocumentError) -> ClaimSecret {
        let parts: (lambda: [UInt8], index: Int, e: Natural, kappa: Natural)
        do {
            var reader = try DocumentReader(document: bytes, schema: schema)
            parts = (
                try reader.bytes("lambda", count: 32),
                Int(try reader.integer("index", in: 0...Int64(UInt32.max))), try reader.natural("e"),
                try reader.natural("kappa")
            )
            try reader.finish()
        } catch {
            throw .document(error)
        }
        guard parts.e < group.q.value, parts.kappa < group.q.value else { throw .proof(.kappaOutOfRange) }
        var e = group.encode(scalar: parts.e)
        var kappa = group.encode(scalar: parts.kappa)
        do {
            return try ClaimSecret(
                lambda: parts.lambda, index: parts.index, e: SecretBytes(wiping: &e),
                kappa: SecretBytes(wiping: &kappa), in: group)
        } catch {
            throw .proof(error)
        }
    }
}

/// Why a claim secret's file is refused.
public enum ClaimSecretDocumentError: Error, Equatable, Sendable {
    /// The document does not follow its schema.
    case document(DocumentError)
    /// A value is out of range.
    case proof(ProofError)
}
