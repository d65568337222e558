import ByteCoding
public import ModularArithmetic

/// A proof that the maker of a key knows its exponent: a Schnorr signature on the key's label.
///
///     R = g^r    c = H_c("pop", p, q, g, id, y, R)    s = r − c·x mod q        id: the label's UTF-8 bytes
///     check: c = H_c("pop", p, q, g, id, y, g^s·y^c)
///
/// In a group of another kind its ``ModularArithmetic/PrimeOrderGroup/parameterItems`` stand for p, q, g.
///
/// Ring, recipient and administrator keys need one: without it, a key made from somebody else's values turns a published
/// tag into an opening (attack A20), and keys that nobody owns can be put in a ring (A9).
public struct ProofOfPossession: Hashable, Sendable {
    /// The challenge.
    public let c: Scalar
    /// The response.
    public let s: Scalar

    /// A proof.
    public init(c: Scalar, s: Scalar) {
        self.c = c
        self.s = s
    }

    /// Whether this proves possession of `y` under `label`. Public values, variable time.
    ///
    /// - Complexity: One two-base exponentiation.
    public func proves<Group>(_ y: Group.Element, label: String, in hash: GroupHash<Group>) -> Bool {
        Self.check([(self, y, label)], in: hash)[0]
    }

    /// Whether this proves possession of the key `y` of a Schnorr group.
    public func proves(_ y: GroupElement, label: String, in hash: GroupHash<SchnorrGroup>) -> Bool {
        proves(SubgroupMember(y), label: label, in: hash)
    }

    /// The same check for many keys at once, in their order.
    public static func check<Group>(
        _ claims: [(proof: ProofOfPossession, y: Group.Element, label: String)], in hash: GroupHash<Group>
    ) -> [Bool] {
        let commitments = hash.group.twoBasePowersVariableTime(
            claims.map { TwoBasePower(hash.group.generator, $0.proof.s, $0.y, $0.proof.c) })
        return zip(claims, commitments).map { claim, commitment in
            claim.proof.c == challenge(claim.y, claim.label, commitment, hash)
        }
    }

    /// A proof for y = g^x with the nonce `r`.
    static func make<Group>(
        x: borrowing SecretResidue, y: Group.Element, label: String, r: borrowing SecretResidue,
        in hash: GroupHash<Group>
    ) -> ProofOfPossession {
        let (group, q) = (hash.group, hash.group.order)
        let c = challenge(y, label, group.power(group.generator, r), hash)
        return ProofOfPossession(c: c, s: group.publish(q.subtract(r, q.multiply(q.secret(c.value), x))))
    }

    private static func challenge<Group>(
        _ y: Group.Element, _ label: String, _ commitment: Group.Element, _ hash: GroupHash<Group>
    ) -> Scalar {
        hash.shortScalar("pop", hash.parameters + [Array(label.utf8), hash.encode(y), hash.encode(commitment)])
    }
}
