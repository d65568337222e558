/// Why a number, or an encoding, is not a value of its place in a group of prime order.
public enum GroupValueError: Error, Equatable, Sendable {
    /// The bytes are not the form of an element or scalar: a wrong length, or a first byte that means nothing.
    case notAnEncoding
    /// The number is outside the range of its place.
    case outOfRange
    /// The number is in range and not in the group of prime order.
    case notInSubgroup
}

/// A public element of ⟨g⟩ other than 1 and p − 1, checked: 1 < y < p − 1 and y^q mod p = 1.
///
/// A value of this type has passed the membership check of the group that made it. Use it with that group only.
public struct GroupElement: Hashable, Sendable {
    /// The number, between 1 and p − 1.
    public let value: Natural

    init(unchecked value: Natural) { self.value = value }
}

/// A public exponent: 0 ≤ s < q.
public struct Scalar: Hashable, Sendable {
    /// The number, below q.
    public let value: Natural

    init(unchecked value: Natural) { self.value = value }
}

extension Modulus {
    /// The exponent that `value` is in a group of this order, or `nil` unless 0 ≤ s < q.
    public func scalar(_ value: Natural) -> Scalar? { value < self.value ? Scalar(unchecked: value) : nil }
}

/// A public unit of the field: 0 < a < p, anywhere in Z_p^*.
public struct Residue: Hashable, Sendable {
    /// The number, between 0 and p.
    public let value: Natural

    init(unchecked value: Natural) { self.value = value }
}

extension SchnorrGroup {
    /// sub(y): the group element that `value` is.
    ///
    /// - Complexity: One exponentiation with an exponent of the length of q.
    public func element(_ value: Natural) throws(GroupValueError) -> GroupElement {
        guard value > 1, value < p.value - 1 else { throw .outOfRange }
        guard p.powerVariableTime(value, q.value) == 1 else { throw .notInSubgroup }
        return GroupElement(unchecked: value)
    }

    /// sub(yᵢ) for many numbers at once: the elements, or the error, in their order.
    public func elements(_ values: [Natural]) -> [Result<GroupElement, GroupValueError>] {
        let inRange = values.map { $0 > 1 && $0 < p.value - 1 }
        let powers = modularPowers(zip(values, inRange).filter { $0.1 }.map { ($0.0, q.value) })
        var results = powers.makeIterator()
        return zip(values, inRange).map { value, inRange in
            guard inRange else { return .failure(.outOfRange) }
            return results.next() == 1 ? .success(GroupElement(unchecked: value)) : .failure(.notInSubgroup)
        }
    }

    /// The unit that `value` is: 0 < a < p.
    public func residue(_ value: Natural) throws(GroupValueError) -> Residue {
        guard !value.isZero, value < p.value else { throw .outOfRange }
        return Residue(unchecked: value)
    }

    /// g^exponent as a public element, constant-time in the exponent; `nil` where it is 1.
    public func publicPower(_ exponent: borrowing SecretResidue) -> GroupElement? {
        GroupElement(power(generator, exponent))
    }

    /// base^exponent as a public element, constant-time in the exponent; `nil` where it is 1.
    public func publicPower(of base: GroupElement, _ exponent: borrowing SecretResidue) -> GroupElement? {
        let value = p.power(base.value, exponent).declassified()
        guard value != 1 else { return nil }
        return GroupElement(unchecked: value)
    }

    /// base^cofactor, the projection of any unit into ⟨g⟩; `nil` where it is 1. Public values, variable time.
    public func project(_ base: Residue) -> GroupElement? {
        let value = p.powerVariableTime(base.value, cofactor)
        return value == 1 ? nil : GroupElement(unchecked: value)
    }

    /// ep(x): the fixed-width big-endian encoding of a number below p.
    public func encode(element value: Natural) -> [UInt8] { value.bigEndianBytes(count: elementByteCount) }

    /// eq(s): the fixed-width big-endian encoding of a number below q.
    public func encode(scalar value: Natural) -> [UInt8] { value.bigEndianBytes(count: scalarByteCount) }
}
