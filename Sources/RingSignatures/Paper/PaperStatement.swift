import ByteCoding
import Hashing
import ModularArithmetic

/// What a signature is about, with λ computed: the part that signer and verifier share.
///
///     λ = XOF("lambda", p, q, g, flags, n, y₀ … yₙ₋₁, y_R, E, τ, h_A, A1, A2, context, M; 32)
///     cᵢ = H_q("c", λ, i, αᵢ)    Wᵢ = g^βᵢ·yᵢ^cᵢ    Yᵢ = αᵢ·Wᵢ    zᵢ₊₁ = H_p("z", λ, i, zᵢ·Yᵢ, Vᵢ)
///
/// flags 1 byte, n and i 4 bytes big-endian; an absent item is empty, and present exactly when its flag is set. In a sealed
/// signature rb = XOF("rbind", y_R, U, Z; 32) stands in the place of y_R.
struct PaperStatement {
    let hash: GroupHash<SchnorrGroup>
    let mode: PaperMode
    let ring: [GroupElement]
    let linkingBase: GroupElement?
    let linkingTag: GroupElement?
    let administrator: GroupElement?
    let opening1: GroupElement?
    let opening2: GroupElement?
    let lambda: [UInt8]

    init(
        hash: GroupHash<SchnorrGroup>, mode: PaperMode, ring: [GroupElement], context: [UInt8], message: [UInt8],
        recipientItem: [UInt8], ephemeral: GroupElement, linkingTag: GroupElement?, administrator: GroupElement?,
        opening1: GroupElement?, opening2: GroupElement?
    ) {
        self.hash = hash
        self.mode = mode
        self.ring = ring
        self.linkingTag = linkingTag
        self.administrator = administrator
        self.opening1 = opening1
        self.opening2 = opening2
        linkingBase = linkingTag == nil ? nil : Self.linkingBase(context, hash)
        let keys = ring.map { hash.encode($0) }
        func item(_ element: GroupElement?) -> [UInt8] { element.map { hash.encode($0) } ?? [] }
        let items =
            hash.parameters + [[mode.rawValue], UInt32(ring.count).bigEndianBytes] + keys
            + [
                recipientItem, item(ephemeral), item(linkingTag), item(administrator), item(opening1),
                item(opening2), context, message,
            ]
        lambda = FramedXOF.bytes("lambda", items, count: 32)
    }

    /// h = H_G("link", p, q, g, context), the base of every tag in a context.
    static func linkingBase(_ context: [UInt8], _ hash: GroupHash<SchnorrGroup>) -> GroupElement {
        hash.element("link", [context])
    }

    /// One member's contribution to the chain.
    struct Link {
        /// Wᵢ = g^βᵢ·yᵢ^cᵢ mod p.
        let w: Natural
        /// Yᵢ = αᵢ·Wᵢ mod p.
        let y: Natural
        /// Vᵢ: the members of the extra equations, each its own item.
        let extra: [Natural]
    }

    /// cᵢ.
    func challenge(_ index: Int, _ alpha: Residue) -> Scalar {
        hash.scalar("c", [lambda, UInt32(index).bigEndianBytes, hash.encode(alpha)])
    }

    /// The links of many members at once.
    ///
    /// - Complexity: One two-base exponentiation for each member, 2 with a tag, 3 with an administrator, 4 with both.
    func links(_ members: [(index: Int, alpha: Residue, beta: Scalar, gamma: Scalar?)]) -> [Link] {
        let p = hash.group.p
        let g = hash.group.g.value
        let challenges = members.map { challenge($0.index, $0.alpha).value }
        var terms: [Modulus.TwoBasePower] = []
        for (member, c) in zip(members, challenges) {
            let y = ring[member.index].value
            terms.append(.init(g, member.beta.value, y, c))
            if let linkingBase, let linkingTag {
                terms.append(.init(linkingBase.value, member.beta.value, linkingTag.value, c))
            }
            if let administrator, let opening1, let opening2, let gamma = member.gamma {
                let quotient = p.multiply(opening2.value, inverse(y))
                terms.append(.init(g, gamma.value, opening1.value, c))
                terms.append(.init(administrator.value, gamma.value, quotient, c))
            }
        }
        let powers = p.twoBasePowersVariableTime(terms)
        let width = members.isEmpty ? 0 : terms.count / members.count
        return members.indices.map { place in
            let own = powers[place * width..<(place + 1) * width]
            let w = own[own.startIndex]
            return Link(w: w, y: p.multiply(members[place].alpha.value, w), extra: Array(own.dropFirst()))
        }
    }

    /// z of the member after `index`, from z of `index` and its link.
    func next(after index: Int, z: Residue, link: Link) -> Residue {
        next(after: index, product: hash.group.p.multiply(z.value, link.y), extra: link.extra)
    }

    /// H_p("z", λ, index, product, Vᵢ).
    func next(after index: Int, product: Natural, extra: [Natural]) -> Residue {
        let extra = extra.map { hash.group.encode(element: $0) }
        return hash.residue(
            "z", [lambda, UInt32(index).bigEndianBytes, hash.group.encode(element: product)] + extra)
    }

    private func inverse(_ y: Natural) -> Natural {
        guard let inverse = hash.group.p.inverseVariableTime(y) else {
            preconditionFailure("a unit modulo a prime has an inverse")
        }
        return inverse
    }
}
