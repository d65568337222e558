public import ByteCoding
public import ModularArithmetic

/// The authenticated encryption that a sealed signature uses: AES-256-GCM, twelve zero nonce bytes, the key used once.
///
/// The module `Sealing` has it; the caller passes it in, since neither module knows the other.
public struct Sealer: Sendable {
    /// Encrypts: key of 32 bytes, message, associated data → ciphertext ‖ 16-byte tag; `nil` for a message too long.
    public let seal: @Sendable (_ key: borrowing SecretBytes, _ message: [UInt8], _ associatedData: [UInt8]) -> [UInt8]?
    /// Decrypts what `seal` made, or gives `nil`.
    public let open:
        @Sendable (_ key: borrowing SecretBytes, _ ciphertext: [UInt8], _ associatedData: [UInt8]) -> [UInt8]?

    /// A sealer from its two halves.
    public init(
        seal: @escaping @Sendable (borrowing SecretBytes, [UInt8], [UInt8]) -> [UInt8]?,
        open: @escaping @Sendable (borrowing SecretBytes, [UInt8], [UInt8]) -> [UInt8]?
    ) {
        self.seal = seal
        self.open = open
    }
}

/// The shared values of a sealed signature.
///
///     U = g^v    Z = y_R^v = U^x_R
///     rb  = XOF("rbind", y_R, U, Z; 32)          stands in λ where y_R would
///     key = XOF("seal", U, y_R, Z; 32)
///     associated data = frame(p, q, g, y₀ … yₙ₋₁, U, context)
///
/// Z in the hash of `rb` hides the recipient from everybody who does not know v or x_R: y_R alone could be guessed.
struct SealedValues {
    let recipient: GroupElement
    let sealingElement: GroupElement
    let hash: GroupHash<SchnorrGroup>

    /// rb, from a Z that is still secret.
    func recipientItem(_ z: borrowing SecretResidue) -> [UInt8] {
        let output = FramedXOF.bytes(
            "rbind", [hash.encode(recipient), hash.encode(sealingElement)], framedSecret: framed(z), [], count: 32)
        return output.declassified()
    }

    /// rb, from a Z that was published.
    func recipientItem(_ z: GroupElement) -> [UInt8] {
        FramedXOF.bytes("rbind", [recipient, sealingElement, z].map { hash.encode($0) }, count: 32)
    }

    /// The encryption's key.
    func key(_ z: borrowing SecretResidue) -> SecretBytes {
        FramedXOF.bytes(
            "seal", [hash.encode(sealingElement), hash.encode(recipient)], framedSecret: framed(z), [], count: 32)
    }

    func associatedData(ring: [GroupElement], context: [UInt8]) -> [UInt8] {
        frame(hash.parameters + ring.map { hash.encode($0) } + [hash.encode(sealingElement), context])
    }

    private func framed(_ z: borrowing SecretResidue) -> SecretBytes {
        z.bigEndianBytes(count: hash.group.elementByteCount).framed()
    }
}

extension RingSignature {
    /// What a recipient finds in a sealed signature.
    public struct Unsealed: Sendable {
        /// The message.
        public let message: [UInt8]
        /// The signature with its recipient named, still to be verified with ``proof`` by anybody else.
        public let signature: RingSignature
        /// What lets anybody else verify it: publishing this is the paper's verification-convertibility.
        public let proof: UnsealingProof
    }

    /// Opens a sealed signature and verifies it.
    ///
    /// - Parameters:
    ///   - key: The recipient's key.
    ///   - sealer: The encryption it was sealed with.
    ///   - generator: Where the proof's nonce comes from.
    /// - Throws: ``ProofError``: `modeRequired`, `wrongKey` (the signature names another recipient), `signature`
    ///   (`recipientIsAdministrator`, which only the recipient can see), `unsealingFailed` (another recipient, or anything
    ///   changed), `signature`.
    /// - Complexity: A constant-time exponentiation, the verification, and a proof.
    public func unseal(
        with key: borrowing SigningKey, sealer: Sealer, using generator: inout some RandomNumberGenerator
    ) throws(ProofError) -> Unsealed {
        guard let sealed = fields.sealed, let sealingElement else { throw .modeRequired(.sealed) }
        try checkRecipient(key.verificationKey)
        let hash = GroupHash(group)
        let values = SealedValues(
            recipient: key.verificationKey.y, sealingElement: sealingElement, hash: hash)
        let shared = group.p.power(sealingElement.value, key.x)
        let data = values.associatedData(ring: ring, context: fields.context)
        guard let message = sealer.open(values.key(shared), sealed.ciphertext, data) else { throw .unsealingFailed }

        let statement = statement(message: message, recipientItem: values.recipientItem(shared))
        do { try verify(statement) } catch { throw .signature(error) }
        // Published only now: Z is the recipient's static exponent applied to a value that somebody else chose.
        guard let z = try? group.element(shared.declassified()) else { throw .unsealingFailed }
        var draws = HedgedDraws(hash, x: key.x, inputs: [statement.lambda], using: &generator)
        let proof = EqualityProof.make(
            UnsealingProof.statement(recipient: key.verificationKey.y, sealingElement, z, statement.lambda, hash),
            witness: key.x, nonce: draws.secretScalar("unseal"), hash)
        var named = fields
        named.recipient = key.verificationKey.y.value
        let signature: RingSignature
        do {
            signature = try Self.check(each: [named], in: group, knownRing: ring, memberLimit: ring.count)[0].get()
        } catch { throw .signature(error) }
        return Unsealed(
            message: message, signature: signature, proof: UnsealingProof(lambda: statement.lambda, z: z, proof: proof))
    }

