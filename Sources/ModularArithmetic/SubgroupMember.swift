/// A public element of ⟨g⟩, 1 included: what the operations of a ``SchnorrGroup`` take and give.
///
/// A ``GroupElement`` stays what it is, an element known not to be 1, and is a member by ``init(_:)``: a product of
/// validated keys may be 1, and such a number must not pass for a validated key. Use it with the group that made it.
public struct SubgroupMember: Hashable, Sendable {
    /// The number, between 0 and p.
    public let value: Natural

    init(unchecked value: Natural) { self.value = value }

    /// The same element.
    public init(_ element: GroupElement) { value = element.value }
}

extension GroupElement {
    /// The same element, or `nil` where it is 1.
    public init?(_ member: SubgroupMember) {
        guard member.value != 1 else { return nil }
        self.init(unchecked: member.value)
    }
}

extension SchnorrGroup: PrimeOrderGroup {
    /// q.
    public var order: Modulus { q }
    /// g.
    public var generator: SubgroupMember { SubgroupMember(g) }
    /// 1.
    public var identity: SubgroupMember { SubgroupMember(unchecked: 1) }
    /// ℓp + 16, so that the reduction modulo p − 1 is biased by less than 2⁻¹²⁸.
    public var uniformByteCount: Int { elementByteCount + 16 }
    /// ep(p), eq(q), ep(g).
    public var parameterItems: [[UInt8]] {
        [encode(element: p.value), encode(scalar: q.value), encode(element: g.value)]
    }

    /// ep: ℓp bytes, big-endian.
    public func encode(_ element: SubgroupMember) -> [UInt8] { encode(element: element.value) }

    /// The element of exactly ℓp bytes: 1 < y < p − 1, y^q mod p = 1.
    ///
    /// - Complexity: One exponentiation.
    public func decode(_ bytes: [UInt8]) throws(GroupValueError) -> SubgroupMember {
        guard bytes.count == elementByteCount else { throw .notAnEncoding }
        return SubgroupMember(try element(Natural(bigEndianBytes: bytes)))
    }

    /// The elements of many encodings, their membership tested in one batch.
    public func decode(each encodings: [[UInt8]]) -> [Result<SubgroupMember, GroupValueError>] {
        let wide = encodings.filter { $0.count == elementByteCount }
        var tested = elements(wide.map { Natural(bigEndianBytes: $0) }).makeIterator()
        return encodings.map { bytes in
            guard bytes.count == elementByteCount, let result = tested.next() else { return .failure(.notAnEncoding) }
            return result.map(SubgroupMember.init)
        }
    }

    /// a · b mod p.
    public func multiply(_ a: SubgroupMember, _ b: SubgroupMember) -> SubgroupMember {
        SubgroupMember(unchecked: p.multiply(a.value, b.value))
    }

    /// a⁻¹ mod p.
    public func invert(_ a: SubgroupMember) -> SubgroupMember {
        guard let inverse = p.inverseVariableTime(a.value) else {
            preconditionFailure("a unit modulo a prime has an inverse")
        }
        return SubgroupMember(unchecked: inverse)
    }

    /// base^exponent mod p by `mpn_sec_powm`.
    public func power(_ base: SubgroupMember, _ exponent: borrowing SecretResidue) -> SubgroupMember {
        SubgroupMember(unchecked: p.power(base.value, exponent).declassified())
    }

    /// The modulus's own batch, dealt to the threads of ``BatchPolicy``.
    public func powersVariableTime(_ pairs: [(base: SubgroupMember, exponent: Scalar)]) -> [SubgroupMember] {
        modularPowers(pairs.map { ($0.base.value, $0.exponent.value) }).map { SubgroupMember(unchecked: $0) }
    }

    /// baseᵢ^exponentᵢ mod p for public numbers, dealt to the threads of ``BatchPolicy``.
    func modularPowers(_ pairs: [(base: Natural, exponent: Natural)]) -> [Natural] {
        BatchPolicy.current.map(pairs.count) { p.powersVariableTime(Array(pairs[$0])) }
    }

    /// The modulus's own batch, shared squarings, dealt to the threads of ``BatchPolicy``.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower<SubgroupMember>]) -> [SubgroupMember] {
        BatchPolicy.current.map(terms.count) { range in
            let terms = terms[range].map {
                Modulus.TwoBasePower($0.bases.0.value, $0.exponents.0.value, $0.bases.1.value, $0.exponents.1.value)
            }
            return p.twoBasePowersVariableTime(terms).map { SubgroupMember(unchecked: $0) }
        }
    }

    /// The modulus's own product: shared squarings.
    public func multiPowerVariableTime(_ pairs: [(base: SubgroupMember, exponent: Scalar)]) -> SubgroupMember {
        SubgroupMember(unchecked: p.multiPowerVariableTime(pairs.map { ($0.base.value, $0.exponent.value) }))
    }

    /// (1 + OS2IP(bytes) mod (p − 1))^((p − 1)/q), or `nil` where that is 1.
    public func element(uniform bytes: [UInt8]) -> SubgroupMember? { elements(uniform: [bytes])[0] }

    /// The projections of many units in one batch.
    public func elements(uniform blocks: [[UInt8]]) -> [SubgroupMember?] {
        let last = p.value - 1
        let units = blocks.map { (base: Natural(bigEndianBytes: $0) % last + 1, exponent: cofactor) }
        return modularPowers(units).map { $0 == 1 ? nil : SubgroupMember(unchecked: $0) }
    }
}
