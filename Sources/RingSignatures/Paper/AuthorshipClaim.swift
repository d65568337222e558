public import ByteCoding
public import ModularArithmetic

/// What a signer keeps in order to claim a signature later: e and κ of one signature. As sensitive as the signing key: with
/// both published, x = (e + κ − β_S)/c_S.
public struct ClaimSecret: ~Copyable, Sendable {
    /// The signature's λ.
    public let lambda: [UInt8]
    /// The signer's place in the ring.
    public let index: Int
    let e: SecretResidue
    let kappa: SecretResidue

    init(lambda: [UInt8], index: Int, e: consuming SecretResidue, kappa: consuming SecretResidue) {
        self.lambda = lambda
        self.index = index
        self.e = e
        self.kappa = kappa
    }

    /// A claim secret from its parts, as a file holds them.
    ///
    /// - Throws: ``ProofError/kappaOutOfRange`` unless e and κ are below q and at the group's scalar width.
    public init(
        lambda: [UInt8], index: Int, e: borrowing SecretBytes, kappa: borrowing SecretBytes, in group: SchnorrGroup
    ) throws(ProofError) {
        guard let e = group.q.secret(canonical: e), let kappa = group.q.secret(canonical: kappa) else {
            throw .kappaOutOfRange
        }
        self.init(lambda: lambda, index: index, e: e, kappa: kappa)
    }

    /// Proves that the holder of e stands for the member: the paper's convertibility.
    ///
    ///     without recipient:  R′ = g^r    c = H_c("claim", λ, S, E, κ, R′)    s = r − c·e
    ///     with recipient:     D = y_R^e with DLEQ(claim: g, E; y_R, D)
    ///
    /// - Parameters:
    ///   - signature: The signature; of a sealed one, with its recipient named.
    ///   - message: M.
    ///   - unsealing: For a sealed signature, its unsealing.
    ///   - generator: Where the nonce comes from.
    /// - Throws: ``ProofError``: `signature`, `lambdaMismatch`, `memberMismatch` where e or κ belong to another signature, or where E
    ///   is a member's key: the claim would then give that key away.
    public func claim(
        _ signature: RingSignature, message: [UInt8], unsealing: UnsealingProof? = nil,
        using generator: inout some RandomNumberGenerator
    ) throws(ProofError) -> AuthorshipClaim {
        let statement = try signature.statement(message: message, unsealing: unsealing)
        guard statement.lambda == lambda else { throw .lambdaMismatch }
        let (hash, group) = (statement.hash, signature.group)
        guard group.publicPower(e) == signature.ephemeral else { throw .memberMismatch }
        // Where E is a ring key, e is that member's secret, and κ would publish it: x = (κ − β)/(c − 1).
        guard !signature.ring.contains(signature.ephemeral) else { throw .memberMismatch }
        var draws = HedgedDraws(hash, x: e, inputs: [lambda], using: &generator)
        let nonce = draws.secretScalar("claim")
        let claim: AuthorshipClaim
        if let recipient = signature.recipient {
            guard let d = group.publicPower(of: recipient, e) else { throw .memberMismatch }
            let proof = EqualityProof.make(
                AuthorshipClaim.statement(signature, recipient, d, lambda), witness: e, nonce: nonce, hash)
            claim = AuthorshipClaim(lambda: lambda, index: index, evidence: .shared(d, proof))
        } else {
            let kappa = group.scalar(reducing: kappa.declassified())
            let commitment = group.power(group.generator, nonce).value
            let c = AuthorshipClaim.challenge(statement, index, signature.ephemeral, kappa, commitment)
            let s = group.q.subtract(nonce, group.q.multiply(group.q.secret(c.value), e)).declassified()
            claim = AuthorshipClaim(
                lambda: lambda, index: index, evidence: .kappa(kappa, c: c, s: group.scalar(reducing: s)))
        }
        // A claim that nobody would accept is not given out: it would spend κ for nothing.
        try claim.verify(signature, message: message, unsealing: unsealing)
        return claim
    }
}

