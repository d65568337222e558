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
///
/// The bases of the equations beside the first are the same for every member; they are prepared for as many uses as the
/// ring has members.
final class PaperStatement: Sendable {
    let hash: GroupHash<SchnorrGroup>
    let mode: PaperMode
    let ring: [GroupElement]
    let linkingBase: SubgroupMember?
    let linkingTag: SubgroupMember?
    let administrator: SubgroupMember?
    let opening1: SubgroupMember?
    let opening2: SubgroupMember?
    let lambda: [UInt8]

    /// - Parameter linkingBase: h of the context, where the caller has it already.
    init(
        hash: GroupHash<SchnorrGroup>, mode: PaperMode, ring: [GroupElement], context: [UInt8], message: [UInt8],
        recipientItem: [UInt8], ephemeral: GroupElement, linkingTag: GroupElement?, administrator: GroupElement?,
        opening1: GroupElement?, opening2: GroupElement?, linkingBase: SubgroupMember? = nil
    ) {
        self.hash = hash
        self.mode = mode
        self.ring = ring
        func prepared(_ element: GroupElement?) -> SubgroupMember? {
            element.map { hash.group.prepared(SubgroupMember($0), uses: ring.count) }
        }
        self.linkingTag = prepared(linkingTag)
        self.administrator = prepared(administrator)
        self.opening1 = prepared(opening1)
        self.opening2 = prepared(opening2)
        self.linkingBase = linkingTag == nil ? nil : linkingBase ?? prepared(Self.linkingBase(context, hash))
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

    /// cᵢ.
    func challenge(_ index: Int, _ alpha: Residue) -> Scalar {
        hash.scalar("c", [lambda, UInt32(index).bigEndianBytes, hash.encode(alpha)])
    }

    /// z of the member after `index`, from z of `index` and its link.
    func next(after index: Int, z: Residue, link: PaperLink) -> Residue {
        next(after: index, product: hash.group.p.multiply(z.value, link.y), extra: link.extra)
    }

    /// H_p("z", λ, index, product, Vᵢ).
    func next(after index: Int, product: Natural, extra: [Natural]) -> Residue {
        let extra = extra.map { hash.group.encode(element: $0) }
        return hash.residue(
            "z", [lambda, UInt32(index).bigEndianBytes, hash.group.encode(element: product)] + extra)
    }
}
