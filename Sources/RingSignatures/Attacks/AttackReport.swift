public import ModularArithmetic

/// What an attack did, what it cost, and how it ended.
@_spi(Literal) public struct AttackReport: Hashable, Sendable {
    /// A run against a form that lacks a check, or lacks a choice of the repaired scheme.
    public struct Break: Hashable, Sendable {
        /// What was to be reached.
        public let goal: String
        /// Whether it was reached, as the careless verifier or the recovered value says.
        public let isReached: Bool
    }

    /// A run that has to fail.
    public struct Refusal: Hashable, Sendable {
        /// What was tried.
        public let attempt: String
        /// The reason it failed as a stable word, an error's `code` where the library's own check refused it; `nil` if
        /// it did not fail.
        public let code: String?
    }

    /// Which attack.
    public let attack: RingAttack
    /// The steps, one sentence each.
    public let steps: [String]
    /// The attacker's own operations against the careless form; the victim's, the verifier's and the controls' are not in it.
    public let cost: AttackCost
    /// Against the literal text or a careless form.
    public let breaks: [Break]
    /// The same against the careless form with one choice repaired.
    public let controls: [Refusal]
    /// The same against the library's default.
    public let defaults: [Refusal]

    /// Whether every careless form fell, and every repaired one and the default held: what the theory says.
    public var goesAsTheorySays: Bool {
        !breaks.isEmpty && !defaults.isEmpty && breaks.allSatisfy(\.isReached)
            && (controls + defaults).allSatisfy { $0.code != nil }
    }
}

/// Operations that an attacker carried out, counted and not timed.
@_spi(Literal) public struct AttackCost: Hashable, Sendable {
    /// Powers modulo p with an exponent about as long as q.
    public var exponentiations = 0
    /// Products and inverses modulo p or q.
    public var multiplications = 0
    /// Calls of a hash function.
    public var hashes = 0
    /// Exclusive ors of 64-bit words.
    public var wordOperations = 0
    /// Signatures asked from, or seen of, an honest signer.
    public var signatures = 0

    /// No cost yet.
    public init() {}

    /// The operations by name, those that did not occur left out.
    public var entries: [(name: String, count: Int)] {
        [
            ("exponentiations", exponentiations), ("multiplications", multiplications), ("hashes", hashes),
            ("64-bit exclusive ors", wordOperations), ("honest signatures", signatures),
        ].filter { $0.1 > 0 }
    }
}

/// Why an attack could not be set up. An attack that runs and does not succeed is a report, not an error.
@_spi(Literal) public enum AttackError: Error, Equatable, Sendable {
    /// The attack needs a divisor of (p − 1)/q between 2 and 65,536, and the group has none.
    case noSmallOrder
    /// The challenge length of A21 is outside 8 … 40 bits.
    case challengeBits(Int)
    /// A number that the attacker made is not a value of its place.
    case value(GroupValueError)
    /// An honest key could not be made.
    case key(KeyError)
    /// An honest signature could not be made.
    case signature(RingSignatureError)
}

extension AttackError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .noSmallOrder: "the group has no element of small order beside 1 and p - 1"
        case .challengeBits(let bits): "short challenges have 8 to 40 bits, not \(bits)"
        case .value(let error): "a number of the attacker's is not a value of its place: \(error)"
        case .key(let error): "an honest key could not be made: \(error)"
        case .signature(let error): "an honest signature could not be made: \(error)"
        }
    }
}
