import ByteCoding
public import ModularArithmetic

/// What every companion signature binds before its own values: group, scheme, ring, context and message.
///
///     pre = XOF("companion", parameters …, scheme, n, y₀ … yₙ₋₁, context, M; 32)
///     challenge(items) = H_q("companion", pre, items …)
///     H_G of a scheme: H_G("companion", scheme, purpose, items …), which has the parameters in it
///
/// scheme and purpose are ASCII, n and every index 4 bytes big-endian, elements and scalars fixed-width. Challenges are
/// full width: with short ones, equal challenges merge partial rings and a keyless forger closes one (attack A21). The
/// ring is in pre, so that no key can be exchanged after the fact (A16), and pre is a digest, so that n challenges cost
/// O(n) and not O(n²) hashing.
public struct CompanionTranscript<Group: PrimeOrderGroup>: Sendable {
    /// The group's hashes.
    public let hash: GroupHash<Group>
    /// The name of the scheme.
    public let scheme: String
    /// The 32 bytes that all challenges start from.
    public let pre: [UInt8]

    /// The transcript of a signature by `scheme` on `message` for `ring`.
    public init(scheme: String, ring: CompanionRing<Group>, context: [UInt8], message: [UInt8]) {
        hash = GroupHash(ring.group)
        self.scheme = scheme
        let items =
            hash.parameters + [Array(scheme.utf8), UInt32(ring.count).bigEndianBytes] + ring.encodings
            + [context, message]
        pre = FramedXOF.bytes("companion", items, count: 32)
    }

    /// H_q("companion", pre, items …): a challenge of full width.
    public func challenge(_ items: [[UInt8]]) -> Scalar { hash.scalar("companion", [pre] + items) }

    /// H_q("companion", pre, elements …).
    public func challenge(_ elements: [Group.Element]) -> Scalar { challenge(elements.map { hash.encode($0) }) }

    /// H_q("companion", pre, index, elements …): the challenge of one place in a chain.
    public func challenge(at index: Int, _ elements: [Group.Element]) -> Scalar {
        challenge([UInt32(index).bigEndianBytes] + elements.map { hash.encode($0) })
    }

    /// H_G("companion", scheme, purpose, items …): a base of unknown discrete logarithm that depends on `items` alone,
    /// not on the message or, unless it is among them, the ring.
    ///
    /// The scheme's name in it keeps the tags of one key under two schemes unlinkable.
    public static func base(
        scheme: String, purpose: String, _ items: [[UInt8]], in hash: GroupHash<Group>
    ) -> Group.Element {
        bases(scheme: scheme, purpose: purpose, [items], in: hash)[0]
    }

    /// The bases of many lists of items in one batch.
    static func bases(
        scheme: String, purpose: String, _ lists: [[[UInt8]]], in hash: GroupHash<Group>
    ) -> [Group.Element] {
        hash.generators("companion", lists.map { [Array(scheme.utf8), Array(purpose.utf8)] + $0 })
    }
}
