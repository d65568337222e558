public import ModularArithmetic

/// How a group's numbers came about, so that anybody can make them again.
public struct GroupProvenance: Hashable, Sendable {
    /// The procedure that turned the seed into the numbers.
    public enum Procedure: String, Sendable, CaseIterable {
        /// Ours, with t: ``GroupGeneration/ringwork1(elementBits:scalarBits:seed:index:tCofactor:progress:)``.
        case ringwork1 = "ringwork-1"
        /// FIPS 186-4 App. A.1.1.2 with SHA-256 for p and q, A.2.3 for g.
        case fips186 = "fips186-4-a.1.1.2"
    }

    /// The procedure.
    public let procedure: Procedure
    /// Its seed.
    public let seed: [UInt8]
    /// How many candidates for p came before the one that was taken.
    public let counter: Int
    /// The index of the generator, one byte.
    public let index: UInt8

    /// The longest seed that documents carry.
    public static let maximumSeedByteCount = 1024
    /// The largest p and q, in bits, whose search is repeated: larger ones can take hours.
    public static let maximumSizes = (elementBits: 4096, scalarBits: 512)

    /// A provenance.
    public init(procedure: Procedure, seed: [UInt8], counter: Int, index: UInt8) {
        self.procedure = procedure
        self.seed = seed
        self.counter = counter
        self.index = index
    }

    /// What of a group does not follow from its provenance.
    public enum Mismatch: Error, Equatable, Sendable {
        /// The procedure cannot give numbers of these sizes.
        case sizes(elementBits: Int, scalarBits: Int)
        /// The search for numbers of these sizes would take too long; nothing is said about them.
        case tooLarge(elementBits: Int, scalarBits: Int)
        /// Another q comes from the seed.
        case q
        /// Another t comes from the seed.
        case t
        /// Another p comes from the seed.
        case p
        /// p comes from the seed, after another number of candidates.
        case counter(expected: Int)
        /// Another generator comes from the seed.
        case g
    }

    /// Makes the numbers again and compares.
    ///
    /// - Complexity: The search for p again: one to a few seconds at 3072 bits.
    public func check(_ group: SchnorrGroup) throws(Mismatch) {
        try check(p: group.p.value, q: group.q.value, g: group.g.value, t: group.t)
    }

    /// Makes the numbers again and compares, whether or not they are those of a group.
    public func check(p: Natural, q: Natural, g: Natural, t: Natural?) throws(Mismatch) {
        let (elementBits, scalarBits) = (p.bitWidth, q.bitWidth)
        guard elementBits <= Self.maximumSizes.elementBits, scalarBits <= Self.maximumSizes.scalarBits else {
            throw .tooLarge(elementBits: elementBits, scalarBits: scalarBits)
        }
        let made: GeneratedGroup
        do {
            switch procedure {
            case .ringwork1:
                made = try GroupGeneration.ringwork1(
                    elementBits: elementBits, scalarBits: scalarBits, seed: seed, index: index,
                    tCofactor: Self.cofactor(q: q, t: t))
            case .fips186:
                made = try GroupGeneration.fips186(
                    elementBits: elementBits, scalarBits: scalarBits, seed: seed, index: index)
            }
        } catch {
            throw .sizes(elementBits: elementBits, scalarBits: scalarBits)
        }
        guard made.q == q else { throw .q }
        guard made.t == t else { throw .t }
        guard made.p == p else { throw .p }
        guard made.counter == counter else { throw .counter(expected: made.counter) }
        guard made.g == g else { throw .g }
    }

    /// u = (q − 1)/2t where it is one that the procedure takes, else 1: then q or t does not follow.
    private static func cofactor(q: Natural, t: Natural?) -> UInt16 {
        guard let t, !t.isZero, !q.isZero, ((q - 1) % (t * 2)).isZero else { return 1 }
        let u = (q - 1) / (t * 2)
        guard (1...16).contains(u.bitWidth) else { return 1 }
        return u.bigEndianBytes(count: 2).reduce(0) { $0 << 8 | UInt16($1) }
    }
}

extension GroupProvenance.Mismatch {
    /// The mismatch as a stable word.
    public var code: String {
        switch self {
        case .tooLarge: "provenance-too-large"
        case .sizes: "provenance-sizes"
        case .q: "provenance-q"
        case .t: "provenance-t"
        case .p: "provenance-p"
        case .counter: "provenance-counter"
        case .g: "provenance-g"
        }
    }
}

extension GroupProvenance.Mismatch: CustomStringConvertible {
    /// The mismatch as a sentence.
    public var description: String {
        switch self {
        case .sizes(let elementBits, let scalarBits):
            "the procedure gives no group of \(elementBits)/\(scalarBits) bits from this seed"
        case .tooLarge(let elementBits, let scalarBits):
            "the numbers are made again up to \(GroupProvenance.maximumSizes.elementBits)/"
                + "\(GroupProvenance.maximumSizes.scalarBits) bits, and these have \(elementBits)/\(scalarBits)"
        case .q: "the seed gives another q"
        case .t: "the seed gives another t"
        case .p: "the seed gives another p"
        case .counter(let expected): "the seed gives p after \(expected) candidates"
        case .g: "the seed gives another g"
        }
    }
}
