/// A public element of ⟨g⟩, 1 included: what the operations of a ``SchnorrGroup`` take and give.
///
/// A ``GroupElement`` stays what it is, an element known not to be 1, and is a member by ``init(_:)``: a product of
/// validated keys may be 1, and such a number must not pass for a validated key. Use it with the group that made it.
///
/// It may carry tables of its powers (``SchnorrGroup/prepared(_:uses:)``), which batches read and equality ignores.
public struct SubgroupMember: Hashable, Sendable {
    /// The number, between 0 and p.
    public let value: Natural
    let prepared: PreparedBase?

    init(unchecked value: Natural, prepared: PreparedBase? = nil) {
        self.value = value
        self.prepared = prepared
    }

    /// The same element.
    public init(_ element: GroupElement) { self.init(unchecked: element.value) }

    /// Whether both are the same number.
    public static func == (left: SubgroupMember, right: SubgroupMember) -> Bool { left.value == right.value }
    /// Feeds the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
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
    public var generator: SubgroupMember { SubgroupMember(unchecked: g.value, prepared: preparedGenerator) }
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

    /// The element with tables for `uses` exponents, from ``PreparedBase/worthwhileUses`` on: about 200 kB at 3072 bits
    /// as long as a copy of it lives.
    public func prepared(_ base: SubgroupMember, uses: Int) -> SubgroupMember {
        guard base.prepared == nil, uses >= PreparedBase.worthwhileUses else { return base }
        return SubgroupMember(
            unchecked: base.value,
            prepared: PreparedBase(base.value, p: p, exponentBits: q.bitWidth, uses: uses))
    }

    /// base^exponent mod p, constant-time in the exponent: by its tables where `base` has some, else by `mpn_sec_powm`.
    public func power(_ base: SubgroupMember, _ exponent: borrowing SecretResidue) -> SubgroupMember {
        SubgroupMember(unchecked: secretPower(base, exponent).declassified())
    }

    /// base^exponent mod p, kept secret, constant-time in the exponent.
    public func secretPower(_ base: SubgroupMember, _ exponent: borrowing SecretResidue) -> SecretResidue {
        // One constant-time power costs as much as the tables do, so they pay at once.
        guard let tables = base.prepared?.tables(for: PreparedBase.worthwhileUses) else {
            return p.power(base.value, exponent)
        }
        return p.power(tables, exponent)
    }

    /// Prepared bases by their tables, all others in the modulus's own batch.
    public func powers(_ bases: [SubgroupMember], _ exponents: borrowing SecretResidues) -> [SubgroupMember] {
        precondition(bases.count == exponents.count, "an exponent for each base")
        var plain: [Natural] = []
        var others = SecretResidues(of: q, capacity: bases.count)
        for (index, base) in bases.enumerated() where base.prepared == nil {
            plain.append(base.value)
            others.append(exponents.residue(at: index))
        }
        var powers = p.powers(plain, others).declassified().makeIterator()
        var results: [SubgroupMember] = []
        for (index, base) in bases.enumerated() {
            if base.prepared == nil, let power = powers.next() {
                results.append(SubgroupMember(unchecked: power))
            } else {
                results.append(power(base, exponents.residue(at: index)))
            }
        }
        return results
    }

    /// The modulus's own batch, dealt to the threads of ``BatchPolicy``; powers of a prepared base come from its tables.
    public func powersVariableTime(_ pairs: [(base: SubgroupMember, exponent: Scalar)]) -> [SubgroupMember] {
        let tables = BatchTables(pairs.map(\.base))
        var powers = [Natural](repeating: 0, count: pairs.count)
        var plain: [Int] = []
        var prepared: [ObjectIdentifier: (tables: FixedBase, places: [Int])] = [:]
        for (place, pair) in pairs.enumerated() {
            if let base = pair.base.prepared, let fixed = tables[pair.base] {
                prepared[ObjectIdentifier(base), default: (fixed, [])].places.append(place)
            } else {
                plain.append(place)
            }
        }
        let plainPowers = modularPowers(plain.map { (pairs[$0].base.value, pairs[$0].exponent.value) })
        for (place, power) in zip(plain, plainPowers) { powers[place] = power }
        for (base, places) in prepared.values {
            let results = BatchPolicy.current.map(places.count) { range in
                p.powersVariableTime(base, places[range].map { pairs[$0].exponent.value })
            }
            for (place, power) in zip(places, results) { powers[place] = power }
        }
        return powers.map { SubgroupMember(unchecked: $0) }
    }

    /// baseᵢ^exponentᵢ mod p for public numbers, dealt to the threads of ``BatchPolicy``.
    func modularPowers(_ pairs: [(base: Natural, exponent: Natural)]) -> [Natural] {
        BatchPolicy.current.map(pairs.count) { p.powersVariableTime(Array(pairs[$0])) }
    }

    /// The modulus's own batch, dealt to the threads of ``BatchPolicy``: terms of two prepared bases have hardly any
    /// squarings, all others share them.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower<SubgroupMember>]) -> [SubgroupMember] {
        let tables = BatchTables(terms.lazy.flatMap { [$0.bases.0, $0.bases.1] })
        let batch = terms.map { term -> Modulus.TwoBasePower in
            let ((a, b), (x, y)) = (term.bases, (term.exponents.0.value, term.exponents.1.value))
            return switch (tables[a], tables[b]) {
            case (let a?, let b?): .init(a, x, b, y)
            case (let a?, nil): .init(a, x, b.value, y)
            case (nil, let b?): .init(b, y, a.value, x)
            case (nil, nil): .init(a.value, x, b.value, y)
            }
        }
        return BatchPolicy.current.map(batch.count) { range in
            p.twoBasePowersVariableTime(Array(batch[range])).map { SubgroupMember(unchecked: $0) }
        }
    }

    /// The modulus's own product, each thread of ``BatchPolicy`` taking its share. Powers of prepared bases come from
    /// their tables.
    public func multiPowerVariableTime(_ pairs: [(base: SubgroupMember, exponent: Scalar)]) -> SubgroupMember {
        let tables = BatchTables(pairs.map(\.base))
        let plain = pairs.filter { tables[$0.base] == nil }.map { (base: $0.base.value, exponent: $0.exponent.value) }
        let policy = BatchPolicy.current
        // A share has its own squarings, so it is not worth having for a few powers.
        let shares = min(policy.threads, plain.count / 64 + 1)
        let length = (plain.count + shares - 1) / shares
        let factors = policy.map(shares, grain: 1) { range in
            range.map { share in
                p.multiPowerVariableTime(Array(plain.dropFirst(share * length).prefix(length)))
            }
        }
        let product = factors.dropFirst().reduce(factors[0]) { p.multiply($0, $1) }
        return pairs.reduce(SubgroupMember(unchecked: product)) { product, pair in
            guard let base = tables[pair.base] else { return product }
            let power = p.powersVariableTime(base, [pair.exponent.value])[0]
            return SubgroupMember(unchecked: p.multiply(product.value, power))
        }
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