/// A published claim of authorship: the holder of e stands for member `index` of the signature λ.
///
/// It says no more: an insider can close the ring again and keep E and the claimed pair, so a claim is about λ and not about
/// one string of bytes, and a dishonest author can let another member claim.
public struct AuthorshipClaim: Hashable, Sendable {
    /// The signature's λ.
    public let lambda: [UInt8]
    /// The member, counted from 0.
    public let index: Int
    /// What shows it.
    public let evidence: Evidence

    /// What a claim consists of, without and with a recipient.
    public enum Evidence: Hashable, Sendable {
        /// κ and a proof of knowledge of e.
        case kappa(Scalar, c: Scalar, s: Scalar)
        /// D = y_R^e and the proof that it has E's exponent.
        case shared(GroupElement, EqualityProof)
    }

    init(lambda: [UInt8], index: Int, evidence: Evidence) {
        self.lambda = lambda
        self.index = index
        self.evidence = evidence
    }

    /// A claim from its numbers: κ without a recipient, D with one.
    public init(
        lambda: [UInt8], index: Int, kappa: Natural?, d: Natural?, c: Natural, s: Natural, in group: SchnorrGroup
    ) throws(ProofError) {
        self.lambda = lambda
        self.index = index
        let proof = try EqualityProof(c: c, s: s, in: group)
        switch (kappa, d) {
        case (let kappa?, nil):
            guard let scalar = try? group.scalar(kappa) else { throw .kappaOutOfRange }
            evidence = .kappa(scalar, c: proof.c, s: proof.s)
        case (nil, let d?):
            guard let element = try? group.element(d) else { throw .elementNotInGroup }
            evidence = .shared(element, proof)
        default: throw .kappaOutOfRange
        }
    }

    /// Checks the claim and the signature that it is about.
    ///
    ///     κ:  α_S·E·g^κ = Y_S    and    c = H_c("claim", λ, S, E, κ, g^s·E^c)
    ///     D:  the same first equation with κ = H_q("kappa", λ, E, D, y_S, y_R), and the equality proof
    ///
    /// - Throws: ``ProofError``.
    public func verify(
        _ signature: RingSignature, message: [UInt8], unsealing: UnsealingProof? = nil
    ) throws(ProofError) {
        let statement = try signature.statement(
            ofMember: index, lambda: lambda, message: message, unsealing: unsealing)
        let (hash, p, e) = (statement.hash, signature.group.p, signature.ephemeral)
        let kappa: Natural
        switch evidence {
        case .kappa(let value, let c, let s):
            guard signature.recipient == nil else { throw .elementNotInGroup }
            let commitment = signature.group.twoBasePowersVariableTime([
                TwoBasePower(signature.group.generator, s, SubgroupMember(e), c)
            ])[0]
            guard c == Self.challenge(statement, index, e, value, commitment.value) else { throw .proofMismatch }
            kappa = value.value
        case .shared(let d, let proof):
            guard let recipient = signature.recipient else { throw .kappaOutOfRange }
            guard proof.proves(Self.statement(signature, recipient, d, lambda), hash) else { throw .proofMismatch }
            kappa = PaperSigner.kappa(
                statement, ephemeral: e, shared: p.secret(d.value), member: signature.ring[index], recipient: recipient
            ).declassified()
        }
        let w = p.multiply(e.value, p.powerVariableTime(signature.group.g.value, kappa))
        let y = PaperPlace.links([signature.place(index, in: statement)], in: signature.group)[0].y
        guard p.multiply(signature.alpha[index].value, w) == y else { throw .memberMismatch }
    }

    static func challenge(
        _ statement: PaperStatement, _ index: Int, _ e: GroupElement, _ kappa: Scalar, _ commitment: Natural
    ) -> Scalar {
        let hash = statement.hash
        return hash.shortScalar(
            "claim",
            [
                statement.lambda, UInt32(index).bigEndianBytes, hash.encode(e), hash.encode(kappa),
                hash.group.encode(element: commitment),
            ])
    }

    static func statement(
        _ signature: RingSignature, _ recipient: GroupElement, _ d: GroupElement, _ lambda: [UInt8]
    ) -> EqualityProof.Statement {
        EqualityProof.Statement(
            purpose: .claim, lambda: lambda, a: signature.ephemeral, h: recipient, b: d)
    }
}
