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
    /// - Complexity: n two-base exponentiations in base mode, in pieces of at most
    ///   ``ModularArithmetic/BatchPolicy/roundMemberCount`` members, so that little more is kept than the signature.
    ///   Public values, variable time. Threads and progress: ``ModularArithmetic/BatchPolicy``.
    public func verify(message: [UInt8]) throws(RingSignatureError) {
        try verify(try statement(message: message))
    }

    /// Verifies many signatures at once: for each, in order, `nil` where it is valid for its message, or the error that
    /// ``verify(message:)`` would throw.
    ///
    /// Every signature is judged for itself, exactly; what is shared is work. Members of different signatures fill one
    /// batch, so many small rings cost no more per member than a large one; linking bases are hashed in one batch, and
    /// once for signatures of one context.
    /// - Complexity: As the single verifications, without repeated linking bases.
    public static func verify(
        each claims: [(signature: RingSignature, message: [UInt8])]
    ) -> [RingSignatureError?] {
        var verdicts = [RingSignatureError?](repeating: nil, count: claims.count)
        var places: [SchnorrGroup: [Int]] = [:]
        for (place, claim) in claims.enumerated() {
            if claim.signature.sealingElement == nil {
                places[claim.signature.group, default: []].append(place)
            } else {
                verdicts[place] = .sealed
            }
        }
        for (group, places) in places {
            let bases = linkingBases(of: places.map { claims[$0].signature }, in: group)
            let statements = places.map { place in
                let (signature, message) = claims[place]
                let base = signature.linkingTag == nil ? nil : bases[signature.fields.context]
                return (signature, signature.publicStatement(message: message, linkingBase: base))
            }
            for (place, isValid) in zip(places, closes(statements, in: group)) where !isValid {
                verdicts[place] = .ringEquation
            }
        }
        return verdicts
    }

    /// λ: what identifies the signature, and what every claim about it names.
    ///
    /// - Throws: ``RingSignatureError/sealed``.
    public func lambda(message: [UInt8]) throws(RingSignatureError) -> [UInt8] {
        try statement(message: message).lambda
    }

    func verify(_ statement: PaperStatement) throws(RingSignatureError) {
        guard Self.closes([(self, statement)], in: group)[0] else { throw .ringEquation }
    }

    /// Whether each ring closes on its statement; all are of `group`.
    ///
    /// The members of all rings stand in one row, whose links are computed in pieces. The chains take them in order: each
    /// goes on where the piece before left it.
    private static func closes(
        _ claims: [(signature: RingSignature, statement: PaperStatement)], in group: SchnorrGroup
    ) -> [Bool] {
        // Where each member of the row stands.
        let row = claims.enumerated().flatMap { number, claim in
            claim.signature.ring.indices.map { (claim: number, member: $0) }
        }
        let ends = BatchPolicy.current.fold(row.count, into: claims.map(\.signature.delta)) { range in
            let places = row[range].map { place in
                claims[place.claim].signature.place(place.member, in: claims[place.claim].statement)
            }
            return PaperPlace.links(places, in: group)
        } consume: { z, range, links in
            for (place, link) in zip(row[range], links) {
                z[place.claim] = claims[place.claim].statement.next(
                    after: place.member, z: z[place.claim], link: link)
            }
        }
        return zip(claims, ends).map { $0.signature.delta == $1 }
    }

    /// The linking base of each context, prepared for all the rings that use it.
    private static func linkingBases(
        of signatures: [RingSignature], in group: SchnorrGroup
    ) -> [[UInt8]: SubgroupMember] {
        let members = signatures.filter { $0.linkingTag != nil }.reduce(into: [[UInt8]: Int]()) {
            $0[$1.fields.context, default: 0] += $1.ring.count
        }
        let contexts = Array(members.keys)
        let bases = GroupHash(group).generators("link", contexts.map { [$0] })
        return zip(contexts, bases).reduce(into: [:]) { table, pair in
            table[pair.0] = group.prepared(pair.1, uses: members[pair.0] ?? 0)
        }
    }

    /// The member at `index`, with its values.
    func place(_ index: Int, in statement: PaperStatement) -> PaperPlace {
        PaperPlace(
            statement: statement, index: index, alpha: alpha[index], beta: beta[index],
            gamma: mode.contains(.open) ? gamma[index] : nil)
    }

    /// The statement of a signature that is not sealed.
    func statement(message: [UInt8]) throws(RingSignatureError) -> PaperStatement {
        guard sealingElement == nil else { throw .sealed }
        return publicStatement(message: message, linkingBase: nil)
    }

    private func publicStatement(message: [UInt8], linkingBase: SubgroupMember?) -> PaperStatement {
        statement(
            message: message, recipientItem: recipient.map { GroupHash(group).encode($0) } ?? [],
            linkingBase: linkingBase)
    }

    func statement(
        message: [UInt8], recipientItem: [UInt8], linkingBase: SubgroupMember? = nil
    ) -> PaperStatement {
        PaperStatement(
            hash: GroupHash(group), mode: mode, ring: ring, context: fields.context, message: message,
            recipientItem: recipientItem, ephemeral: ephemeral, linkingTag: linkingTag,
            administrator: administrator, opening1: opening1, opening2: opening2, linkingBase: linkingBase)
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
