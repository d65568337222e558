import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the key of one member, by Liu, Wei and Wong (2004): see ``LSAGSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - context: Where two signatures of one key shall be linked; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `groupMismatch`, `signerNotInRing`.
    /// - Complexity: 4n − 1 exponentiations and H_G. Those with x and the nonce are constant-time; the others have
    ///   public exponents, take variable time, and start at the member after the signer.
    public func signLSAG(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> LSAGSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: LSAGSignature<Group>.scheme, ring: self, context: context, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        return try signLSAG(transcript, context: context, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonce `u` and the list `s`.
    ///
    /// **Anybody who learns u has the signing key.**
    @_spi(Hazmat) public func signLSAG(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> LSAGSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: LSAGSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signLSAG(transcript, context: context, with: key, &randomness)
    }

    private func signLSAG(
        _ transcript: CompanionTranscript<Group>, context: [UInt8], with key: borrowing RingSecret<Group>,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> LSAGSignature<Group> {
        let place = try place(of: key)
        let base = LSAGSignature.base(context: context, in: group)
        let tag = group.power(base, key.x)
        let chain = LSAGSignature<Group>.Chain(transcript, self, base: base, tag: tag)
        let u = try randomness.secret("u")
        var responses = try randomness.scalars("s", count: count)
        var challenges = responses
        var c = chain.next(after: place, commitments: [group.power(group.generator, u), group.power(base, u)])
        for step in 1..<count {
            let index = (place + step) % count
            challenges[index] = c
            c = chain.next(after: index, challenge: c, response: responses[index])
        }
        challenges[place] = c
        responses[place] = response(nonce: u, challenge: c, key: key)
        return LSAGSignature(group: group, linkingTag: tag, challenge: challenges[0], responses: responses)
    }
}
