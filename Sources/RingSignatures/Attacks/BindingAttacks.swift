import ByteCoding
import ModularArithmetic

extension AttackBench {
    /// A4. Where neither ring nor place is hashed, the chain can be entered anywhere: start the ring at member j with
    /// δ = z_j. Where ranges are not checked, β + q and α + p·q are the same pair.
    mutating func rotation() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let recipient = element()
        cost.signatures += 1
        let printed = LiteralAlgorithm1(group)
        let bound = LiteralAlgorithm1(group, reading: .printed.with(\.ring, .hashed))
        let checked = LiteralAlgorithm1(group, reading: .printed.with(\.ranges, .checked))
        let original = printed.sign(
            message: Self.message, ring: ring, recipient: recipient, signer: 1, secret: members[1].x, using: &draws)
        let other = bound.sign(
            message: Self.message, ring: ring, recipient: recipient, signer: 1, secret: members[1].x, using: &draws)
        let rotated = rotate(printed, original, by: 2, recipient: recipient)
        stopCounting()
        let rotatedOther = rotate(bound, other, by: 2, recipient: recipient)
        var respelled = original
        respelled.pairs[0].beta = respelled.pairs[0].beta + group.q.value
        respelled.pairs[2].alpha = respelled.pairs[2].alpha + group.p.value * group.q.value

