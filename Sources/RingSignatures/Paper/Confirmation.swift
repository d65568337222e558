import ByteCoding
public import ModularArithmetic

extension RingSignature {
    /// The member whom the recipient finds: the paper's two confirmation equations, for every member.
    ///
    ///     D = E^x_R    κᵢ = H_q("kappa", λ, E, D, yᵢ, y_R)    W_R = E·g^κᵢ
    ///     αᵢ·W_R = Yᵢ mod p    and    W_R = g^βᵢ·yᵢ^cᵢ mod p
    ///
    /// W_R is what the paper prints as SK_R. Exactly one member must match: two colluding members can make a signature
    /// that matches both of them or nobody, and nobody can be framed.
    /// - Parameters:
    ///   - message: M; of a sealed signature, what was sealed.
    ///   - key: The recipient's key.
    /// - Returns: The index of the member who signed.
    /// - Throws: ``ProofError``: `modeRequired`, `wrongKey`, `signature` (also `recipientIsAdministrator`, which in a sealed
    ///   signature only the recipient can see), `notConfirmed`.
    /// - Complexity: The verification and n constant-time exponentiations; every member is gone through.
    public func confirm(message: [UInt8], with key: borrowing SigningKey) throws(ProofError) -> Int {
        let statement = try confirmationStatement(message: message, key)
        let shared = group.p.power(ephemeral.value, key.x)
        return try signer(statement, shared: shared, recipient: key.verificationKey.y)
    }

    /// Confirms, and shows a third party whom: D with a proof.
    ///
    /// Made only for a valid signature that exactly one member matches, and never to show the contrary: verification proves
    /// no knowledge of e, so a stranger's E could make a careless D into somebody's tag or opening.
    /// - Throws: ``ProofError``, as ``confirm(message:with:)``.
    public func transferConfirmation(
        message: [UInt8], with key: borrowing SigningKey, using generator: inout some RandomNumberGenerator
    ) throws(ProofError) -> ConfirmationProof {
        let statement = try confirmationStatement(message: message, key)
        let (hash, recipient) = (statement.hash, key.verificationKey.y)
        let shared = group.p.power(ephemeral.value, key.x)
        let index = try signer(statement, shared: shared, recipient: recipient)
        guard let d = try? group.element(shared.declassified()) else { throw .elementNotInGroup }
        var draws = HedgedDraws(hash, x: key.x, inputs: [statement.lambda], using: &generator)
        let proof = EqualityProof.make(
            ConfirmationProof.statement(self, recipient, d, statement.lambda), witness: key.x,
            nonce: draws.secretScalar("transfer"), hash)
        return ConfirmationProof(lambda: statement.lambda, index: index, d: d, proof: proof)
    }

    private func confirmationStatement(
        message: [UInt8], _ key: borrowing SigningKey
    ) throws(ProofError) -> PaperStatement {
        guard mode.contains(.designated) else { throw .modeRequired(.designated) }
        try checkRecipient(key.verificationKey)
        let statement = try statement(message: message, recipientKey: key)
        do { try verify(statement) } catch { throw .signature(error) }
        return statement
    }

    /// The one member that matches. Every member is gone through alike: only whether there is one shows in the time.
    func signer(
        _ statement: PaperStatement, shared: borrowing SecretResidue, recipient: GroupElement
    ) throws(ProofError) -> Int {
        let p = group.p
        var (count, place): (UInt, UInt) = (0, 0)
        BatchPolicy.current.rounds(ring.count) { round in
            let links = PaperPlace.links(round.map { self.place($0, in: statement) }, in: group)
            for (index, link) in zip(round, links) {
                let kappa = PaperSigner.kappa(
                    statement, ephemeral: ephemeral, shared: shared, member: ring[index], recipient: recipient)
                let w = p.multiply(p.secret(ephemeral.value), group.secretPower(group.generator, kappa))
                let y = p.multiply(p.secret(alpha[index].value), w)
                let isMatch = y.equality(p.secret(link.y)) & w.equality(p.secret(link.w))
                count &+= isMatch
                place |= UInt(index) & (0 &- isMatch)
            }
        }
        let matches = Int(published(count))
        guard matches == 1 else { throw .notConfirmed(matches: matches) }
        return Int(bitPattern: place)
    }
}

/// What a recipient publishes to show a third party who signed: D = E^x_R with a proof.
public struct ConfirmationProof: Hashable, Sendable {
    /// The signature's λ.
    public let lambda: [UInt8]
    /// The member, counted from 0.
    public let index: Int
    /// D.
    public let d: GroupElement
    /// DLEQ(transfer: g, y_R; E, D).
    public let proof: EqualityProof

    init(lambda: [UInt8], index: Int, d: GroupElement, proof: EqualityProof) {
        self.lambda = lambda
        self.index = index
        self.d = d
        self.proof = proof
    }

    /// A proof from its numbers.
    public init(
        lambda: [UInt8], index: Int, d: Natural, c: Natural, s: Natural, in group: SchnorrGroup
    ) throws(ProofError) {
        self.lambda = lambda
        self.index = index
        do { self.d = try group.element(d) } catch { throw .elementNotInGroup }
        proof = try EqualityProof(c: c, s: s, in: group)
    }

    /// Checks the proof and the signature that it is about.
    ///
    /// - Parameters:
    ///   - signature: The signature; of a sealed one, with its recipient named.
    ///   - message: M.
    ///   - unsealing: For a sealed signature, its unsealing.
    /// - Throws: ``ProofError``.
    public func verify(
        _ signature: RingSignature, message: [UInt8], unsealing: UnsealingProof? = nil
    ) throws(ProofError) {
        guard signature.mode.contains(.designated) else { throw .modeRequired(.designated) }
        let statement = try signature.statement(
            ofMember: index, lambda: lambda, message: message, unsealing: unsealing)
        // A sealed signature that does not name its recipient was refused as sealed.
        guard let recipient = signature.recipient else { throw .modeRequired(.designated) }
        guard proof.proves(Self.statement(signature, recipient, d, lambda), statement.hash) else {
            throw .proofMismatch
        }
        let shared = signature.group.p.secret(d.value)
        guard try signature.signer(statement, shared: shared, recipient: recipient) == index else {
            throw .memberMismatch
        }
    }

    static func statement(
        _ signature: RingSignature, _ recipient: GroupElement, _ d: GroupElement, _ lambda: [UInt8]
    ) -> EqualityProof.Statement {
        EqualityProof.Statement(
            purpose: .transfer, lambda: lambda, a: recipient, h: signature.ephemeral, b: d)
    }
}
