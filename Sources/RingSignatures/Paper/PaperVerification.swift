import ModularArithmetic

extension RingSignature {
    /// Whether the ring closes on `message`: C_{λ,δ}(Y₀ … Yₙ₋₁) = δ.
    ///
    ///     z₀ = δ    Yᵢ = αᵢ·g^βᵢ·yᵢ^cᵢ    zᵢ₊₁ = H_p("z", λ, i, zᵢ·Yᵢ, Vᵢ)    accept iff zₙ = δ
    ///     Vᵢ: [link] h^βᵢ·τ^cᵢ   [open] g^γᵢ·A1^cᵢ, h_A^γᵢ·(A2/yᵢ)^cᵢ
    ///
    /// The paper prints no public verification; this is the equation C_{λ,δ}(ζ) = δ_S of its line 9.
    /// - Parameter message: M.
    /// - Throws: ``RingSignatureError/ringEquation``; all other reasons were found by
    ///   ``init(checking:in:knownRing:memberLimit:)``.
    /// - Complexity: n two-base exponentiations in base mode. Public values, variable time.
    public func verify(message: [UInt8]) throws(RingSignatureError) {
        let statement = statement(message: message)
        let links = statement.links(
            ring.indices.map { ($0, alpha[$0], beta[$0], mode.contains(.open) ? gamma[$0] : nil) })
        var z = delta
        for (index, link) in links.enumerated() { z = statement.next(after: index, z: z, link: link) }
        guard z == delta else { throw .ringEquation }
    }

    /// λ: what identifies the signature, and what every claim about it names.
    public func lambda(message: [UInt8]) -> [UInt8] { statement(message: message).lambda }

    func statement(message: [UInt8]) -> PaperStatement {
        PaperStatement(
            hash: GroupHash(group), mode: mode, ring: ring, context: fields.context, message: message,
            recipient: recipient, ephemeral: ephemeral, linkingTag: linkingTag, administrator: administrator,
            opening1: opening1, opening2: opening2)
    }
}
