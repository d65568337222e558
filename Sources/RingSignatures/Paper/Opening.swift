public import ModularArithmetic

extension RingSignature {
    /// The administrator finds the signer, and proves it.
    ///
    ///     D = A1^x_A    y = A2·D⁻¹    the i with yᵢ = y    DLEQ(open: g, h_A; A1, D)
    ///
    /// The paper says in prose that the administrator "can determine who created the signature" and prints no equation.
    /// - Parameters:
    ///   - message: M.
    ///   - key: The administrator's key.
    ///   - unsealing: For a sealed signature, its unsealing.
    ///   - generator: Where the proof's nonce comes from.
    /// - Throws: ``ProofError``: `signature` (checked first), `modeRequired`, `wrongKey`; `memberMismatch` where the
    ///   encrypted key is no member's, which a valid signature excludes.
    /// - Complexity: The verification and three constant-time exponentiations.
    public func open(
        message: [UInt8], with key: borrowing SigningKey, unsealing: UnsealingProof? = nil,
        using generator: inout some RandomNumberGenerator
    ) throws(ProofError) -> OpeningProof {
        guard let administrator, let opening1, let opening2 else { throw .modeRequired(.open) }
        guard key.verificationKey.group == group, key.verificationKey.y == administrator else { throw .wrongKey }
        let statement = try statement(message: message, unsealing: unsealing)
        do { try verify(statement) } catch { throw .signature(error) }
        guard let d = group.publicPower(of: opening1, key.x) else { throw .memberMismatch }
        let y = group.multiply(SubgroupMember(opening2), group.invert(SubgroupMember(d))).value
        guard let index = ring.firstIndex(where: { $0.value == y }) else { throw .memberMismatch }
        var draws = HedgedDraws(statement.hash, x: key.x, inputs: [statement.lambda], using: &generator)
        let proof = EqualityProof.make(
            OpeningProof.statement(administrator, opening1, d, statement.lambda), witness: key.x,
            nonce: draws.secretScalar("open"), statement.hash)
        return OpeningProof(lambda: statement.lambda, index: index, d: d, proof: proof)
    }
}

/// What an administrator publishes to show who signed: D = A1^x_A with a proof.
public struct OpeningProof: Hashable, Sendable {
    /// The signature's λ.
    public let lambda: [UInt8]
    /// The member, counted from 0.
    public let index: Int
    /// D.
    public let d: GroupElement
    /// DLEQ(open: g, h_A; A1, D).
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

    /// Checks the proof and the signature that it is about: D·yᵢ = A2 and the equality proof.
    ///
    /// - Throws: ``ProofError``.
    public func verify(
        _ signature: RingSignature, message: [UInt8], unsealing: UnsealingProof? = nil
    ) throws(ProofError) {
        guard let administrator = signature.administrator, let opening1 = signature.opening1,
            let opening2 = signature.opening2
        else { throw .modeRequired(.open) }
        let statement = try signature.statement(
            ofMember: index, lambda: lambda, message: message, unsealing: unsealing)
        let equality = Self.statement(administrator, opening1, d, lambda)
        guard proof.proves(equality, statement.hash) else { throw .proofMismatch }
        guard signature.group.p.multiply(d.value, signature.ring[index].value) == opening2.value else {
            throw .memberMismatch
        }
    }

    static func statement(
        _ administrator: GroupElement, _ opening1: GroupElement, _ d: GroupElement, _ lambda: [UInt8]
    ) -> EqualityProof.Statement {
        EqualityProof.Statement(purpose: .open, lambda: lambda, a: administrator, h: opening1, b: d)
    }
}
