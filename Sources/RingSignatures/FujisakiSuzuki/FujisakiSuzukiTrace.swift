public import ModularArithmetic

/// What two valid signatures for one issue and one ring have to do with each other.
public enum FujisakiSuzukiTrace<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// Two members signed.
    case independent
    /// One member signed the same message twice, and stays anonymous.
    case linked
    /// This member signed two different messages.
    case doubleSigner(RingKey<Group>)
}

extension FujisakiSuzukiSignature {
    /// Traces this signature of `message` against another of `otherMessage`, both verified first.
    ///
    ///     σⱼ = A₀·A₁^(j + 1), σ'ⱼ likewise:  all n equal: linked,  exactly one: the double signer,  none: independent
    ///
    /// There is no other count, since two lines that differ meet at most once and n < q. Verification is not left to the
    /// caller: for signatures that nobody checked, A₁ can be chosen so that the lines meet at any victim.
    ///
    /// - Throws: ``CompanionError`` where either is not valid for its message, the issue and the ring.
    /// - Complexity: Two verifications and n products. Public values, variable time.
    public func trace(
        message: [UInt8], against other: FujisakiSuzukiSignature, message otherMessage: [UInt8], issue: [UInt8],
        ring: CompanionRing<Group>
    ) throws(CompanionError) -> FujisakiSuzukiTrace<Group> {
        try verify(message: message, issue: issue, ring: ring)
        try other.verify(message: otherMessage, issue: issue, ring: ring)
        let own = Self.origin(message: message, issue: issue, ring: ring)
        let others = Self.origin(message: otherMessage, issue: issue, ring: ring)
        let lines = zip(
            group.line(from: own, slope: slope, count: ring.count),
            group.line(from: others, slope: other.slope, count: ring.count))
        let meetings = lines.enumerated().filter { $0.element.0 == $0.element.1 }.map(\.offset)
        if meetings.count == ring.count { return .linked }
        guard let place = meetings.first else { return .independent }
        return .doubleSigner(ring.members[place])
    }
}
