import ByteCoding
public import ModularArithmetic

/// The framed hashes of one group: every challenge, nonce, base and chain value of the ring signatures.
///
///     XOF(tag, items, n) = SHAKE256(frame(tag, items))[0 ..< n]
///     H_q(tag, …) = OS2IP(XOF("q:" + tag, …, ℓq + 16)) mod q
///     H_c(tag, …) = OS2IP(XOF("c:" + tag, …, 16)) mod q
///     H_G(tag, …) = the first element that XOF("p:" + tag, parameters, …, ctr, ℓu) gives, ctr from 0, 4 bytes big-endian
///     H_p(tag, …) = 1 + OS2IP(XOF("p:" + tag, …, ℓp + 16)) mod (p − 1)        Schnorr groups only
///
/// ``ModularArithmetic/PrimeOrderGroup/element(uniform:)`` turns the ℓu bytes into an element: in a Schnorr group
/// H_p^((p−1)/q) mod p unless that is 1, on a curve the point of that x-coordinate if there is one. The parameters, in a
/// Schnorr group p, q and g, stand in it so that no generator can be chosen after it.
///
/// The discrete logarithm of H_G is unknown to everybody: g^hash would name the signer (attack A14). H_c has 128 bits and
/// serves single-prover proofs only; inside a ring it would let a keyless forger merge partial rings (attack A21).
/// - SeeAlso: `Papers/smart-consensus.md`, the repaired scheme, hashes.
public struct GroupHash<Group: PrimeOrderGroup>: Sendable {
    /// The group whose widths and order the hashes use.
    public let group: Group

    /// The hashes of `group`.
    public init(_ group: Group) { self.group = group }

    /// H_q: a challenge of full width.
    public func scalar(_ tag: String, _ items: [[UInt8]]) -> Scalar {
        reduced("q:" + tag, items, count: group.scalarByteCount + 16)
    }

    /// H_c: a challenge of 128 bits, for the proofs of a single prover.
    public func shortScalar(_ tag: String, _ items: [[UInt8]]) -> Scalar { reduced("c:" + tag, items, count: 16) }

    /// H_G: a generator whose discrete logarithm nobody knows.
    ///
    /// - Complexity: In a Schnorr group one exponentiation with an exponent of the length of (p − 1)/q, which dominates
    ///   signing a small ring; on a curve two square roots on average.
    public func generator(_ tag: String, _ items: [[UInt8]]) -> Group.Element { generators(tag, [items])[0] }

    /// H_G of many lists of items at once, in their order: the group computes the elements in one batch.
    public func generators(_ tag: String, _ lists: [[[UInt8]]]) -> [Group.Element] {
        var generators = [Group.Element?](repeating: nil, count: lists.count)
        var missing = Array(lists.indices)
        var counter: UInt32 = 0
        // A try fails with probability 1/q in a Schnorr group, about 1/2 on a curve.
        while !missing.isEmpty {
            let bytes = missing.map { place in
                FramedXOF.bytes(
                    "p:" + tag, parameters + lists[place] + [counter.bigEndianBytes], count: group.uniformByteCount)
            }
            for (place, element) in zip(missing, group.elements(uniform: bytes)) { generators[place] = element }
            missing = missing.filter { generators[$0] == nil }
            counter += 1
        }
        return generators.compactMap(\.self)
    }

    /// H_q of items of which some are secret, kept secret.
    ///
    /// `secret` holds the secret items, framed already (``ByteCoding/SecretBytes/framed()``).
    func secretScalar(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]]
    ) -> SecretResidue {
        let count = group.scalarByteCount + 16
        return group.order.secret(
            reducing: FramedXOF.bytes("q:" + tag, before, framedSecret: secret, after, count: count))
    }

    /// What names the group, as framed items: p, q and g of a Schnorr group.
    public var parameters: [[UInt8]] { group.parameterItems }

    /// The fixed-width encoding of an element.
    public func encode(_ element: Group.Element) -> [UInt8] { group.encode(element) }
    /// eq of a scalar.
    public func encode(_ scalar: Scalar) -> [UInt8] { group.encode(scalar) }

    private func reduced(_ tag: String, _ items: [[UInt8]], count: Int) -> Scalar {
        group.scalar(reducing: Natural(bigEndianBytes: FramedXOF.bytes(tag, items, count: count)))
    }
}

/// What the paper's scheme needs besides: it works on all of Z_p^*.
extension GroupHash where Group == SchnorrGroup {
    /// H_p: a unit of the field.
    public func residue(_ tag: String, _ items: [[UInt8]]) -> Residue {
        unit(Natural(bigEndianBytes: FramedXOF.bytes("p:" + tag, items, count: group.uniformByteCount)))
    }

    /// H_p of items of which some are secret; the result is public.
    func residue(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]]
    ) -> Residue {
        let bytes = FramedXOF.bytes(
            "p:" + tag, before, framedSecret: secret, after, count: group.uniformByteCount)
        return unit(Natural(bigEndianBytes: bytes.declassified()))
    }

    /// H_G, as an element known not to be 1.
    public func element(_ tag: String, _ items: [[UInt8]]) -> GroupElement {
        guard let element = GroupElement(generator(tag, items)) else { preconditionFailure("H_G is never 1") }
        return element
    }

    /// ep of a group element.
    public func encode(_ element: GroupElement) -> [UInt8] { group.encode(element: element.value) }
    /// ep of a unit.
    public func encode(_ residue: Residue) -> [UInt8] { group.encode(element: residue.value) }

    private func unit(_ value: Natural) -> Residue {
        do { return try group.residue(value % (group.p.value - 1) + 1) } catch {
            preconditionFailure("1 + (x mod (p - 1)) lies between 0 and p")
        }
    }
}
