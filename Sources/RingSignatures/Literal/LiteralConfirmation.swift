public import ModularArithmetic

/// The two equations by which the recipient is to confirm the signer,
///
///     α_S · SK_R = PK_S mod p          SK_R = g^β_S · PK_S mod p
///
/// in the three readings that give their letters a meaning. None of them authenticates anybody (A2, A3).
extension LiteralAlgorithm1 {
    /// First reading: SK_R is the recipient's secret exponent x_R, PK_S the member's key.
    ///
    /// Substituting one equation in the other leaves α·g^β = 1: a condition on the pair, met by chance only, whoever
    /// signed.
    public func confirmsAsPrinted(_ signature: LiteralSignature, member: Int, secret x: Natural) -> Bool {
        let (p, pair, y) = (group.p, signature.pairs[member], signature.ring[member])
        let value = p.reduce(x)
        return p.multiply(p.reduce(pair.alpha), value) == y
            && value == p.multiply(p.powerVariableTime(group.g.value, pair.beta), y)
    }

    /// Both equations for a value W in the place of SK_R, with Y in the place of the first PK_S and y^c of the second:
    ///
    ///     α·W = Y     W = g^β·y^c        (mod p)
    public func confirms(_ signature: LiteralSignature, member: Int, recipient: Natural, value w: Natural) -> Bool {
        let (p, pair, y) = (group.p, signature.pairs[member], signature.ring[member])
        let lambda = lambda(signature, recipient: recipient)
        let c = exponent(pair.alpha, lambda: lambda, index: member)
        let opened = p.twoBasePowersVariableTime([.init(group.g.value, pair.beta, y, c)])[0]
        let image = trapdoor(pair, key: y, lambda: lambda, index: member)
        return p.multiply(p.reduce(pair.alpha), w) == image && w == opened
    }

    /// Second reading: SK_R is any value. W = Y/α fits **every** member, because it is line 6 again (A2).
    public func freeValue(_ signature: LiteralSignature, member: Int, recipient: Natural) -> Natural {
        let pair = signature.pairs[member]
        let lambda = lambda(signature, recipient: recipient)
        let image = trapdoor(pair, key: signature.ring[member], lambda: lambda, index: member)
        return group.p.multiply(image, inverse(group.p.reduce(pair.alpha)))
    }

    /// Third reading: SK_R is g^K, the signer having revealed K.
    ///
    /// Any member j can show a K, β_j + c_j·x_j (A2); the signer who shows his gives x_S away (A3).
    public func confirms(_ signature: LiteralSignature, member: Int, recipient: Natural, nonce k: Natural) -> Bool {
        confirms(
            signature, member: member, recipient: recipient,
            value: group.p.powerVariableTime(group.g.value, group.q.reduce(k)))
    }
}
