import ByteCoding
import ModularArithmetic

extension CompanionRing {
    /// Signs `message` with the key of one member, by Groth and Kohlweiss (2015) with Triptych's tag: see
    /// ``GrothKohlweissSignature``.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring, which has a power of two members.
    ///   - context: Where two signatures of one key shall be linked; bound, not sent.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``CompanionError``: `parameterOutOfRange` where the ring is not a power of two, `groupMismatch`,
    ///   `signerNotInRing`.
    /// - Complexity: m·(N + 8) + 1 exponentiations, all constant-time, and H_G twice. Every signer takes the same
    ///   operations with the same bases in the same order: the place enters as secret bits alone. No factor is 1 for
    ///   some places and not for others, since the products are arranged so that every exponent is masked.
    public func signGrothKohlweiss(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(CompanionError) -> GrothKohlweissSignature<Group> {
        let transcript = CompanionTranscript(
            scheme: GrothKohlweissSignature<Group>.scheme, ring: self, context: context, message: message)
        var draws = HedgedDraws(transcript, key: key, using: &generator)
        while true {
            do throws(CompanionError) {
                return try signGrothKohlweiss(transcript, context: context, with: key, &draws)
            } catch {
                // A commitment was 1, with probability 3m/q at most: the next draws are others.
                guard case .elementNotInGroup = error else { throw error }
            }
        }
    }

    /// Signs with randomness that the caller gives, to reproduce known answers: the lists `a`, `r`, `s`, `t` and `rho`,
    /// m of each, from j or k = 0.
    ///
    /// **Anybody who learns ρ has the signing key, anybody who learns a or r has the signer's place.**
    /// - Throws: ``CompanionError``: as above, and `unusableRandomness`, or `elementNotInGroup` where a commitment that is
    ///   sent would be 1, which no verifier decodes.
    @_spi(Hazmat) public func signGrothKohlweiss(
        message: [UInt8], with key: borrowing RingSecret<Group>, context: [UInt8] = [],
        randomness: GivenCompanionRandomness
    ) throws(CompanionError) -> GrothKohlweissSignature<Group> {
        var randomness = randomness
        let transcript = CompanionTranscript(
            scheme: GrothKohlweissSignature<Group>.scheme, ring: self, context: context, message: message)
        return try signGrothKohlweiss(transcript, context: context, with: key, &randomness)
    }

    private func signGrothKohlweiss(
        _ transcript: CompanionTranscript<Group>, context: [UInt8], with key: borrowing RingSecret<Group>,
        _ randomness: inout some CompanionRandomness & ~Copyable
    ) throws(CompanionError) -> GrothKohlweissSignature<Group> {
        let m = try depth()
        let place = try place(of: key)
        let (q, g) = (group.order, group.generator)
        let base = GrothKohlweissSignature.base(context: context, in: group)
        let equation = GrothKohlweissSignature<Group>.Equation(
            transcript, h: GrothKohlweissSignature.commitmentBase(in: group), base: base,
            tag: group.power(base, q.inverseOfPrimeModulus(key.x)))
        let bits = (0..<m).map { j in
            var byte = [UInt8(truncatingIfNeeded: place >> j) & 1]
            return SecretBox(q.secret(reducing: SecretBytes(wiping: &byte)))
        }
        let a = try randomness.secrets("a", count: m)
        let r = try randomness.secrets("r", count: m)
        let s = try randomness.secrets("s", count: m)
        let t = try randomness.secrets("t", count: m)
        let rho = try randomness.secrets("rho", count: m)

        // h^ℓ and h^(ℓ·a) would be 1 for ℓ = 0, and a product with 1 is quicker: both come as h^(… + a)·h^−a, and h^−a
        // goes into the product before.
        var exponents = SecretResidues(of: q, capacity: 7 * m)
        for list in [a, r, s, t, rho] { for secret in list { exponents.append(secret.value) } }
        for j in 0..<m { exponents.append(q.add(bits[j].value, a[j].value)) }
        for j in 0..<m { exponents.append(q.add(q.multiply(bits[j].value, a[j].value), a[j].value)) }
        let bases = [equation.h, g, g, g, equation.tag, equation.h, equation.h]
        let powers = group.powers(bases.flatMap { Array(repeating: $0, count: m) }, exponents)
        func power(_ row: Int, _ j: Int) -> Group.Element { powers[row * m + j] }
        var (bitCommitments, aCommitments, bCommitments): ([Group.Element], [Group.Element], [Group.Element]) =
            ([], [], [])
        for j in 0..<m {
            let unmask = group.invert(power(0, j))
            bitCommitments.append(group.multiply(group.multiply(unmask, power(1, j)), power(5, j)))
            aCommitments.append(group.multiply(power(0, j), power(2, j)))
            bCommitments.append(group.multiply(group.multiply(unmask, power(3, j)), power(6, j)))
        }
        let ringCommitments = ringCommitments(GrothKohlweissPolynomials(bits: bits, a: a, order: q), rho)
        let tagCommitments = (0..<m).map { power(4, $0) }
        let sent = bitCommitments + ringCommitments.dropFirst() + tagCommitments.dropFirst()
        if let index = sent.firstIndex(of: group.identity) { throw .elementNotInGroup(index: index) }
        let challenge = equation.challenge(
            bitCommitments: bitCommitments, a: aCommitments, b: bCommitments, d: ringCommitments, y: tagCommitments)

        let xi = q.secret(challenge.value)
        let bitResponses = (0..<m).map { group.publish(q.add(q.multiply(bits[$0].value, xi), a[$0].value)) }
        let bitOpenings = (0..<m).map { group.publish(q.add(q.multiply(r[$0].value, xi), s[$0].value)) }
        let productOpenings = (0..<m).map { j in
            let rest = q.secret(group.subtract(challenge, bitResponses[j]).value)
            return group.publish(q.add(q.multiply(r[j].value, rest), t[j].value))
        }
        // Horner, from the top: x·ξ^m − Σ ρₖ·ξ^k.
        var response = q.multiply(key.x, xi)
        for k in (0..<m).reversed() {
            response = q.subtract(response, rho[k].value)
            if k > 0 { response = q.multiply(response, xi) }
        }
        return GrothKohlweissSignature(
            group: group, linkingTag: equation.tag, bitCommitments: bitCommitments,
            ringCommitments: Array(ringCommitments.dropFirst()), tagCommitments: Array(tagCommitments.dropFirst()),
            challenge: challenge, bitResponses: bitResponses, bitOpenings: bitOpenings,
            productOpenings: productOpenings, keyResponse: group.publish(response))
    }

    /// Dₖ = Π yᵢ^pᵢₖ·g^ρₖ, computed as (g / Π yᵢ)^ρₖ·Π yᵢ^(pᵢₖ + ρₖ): many pᵢₖ are 0, and which ones names the signer.
    private func ringCommitments(
        _ polynomials: consuming GrothKohlweissPolynomials, _ rho: [SecretBox]
    ) -> [Group.Element] {
        let q = group.order
        let unmask = group.multiply(
            group.generator, group.invert(elements.dropFirst().reduce(elements[0]) { group.multiply($0, $1) }))
        let bases = [unmask] + elements
        return rho.indices.map { k in
            var exponents = SecretResidues(of: q, capacity: bases.count)
            exponents.append(rho[k].value)
            for i in members.indices {
                exponents.append(q.add(polynomials.coefficients[i][k].value, rho[k].value))
            }
            let powers = group.powers(bases, exponents)
            return powers.dropFirst().reduce(powers[0]) { group.multiply($0, $1) }
        }
    }
}
