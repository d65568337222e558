import ByteCoding
import ModularArithmetic

extension AttackBench {
    /// A21. Challenges of b bits: partial rings that reach different z are merged, and a keyless forger goes round.
    ///
    /// At member i, from a node z, take α = X·z⁻¹·g^x and β = s − x. Then
    ///
    ///     z·Y = z·α·g^β·y^c = X·g^s·y^c
    ///
    /// depends on c alone: two nodes whose α hash to one c go on together. With k = b/3 layers a diamond leads 2^k leaves
    /// to one node; the leaves are the z that the last member gives for 2^k values of c, so its own α fits one of them with
    /// probability 2^(k−b). About 2^(2b/3) hashes in all, 2^18.5 for b = 24 and 2^22.5 for b = 30.
    mutating func shortChallenge() throws(AttackError) -> AttackReport {
        let bits = setting.challengeBits
        guard (8...40).contains(bits) else { throw .challengeBits(bits) }
        let ring = publicKeys(bits / 3 + 1)
        let (recipient, ephemeral) = (element(), element())
        let short = LiteralAlgorithm1(group, reading: .careful.with(\.exponent, .hashed(bits: bits)))
        let full = LiteralAlgorithm1(group, reading: .careful)
        let forged = forgeByDiamond(short, bits: bits, ring: ring, recipient: recipient, ephemeral: ephemeral)
        let queries = 1 << min(bits / 2 + 2, 14)
        let distinct = distinctChallenges(full, ring: ring, recipient: recipient, ephemeral: ephemeral, queries)
        return report(
            .shortChallenge,
            [
                "challenges of \(bits) bits, every other choice as in the repaired scheme; \(ring.count) members",
                "\(1 << (bits / 3)) values of delta are led to one z by merging equal challenges; the last member closes one",
            ],
            breaks: [("a signature on any message, without a key", short.verify(forged, recipient: recipient))],
            controls: [
                (
                    "the same signature, challenges of full width",
                    refusal(accepted: full.verify(forged, recipient: recipient))
                ),
                ("two equal challenges of full width in \(queries)", distinct == queries ? "no-collision" : nil),
            ],
            defaults: [
                (
                    "the forged signature",
                    refusal(fields(forged, ephemeral: ephemeral, recipient: recipient), message: Self.message)
                )
            ])
    }

    /// One step of a path through the diamond.
    private struct Step {
        let x: Natural
        let alpha: Natural
        let next: Int
    }

    /// What all nodes of one layer share: X and s, and X·g^s.
    private struct Layer {
        let factor: Natural
        let s: Natural
        let product: Natural
    }

    mutating func forgeByDiamond(
        _ algorithm: LiteralAlgorithm1, bits: Int, ring: [Natural], recipient: Natural, ephemeral: Natural
    ) -> LiteralSignature {
        let (q, last) = (group.q, ring.count - 1)
        let lambda = algorithm.lambda(
            message: Self.message, ring: ring, recipient: recipient, ephemeral: ephemeral)
        let layers = ring.map { _ in
            let (factor, s) = (unit(), exponent())
            return Layer(factor: factor, s: s, product: multiply(factor, power(group.g.value, s)))
        }

        // The leaves: what the last member gives for c = 0, 1, …
        var product = layers[last].product
        var leaves: [Natural] = []
        for _ in 0..<1 << last {
            leaves.append(algorithm.next(after: last, product: product, lambda: lambda))
            product = multiply(product, ring[last])
        }
        cost.hashes += leaves.count

        var nodes = leaves
        var paths: [[Step]] = []
        for index in 0..<last {
            let (steps, merged) = merge(nodes, layers[index], algorithm, key: ring[index], lambda: lambda, index: index)
            paths.append(steps)
            nodes = merged
        }

        // The gap: α until its challenge is one of the leaves'.
        var alpha = multiply(layers[last].factor, inverse(nodes[0]))
        var x = Natural(0)
        var leaf = challenge(algorithm, alpha, lambda, last)
        while leaf >= UInt64(leaves.count) {
            alpha = multiply(alpha, group.g.value)
            x = x + 1
            leaf = challenge(algorithm, alpha, lambda, last)
        }

        var place = Int(leaf)
        let delta = leaves[place]
        var pairs: [LiteralSignature.Pair] = []
        for (steps, layer) in zip(paths, layers) {
            pairs.append(.init(alpha: steps[place].alpha, beta: q.subtract(layer.s, steps[place].x)))
            place = steps[place].next
        }
        pairs.append(.init(alpha: alpha, beta: q.subtract(layers[last].s, x)))
        return LiteralSignature(
            message: Self.message, ring: ring, delta: delta, pairs: pairs, ephemeral: ephemeral)
    }

    /// Leads the nodes of a layer pairwise to one challenge: their steps, and the half as many nodes behind them.
    private mutating func merge(
        _ nodes: [Natural], _ layer: Layer, _ algorithm: LiteralAlgorithm1, key y: Natural, lambda: [UInt8], index: Int
    ) -> (steps: [Step], merged: [Natural]) {
        struct Try {
            let node: Int
            let x: Natural
            let alpha: Natural
        }
        var alphas = nodes.map { multiply(layer.factor, inverse($0)) }
        var steps = [Step?](repeating: nil, count: nodes.count)
        var merged: [Natural] = []
        var seen: [UInt64: Try] = [:]
        var waiting = Array(nodes.indices)
        var x = Natural(0)
        while !waiting.isEmpty {
            for node in waiting where steps[node] == nil {
                let mine = Try(node: node, x: x, alpha: alphas[node])
                let c = challenge(algorithm, mine.alpha, lambda, index)
                alphas[node] = multiply(mine.alpha, group.g.value)
                if let other = seen[c], other.node != node, steps[other.node] == nil {
                    for one in [mine, other] {
                        steps[one.node] = Step(x: one.x, alpha: one.alpha, next: merged.count)
                    }
                    let product = multiply(layer.product, power(y, Natural(c)))
                    merged.append(algorithm.next(after: index, product: product, lambda: lambda))
                    cost.hashes += 1
                } else {
                    seen[c] = mine
                }
            }
            waiting.removeAll { steps[$0] != nil }
            x = x + 1
        }
        return (steps.compactMap(\.self), merged)
    }

    private mutating func challenge(
        _ algorithm: LiteralAlgorithm1, _ alpha: Natural, _ lambda: [UInt8], _ index: Int
    ) -> UInt64 {
        cost.hashes += 1
        // At most 40 bits.
        return UInt64(
            bigEndianBytes: algorithm.exponent(alpha, lambda: lambda, index: index).bigEndianBytes(count: 8))
    }

    /// How many of `count` challenges of one member differ.
    private mutating func distinctChallenges(
        _ algorithm: LiteralAlgorithm1, ring: [Natural], recipient: Natural, ephemeral: Natural, _ count: Int
    ) -> Int {
        let lambda = algorithm.lambda(
            message: Self.message, ring: ring, recipient: recipient, ephemeral: ephemeral)
        var alpha = unit()
        var seen: Set<Natural> = []
        for _ in 0..<count {
            seen.insert(algorithm.exponent(alpha, lambda: lambda, index: 0))
            alpha = group.p.multiply(alpha, group.g.value)
        }
        return seen.count
    }
}
