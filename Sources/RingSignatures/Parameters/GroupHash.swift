import ByteCoding
import Hashing
public import ModularArithmetic

/// The framed hashes of one group: every challenge, nonce, base and chain value of the ring signatures.
///
///     XOF(tag, items, n) = SHAKE256(frame(tag, items))[0 ..< n]
///     H_q(tag, …) = OS2IP(XOF("q:" + tag, …, ℓq + 16)) mod q
///     H_c(tag, …) = OS2IP(XOF("c:" + tag, …, 16)) mod q
///     H_p(tag, …) = 1 + OS2IP(XOF("p:" + tag, …, ℓp + 16)) mod (p − 1)
///     H_G(tag, …) = the first H_p(tag, p, q, g, …, ctr)^((p−1)/q) mod p that is not 1, ctr from 0
///
/// Framing makes them injective in their items, and the tag keeps them apart. The discrete logarithm of H_G is unknown to
/// everybody: g^hash would name the signer (attack A14). H_c has 128 bits and serves single-prover proofs only; inside a
/// ring it would let a keyless forger merge partial rings (attack A21).
/// - SeeAlso: `Papers/smart-consensus.md`, the repaired scheme, hashes.
public struct GroupHash: Sendable {
    /// The group whose widths and order the hashes use.
    public let group: SchnorrGroup

    /// The hashes of `group`.
    public init(_ group: SchnorrGroup) { self.group = group }

    /// `count` bytes of SHAKE256 over the framed `tag` and `items`.
    public static func bytes(_ tag: String, _ items: [[UInt8]], count: Int) -> [UInt8] {
        SHAKE256.hash(frame([Array(tag.utf8)] + items), count: count)
    }

    /// H_q: a challenge of full width.
    public func scalar(_ tag: String, _ items: [[UInt8]]) -> Scalar {
        reduced("q:" + tag, items, count: group.scalarByteCount + 16)
    }

    /// H_c: a challenge of 128 bits, for the proofs of a single prover.
    public func shortScalar(_ tag: String, _ items: [[UInt8]]) -> Scalar { reduced("c:" + tag, items, count: 16) }

    /// H_p: a unit of the field.
    public func residue(_ tag: String, _ items: [[UInt8]]) -> Residue {
        unit(Natural(bigEndianBytes: Self.bytes("p:" + tag, items, count: group.elementByteCount + 16)))
    }

    /// H_G: a generator whose discrete logarithm nobody knows.
    ///
    /// - Complexity: One exponentiation with an exponent of the length of (p − 1)/q; it dominates signing a small ring.
    public func element(_ tag: String, _ items: [[UInt8]]) -> GroupElement {
        let items = parameters + items
        var counter: UInt32 = 0
        while true {
            // A try fails with probability 1/q.
            if let element = group.project(residue(tag, items + [counter.bigEndianBytes])) { return element }
            counter += 1
        }
    }

    /// H_q of items of which some are secret, kept secret.
    ///
    /// `secret` holds the secret items, framed already (``ByteCoding/SecretBytes/framed()``).
    func secretScalar(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]]
    ) -> SecretResidue {
        let count = group.scalarByteCount + 16
        return group.q.secret(reducing: Self.bytes("q:" + tag, before, framedSecret: secret, after, count: count))
    }

    /// H_p of items of which some are secret; the result is public.
    func residue(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]]
    ) -> Residue {
        let count = group.elementByteCount + 16
        let bytes = Self.bytes("p:" + tag, before, framedSecret: secret, after, count: count)
        return unit(Natural(bigEndianBytes: bytes.declassified()))
    }

    /// p, q and g as framed items.
    public var parameters: [[UInt8]] {
        [encode(element: group.p.value), encode(scalar: group.q.value), encode(group.g)]
    }

    /// ep of a group element.
    public func encode(_ element: GroupElement) -> [UInt8] { group.encode(element: element.value) }
    /// ep of a unit.
    public func encode(_ residue: Residue) -> [UInt8] { group.encode(element: residue.value) }
    /// eq of a scalar.
    public func encode(_ scalar: Scalar) -> [UInt8] { group.encode(scalar: scalar.value) }
    /// ep of a number up to p, p itself included.
    func encode(element value: Natural) -> [UInt8] { group.encode(element: value) }
    /// eq of a number up to q, q itself included.
    func encode(scalar value: Natural) -> [UInt8] { group.encode(scalar: value) }

    private func reduced(_ tag: String, _ items: [[UInt8]], count: Int) -> Scalar {
        group.scalar(reducing: Natural(bigEndianBytes: Self.bytes(tag, items, count: count)))
    }

    private func unit(_ value: Natural) -> Residue {
        do { return try group.residue(value % (group.p.value - 1) + 1) } catch {
            preconditionFailure("1 + (x mod (p - 1)) lies between 0 and p")
        }
    }

    /// XOF of items of which some are secret, kept secret.
    static func bytes(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]], count: Int
    ) -> SecretBytes {
        SHAKE256.secretHash(
            prefix: frame([Array(tag.utf8)] + before), secret: secret, suffix: frame(after), count: count)
    }
}
