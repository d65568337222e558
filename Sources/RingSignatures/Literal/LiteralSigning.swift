public import ModularArithmetic

extension LiteralAlgorithm1 {
    /// Lines 2 to 11: closes the ring with the pair that `invert` finds for the member at `signer`.
    ///
    /// Who can invert one trapdoor can sign; signing with a key is one such way, the attacks are the others.
    /// - Parameters:
    ///   - fixed: Pairs that are not drawn but given.
    ///   - invert: Takes the value Y that the member must have, and λ, and gives a pair with f(α, β) = Y.
    /// - Precondition: `signer` is a place in the ring.
    public func close(
        message: [UInt8], ring: [Natural], recipient: Natural, at signer: Int, ephemeral: Natural? = nil,
        fixing fixed: [Int: LiteralSignature.Pair] = [:],
        invert: (_ target: Natural, _ lambda: [UInt8]) -> LiteralSignature.Pair,
        using generator: inout some RandomNumberGenerator
    ) -> LiteralSignature {
        precondition(ring.indices.contains(signer), "the signer must be in the ring")
        let lambda = lambda(message: message, ring: ring, recipient: recipient, ephemeral: ephemeral)
        var pairs = ring.indices.map { fixed[$0] ?? randomPair(using: &generator) }
        var images = images(pairs, ring: ring, lambda: lambda)
        let (delta, target) = solve(images, signer: signer, lambda: lambda, using: &generator)
        pairs[signer] = invert(target, lambda)
        images[signer] = target
        return LiteralSignature(
            message: message, ring: ring, delta: delta ?? glue(images, delta: 0, lambda: lambda), pairs: pairs,
            ephemeral: ephemeral)
    }

    /// Algorithm 1 with the key of the member at `signer`.
    ///
    /// - Parameters:
    ///   - secret: SK_S, the x with y = g^x.
    ///   - nonce: K; random unless given.
    public func sign(
        message: [UInt8], ring: [Natural], recipient: Natural, signer: Int, secret: Natural,
        nonce: Natural? = nil, ephemeral: Natural? = nil, fixing fixed: [Int: LiteralSignature.Pair] = [:],
        using generator: inout some RandomNumberGenerator
    ) -> LiteralSignature {
        let k = nonce ?? Natural.random(in: 1, upTo: group.q.value, using: &generator)
        return close(
            message: message, ring: ring, recipient: recipient, at: signer, ephemeral: ephemeral, fixing: fixed,
            invert: { target, lambda in invert(target, secret: secret, nonce: k, lambda: lambda, index: signer) },
            using: &generator)
    }

    /// Public verification, which the text does not print: C_{λ,δ}(ζ) = δ_S, after the checks of the reading.
    public func verify(_ signature: LiteralSignature, recipient: Natural) -> Bool {
        guard signature.pairs.count == signature.ring.count, !signature.ring.isEmpty else { return false }
        if reading.ranges == .checked {
            guard signature.pairs.allSatisfy({ isInRange($0) }), isInRange(delta: signature.delta) else { return false }
        }
        if reading.keys == .checked {
            let elements = signature.ring + [recipient] + (signature.ephemeral.map { [$0] } ?? [])
            guard group.elements(elements).allSatisfy({ (try? $0.get()) != nil }) else { return false }
        }
        let lambda = lambda(signature, recipient: recipient)
        let images = images(signature.pairs, ring: signature.ring, lambda: lambda)
        return glue(images, delta: signature.delta, lambda: lambda) == signature.delta
    }

    /// λ of a signature.
    public func lambda(_ signature: LiteralSignature, recipient: Natural) -> [UInt8] {
        lambda(
            message: signature.message, ring: signature.ring, recipient: recipient, ephemeral: signature.ephemeral)
    }

    /// A pair in the ranges of the repaired scheme.
    func randomPair(using generator: inout some RandomNumberGenerator) -> LiteralSignature.Pair {
        .init(
            alpha: .random(in: 1, upTo: group.p.value, using: &generator),
            beta: .random(in: 0, upTo: group.q.value, using: &generator))
    }

    private func isInRange(_ pair: LiteralSignature.Pair) -> Bool {
        !pair.alpha.isZero && pair.alpha < group.p.value && pair.beta < group.q.value
    }

    private func isInRange(delta: Natural) -> Bool {
        if case .chained = reading.glue { return !delta.isZero && delta < group.p.value }
        return true
    }
}
