import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the key of one member, by DualRing (2021): see ``DualRingSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - context: What the signature is for; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `groupMismatch`, `signerNotInRing`.
    /// - Complexity: n exponentiations. The one with the nonce is constant-time; the others are one product with public
    ///   exponents, in variable time, that leaves the signer out.
    public func signDualRing(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> DualRingSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: DualRingSignature<Group>.scheme, ring: self, context: context, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        return try signDualRing(transcript, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonce `r` and the list `c`.
    ///
    /// **Anybody who learns r has the signing key.**
    @_spi(Hazmat) public func signDualRing(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> DualRingSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: DualRingSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signDualRing(transcript, with: key, &randomness)
    }

    private func signDualRing(
        _ transcript: CompanionTranscript<Group>, with key: borrowing RingSecret<Group>,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> DualRingSignature<Group> {
        let place = try place(of: key)
        let r = try randomness.secret("r")
        var challenges = try randomness.scalars("c", count: count)
        let others = members.indices.filter { $0 != place }
        let product = group.multiPowerVariableTime(
            others.map { (base: members[$0].y, exponent: challenges[$0]) })
        let commitment = group.multiply(group.power(group.generator, r), product)
        let rest = group.subtract(group.sum(challenges), challenges[place])
        let c = group.subtract(transcript.challenge([commitment]), rest)
        challenges[place] = c
        return DualRingSignature(
            group: group, challenges: challenges, response: response(nonce: r, challenge: c, key: key))
    }
}
