public import ModularArithmetic

/// A ring: two or more distinct keys of one group, each with its proof of possession, sorted by y.
///
/// Sorting matters when signing: the order in which a signer happened to collect keys would say something about who it is.
public struct Ring: Hashable, Sendable {
    /// The members, y ascending.
    public let members: [VerificationKey]
    /// The members' group.
    public let group: SchnorrGroup

    /// The largest ring unless the caller says otherwise.
    public static let defaultMemberLimit = 1 << 16
    /// How many members of an unchecked ring are checked at a time.
    static let pieceMemberCount = 64

    /// The ring of `keys`, sorted.
    ///
    /// - Throws: ``RingSignatureError``: fewer than two keys, more than `limit`, two of one value (`duplicateKey` counts
    ///   in the order given), or keys of different groups.
    public init(_ keys: [VerificationKey], limit: Int = defaultMemberLimit) throws(RingSignatureError) {
        guard keys.count >= 2, let first = keys.first else { throw .ringTooSmall(members: keys.count) }
        guard keys.count <= limit else { throw .ringTooLarge(members: keys.count, limit: limit) }
        guard keys.allSatisfy({ $0.group == first.group }) else { throw .groupMismatch }
        var seen: Set<GroupElement> = []
        for (index, key) in keys.enumerated() where !seen.insert(key.y).inserted { throw .duplicateKey(index: index) }
        members = keys.sorted { $0.y.value < $1.y.value }
        group = first.group
    }

    /// y₀ … yₙ₋₁.
    public var elements: [GroupElement] { members.map(\.y) }
}
