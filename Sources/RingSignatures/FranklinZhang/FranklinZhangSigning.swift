import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the key of one member, by Franklin and Zhang (2012): see ``FranklinZhangSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - context: Where two signatures of one key shall be linked; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `groupMismatch`, `signerNotInRing`.
    /// - Complexity: 4n − 1 exponentiations and H_G. Those with x and the nonce are constant-time; the others have
    ///   public exponents and take variable time, in one batch that leaves the signer out.
    public func signFranklinZhang(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> FranklinZhangSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: FranklinZhangSignature<Group>.scheme, ring: self, context: context, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        return try signFranklinZhang(transcript, context: context, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonce `w` and the lists `c`, `t`.
    ///
    /// **Anybody who learns w has the signing key.**
    @_spi(Hazmat) public func signFranklinZhang(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> FranklinZhangSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: FranklinZhangSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signFranklinZhang(transcript, context: context, with: key, &randomness)
    }

    private func signFranklinZhang(
        _ transcript: CompanionTranscript<Group>, context: [UInt8], with key: borrowing RingSecret<Group>,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> FranklinZhangSignature<Group> {
        let place = try place(of: key)
        let base = FranklinZhangSignature.base(context: context, in: group)
        let tag = group.power(base, key.x)
        let equation = FranklinZhangSignature<Group>.Equation(transcript, self, base: base, tag: tag)
        let w = try randomness.secret("w")
        var challenges = try randomness.scalars("c", count: count)
        var responses = try randomness.scalars("t", count: count)
        let others = members.indices.filter { $0 != place }
        var commitments = group.twoBasePowersVariableTime(
            each: [equation.terms(others, challenges, responses)])[0]
        commitments.insert(contentsOf: [group.power(group.generator, w), group.power(base, w)], at: 2 * place)
        let rest = group.subtract(group.sum(challenges), challenges[place])
        let c = group.subtract(equation.challenge(commitments), rest)
        challenges[place] = c
        responses[place] = response(nonce: w, challenge: c, key: key)
        return FranklinZhangSignature(
            group: group, linkingTag: tag, challenges: challenges, responses: responses)
    }
}