        let signature = try honestSignature(of: Self.message, by: members[1], in: members)
        let statement = statement(of: signature, message: Self.message)
        let links = statement.links(signature.ring.indices.map { ($0, signature.alpha[$0], signature.beta[$0], nil) })
        var z = signature.delta
        for index in 0..<2 { z = statement.next(after: index, z: z, link: links[index]) }
        var turned = signature.fields
        turned.delta = z.value
        turned.ring = Array(turned.ring[2...] + turned.ring[..<2])
        turned.alpha = Array(turned.alpha[2...] + turned.alpha[..<2])
        turned.beta = Array(turned.beta[2...] + turned.beta[..<2])
        var longBeta = signature.fields
        longBeta.beta[0] = longBeta.beta[0] + group.q.value
        var longAlpha = signature.fields
        longAlpha.alpha[2] = longAlpha.alpha[2] + group.p.value
        return report(
            .rotation,
            [
                "z_2 of an honest signature is computed; the ring from member 2 on with delta = z_2 is another signature",
                "beta_0 + q and alpha_2 + p q in the place of beta_0 and alpha_2 are a third",
            ],
            breaks: [
                ("the turned ring", rotated != original && printed.verify(rotated, recipient: recipient)),
                ("the other spelling", respelled != original && printed.verify(respelled, recipient: recipient)),
            ],
            controls: [
                ("the turned ring, ring hashed", refusal(accepted: bound.verify(rotatedOther, recipient: recipient))),
                (
                    "the other spelling, ranges checked",
                    refusal(accepted: checked.verify(respelled, recipient: recipient))
                ),
            ],
            defaults: [
                ("the turned ring", refusal(turned, message: Self.message)),
                ("beta + q", refusal(longBeta, message: Self.message)),
                ("alpha + p", refusal(longAlpha, message: Self.message)),
            ])
    }

    /// The signature that starts at member `places` instead of 0.
    mutating func rotate(
        _ algorithm: LiteralAlgorithm1, _ signature: LiteralSignature, by places: Int, recipient: Natural
    ) -> LiteralSignature {
        let lambda = algorithm.lambda(signature, recipient: recipient)
        let images = algorithm.images(signature.pairs, ring: signature.ring, lambda: lambda)
        cost.exponentiations += 2 * places
        cost.hashes += places
        var rotated = signature
        rotated.delta = images[..<places].enumerated().reduce(signature.delta) {
            algorithm.next(after: $1.offset, product: group.p.multiply($0, $1.element), lambda: lambda)
        }
        rotated.ring = Array(signature.ring[places...] + signature.ring[..<places])
        rotated.pairs = Array(signature.pairs[places...] + signature.pairs[..<places])
        return rotated
    }

    /// A5. y′ = y·g^e, β′ = β − e·c: g^β′·y′^c = g^(β − e·c)·y^c·g^(e·c), so every Y stays. Works at the signer's place
    /// too, and for a hashed exponent as well: c is public. Only the ring in λ stops it.
    mutating func keySubstitution() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let recipient = element()
        var breaks: [(String, Bool)] = []
        func attempt(_ bench: inout AttackBench, _ reading: LiteralReading) -> Bool {
            let algorithm = LiteralAlgorithm1(bench.group, reading: reading)
            bench.cost.signatures += 1
            let signature = algorithm.sign(
                message: Self.message, ring: members.map(\.y), recipient: recipient, signer: 1, secret: members[1].x,
                using: &bench.draws)
            let moved = bench.substitute(algorithm, signature, recipient: recipient)
            return Set(moved.ring).isDisjoint(with: signature.ring) && algorithm.verify(moved, recipient: recipient)
        }
        breaks.append(("four keys that nobody signed for", attempt(&self, .printed)))
        stopCounting()
        breaks.append(
            ("the same with a hashed exponent", attempt(&self, .printed.with(\.exponent, .hashed(bits: nil)))))
        let control = attempt(&self, .printed.with(\.ring, .hashed))
        let signature = try honestSignature(of: Self.message, by: members[1], in: members)
        return report(
            .keySubstitution,
            ["every key y becomes y g^e, every beta becomes beta - e c; delta and alpha stay"],
            breaks: breaks,
            controls: [("the text with the ring in lambda", refusal(accepted: control))],
            defaults: [("the same substitution", refusal(substitute(signature), message: Self.message))])
    }

    private mutating func substitute(
        _ algorithm: LiteralAlgorithm1, _ signature: LiteralSignature, recipient: Natural
    ) -> LiteralSignature {
        let lambda = algorithm.lambda(signature, recipient: recipient)
        var moved = signature
        for index in signature.ring.indices {
            let e = exponent()
            let c = algorithm.exponent(signature.pairs[index].alpha, lambda: lambda, index: index)
            moved.ring[index] = multiply(signature.ring[index], power(group.g.value, e))
            moved.pairs[index].beta = group.q.subtract(signature.pairs[index].beta, group.q.multiply(e, c))
        }
        return moved
    }

    /// The same substitution in a signature of the default scheme.
    private mutating func substitute(_ signature: RingSignature) -> RingSignatureFields {
        let statement = statement(of: signature, message: Self.message)
        var fields = signature.fields
        for index in signature.ring.indices {
            let e = exponent()
            let c = statement.challenge(index, signature.alpha[index]).value
            fields.ring[index] = multiply(fields.ring[index], power(group.g.value, e))
            fields.beta[index] = group.q.subtract(fields.beta[index], group.q.multiply(e, c))
        }
        return fields
    }

    /// A11. λ = H(M ‖ g ‖ y_R): the attacker has M = M′ ‖ g ‖ T signed for y_R. The same bytes are M′, g and the
    /// recipient T ‖ g ‖ y_R, and T was chosen to make that number g^x′ modulo p, with x′ the attacker's.
    mutating func unframedHash() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let (ring, p) = (members.map(\.y), group.p)
        let honest = element()
        let own = element()
        func bytes(_ value: Natural) -> [UInt8] { value.bigEndianBytes(count: value.byteWidth) }
        let tail = bytes(group.g.value) + bytes(honest)
        let shift = inverse(power(2, Natural(UInt64(8 * tail.count))))
        let t = multiply(p.subtract(own, p.reduce(Natural(bigEndianBytes: tail))), shift)
        let message = Self.message + bytes(group.g.value) + bytes(t)
        let moved = Natural(bigEndianBytes: bytes(t) + tail)
        cost.signatures += 1
        func attempt(_ bench: inout AttackBench, _ reading: LiteralReading) -> (isBroken: Bool, LiteralSignature) {
            let algorithm = LiteralAlgorithm1(bench.group, reading: reading)
            var signature = algorithm.sign(
                message: message, ring: ring, recipient: honest, signer: 2, secret: members[2].x, using: &bench.draws)
            guard algorithm.verify(signature, recipient: honest) else { return (false, signature) }
            signature.message = Self.message
            return (p.reduce(moved) == own && algorithm.verify(signature, recipient: moved), signature)
        }
        let (isBroken, signature) = attempt(&self, .printed)
        let framed = attempt(&self, .printed.with(\.encoding, .framed)).isBroken
        let checked = attempt(&self, .printed.with(\.keys, .checked)).isBroken
        let ephemeral = element()
        let default1 = try honestSignature(of: message, by: members[2], in: members, options: SigningOptions())
        var default2 = default1.fields
        default2.recipient = own
        return report(
            .unframedHash,
            [
                "an honest signer signs M = M' | g | T for an honest recipient",
                "the same signature is read as one on M' for the recipient T | g | y_R, which is the attacker's key modulo p",
            ],
            breaks: [("a signature on another message, for another recipient", isBroken)],
            controls: [
                ("the text with framed items", refusal(accepted: framed)),
                ("the text with keys checked", refusal(accepted: checked)),
            ],
            defaults: [
                (
                    "the recipient T | g | y_R",
                    refusal(fields(signature, ephemeral: ephemeral, recipient: moved), message: Self.message)
                ),
                ("the recipient reduced, the message cut", refusal(default2, message: Self.message)),
            ])
    }

    /// A16. AOS without the ring in its hash: y′ = y·g^e, s′ = s − c·e, c unchanged.
    mutating func unboundRing() throws(AttackError) -> AttackReport {
        let members = try members(4)
        func attempt(_ bench: inout AttackBench, bound: Bool) -> Bool {
            let scheme = CarelessAOS(group: bench.group, bindsRing: bound, reduces: true)
            bench.cost.signatures += 1
            let ring = members.map(\.y)
            let signature = scheme.sign(Self.message, ring: ring, signer: 1, secret: members[1].x, using: &bench.draws)
            guard scheme.verify(signature, Self.message, ring: ring) else { return false }
            let challenges = scheme.challenges(signature, Self.message, ring: ring)
            var (moved, keys) = (signature, ring)
            for index in ring.indices {
                let e = bench.exponent()
                keys[index] = bench.multiply(ring[index], bench.power(bench.group.g.value, e))
                moved.s[index] = bench.group.q.subtract(
                    signature.s[index], bench.group.q.multiply(challenges[index], e))
            }
            return scheme.verify(moved, Self.message, ring: keys)
        }
        let isBroken = attempt(&self, bound: false)
        stopCounting()
        let control = attempt(&self, bound: true)
        let signature = try honestSignature(of: Self.message, by: members[1], in: members)
        return report(
            .unboundRing,
            ["every key y becomes y g^e, every response s becomes s - c e; no challenge changes"],
            breaks: [("an AOS signature for four keys that nobody signed for", isBroken)],
            controls: [("AOS with the ring in every hash", refusal(accepted: control))],
            defaults: [("the same substitution", refusal(substitute(signature), message: Self.message))])
    }
}