    /// Verifies a sealed signature whose recipient has published Z and the proof.
    ///
    /// - Throws: ``ProofError``: `modeRequired` for a signature that is not sealed, about which an unsealing says nothing;
    ///   `signature` (`sealed` where the recipient is not named), `lambdaMismatch`, `proofMismatch`.
    public func verify(message: [UInt8], unsealing proof: UnsealingProof) throws(ProofError) {
        let statement = try statement(message: message, unsealing: proof)
        do { try verify(statement) } catch { throw .signature(error) }
    }

    /// What a recipient checks before the secret exponent touches the signature.
    ///
    /// A sealed signature hides its recipient, so only the recipient can see that the administrator is another. Were they
    /// one key, and A1 a known multiple of U, then Z = U^x_R would open the signature to everybody.
    func checkRecipient(_ key: VerificationKey) throws(ProofError) {
        guard key.group == group else { throw .wrongKey }
        if let recipient, recipient != key.y { throw .wrongKey }
        if administrator == key.y { throw .signature(.recipientIsAdministrator) }
    }

    /// The statement of a signature, sealed or not; a published unsealing is checked first, and belongs to a sealed one only.
    func statement(message: [UInt8], unsealing proof: UnsealingProof?) throws(ProofError) -> PaperStatement {
        guard let sealingElement else {
            guard proof == nil else { throw .modeRequired(.sealed) }
            do { return try statement(message: message) } catch { throw .signature(error) }
        }
        guard let proof, let recipient else { throw .signature(.sealed) }
        let hash = GroupHash(group)
        let values = SealedValues(recipient: recipient, sealingElement: sealingElement, hash: hash)
        let statement = statement(message: message, recipientItem: values.recipientItem(proof.z))
        guard statement.lambda == proof.lambda else { throw .lambdaMismatch }
        let equality = UnsealingProof.statement(recipient: recipient, sealingElement, proof.z, statement.lambda, hash)
        guard proof.proof.proves(equality, hash) else { throw .proofMismatch }
        return statement
    }

    /// The statement that the recipient can compute with their key alone.
    func statement(message: [UInt8], recipientKey key: borrowing SigningKey) throws(ProofError) -> PaperStatement {
        guard let sealingElement else {
            do { return try statement(message: message) } catch { throw .signature(error) }
        }
        let values = SealedValues(
            recipient: key.verificationKey.y, sealingElement: sealingElement, hash: GroupHash(group))
        return statement(
            message: message, recipientItem: values.recipientItem(group.p.power(sealingElement.value, key.x)))
    }
}

/// What a recipient publishes so that everybody can verify a sealed signature: Z = U^x_R with a proof.
public struct UnsealingProof: Hashable, Sendable {
    /// The signature's λ.
    public let lambda: [UInt8]
    /// Z.
    public let z: GroupElement
    /// DLEQ(unseal: g, y_R; U, Z).
    public let proof: EqualityProof

    init(lambda: [UInt8], z: GroupElement, proof: EqualityProof) {
        self.lambda = lambda
        self.z = z
        self.proof = proof
    }

    /// A proof from its numbers.
    public init(lambda: [UInt8], z: Natural, c: Natural, s: Natural, in group: SchnorrGroup) throws(ProofError) {
        self.lambda = lambda
        do { self.z = try group.element(z) } catch { throw .elementNotInGroup }
        proof = try EqualityProof(c: c, s: s, in: group)
    }

    static func statement(
        recipient: GroupElement, _ u: GroupElement, _ z: GroupElement, _ lambda: [UInt8],
        _ hash: GroupHash<SchnorrGroup>
    ) -> EqualityProof.Statement {
        EqualityProof.Statement(purpose: .unseal, lambda: lambda, a: recipient, h: u, b: z)
    }
}
