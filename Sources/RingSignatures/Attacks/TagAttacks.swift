import ModularArithmetic

extension AttackBench {
    /// A14. h = g^d with d = H(ring): τ = h^x = y^d, and everybody can compute y^d.
    mutating func knownBase() throws(AttackError) -> AttackReport {
        let members = try members(8)
        let ring = members.map(\.y)
        let d = hash.scalar("careless-base", ring.map { group.encode(element: $0) }).value
        func attempt(_ bench: inout AttackBench, base: Natural) -> [Int] {
            let scheme = CarelessLSAG(group: bench.group, base: base, checksTag: true)
            let tag = bench.group.p.powerVariableTime(base, members[5].x)
            bench.cost.signatures += 1
            let signature = scheme.sign(
                Self.message, ring: ring, signer: 5, secret: members[5].x, tag: tag, using: &bench.draws)
            guard scheme.verify(signature, Self.message, ring: ring) else { return [] }
            bench.cost.hashes += 1
            return ring.indices.filter { bench.power(ring[$0], d) == signature.tag }
        }
        let found = attempt(&self, base: group.p.powerVariableTime(group.g.value, d))
        stopCounting()
        let control = attempt(&self, base: hash.element("careless-base", []).value)

        var options = SigningOptions()
        options.isLinkable = true
        let linkable = try honestSignature(of: Self.message, by: members[5], in: members, options: options)
        let exponents = [d, hash.scalar("link", [[]]).value, hash.scalar("link", hash.parameters + [[]]).value]
        let named = ring.indices.filter { index in
            exponents.contains { power(ring[index], $0) == linkable.linkingTag?.value }
        }
        return report(
            .knownBase,
            ["LSAG with h = g^H(ring): y_i^H(ring) is computed for all eight members and compared with the tag"],
            breaks: [("the signer", found == [5])],
            controls: [("LSAG with h = H_G", refusal(accepted: !control.isEmpty))],
            defaults: [("the tag of a linkable signature", named.isEmpty ? "no-member" : nil)])
    }

    /// A15. (−τ)^c = τ^c where c is even: after two tries on average, −τ passes for a tag of the same key.
    mutating func smallOrderTag() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let base = hash.element("careless-base", []).value
        let careless = CarelessLSAG(group: group, base: base, checksTag: false)
        let checked = CarelessLSAG(group: group, base: base, checksTag: true)
        let tag = power(base, members[1].x)
        let other = group.p.value - tag
        let first = careless.sign(
            Self.message, ring: ring, signer: 1, secret: members[1].x, tag: tag, using: &draws)
        var second = first
        var tries = 0
        repeat {
            second = careless.sign(
                Self.message, ring: ring, signer: 1, secret: members[1].x, tag: other, using: &draws)
            tries += 1
            cost.exponentiations += 4 * ring.count - 2
            cost.hashes += ring.count
        } while !careless.verify(second, Self.message, ring: ring) && tries < 64
        var options = SigningOptions()
        options.isLinkable = true
        let linkable = try honestSignature(of: Self.message, by: members[1], in: members, options: options)
        var fields = linkable.fields
        fields.linkingTag = linkable.linkingTag.map { group.p.value - $0.value }
        return report(
            .smallOrderTag,
            ["member 1 signs with tau, and again with -tau, until its challenge is even: \(tries) tries"],
            breaks: [
                (
                    "two valid signatures of one key, with different tags",
                    careless.verify(first, Self.message, ring: ring)
                        && careless.verify(second, Self.message, ring: ring)
                        && first.tag != second.tag
                )
            ],
            controls: [("tau^q = 1", refusal(accepted: checked.verify(second, Self.message, ring: ring)))],
            defaults: [("-tau", refusal(fields, message: Self.message))])
    }

    /// A19. Two keys x₀, x₁ and any w: with τ = h^w, R1 = g^r·Π yᵢ^cᵢ (i > 1), R2 = h^ρ and c = H(R1, R2, τ), two linear
    /// equations give c₀ and c₁:
    ///
    ///     c₀ + c₁ = c − Σ_{i>1} cᵢ        z = r − c₀·x₀ − c₁·x₁        z + w·c = ρ
    mutating func linkableDualring() throws(AttackError) -> AttackReport {
        let members = try members(5)
        let ring = members.map(\.y)
        let base = PaperStatement.linkingBase([], hash).value
        let scheme = CarelessLinkableDualRing(group: group, base: base)
        var tags: Set<Natural> = []
        for _ in 0..<3 {
            let signature = forgeTag(scheme, ring: ring, secrets: (members[0].x, members[1].x))
            if scheme.verify(signature, Self.message, ring: ring) { tags.insert(signature.tag) }
        }
        stopCounting()
        // With one key, which the equations do not allow, the tag does not fit.
        let single = forgeTag(scheme, ring: ring, secrets: (members[0].x, members[0].x))
        let tag = power(base, exponent())
        let ephemeral = element()
        let fields = try insiderSignature(
            of: Self.message, ring: ring, at: 0, secret: members[0].x, ephemeral: ephemeral, linkingTag: tag)
        return report(
            .linkableDualring,
            ["the holder of keys 0 and 1 takes tau = h^w for three random w, and solves two equations for c_0 and c_1"],
            breaks: [("three spendings with two keys, all tags different", tags.count == 3)],
            controls: [
                ("the same with one key", refusal(accepted: scheme.verify(single, Self.message, ring: ring)))
            ],
            defaults: [("a linkable signature with tau = h^w", refusal(fields, message: Self.message))])
    }

    private mutating func forgeTag(
        _ scheme: CarelessLinkableDualRing, ring: [Natural], secrets: (Natural, Natural)
    ) -> CarelessLinkableDualRing.Signature {
        let q = group.q
        let (w, r, rho) = (exponent(), exponent(), exponent())
        let tag = power(scheme.base, w)
        let others = ring.dropFirst(2).map { _ in exponent() }
        var first = power(group.g.value, r)
        for (y, c) in zip(ring.dropFirst(2), others) { first = multiply(first, power(y, c)) }
        cost.hashes += 1
        let c = scheme.challenge(Self.message, ring, tag, first, power(scheme.base, rho))
        let sum = others.reduce(c) { q.subtract($0, $1) }
        // c₀·x₀ + c₁·x₁ = r + w·c − ρ and c₀ + c₁ = sum:   c₁ = (r + w·c − ρ − sum·x₀)/(x₁ − x₀)
        let right = q.subtract(q.add(r, q.multiply(w, c)), rho)
        let c1 =
            quotient(
                q.subtract(right, q.multiply(sum, secrets.0)), q.subtract(secrets.1, secrets.0)) ?? 0
        let c0 = q.subtract(sum, c1)
        let z = q.subtract(rho, q.multiply(w, c))
        return .init(tag: tag, c: [c0, c1] + others, z: z)
    }
}
