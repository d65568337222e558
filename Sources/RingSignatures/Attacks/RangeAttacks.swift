import ModularArithmetic

extension AttackBench {
    /// A1. For a target Y: choose a, b; α ≡ Y·g^a·y^b (mod p), α ≡ −b (mod q), β = −a. Then
    ///
    ///     α·g^β·y^α ≡ Y·g^a·y^b·g^(−a)·y^(−b) = Y        (mod p)
    mutating func range() throws(AttackError) -> AttackReport {
        let ring = publicKeys(4)
        let (recipient, ephemeral) = (element(), element())
        let printed = forgeByRange(LiteralAlgorithm1(group), ring: ring, recipient: recipient)
        stopCounting()
        let checked = LiteralAlgorithm1(group, reading: .printed.with(\.ranges, .checked))
        let hashed = LiteralAlgorithm1(group, reading: .printed.with(\.exponent, .hashed(bits: nil)))
        let byHash = forgeByRange(hashed, ring: ring, recipient: recipient)
        var reduced = printed
        reduced.pairs[2].alpha = group.p.reduce(printed.pairs[2].alpha)
        return report(
            .range,
            [
                "the ring is closed at member 2, whose key nobody here has, for a message of the forger's",
                "alpha is Y g^a y^b modulo p and -b modulo q, by the Chinese remainder theorem; beta is -a",
                "alpha has \(printed.pairs[2].alpha.bitWidth) bits, p has \(group.p.bitWidth)",
            ],
            breaks: [
                (
                    "a signature on any message, without a key",
                    LiteralAlgorithm1(group).verify(printed, recipient: recipient)
                )
            ],
            controls: [
                ("the text with 0 < alpha < p", refusal(accepted: checked.verify(printed, recipient: recipient))),
                ("the text with a hashed exponent", refusal(accepted: hashed.verify(byHash, recipient: recipient))),
            ],
            defaults: [
                ("the forged alpha", refusal(fields(printed, ephemeral: ephemeral), message: Self.message)),
                ("the forged alpha modulo p", refusal(fields(reduced, ephemeral: ephemeral), message: Self.message)),
            ])
    }

    /// The forgery of A1, at member 2.
    mutating func forgeByRange(_ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural) -> LiteralSignature
    {
        let (a, b) = (exponent(), exponent())
        let factor = multiply(power(group.g.value, a), power(ring[2], b))
        let group = group
        cost.multiplications += 2
        return close(algorithm, message: Self.message, ring: ring, recipient: recipient, at: 2) { target, _ in
            let (p, q) = (group.p, group.q)
            let residue = p.multiply(target, factor)
            let alpha = residue + p.value * q.subtract(q.subtract(0, b), residue)  // p ≡ 1 (mod q)
            return .init(alpha: alpha, beta: q.subtract(0, a))
        }
    }

    /// A10. α = 0 makes Y = 0 for every key, and then
    ///
    ///     chained:  z·0 = 0, so z after that member is H_p("z", λ, 0) whatever came before: the walk starts there
    ///     XOR:      an even number of zeros gives ⊕ E_λ(0) = 0 = δ
    mutating func zeroAlpha() throws(AttackError) -> AttackReport {
        let ring = publicKeys(4)
        let (recipient, ephemeral) = (element(), element())
        let careless = LiteralReading.careful.with(\.ranges, .none)
        let chained = LiteralAlgorithm1(group, reading: careless)
        let forged = forgeByZero(chained, ring: ring, recipient: recipient)
        let xor = LiteralAlgorithm1(group, reading: careless.with(\.glue, .exclusiveOr(bits: setting.glueBits)))
        let zeros = LiteralSignature(
            message: Self.message, ring: ring, delta: 0,
            pairs: ring.map { _ in .init(alpha: 0, beta: exponent()) })
        let lambda = chained.lambda(forged, recipient: recipient)
        let image = chained.trapdoor(forged.pairs[0], key: ring[0], lambda: lambda, index: 0)
        let fits = (0..<4).allSatisfy { _ in group.p.multiply(forged.pairs[0].alpha, unit()) == image }
        return report(
            .zeroAlpha,
            [
                "chained glue: member 0 takes alpha = 0, so the chain forgets delta there; all others take random pairs",
                "XOR glue: all four members take alpha = 0, and delta = 0",
            ],
            breaks: [
                ("a signature on any message, chained glue", chained.verify(forged, recipient: recipient)),
                ("a signature on any message, XOR glue", xor.verify(zeros, recipient: recipient)),
                ("the first confirmation equation, for any W", fits),
            ],
            controls: [
                (
                    "chained glue with alpha >= 1",
                    refusal(
                        accepted: LiteralAlgorithm1(group, reading: .careful).verify(forged, recipient: recipient))
                )
            ],
            defaults: [("alpha = 0", refusal(fields(forged, ephemeral: ephemeral), message: Self.message))])
    }

