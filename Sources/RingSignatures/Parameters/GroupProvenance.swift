public import ModularArithmetic

/// How a group's numbers came about, so that anybody can make them again.
public struct GroupProvenance: Hashable, Sendable {
    /// The procedure that turned the seed into the numbers.
    public enum Procedure: String, Sendable, CaseIterable {
        /// Ours, with t: ``GroupGeneration/ringwork1(elementBits:scalarBits:seed:)``.
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
        let (elementBits, scalarBits) = (group.p.bitWidth, group.q.bitWidth)
        guard elementBits <= Self.maximumSizes.elementBits, scalarBits <= Self.maximumSizes.scalarBits else {
            throw .tooLarge(elementBits: elementBits, scalarBits: scalarBits)
        }
        let made: GeneratedGroup
        do {
            switch procedure {
            case .ringwork1:
                made = try GroupGeneration.ringwork1(
                    elementBits: elementBits, scalarBits: scalarBits, seed: seed, index: index)
            case .fips186:
                made = try GroupGeneration.fips186(
                    elementBits: elementBits, scalarBits: scalarBits, seed: seed, index: index)
            }
        } catch {
            throw .sizes(elementBits: elementBits, scalarBits: scalarBits)
        }
        guard made.q == group.q.value else { throw .q }
        guard made.t == group.t else { throw .t }
        guard made.p == group.p.value else { throw .p }
        guard made.counter == counter else { throw .counter(expected: made.counter) }
        guard made.g == group.g.value else { throw .g }
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
