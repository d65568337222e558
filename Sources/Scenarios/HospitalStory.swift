public import ByteCoding
import Ledger
import ProofOfWork
public import RingSignatures

/// The end-to-end story: from published Bitcoin headers to a signed claim on a chain, every stage on the real code.
///
/// The command line, the lab and the tests all run these stages. A stage that does not pass is reported and the story goes
/// on as far as it can; an error that no stage expects ends it.
public struct HospitalStory {
    /// What a story is told with.
    public struct Setting: Sendable {
        /// The seed of all randomness and times; `nil` for the system's.
        public var seed: UInt64?
        /// The group of the doctors' keys.
        public var group: NamedGroup
        /// The target of the story's own chain, in compact form.
        public var bits: UInt32
        /// The clock, in seconds since 1970; not used with a seed.
        public var now: UInt32
        /// An existing directory for the chain file.
        public var directory: String

        /// A setting; the default target asks for 2¹⁷ hashes a block.
        public init(
            seed: UInt64?, now: UInt32, directory: String, group: NamedGroup = EmbeddedGroups.standard,
            bits: UInt32 = 0x1e7f_ffff
        ) {
            self.seed = seed
            self.group = group
            self.bits = bits
            self.now = now
            self.directory = directory
        }
    }

    let setting: Setting
    var random: StoryRandomness
    /// Amina Example's claim and its signature are made once and used by the later stages.
    var doctors: [SigningKeyBox] = []
    var claim: Claim?
    var chain: Chain
    var claimTransaction: Transaction?

    /// The time of a seeded story's first block: 2024-01-01 00:00:00 UTC.
    public static let fixedInstant: UInt32 = 1_704_067_200

    /// The story's beginning: its chain's first block is mined.
    public init(_ setting: Setting) throws {
        self.setting = setting
        random = StoryRandomness(seed: setting.seed)
        let parameters = try ChainParameters(
            name: "Ringwork demo", group: setting.group, bits: CompactTarget(bits: setting.bits),
            genesisTime: setting.seed == nil ? setting.now : Self.fixedInstant)
        chain = try Chain(genesis: mineBlock { _ in try Chain.genesis(parameters) }.block)
    }

    /// Tells the story, handing each stage to `report` as soon as it is over.
    ///
    /// - Returns: All stages, in order.
    public mutating func run(_ report: (Stage) throws -> Void) throws -> [Stage] {
        var stages: [Stage] = []
        func add(_ stage: Stage) throws {
            stages.append(stage)
            try report(stage)
        }
        try add(Self.publishedHeaders())
        try add(group())
        try add(enrolment())
        try add(tokens())
        try add(ringSignature())
        try add(block())
        try add(chainFile())
        try add(honestWork())
        try add(mirrorAttack())
        return stages
    }

    /// `ringwork/demo-summary/1`: how many stages passed, and the seed.
    public static func summary(_ stages: [Stage], seed: UInt64?) -> JSONValue {
        [
            "schema": "ringwork/demo-summary/1", "stages": .integer(Int64(stages.count)),
            "passed": .integer(Int64(stages.count(where: \.passed))),
            "failed": .array(stages.filter { !$0.passed }.map { .string($0.name) }),
            "seed": seed.map { .string(String($0)) } ?? .null,
        ]
    }

    func doctor(_ index: Int) throws -> SigningKeyBox {
        guard doctors.indices.contains(index) else { throw StoryError.stageMissing("enrolment") }
        return doctors[index]
    }

    func ring() throws -> Ring { try Ring(doctors.map { $0.key.verificationKey }) }
}

/// Why a story could not go on.
public enum StoryError: Error, Equatable, Sendable {
    /// A stage needs what an earlier one makes.
    case stageMissing(String)
    /// No block can follow: the chain's times have reached the last second that a header can carry.
    case nothingMined
}

extension StoryError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .stageMissing(let name): "the stage \(name) has to run first"
        case .nothingMined: "the chain's times have reached the last second that a header can carry"
        }
    }
}
