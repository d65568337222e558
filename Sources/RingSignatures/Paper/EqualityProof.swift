import ByteCoding
public import ModularArithmetic

/// A proof that two pairs have one discrete logarithm: a = g^w and b = h^w for the same w.
///
///     R1 = g^r    R2 = h^r    c = H_c("dleq", purpose, λ, p, q, g, a, h, b, R1, R2)    s = r − c·w mod q
///     check: c = H_c("dleq", purpose, λ, p, q, g, a, h, b, g^s·a^c, h^s·b^c)
///
/// All four are checked group elements by their type: without that check −b would pass. λ and the purpose keep a proof
/// from being used for another signature or another end.
/// - SeeAlso: Chaum, Pedersen, *Wallet Databases with Observers*, CRYPTO '92, §3.2.
public struct EqualityProof: Hashable, Sendable {
    /// The challenge.
    public let c: Scalar
    /// The response.
    public let s: Scalar

    /// What a proof is for.
    enum Purpose: String {
        /// A recipient shows a third party whom they confirmed.
        case transfer
        /// An administrator shows whom they found.
        case open
        /// A recipient shows what was sealed.
        case unseal
        /// A signer claims a designated signature.
        case claim
    }

    /// The statement: a = g^w and b = h^w, about the signature λ.
    struct Statement {
        let purpose: Purpose
        let lambda: [UInt8]
        let a, h, b: GroupElement
    }

    /// A proof from its numbers.
    init(c: Natural, s: Natural, in group: SchnorrGroup) throws(ProofError) {
        do { self.c = try group.scalar(c) } catch { throw .challengeOutOfRange }
        do { self.s = try group.scalar(s) } catch { throw .responseOutOfRange }
    }

    private init(c: Scalar, s: Scalar) {
        self.c = c
        self.s = s
    }

    /// Proves the statement with witness `w` and nonce `r`.
    static func make(
        _ statement: Statement, witness w: borrowing SecretResidue, nonce r: borrowing SecretResidue,
        _ hash: GroupHash<SchnorrGroup>
    ) -> EqualityProof {
        let (group, q) = (hash.group, hash.group.q)
        let commitments = [group.generator, SubgroupMember(statement.h)].map { group.power($0, r) }
        let c = challenge(statement, commitments, hash)
        let s = q.subtract(r, q.multiply(q.secret(c.value), w)).declassified()
        return EqualityProof(c: c, s: hash.group.scalar(reducing: s))
    }

    /// Whether this proves the statement. Public values, variable time.
    func proves(_ statement: Statement, _ hash: GroupHash<SchnorrGroup>) -> Bool {
        let commitments = hash.group.twoBasePowersVariableTime([
            TwoBasePower(hash.group.generator, s, SubgroupMember(statement.a), c),
            TwoBasePower(SubgroupMember(statement.h), s, SubgroupMember(statement.b), c),
        ])
        return c == Self.challenge(statement, commitments, hash)
    }

    private static func challenge(
        _ statement: Statement, _ commitments: [SubgroupMember], _ hash: GroupHash<SchnorrGroup>
    ) -> Scalar {
        let group = hash.group
        let items =
            [
                Array(statement.purpose.rawValue.utf8), statement.lambda, group.encode(element: group.p.value),
                group.encode(scalar: group.q.value),
            ]
            + [group.g, statement.a, statement.h, statement.b].map { hash.encode($0) }
            + commitments.map { group.encode($0) }
        return hash.shortScalar("dleq", items)
    }
}
