import Foundation

/// Why a file is not a benchmark report.
public enum BenchmarkDocumentError: Error, Equatable, Sendable {
    /// The text is not the JSON of a report.
    case malformed(reason: String)
    /// The document's schema is another one.
    case wrongSchema(String)
}

/// A benchmark report: `ringwork/bench/1`.
///
/// Times are medians of samples. A field that does not apply is absent.
public struct BenchmarkDocument: Equatable, Sendable, Codable {
    /// The schema's name.
    public static let schema = "ringwork/bench/1"

    /// The schema.
    public var schema = BenchmarkDocument.schema
    /// When the run started, RFC 3339.
    public var started: String
    /// What was measured.
    public var tool: Tool
    /// On what.
    public var machine: Machine
    /// Ours beside others.
    public var comparisons: [Comparison] = []
    /// Costs as they grow.
    public var series: [Series] = []
    /// Peers that this machine does not have.
    public var absent: [Absent] = []
    /// What a reader should know before believing the numbers.
    public var warnings: [String] = []

    /// A report without results.
    public init(started: String, tool: Tool, machine: Machine) {
        self.started = started
        self.tool = tool
        self.machine = machine
    }

    /// What was measured.
    public struct Tool: Equatable, Sendable, Codable {
        /// The commit, `-dirty` behind it where files had changed.
        public var commit: String
        /// The Swift compiler's version.
        public var swift: String
        /// How it was built: `release`, or `debug`, which no number should come from.
        public var flags: String
        /// The samples of one number, at most.
        public var samples: Int
        /// The seed of inputs and resampling.
        public var seed: UInt64
        /// Whether this was a short run.
        public var quick: Bool
        /// The peers' versions.
        public var libraries: [String: String]

        /// What was measured.
        public init(
            commit: String, swift: String, flags: String, samples: Int, seed: UInt64, quick: Bool,
            libraries: [String: String]
        ) {
            self.commit = commit
            self.swift = swift
            self.flags = flags
            self.samples = samples
            self.seed = seed
            self.quick = quick
            self.libraries = libraries
        }
    }

    /// The machine that a report comes from.
    public struct Machine: Equatable, Sendable, Codable {
        /// The processor's name.
        public var cpu: String
        /// The instruction sets that matter here, in the kernel's spelling.
        public var features: [String]
        /// The processors that the system offers.
        public var cores: Int
        /// Whether the machine is a virtual one.
        public var hypervisor: Bool
        /// The load average of the last minute, at the start.
        public var load1: Double
        /// The operating system's kernel.
        public var kernel: String
        /// The core clock that cycles were counted with, the median over the run, in GHz; absent where cycles are not
        /// counted.
        public var clockGHz: Double?

        /// A machine.
        public init(
            cpu: String, features: [String], cores: Int, hypervisor: Bool, load1: Double, kernel: String,
            clockGHz: Double? = nil
        ) {
            self.cpu = cpu
            self.features = features
            self.cores = cores
            self.hypervisor = hypervisor
            self.load1 = load1
            self.kernel = kernel
            self.clockGHz = clockGHz
        }
    }

    /// One side of a comparison: times in the comparison's unit.
    public struct Side: Equatable, Sendable, Codable {
        /// What ran.
        public var label: String
        /// The middle of the samples.
        public var median: Double
        /// The lower quartile.
        public var p25: Double
        /// The upper quartile.
        public var p75: Double
        /// The fastest sample.
        public var minimum: Double
        /// Core cycles of one item, the median.
        public var cycles: Double?
        /// What one item takes, by kind: exponentiations, compressions.
        public var operations: [String: Double]?

        /// A side.
        public init(label: String, summary: Summary, cycles: Double?, operations: [String: Double]?) {
            self.label = label
            median = summary.median
            p25 = summary.p25
            p75 = summary.p75
            minimum = summary.minimum
            self.cycles = cycles
            self.operations = operations
        }

        /// The times.
        public var summary: Summary { Summary(minimum: minimum, p25: p25, median: median, p75: p75) }
    }

    /// Ours beside a peer, measured in turns.
    public struct Comparison: Equatable, Sendable, Codable {
        /// What was compared: `<work>/<peer>`, with `@<kernels>` behind it where kernels were forced off.
        public var id: String
        /// The suite that it belongs to.
        public var suite: String
        /// The unit of the times, such as `ns per hash`.
        public var unit: String
        /// The threads that ours ran on.
        public var threads: Int
        /// Ours.
        public var ours: Side
        /// The peer.
        public var peer: Side
        /// peer ÷ ours.
        public var ratio: Double
        /// The 95 % interval of the ratio.
        public var ci95: [Double]
        /// The pairs of samples.
        public var samples: Int
        /// Whether either side's middle half is spread over more than 5 %.
        public var unstable: Bool
        /// The bytes that one item stands for.
        public var bytes: Int?
        /// What the numbers exclude, or how they differ from what the id suggests.
        public var note: String?

