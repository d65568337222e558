import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the key of one member, by Abe, Ohkubo and Suzuki (2002): see ``AOSSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - context: What the signature is for; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `groupMismatch`, `signerNotInRing`.
    /// - Complexity: 2n − 1 exponentiations. The one with the nonce is constant-time; the others have public
    ///   exponents, take variable time, and start at the member after the signer.
    public func signAOS(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> AOSSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: AOSSignature<Group>.scheme, ring: self, context: context, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        return try signAOS(transcript, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonce `u` and the list `s`.
    ///
    /// **Anybody who learns u has the signing key.**
    @_spi(Hazmat) public func signAOS(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> AOSSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: AOSSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signAOS(transcript, with: key, &randomness)
    }

    private func signAOS(
        _ transcript: CompanionTranscript<Group>, with key: borrowing RingSecret<Group>,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> AOSSignature<Group> {
        let place = try place(of: key)
        let chain = AOSSignature<Group>.Chain(transcript, self)
        let u = try randomness.secret("u")
        var responses = try randomness.scalars("s", count: count)
        var challenges = responses
        var c = chain.next(after: place, commitments: [group.power(group.generator, u)])
        for step in 1..<count {
            let index = (place + step) % count
            challenges[index] = c
            c = chain.next(after: index, challenge: c, response: responses[index])
        }
        challenges[place] = c
        responses[place] = response(nonce: u, challenge: c, key: key)
        return AOSSignature(group: group, challenge: challenges[0], responses: responses)
    }
}
