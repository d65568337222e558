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

        var (bitCommitments, aCommitments, bCommitments): ([Group.Element], [Group.Element], [Group.Element]) =
            ([], [], [])
        for j in 0..<m {
            // h^ℓ and h^(ℓ·a) would be 1 for ℓ = 0, and a product with 1 is quicker: both come as h^(… + a)·h^−a, and
            // h^−a goes into the product before.
            let mask = group.power(equation.h, a[j].value)
            let unmask = group.invert(mask)
            let bit = group.power(equation.h, q.add(bits[j].value, a[j].value))
            let product = group.power(equation.h, q.add(q.multiply(bits[j].value, a[j].value), a[j].value))
            bitCommitments.append(group.multiply(group.multiply(unmask, group.power(g, r[j].value)), bit))
            aCommitments.append(group.multiply(mask, group.power(g, s[j].value)))
            bCommitments.append(group.multiply(group.multiply(unmask, group.power(g, t[j].value)), product))
        }
        let ringCommitments = ringCommitments(GrothKohlweissPolynomials(bits: bits, a: a, order: q), rho)
        let tagCommitments = rho.map { group.power(equation.tag, $0.value) }
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
        return rho.indices.map { k in
            var product = group.power(unmask, rho[k].value)
            for i in members.indices {
                let exponent = q.add(polynomials.coefficients[i][k].value, rho[k].value)
                product = group.multiply(product, group.power(members[i].y, exponent))
            }
            return product
        }
    }
}