        /// A comparison.
        public init(
            id: String, suite: String, unit: String, threads: Int, ours: Side, peer: Side, ratio: PairedRatio,
            samples: Int, bytes: Int?, note: String?
        ) {
            self.id = id
            self.suite = suite
            self.unit = unit
            self.threads = threads
            self.ours = ours
            self.peer = peer
            self.ratio = ratio.value
            ci95 = [ratio.lower, ratio.upper]
            self.samples = samples
            unstable = ours.summary.isUnstable || peer.summary.isUnstable
            self.bytes = bytes
            self.note = note
        }

        /// The ratio with its interval.
        public var pairedRatio: PairedRatio {
            PairedRatio(value: ratio, lower: ci95.first ?? ratio, upper: ci95.last ?? ratio)
        }
    }

    /// A cost as it grows.
    public struct Series: Equatable, Sendable, Codable {
        /// What was measured.
        public var id: String
        /// The suite that it belongs to.
        public var suite: String
        /// What grows: `n`, `bits`, `k`, `leaves`.
        public var x: String
        /// The unit of the values.
        public var unit: String
        /// What ran.
        public var label: String
        /// The points, x ascending.
        public var points: [Point]
        /// The curve through them; absent for too few points, or where none is expected.
        public var fit: FitRecord?

        /// A series.
        public init(id: String, suite: String, x: String, unit: String, label: String, points: [Point], fit: Fit?) {
            self.id = id
            self.suite = suite
            self.x = x
            self.unit = unit
            self.label = label
            self.points = points
            self.fit = fit.map(FitRecord.init)
        }
    }

    /// One point of a series.
    public struct Point: Equatable, Sendable, Codable {
        /// Where.
        public var x: Double
        /// The middle of the samples.
        public var median: Double
        /// The lower quartile.
        public var p25: Double
        /// The upper quartile.
        public var p75: Double

        /// A point.
        public init(x: Double, _ summary: Summary) {
            self.x = x
            median = summary.median
            p25 = summary.p25
            p75 = summary.p75
        }
    }

    /// The curve through a series.
    public struct FitRecord: Equatable, Sendable, Codable {
        /// The model.
        public var model: String
        /// The model's letters, in the order in which it spells them.
        public var coefficients: [Double]
        /// The part of the spread that the curve explains.
        public var r2: Double
        /// The smallest x that the curve goes through; smaller points are shown and not fitted.
        public var start: Double
        /// The x of the points more than three standard deviations off.
        public var outliers: [Double]

        init(_ fit: Fit) {
            model = fit.model.rawValue
            coefficients = fit.coefficients
            r2 = fit.r2
            start = fit.start
            outliers = fit.outliers
        }
    }

    /// A peer that could not be measured.
    public struct Absent: Equatable, Sendable, Codable {
        /// The comparisons that are missing: an id, or what ids end in.
        public var peer: String
        /// Why.
        public var reason: String

        /// An absent peer.
        public init(peer: String, reason: String) {
            self.peer = peer
            self.reason = reason
        }
    }
}

extension BenchmarkDocument {
    /// The report that `text` is.
    ///
    /// - Throws: ``BenchmarkDocumentError``.
    public init(parsing text: [UInt8]) throws(BenchmarkDocumentError) {
        let document: BenchmarkDocument
        do {
            document = try JSONDecoder().decode(BenchmarkDocument.self, from: Data(text))
        } catch let error as DecodingError {
            throw .malformed(reason: Self.reason(error))
        } catch {
            throw .malformed(reason: "\(error)")
        }
        guard document.schema == Self.schema else { throw .wrongSchema(document.schema) }
        self = document
    }

    private static func reason(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            let names = (context.codingPath + [key].compactMap { $0 }).map {
                $0.intValue.map { "[\($0)]" } ?? $0.stringValue
            }
            return names.isEmpty ? "the document" : names.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(path(context, key)) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "\(path(context)) is of another kind"
        case .dataCorrupted(let context): "\(path(context)): \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }
}

extension BenchmarkDocumentError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .malformed(let reason): "not a benchmark report: \(reason)"
        case .wrongSchema(let schema):
            "the document's schema is \(schema), and \(BenchmarkDocument.schema) is needed"
        }
    }
}
