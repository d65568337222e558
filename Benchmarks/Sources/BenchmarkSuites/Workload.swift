import BenchmarkReport
import CPeers

/// One side of a comparison: something to time, and what it computes.
struct Workload {
    /// What runs, for the report.
    let label: String
    /// The items that one call works through.
    let items: Double
    /// What one item takes, by kind; empty where nobody counts.
    let operations: [String: Double]
    /// What the two sides must agree on, computed before anything is timed.
    let output: () throws -> [UInt8]
    /// What is timed.
    let run: () throws -> Void

    init(
        _ label: String, items: Double = 1, operations: [String: Double] = [:], output: @escaping () throws -> [UInt8],
        run: @escaping () throws -> Void
    ) {
        self.label = label
        self.items = items
        self.operations = operations
        self.output = output
        self.run = run
    }
}

/// Makes the compiler compute `value`: its address goes to a function that it cannot see into.
@inline(never)
func keep<Value>(_ value: Value) {
    withUnsafePointer(to: value) { cp_sink($0) }
}

/// Kernels that a comparison is measured with again: everything better is forced off in a process of its own, since the
/// environment is read once.
public enum KernelCap: String, Sendable, CaseIterable {
    /// No instruction set at all.
    case portable
    /// Eight lanes; no SHA instructions.
    case avx2
    /// The SHA instructions; no AVX-512.
    case shaNI = "sha-ni"

    /// The environment variable that the library reads.
    public static let variable = "RINGWORK_KERNELS"
}

/// Ours and a peer, to be measured in turns.
struct ComparisonCase {
    /// `<work>/<peer>`.
    let id: String
    /// The unit of one item, such as `ns per hash`.
    let unit: String
    /// The threads that ours runs on. With one, processor time is measured; with more, time on the wall.
    var threads = 1
    /// The bytes of one item, where a rate in bytes makes sense.
    var bytes: Int?
    /// What the numbers exclude.
    var note: String?
    /// The kernels to measure it with again.
    var repeats: Set<KernelCap> = []
    let ours: Workload
    let peer: Workload

    /// - Throws: ``BenchmarkError/outputsDiffer(id:)`` unless both sides compute the same.
    func check() throws {
        guard try ours.output() == peer.output() else { throw BenchmarkError.outputsDiffer(id: id) }
    }
}

/// One workload at several sizes.
struct SeriesCase {
    let id: String
    /// What grows.
    let x: String
    let unit: String
    let label: String
    /// How the cost is expected to grow.
    let model: GrowthModel?
    /// The smallest size that the curve goes through: below it kernels have idle lanes, and costs go in steps.
    var fitFrom = 0.0
    let points: [Point]

    /// A size: what runs there, or the exact value.
    struct Point {
        let x: Double
        let value: Value
    }

    enum Value {
        case measured(Workload)
        case exact(Double)
    }
}

/// What a suite asks to be measured.
struct SuiteCases {
    var comparisons: [ComparisonCase] = []
    var series: [SeriesCase] = []
    var absent: [(peer: String, reason: String)] = []
}
