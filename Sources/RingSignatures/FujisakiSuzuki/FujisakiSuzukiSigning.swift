import ModularArithmetic

extension CompanionRing {
    /// Signs `message` for `issue` with the key of one member, by Fujisaki and Suzuki (2007): see
    /// ``FujisakiSuzukiSignature``. **Two different messages for one issue name the signer.**
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - issue: What may be signed once; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `groupMismatch`, `signerNotInRing`, and, with probability 1/q, `tagNotInGroup`,
    ///   where A₁ would be 1 and another message must be taken.
    /// - Complexity: 4n exponentiations and H_G twice. Those with x, the nonce and the signer's place are constant-time;
    ///   the others have public exponents and take variable time, in one batch that leaves the signer out. The inverses
    ///   of all places are computed, so that the time of one inversion does not name the signer.
    public func signFujisakiSuzuki(
        message: [UInt8], issue: [UInt8], with key: borrowing RingSecret<Group>,
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> FujisakiSuzukiSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: FujisakiSuzukiSignature<Group>.scheme, ring: self, context: issue, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        return try signFujisakiSuzuki(transcript, message: message, issue: issue, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonce `w` and the lists `c`, `z`.
    ///
    /// **Anybody who learns w has the signing key.**
    @_spi(Hazmat) public func signFujisakiSuzuki(
        message: [UInt8], issue: [UInt8], with key: borrowing RingSecret<Group>, randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> FujisakiSuzukiSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: FujisakiSuzukiSignature<Group>.scheme, ring: self, context: issue, message: message)
        return try signFujisakiSuzuki(transcript, message: message, issue: issue, with: key, &randomness)
    }

    private func signFujisakiSuzuki(
        _ transcript: CompanionTranscript<Group>, message: [UInt8], issue: [UInt8],
        with key: borrowing RingSecret<Group>, _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> FujisakiSuzukiSignature<Group> {
        let place = try place(of: key)
        let base = FujisakiSuzukiSignature.base(issue: issue, ring: self)
        let origin = FujisakiSuzukiSignature.origin(message: message, issue: issue, ring: self)
        let tag = group.power(base, key.x)
        let inverses = group.smallInversesVariableTime(upTo: count)
        let slope = group.power(
            group.multiply(tag, group.invert(origin)), group.order.secret(inverses[place + 1].value))
        guard slope != group.identity else { throw .tagNotInGroup }
        let equation = FujisakiSuzukiSignature<Group>.Equation(
            transcript, self, base: base, origin: origin, slope: slope)
        let w = try randomness.secret("w")
        var challenges = try randomness.scalars("c", count: count)
        var responses = try randomness.scalars("z", count: count)
        let others = members.indices.filter { $0 != place }
        var commitments = group.twoBasePowersVariableTime(
            each: [equation.terms(others, challenges, responses)])[0]
        commitments.insert(contentsOf: [group.power(group.generator, w), group.power(base, w)], at: 2 * place)
        let rest = group.subtract(group.sum(challenges), challenges[place])
        let c = group.subtract(equation.challenge(commitments), rest)
        challenges[place] = c
        responses[place] = response(nonce: w, challenge: c, key: key)
        return FujisakiSuzukiSignature(group: group, slope: slope, challenges: challenges, responses: responses)
    }
}

extension PrimeOrderGroup {
    /// j⁻¹ mod q at place j, for j in 1 ... n; 0 at place 0. n is below q.
    func smallInversesVariableTime(upTo n: Int) -> [Scalar] {
        (0...n).map { invertVariableTime(scalar(reducing: Natural(UInt64($0)))) ?? scalar(reducing: 0) }
    }
}
