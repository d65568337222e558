import ByteCoding
public import ModularArithmetic

/// A proof that the maker of a key knows its exponent: a Schnorr signature on the key's label.
///
///     R = g^r    c = H_c("pop", p, q, g, id, y, R)    s = r − c·x mod q        id: the label's UTF-8 bytes
///     check: c = H_c("pop", p, q, g, id, y, g^s·y^c)
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
    public func proves(_ y: GroupElement, label: String, in hash: GroupHash) -> Bool {
        Self.check([(self, y, label)], in: hash)[0]
    }

    /// The same check for many keys at once, in their order.
    public static func check(
        _ claims: [(proof: ProofOfPossession, y: GroupElement, label: String)], in hash: GroupHash
    ) -> [Bool] {
        let group = hash.group
        let commitments = group.p.twoBasePowersVariableTime(
            claims.map { .init(group.g.value, $0.proof.s.value, $0.y.value, $0.proof.c.value) })
        return zip(claims, commitments).map { claim, commitment in
            claim.proof.c == challenge(claim.y, claim.label, commitment, hash)
        }
    }

    /// A proof for y = g^x with the nonce `r`.
    static func make(
        x: borrowing SecretResidue, y: GroupElement, label: String, r: borrowing SecretResidue, in hash: GroupHash
    ) -> ProofOfPossession {
        let q = hash.group.q
        let commitment = hash.group.p.power(hash.group.g.value, r).declassified()
        let c = challenge(y, label, commitment, hash)
        let s = q.subtract(r, q.multiply(q.secret(c.value), x)).declassified()
        return ProofOfPossession(c: c, s: hash.group.scalar(reducing: s))
    }

    private static func challenge(_ y: GroupElement, _ label: String, _ r: Natural, _ hash: GroupHash) -> Scalar {
        hash.shortScalar("pop", hash.parameters + [Array(label.utf8), hash.encode(y), hash.group.encode(element: r)])
    }
}
