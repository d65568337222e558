import Synchronization

/// How often a group was asked for what, by kind.
public struct GroupOperationCounts: Hashable, Sendable {
    /// Constant-time powers with a secret exponent.
    public var secretPowers = 0
    /// Powers of the batches, one each.
    public var publicPowers = 0
    /// Terms a^x · b^y of the batches; each counts for two exponentiations.
    public var twoBaseTerms = 0
    /// Powers inside products of many.
    public var multiPowerTerms = 0
    /// Products of many powers.
    public var multiPowers = 0
    /// Encodings whose membership was tested.
    public var membershipTests = 0
    /// Tries to make an element from uniform bytes.
    public var uniformElements = 0

    /// No operation.
    public init() {}

    /// Exponentiations with an exponent as long as q, as tables of costs count them: membership tests are not in it.
    public var exponentiations: Int { secretPowers + publicPowers + 2 * twoBaseTerms + multiPowerTerms }
}

/// A group that counts what it is asked for, and computes as its base does.
///
/// For measurements: its elements, encodings and transcripts are the base's, so signatures are too. Copies share one
/// counter, which threads may use at once.
public struct CountingGroup<Base: PrimeOrderGroup>: PrimeOrderGroup {
    /// A member of the base group.
    public typealias Element = Base.Element

    /// The group that computes.
    public let base: Base
    private let counter = Counter()

    private final class Counter: Sendable {
        let counts = Mutex(GroupOperationCounts())
    }

    /// `base`, counted from zero.
    public init(_ base: Base) { self.base = base }

    /// What was asked for since the start or the last ``reset()``.
    public var counts: GroupOperationCounts { counter.counts.withLock { $0 } }
    /// Counts from zero again.
    public func reset() { counter.counts.withLock { $0 = GroupOperationCounts() } }
    /// What `body` asks for. Other threads must leave the group alone meanwhile.
    public func counts<E: Error>(of body: () throws(E) -> Void) throws(E) -> GroupOperationCounts {
        reset()
        try body()
        return counts
    }

    private func count(_ change: (inout GroupOperationCounts) -> Void) { counter.counts.withLock { change(&$0) } }

    /// Whether both count the same group; the counts do not matter.
    public static func == (left: CountingGroup, right: CountingGroup) -> Bool { left.base == right.base }
    /// Feeds the base.
    public func hash(into hasher: inout Hasher) { hasher.combine(base) }

    /// The base's.
    public var order: Modulus { base.order }
    /// The base's.
    public var generator: Element { base.generator }
    /// The base's.
    public var identity: Element { base.identity }
    /// The base's.
    public var elementByteCount: Int { base.elementByteCount }
    /// The base's.
    public var scalarByteCount: Int { base.scalarByteCount }
    /// The base's.
    public var uniformByteCount: Int { base.uniformByteCount }
    /// The base's.
    public var parameterItems: [[UInt8]] { base.parameterItems }

    /// Not counted.
    public func encode(_ element: Element) -> [UInt8] { base.encode(element) }
    /// Not counted.
    public func multiply(_ a: Element, _ b: Element) -> Element { base.multiply(a, b) }
    /// Not counted.
    public func invert(_ a: Element) -> Element { base.invert(a) }

    /// One membership test.
    public func decode(_ bytes: [UInt8]) throws(GroupValueError) -> Element {
        count { $0.membershipTests += 1 }
        return try base.decode(bytes)
    }

    /// A membership test for each.
    public func decode(each encodings: [[UInt8]]) -> [Result<Element, GroupValueError>] {
        count { $0.membershipTests += encodings.count }
        return base.decode(each: encodings)
    }

    /// One secret power.
    public func power(_ base: Element, _ exponent: borrowing SecretResidue) -> Element {
        count { $0.secretPowers += 1 }
        return self.base.power(base, exponent)
    }

    /// A secret power for each base.
    public func powers(_ bases: [Element], _ exponents: borrowing SecretResidues) -> [Element] {
        count { $0.secretPowers += bases.count }
        return base.powers(bases, exponents)
    }

    /// A public power for each pair.
    public func powersVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> [Element] {
        count { $0.publicPowers += pairs.count }
        return base.powersVariableTime(pairs)
    }

    /// A two-base term for each term.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower<Element>]) -> [Element] {
        count { $0.twoBaseTerms += terms.count }
        return base.twoBasePowersVariableTime(terms)
    }

    /// One product, with as many terms as there are pairs.
    public func multiPowerVariableTime(_ pairs: [(base: Element, exponent: Scalar)]) -> Element {
        count { $0.multiPowers += 1 }
        count { $0.multiPowerTerms += pairs.count }
        return base.multiPowerVariableTime(pairs)
    }

    /// One try.
    public func element(uniform bytes: [UInt8]) -> Element? {
        count { $0.uniformElements += 1 }
        return base.element(uniform: bytes)
    }

    /// A try for each.
    public func elements(uniform blocks: [[UInt8]]) -> [Element?] {
        count { $0.uniformElements += blocks.count }
        return base.elements(uniform: blocks)
    }

    /// The base's; what a table costs is not counted.
    public func prepared(_ base: Element, uses: Int) -> Element { self.base.prepared(base, uses: uses) }
}