    /// The forgery of A10 against the chained glue: α₀ = 0.
    mutating func forgeByZero(_ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural) -> LiteralSignature {
        let lambda = algorithm.lambda(message: Self.message, ring: ring, recipient: recipient)
        var pairs = ring.map { _ in LiteralSignature.Pair(alpha: unit(), beta: exponent()) }
        pairs[0].alpha = 0
        let images = algorithm.images(pairs, ring: ring, lambda: lambda)
        cost.exponentiations += 2 * ring.count
        cost.hashes += 2 * ring.count + 1
        // Any start leads to the same end, because member 0 multiplies it by 0.
        let delta = algorithm.glue(images, delta: 1, lambda: lambda)
        return LiteralSignature(message: Self.message, ring: ring, delta: delta, pairs: pairs)
    }

    /// A9. y = 1: y^c = 1, so α = Y·g^(−K), β = K. y = p − 1: the same with a K for which c is even.
    mutating func ownerlessKeys() throws(AttackError) -> AttackReport {
        let recipient = element()
        let ephemeral = element()
        let careless = LiteralAlgorithm1(group, reading: .careful.with(\.keys, .none))
        let checked = LiteralAlgorithm1(group, reading: .careful)
        var breaks: [(String, Bool)] = []
        var controls: [(String, String?)] = []
        var defaults: [(String, String?)] = []
        for (name, y) in [("y = 1", Natural(1)), ("y = p - 1", group.p.value - 1)] {
            let ring = [y] + publicKeys(3)
            let forged = forgeOwnerless(careless, ring: ring, recipient: recipient)
            breaks.append(("a signature for a ring with \(name)", careless.verify(forged, recipient: recipient)))
            controls.append(
                ("\(name), keys checked", refusal(accepted: checked.verify(forged, recipient: recipient))))
            defaults.append(
                ("\(name) in a ring", refusal(fields(forged, ephemeral: ephemeral), message: Self.message)))
            defaults.append(("\(name) as a key", refusal(key: y, c: exponent(), s: exponent())))
        }
        return report(
            .ownerlessKeys,
            ["member 0 has the key 1, then p - 1; the ring is closed there without a secret"],
            breaks: breaks, controls: controls, defaults: defaults)
    }

    /// The forgery of A9, at member 0, whose key is 1 or p − 1.
    mutating func forgeOwnerless(_ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural)
        -> LiteralSignature
    {
        let group = group
        let start = exponent()
        var tries = 0
        let signature = close(algorithm, message: Self.message, ring: ring, recipient: recipient, at: 0) {
            target, lambda in
            while true {
                let k = group.q.add(start, Natural(UInt64(tries)))
                let alpha = group.p.multiply(
                    target, group.p.powerVariableTime(group.g.value, group.q.subtract(0, k)))
                tries += 1
                let c = algorithm.exponent(alpha, lambda: lambda, index: 0)
                if ring[0] == 1 || !c.isOdd { return .init(alpha: alpha, beta: k) }
            }
        }
        cost.exponentiations += tries
        return signature
    }
}
