import ModularArithmetic

/// One member's contribution to the chain.
///
///     Wᵢ = g^βᵢ·yᵢ^cᵢ    Yᵢ = αᵢ·Wᵢ    Vᵢ: [link] h^βᵢ·τ^cᵢ   [open] g^γᵢ·A1^cᵢ, h_A^γᵢ·(A2/yᵢ)^cᵢ
struct PaperLink: Sendable {
    /// Wᵢ mod p.
    let w: Natural
    /// Yᵢ mod p.
    let y: Natural
    /// Vᵢ: the members of the extra equations, each its own item.
    let extra: [Natural]
}

/// One member's place in a statement, with what a signature has there; its link is computed in a batch with others'.
struct PaperPlace: Sendable {
    let statement: PaperStatement
    let index: Int
    let alpha: Residue
    let beta: Scalar
    /// γᵢ, in an openable signature.
    let gamma: Scalar?

    /// The links of many places of one group, of one signature or of several, on the thread that asks.
    ///
    /// Only yᵢ changes from member to member. The other bases have tables where they are used often enough, and a term
    /// of two such bases costs no squaring; the third equation is made of such terms too, since yᵢ^cᵢ = Wᵢ·g^−βᵢ is
    /// there already:
    ///
    ///     h_A^γᵢ·(A2/yᵢ)^cᵢ = (h_A^γᵢ·A2^cᵢ)·g^βᵢ·Wᵢ⁻¹
    ///
    /// - Complexity: A two-base exponentiation for each place, 2 with a tag, 3 and a power of g with an administrator,
    ///   4 and a power with both; one inversion for all.
    static func links(_ places: [PaperPlace], in group: SchnorrGroup) -> [PaperLink] {
        let (p, g) = (group.p, group.generator)
        let challenges = places.map { $0.statement.challenge($0.index, $0.alpha) }
        var own: [TwoBasePower<SubgroupMember>] = []
        var others: [TwoBasePower<SubgroupMember>] = []
        var openable: [Int] = []
        for (place, (member, c)) in zip(places, challenges).enumerated() {
            let statement = member.statement
            own.append(TwoBasePower(g, member.beta, SubgroupMember(statement.ring[member.index]), c))
            if let base = statement.linkingBase, let tag = statement.linkingTag {
                others.append(TwoBasePower(base, member.beta, tag, c))
            }
            if let administrator = statement.administrator, let opening1 = statement.opening1,
                let opening2 = statement.opening2, let gamma = member.gamma
            {
                others.append(TwoBasePower(g, gamma, opening1, c))
                others.append(TwoBasePower(administrator, gamma, opening2, c))
                openable.append(place)
            }
        }
        let w = group.twoBasePowersVariableTime(own)
        let extra = group.twoBasePowersVariableTime(others)
        let generatorPowers = group.powersVariableTime(openable.map { (g, places[$0].beta) })
        guard let inverses = p.inversesVariableTime(openable.map { w[$0].value }) else {
            preconditionFailure("a unit modulo a prime has an inverse")
        }

        var quotients = zip(generatorPowers, inverses).map { p.multiply($0.value, $1) }.makeIterator()
        var rest = extra.makeIterator()
        func next() -> Natural {
            guard let member = rest.next() else { preconditionFailure("a term for each member of each equation") }
            return member.value
        }
        return zip(places, w).map { place, w in
            var items: [Natural] = []
            if place.statement.linkingTag != nil { items.append(next()) }
            if place.gamma != nil, place.statement.administrator != nil, let quotient = quotients.next() {
                items.append(next())
                items.append(p.multiply(next(), quotient))
            }
            return PaperLink(w: w.value, y: p.multiply(place.alpha.value, w.value), extra: items)
        }
    }
}

extension PaperStatement {
    /// The links of some members, in the order given.
    func links(_ members: [(index: Int, alpha: Residue, beta: Scalar, gamma: Scalar?)]) -> [PaperLink] {
        PaperPlace.links(
            members.map {
                PaperPlace(statement: self, index: $0.index, alpha: $0.alpha, beta: $0.beta, gamma: $0.gamma)
            }, in: hash.group)
    }
}
