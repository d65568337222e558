import ModularArithmetic

/// A generator that is stuck: every draw is the same.
struct StuckGenerator: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0x0123_4567_89ab_cdef }
}

extension AttackBench {
    /// A12. One K twice: β₁ + c₁·x = β₂ + c₂·x at the signer's place, so x = (β₁ − β₂)/(c₂ − c₁). The place is found by
    /// trying all.
    mutating func nonceReuse() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let recipient = element()
        let messages = [Self.message, Self.message + [0]]
        func attempt(_ bench: inout AttackBench, nonces: [Natural]) -> Natural? {
            let algorithm = LiteralAlgorithm1(bench.group, reading: .careful)
            let signatures = zip(messages, nonces).map { message, k in
                algorithm.sign(
                    message: message, ring: ring, recipient: recipient, signer: 1, secret: members[1].x, nonce: k,
                    using: &bench.draws)
            }
            bench.cost.signatures += 2
            let lambdas = signatures.map { algorithm.lambda($0, recipient: recipient) }
            for index in ring.indices {
                let pairs = signatures.map { $0.pairs[index] }
                let c = zip(pairs, lambdas).map { algorithm.exponent($0.alpha, lambda: $1, index: index) }
                guard
                    let x = bench.quotient(
                        bench.group.q.subtract(pairs[0].beta, pairs[1].beta), bench.group.q.subtract(c[1], c[0]))
                else { continue }
                if bench.power(bench.group.g.value, x) == ring[index] { return x }
            }
            return nil
        }
        let k = exponent()
        let found = attempt(&self, nonces: [k, k])
        stopCounting()
        let control = attempt(&self, nonces: [k, exponent()])

        // The default with a generator that repeats: the same 32 bytes for both messages.
        var stuck = StuckGenerator()
        var signatures: [RingSignature] = []
        for message in messages {
            signatures.append(try signature(of: message, by: members[1], in: members, using: &stuck))
        }
        let challenges = zip(signatures, messages).map { signature, message in
            let statement = statement(of: signature, message: message)
            return ring.indices.map { statement.challenge($0, signature.alpha[$0]).value }
        }
        let defaults: [(String, String?)] = ring.indices.map { index in
            let x = quotient(
                group.q.subtract(signatures[0].beta[index].value, signatures[1].beta[index].value),
                group.q.subtract(challenges[1][index], challenges[0][index]))
            let code = x.map { refusal(secret: $0, of: members[index].key) } ?? "no-solution"
            return ("the formula at member \(index), the signer's generator being stuck", code)
        }
        return report(
            .nonceReuse,
            [
                "member 1 signs two messages with one K, every other choice as in the repaired scheme",
                "x = (beta_1 - beta_2)/(c_2 - c_1) is computed at every place and compared with the key there",
            ],
            breaks: [("the signer's secret key", found == members[1].x)],
            controls: [("two nonces", refusal(accepted: control != nil))], defaults: defaults)
    }

    /// A17. s = u + c·(q − x) without the reduction has twice the length of the others.
    mutating func longResponse() throws(AttackError) -> AttackReport {
        let members = try members(8)
        let ring = members.map(\.y)
        func attempt(_ bench: inout AttackBench, reduces: Bool) -> [Int] {
            let scheme = CarelessAOS(group: bench.group, bindsRing: true, reduces: reduces)
            bench.cost.signatures += 1
            let signature = scheme.sign(Self.message, ring: ring, signer: 5, secret: members[5].x, using: &bench.draws)
            guard scheme.verify(signature, Self.message, ring: ring) else { return [] }
            return ring.indices.filter { signature.s[$0] >= bench.group.q.value }
        }
        let found = attempt(&self, reduces: false)
        stopCounting()
        let control = attempt(&self, reduces: true)
        let signature = try honestSignature(of: Self.message, by: members[5], in: members)
        let long = ring.indices.filter { signature.fields.beta[$0] >= group.q.value }
        var fields = signature.fields
        fields.beta[5] = fields.beta[5] + group.q.value * exponent()
        return report(
            .longResponse,
            ["the response at or above q is the signer's"],
            breaks: [("the signer", found == [5])],
            controls: [("reduced responses", refusal(accepted: !control.isEmpty))],
            defaults: [
                ("a response above q in an honest signature", long.isEmpty ? "no-member" : nil),
                ("an unreduced response", refusal(fields, message: Self.message)),
            ])
    }

    /// A13. The readings of the trapdoor as ElGamal's signature, g^m = y^r·r^s.
    ///
    ///     existential: r = g^a·y^b, s = −r/b, m = a·s
    ///     range (Bleichenbacher): u = m′/m, s′ = s·u, r′ ≡ r·u (mod q), r′ ≡ r (mod p)
    mutating func elgamal() throws(AttackError) -> AttackReport {
        let members = try members(3)
        let signer = members[0]
        let plain = CarelessElGamal(group: group, checksRange: false)
        let checked = CarelessElGamal(group: group, checksRange: true)

        let (a, b) = (exponent(), exponent())
        let r = multiply(power(group.g.value, a), power(signer.y, b))
        let s = quotient(group.q.subtract(0, group.q.reduce(r)), b) ?? 0
        let m = group.q.multiply(a, s)
        let existential = plain.verify(m, r: r, s: s, key: signer.y)
        let chosen = hash.scalar("elgamal", [Self.message]).value
        let hashed = plain.verify(chosen, r: r, s: s, key: signer.y)

        let other = hash.scalar("elgamal", [Self.message + [0]]).value
        cost.signatures += 1
        cost.hashes += 1
        let seen = plain.sign(other, secret: signer.x, using: &draws)
        let u = quotient(chosen, other) ?? 0
        let moved = combine(modP: seen.r, modQ: group.q.multiply(group.q.reduce(seen.r), u))
        let movedS = group.q.multiply(seen.s, u)
        let byRange = plain.verify(chosen, r: moved, s: movedS, key: signer.y)

        let honest = try honestSignature(of: Self.message, by: members[1], in: members)
        var first = honest.fields
        (first.alpha[0], first.beta[0]) = (r, s)
        var second = honest.fields
        (second.alpha[0], second.beta[0]) = (moved, movedS)
        return report(
            .elgamal,
            [
                "existential: r = g^a y^b, s = -r/b, m = a s, without a key",
                "range: a signature on one hashed message is carried to another, r' being r mod p and r m'/m mod q",
                "neither form can be the text's: g^m = y^r r^s gives g^m from (r, s), not m, which line 6 needs",
            ],
            breaks: [
                ("a signature on some m, without a key", existential),
                ("a signature on a chosen hashed message", byRange),
            ],
            controls: [
                ("the existential forgery for a hashed message", refusal(accepted: hashed)),
                (
                    "the other with 0 < r < p",
                    refusal(accepted: checked.verify(chosen, r: moved, s: movedS, key: signer.y))
                ),
            ],
            defaults: [
                ("(r, s) as a member's pair", refusal(first, message: Self.message)),
                ("(r', s') as a member's pair", refusal(second, message: Self.message)),
            ])
    }
}
