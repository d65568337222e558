import ModularArithmetic

extension AttackBench {
    /// A6. Where C does not take δ in: choose all pairs, compute C_λ(ζ), and *set* δ to it.
    mutating func openGlue() throws(AttackError) -> AttackReport {
        let ring = publicKeys(4)
        let (recipient, ephemeral) = (element(), element())
        let open = LiteralAlgorithm1(group, reading: .careful.with(\.glue, .open))
        let chained = LiteralAlgorithm1(group, reading: .careful)
        let forged = forgeBySetting(open, ring: ring, recipient: recipient)
        stopCounting()
        let other = forgeBySetting(chained, ring: ring, recipient: recipient)
        return report(
            .openGlue,
            ["all pairs are random; delta is set to what the glue gives"],
            breaks: [("a signature on any message, without a key", open.verify(forged, recipient: recipient))],
            controls: [("the chained glue", refusal(accepted: chained.verify(other, recipient: recipient)))],
            defaults: [
                ("the same pairs and delta", refusal(fields(other, ephemeral: ephemeral), message: Self.message))
            ])
    }

    /// Random pairs, and the δ that the glue gives for them.
    private mutating func forgeBySetting(
        _ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural
    ) -> LiteralSignature {
        let pairs = ring.map { _ in LiteralSignature.Pair(alpha: unit(), beta: exponent()) }
        let lambda = algorithm.lambda(message: Self.message, ring: ring, recipient: recipient)
        let images = algorithm.images(pairs, ring: ring, lambda: lambda)
        cost.exponentiations += 2 * ring.count
        cost.hashes += ring.count + 2
        let delta = algorithm.glue(images, delta: unit(), lambda: lambda)
        return LiteralSignature(message: Self.message, ring: ring, delta: delta, pairs: pairs)
    }

    /// A7. δ = ⊕ E_λ(Yᵢ): two random pairs for every member give v_i and v_i ⊕ d_i; choosing one of two is a bit eᵢ.
    ///
    ///     Σ eᵢ·dᵢ = δ ⊕ ⊕ vᵢ        w equations over GF(2), n = w + 16 unknowns; solvable but for about 2⁻¹⁶
    mutating func xorGlue() throws(AttackError) -> AttackReport {
        let bits = setting.glueBits
        let ring = publicKeys(bits + 16)
        let (recipient, ephemeral) = (element(), element())
        let xor = LiteralAlgorithm1(group, reading: .careful.with(\.glue, .exclusiveOr(bits: bits)))
        let chained = LiteralAlgorithm1(group, reading: .careful)
        var forged: LiteralSignature?
        for _ in 0..<4 where forged == nil {
            forged = forgeByElimination(xor, ring: ring, recipient: recipient, bits: bits)
        }
        return report(
            .xorGlue,
            [
                "\(ring.count) members, a glue of \(bits) bits, delta chosen beforehand",
                "two random pairs for each member; one of the two is chosen for each by Gaussian elimination over GF(2)",
            ],
            breaks: [
                (
                    "a signature on any message, without a key",
                    forged.map { xor.verify($0, recipient: recipient) } ?? false
                )
            ],
            controls: [
                (
                    "the chained glue",
                    refusal(accepted: forged.map { chained.verify($0, recipient: recipient) } ?? false)
                )
            ],
            defaults: [
                (
                    "the same pairs",
                    forged.map { refusal(fields($0, ephemeral: ephemeral), message: Self.message) }
                        ?? "no-solution"
                )
            ])
    }

    /// The forgery of A7; `nil` where the system has no solution.
    mutating func forgeByElimination(
        _ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural, bits: Int
    ) -> LiteralSignature? {
        let lambda = algorithm.lambda(message: Self.message, ring: ring, recipient: recipient)
        let choices = (0..<2).map { _ in
            ring.map { _ in LiteralSignature.Pair(alpha: unit(), beta: exponent()) }
        }
        let values = choices.map { pairs in
            algorithm.images(pairs, ring: ring, lambda: lambda).map {
                algorithm.permute($0, bits: bits, lambda: lambda)
            }
        }
        cost.exponentiations += 4 * ring.count
        cost.hashes += 2 * (1 + 4) * ring.count + 1
        let delta = unit() % (Natural(1) << bits)
        let missing = values[0].reduce(delta) { $0.exclusiveOr($1, bits: bits) }
        var system = BitSystem(equations: bits, unknowns: ring.count)
        for (column, pair) in zip(values[0], values[1]).enumerated() {
            let difference = pair.0.exclusiveOr(pair.1, bits: bits)
            for bit in 0..<bits where difference.bit(at: bit) { system[bit, column] = true }
        }
        for bit in 0..<bits where missing.bit(at: bit) { system[bit, ring.count] = true }
        let solution = system.solve()
        cost.wordOperations += system.wordOperations
        return solution.map { solution in
            let pairs = solution.enumerated().map { choices[$0.element ? 1 : 0][$0.offset] }
            return LiteralSignature(message: Self.message, ring: ring, delta: delta, pairs: pairs)
        }
    }
}
