/// One term `a^x · b^y` of a batch.
public struct TwoBasePower<Element: Sendable>: Sendable {
    /// The bases a and b.
    public let bases: (Element, Element)
    /// The exponents x and y.
    public let exponents: (Scalar, Scalar)

    /// `a^x · b^y`.
    public init(_ a: Element, _ x: Scalar, _ b: Element, _ y: Scalar) {
        bases = (a, b)
        exponents = (x, y)
    }
}

/// A cyclic group of prime order q, written multiplicatively: what a ring signature needs to know of its group.
///
///     a · b    a⁻¹    a^x    1    g, with g^q = 1 ≠ g
///
/// Schnorr groups and elliptic curves conform. An `Element` is always in the group and may be the identity; what comes
/// from outside goes through ``decode(_:)``, which refuses the identity as well, since no key, tag or commitment of a
/// valid signature is 1. Elements and scalars belong to the group that made them.
///
/// Batches exist because the groups can share work in them: ask for many powers in one call. Every default is plain.
/// A group that hashes nothing: ``element(uniform:)`` takes bytes that somebody else hashed.
public protocol PrimeOrderGroup: Hashable, Sendable {
    /// A member of the group, the identity included.
    associatedtype Element: Hashable & Sendable

    /// q, prime.
    var order: Modulus { get }
    /// g.
    var generator: Element { get }
    /// 1.
    var identity: Element { get }

    /// The bytes of every element's encoding.
    var elementByteCount: Int { get }
    /// The bytes of every scalar's encoding, big-endian.
    var scalarByteCount: Int { get }
    /// The bytes that ``element(uniform:)`` takes.
    var uniformByteCount: Int { get }
    /// What names the group in a transcript, item by item: two groups that compute differently never share it.
    var parameterItems: [[UInt8]] { get }

    /// The element in exactly ``elementByteCount`` bytes; different elements differ. The identity has an encoding too,
    /// which ``decode(_:)`` refuses: a commitment that is hashed may be 1.
    func encode(_ element: Element) -> [UInt8]

    /// The element other than 1 whose encoding is exactly `bytes`.
    ///
    /// - Throws: ``GroupValueError``: `notAnEncoding` for a wrong length or form, `outOfRange` for a number out of its
    ///   place or the identity, `notInSubgroup` for anything else that is not in the group.
    func decode(_ bytes: [UInt8]) throws(GroupValueError) -> Element
    /// The same for many at once, in their order: the membership tests of a ring.
    func decode(each encodings: [[UInt8]]) -> [Result<Element, GroupValueError>]

    /// a · b, on public values.
    func multiply(_ a: Element, _ b: Element) -> Element
    /// a⁻¹, on public values.
    func invert(_ a: Element) -> Element
    /// base^exponent, constant-time in the exponent; base and result are public.
    func power(_ base: Element, _ exponent: borrowing SecretResidue) -> Element

    /// baseᵢ^exponentᵢ, constant-time in the exponents; bases and results are public.
    func powers(_ bases: [Element], _ exponents: borrowing SecretResidues) -> [Element]

    /// baseᵢ^exponentᵢ, in time that depends on all of it.
    func powersVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> [Element]
    /// aᵢ^xᵢ · bᵢ^yᵢ, in time that depends on all of it.
    func twoBasePowersVariableTime(_ terms: [TwoBasePower<Element>]) -> [Element]
    /// Π baseᵢ^exponentᵢ, one product, in time that depends on all of it; 1 for no pairs.
    func multiPowerVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> Element

    /// An element other than 1 from ``uniformByteCount`` uniform bytes, or `nil` where they give none and the caller
    /// shall try others. Nobody knows its discrete logarithm when nobody chose the bytes.
    func element(uniform bytes: [UInt8]) -> Element?
    /// The same for many at once, in their order.
    func elements(uniform blocks: [[UInt8]]) -> [Element?]

