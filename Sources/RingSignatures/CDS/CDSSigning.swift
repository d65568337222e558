import ByteCoding
import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the keys of `threshold` members, by Cramer, Damgård and Schoenmakers (1994): see
    /// ``CDSSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - signers: Exactly `threshold` keys whose public halves are in the ring.
    ///   - threshold: t, in 1 ... n.
    ///   - context: What the signature is for; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `parameterOutOfRange` for the threshold, or where there are more or fewer signers;
    ///   `groupMismatch`, `signerNotInRing`.
    /// - Complexity: 2n − t exponentiations. Those with the nonces are constant-time; the others have public exponents
    ///   and take variable time, in one batch that leaves the signers out. Which numbers the interpolation multiplies
    ///   depends on the signers' places; how many does not.
    public func signCDS(
        message: [UInt8], with signers: borrowing CDSSigners<Group>, threshold: Int, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> CDSSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: CDSSignature<Group>.scheme, ring: self, context: context, message: message)
        // One stream for all nonces, from all keys: had each signer its own, a generator that repeats half-way would
        // give one of them the same nonce under another challenge.
        var draws = HedgedDraws(
            transcript.hash, framedSecrets: signers.framedSecrets(),
            inputs: [transcript.pre, UInt32(clamping: threshold).bigEndianBytes], using: &generator)
        return try signCDS(transcript, with: signers, threshold: threshold, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the nonces `w`, one for each signer in
    /// the order of the ring, and the lists `c`, `s`.
    ///
    /// **Anybody who learns a nonce has that signing key.**
    @_spi(Hazmat) public func signCDS(
        message: [UInt8], with signers: borrowing CDSSigners<Group>, threshold: Int, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> CDSSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: CDSSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signCDS(transcript, with: signers, threshold: threshold, &randomness)
    }

    private func signCDS(
        _ transcript: CompanionTranscript<Group>, with signers: borrowing CDSSigners<Group>, threshold: Int,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> CDSSignature<Group> {
        try checkThreshold(threshold)
        guard signers.count == threshold else { throw .parameterOutOfRange(name: "number of signers") }
        var seats: [(place: Int, seat: CDSSigners<Group>.Seat)] = []
        for seat in signers.seats { seats.append((try place(of: seat.key), seat)) }
        seats.sort { $0.place < $1.place }
        let equation = CDSSignature<Group>.Equation(transcript, self, threshold: threshold)
        let nonces = try randomness.secrets("w", count: threshold)
        var challenges = try randomness.scalars("c", count: count)
        var responses = try randomness.scalars("s", count: count)

        let places = seats.map(\.place)
        let others = members.indices.filter { !places.contains($0) }
        var commitments = [Group.Element](repeating: group.identity, count: count)
        for (place, commitment) in zip(others, equation.commitments(others, challenges, responses)) {
            commitments[place] = commitment
        }
        for (place, nonce) in zip(places, nonces) {
            commitments[place] = group.power(group.generator, nonce.value)
        }
        let values = CDSPolynomial(upTo: count, in: group)
            .completed([equation.challenge(commitments)] + challenges, missing: places.map { $0 + 1 })
        challenges = Array(values.dropFirst())
        for (seat, nonce) in zip(seats, nonces) {
            responses[seat.place] = response(
                nonce: nonce.value, challenge: challenges[seat.place], key: seat.seat.key)
        }
        return CDSSignature(
            group: group, polynomial: Array(values.prefix(count - threshold + 1)), responses: responses)
    }
}
