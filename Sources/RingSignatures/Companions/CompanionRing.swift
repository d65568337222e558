public import ModularArithmetic

/// A ring for the companions: two or more distinct keys of one group, each with its proof, sorted by their encodings.
///
/// Sorting matters when signing: the order in which a signer happened to collect keys would say something about who it
/// is. Since every ring is sorted, signer and verifier agree on the order without sending it.
public struct CompanionRing<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The members, encodings ascending.
    public let members: [RingKey<Group>]
    /// The members' group.
    public let group: Group
    /// The members' keys as the transcript has them.
    let encodings: [[UInt8]]

    /// The ring of `keys`, sorted.
    ///
    /// - Throws: ``CompanionError``: fewer than two keys, more than `limit`, keys of different groups, or two of one
    ///   value (`duplicateKey` counts in the order given).
    public init(_ keys: [RingKey<Group>], limit: Int = Ring.defaultMemberLimit) throws(CompanionError) {
        guard keys.count >= 2, let first = keys.first else { throw .ringTooSmall(members: keys.count) }
        guard keys.count <= limit else { throw .ringTooLarge(members: keys.count, limit: limit) }
        guard keys.allSatisfy({ $0.group == first.group }) else { throw .groupMismatch }
        var seen: Set<Group.Element> = []
        for (index, key) in keys.enumerated() where !seen.insert(key.y).inserted { throw .duplicateKey(index: index) }
        let sorted = keys.map { (key: $0, encoding: first.group.encode($0.y)) }
            .sorted { $0.encoding.lexicographicallyPrecedes($1.encoding) }
        members = sorted.map(\.key)
        encodings = sorted.map(\.encoding)
        group = first.group
    }

    /// n.
    public var count: Int { members.count }
    /// y₀ … yₙ₋₁.
    public var elements: [Group.Element] { members.map(\.y) }

    /// Where the key's public half stands. Every member is compared, so that the time does not say where the search
    /// ended.
    func place(of key: borrowing RingSecret<Group>) throws(CompanionError) -> Int {
        let own = key.ringKey
        guard own.group == group else { throw .groupMismatch }
        let place = members.enumerated().reduce(-1) { $1.element.y == own.y ? $1.offset : $0 }
        guard place >= 0 else { throw .signerNotInRing }
        return place
    }
}

extension CompanionRing {
    /// nonce − challenge·x mod q: a Schnorr response, published.
    func response(
        nonce: borrowing SecretResidue, challenge: Scalar, key: borrowing RingSecret<Group>
    ) -> Scalar {
        let q = group.order
        return group.publish(q.subtract(nonce, q.multiply(q.secret(challenge.value), key.x)))
    }

    /// Refuses a signature of another group, or for another number of members.
    func checkFits(_ group: Group, members: Int) throws(CompanionError) {
        guard group == self.group else { throw .groupMismatch }
        guard members == count else { throw .memberCountMismatch(signature: members, ring: count) }
    }
}