    /// `base`, ready to be raised to `uses` public exponents: the same element, equal to `base`, which may carry a table
    /// that batches read. Where a table would cost more than it saves, `base` itself.
    func prepared(_ base: Element, uses: Int) -> Element
}

extension PrimeOrderGroup {
    /// The bytes of q.
    public var scalarByteCount: Int { order.byteWidth }

    /// One after the other.
    public func decode(each encodings: [[UInt8]]) -> [Result<Element, GroupValueError>] {
        encodings.map { bytes in Result { () throws(GroupValueError) in try decode(bytes) } }
    }

    /// One after the other.
    public func elements(uniform blocks: [[UInt8]]) -> [Element?] { blocks.map { element(uniform: $0) } }

    /// `base` itself.
    public func prepared(_ base: Element, uses: Int) -> Element { base }

    /// One after the other.
    public func powers(_ bases: [Element], _ exponents: borrowing SecretResidues) -> [Element] {
        var powers: [Element] = []
        for (index, base) in bases.enumerated() { powers.append(power(base, exponents.residue(at: index))) }
        return powers
    }

    /// Each power by the constant-time one.
    public func powersVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> [Element] {
        pairs.map { power($0.base, order.secret($0.exponent.value)) }
    }

    /// Each term from two powers.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower<Element>]) -> [Element] {
        let powers = powersVariableTime(
            terms.flatMap { [($0.bases.0, $0.exponents.0), ($0.bases.1, $0.exponents.1)] })
        return terms.indices.map { multiply(powers[2 * $0], powers[2 * $0 + 1]) }
    }

    /// The product of the powers.
    public func multiPowerVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> Element {
        powersVariableTime(pairs).reduce(identity) { multiply($0, $1) }
    }
}

// MARK: - Scalars

extension PrimeOrderGroup {
    /// The exponent that `value` is: 0 ≤ s < q.
    public func scalar(_ value: Natural) throws(GroupValueError) -> Scalar {
        guard value < order.value else { throw .outOfRange }
        return Scalar(unchecked: value)
    }

    /// `value mod q`.
    public func scalar(reducing value: Natural) -> Scalar { Scalar(unchecked: order.reduce(value)) }

    /// The exponent whose big-endian encoding is exactly `bytes`: ``scalarByteCount`` of them, below q.
    public func decodeScalar(_ bytes: [UInt8]) throws(GroupValueError) -> Scalar {
        guard bytes.count == scalarByteCount else { throw .notAnEncoding }
        return try scalar(Natural(bigEndianBytes: bytes))
    }

    /// eq(s): the scalar in ``scalarByteCount`` big-endian bytes.
    public func encode(_ scalar: Scalar) -> [UInt8] { scalar.value.bigEndianBytes(count: scalarByteCount) }

    /// A secret that is to be published: from here on it is not secret any more.
    public func publish(_ secret: borrowing SecretResidue) -> Scalar { scalar(reducing: secret.declassified()) }

    /// a + b mod q.
    public func add(_ a: Scalar, _ b: Scalar) -> Scalar { Scalar(unchecked: order.add(a.value, b.value)) }
    /// a − b mod q.
    public func subtract(_ a: Scalar, _ b: Scalar) -> Scalar { Scalar(unchecked: order.subtract(a.value, b.value)) }
    /// a · b mod q.
    public func multiply(_ a: Scalar, _ b: Scalar) -> Scalar { Scalar(unchecked: order.multiply(a.value, b.value)) }
    /// Σ aᵢ mod q; 0 for none.
    public func sum(_ scalars: some Sequence<Scalar>) -> Scalar {
        scalars.reduce(Scalar(unchecked: 0)) { add($0, $1) }
    }
    /// a⁻¹ mod q, or `nil` for 0. Variable time.
    public func invertVariableTime(_ a: Scalar) -> Scalar? {
        order.inverseVariableTime(a.value).map { Scalar(unchecked: $0) }
    }
}
