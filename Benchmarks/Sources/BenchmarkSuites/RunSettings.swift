import BenchmarkReport

/// What a run measures, and how thoroughly.
public struct RunSettings: Sendable {
    /// The suites, in this order.
    public var suites: [SuiteName] = SuiteName.allCases
    /// Whether to stay under a minute: fewer samples, shorter ones, fewer sizes.
    public var quick = false
    /// The most samples of one number.
    public var samples = 31
    /// The sizes of rings.
    public var ringSizes = [2, 4, 8, 16, 32, 64, 128]
    /// The widths of moduli, each with an embedded group of that width.
    public var moduli = [2048, 3072]
    /// Where inputs and resampling come from.
    public var seed: UInt64 = 20_260_101
    /// The kernels that this process is held to, `nil` for all.
    public var cap: KernelCap?

    /// The default: everything, thoroughly.
    public init() {}

    /// The nanoseconds that a sample takes at least.
    var sampleNanoseconds: Double { quick ? 1e6 : 5e6 }
    /// The nanoseconds that all samples of one comparison may take, where ``minimumSamples`` does not ask for more.
    var comparisonNanoseconds: Double { quick ? 4e8 : 1e10 }
    /// The samples that no number goes without.
    var minimumSamples: Int { quick ? 5 : 9 }

    func generator(for purpose: String) -> SeededGenerator {
        // FNV-1a: each purpose has inputs of its own, whatever else runs.
        SeededGenerator(
            seed: purpose.utf8.reduce(seed ^ 0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }
}

/// The suites.
public enum SuiteName: String, Sendable, CaseIterable {
    case hash, mine, merkle
    case hashWork = "hash-work"
    case token, protocols, modexp, ring

    func cases(_ settings: RunSettings) throws -> SuiteCases {
        switch self {
        case .hash: HashSuite(settings).cases()
        case .mine: try MineSuite(settings).cases()
        case .merkle: try MerkleSuite(settings).cases()
        case .hashWork: try HashWorkSuite(settings).cases()
        case .token: try TokenSuite(settings).cases()
        case .protocols: try ProtocolSuite(settings).cases()
        case .modexp: try PowerSuite(settings).cases()
        case .ring: try RingSuite(settings).cases()
        }
    }
}
