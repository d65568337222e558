import ModularArithmetic

extension RingSignature {
    /// Whether the ring closes on `message`: C_{λ,δ}(Y₀ … Yₙ₋₁) = δ.
    ///
    ///     z₀ = δ    Yᵢ = αᵢ·g^βᵢ·yᵢ^cᵢ    zᵢ₊₁ = H_p("z", λ, i, zᵢ·Yᵢ, Vᵢ)    accept iff zₙ = δ
    ///     Vᵢ: [link] h^βᵢ·τ^cᵢ   [open] g^γᵢ·A1^cᵢ, h_A^γᵢ·(A2/yᵢ)^cᵢ
    ///
    /// The paper prints no public verification; this is the equation C_{λ,δ}(ζ) = δ_S of its line 9.
    /// - Parameter message: M.
    /// - Throws: ``RingSignatureError/ringEquation``; ``RingSignatureError/sealed`` for a sealed signature. All other reasons
    ///   were found by ``init(checking:in:knownRing:memberLimit:)``.
    /// - Complexity: n two-base exponentiations in base mode. Public values, variable time.
    public func verify(message: [UInt8]) throws(RingSignatureError) {
        try verify(try statement(message: message))
    }

    /// λ: what identifies the signature, and what every claim about it names.
    ///
    /// - Throws: ``RingSignatureError/sealed``.
    public func lambda(message: [UInt8]) throws(RingSignatureError) -> [UInt8] {
        try statement(message: message).lambda
    }

    func verify(_ statement: PaperStatement) throws(RingSignatureError) {
        var z = delta
        for (index, link) in links(statement).enumerated() { z = statement.next(after: index, z: z, link: link) }
        guard z == delta else { throw .ringEquation }
    }

    func links(_ statement: PaperStatement) -> [PaperStatement.Link] {
        statement.links(ring.indices.map { ($0, alpha[$0], beta[$0], mode.contains(.open) ? gamma[$0] : nil) })
    }

    /// The statement of a signature that is not sealed.
    func statement(message: [UInt8]) throws(RingSignatureError) -> PaperStatement {
        guard sealingElement == nil else { throw .sealed }
        return statement(message: message, recipientItem: recipient.map { GroupHash(group).encode($0) } ?? [])
    }

    func statement(message: [UInt8], recipientItem: [UInt8]) -> PaperStatement {
        PaperStatement(
            hash: GroupHash(group), mode: mode, ring: ring, context: fields.context, message: message,
            recipientItem: recipientItem, ephemeral: ephemeral, linkingTag: linkingTag,
            administrator: administrator, opening1: opening1, opening2: opening2)
    }

    /// What every proof about a member is checked against: the statement of a signature that is valid, has this λ, and has
    /// that member.
    func statement(
        ofMember index: Int, lambda: [UInt8], message: [UInt8], unsealing: UnsealingProof?
    ) throws(ProofError) -> PaperStatement {
        let statement = try statement(message: message, unsealing: unsealing)
        do { try verify(statement) } catch { throw .signature(error) }
        guard statement.lambda == lambda else { throw .lambdaMismatch }
        guard ring.indices.contains(index) else { throw .indexOutOfRange(index: index, members: ring.count) }
        return statement
    }
}
