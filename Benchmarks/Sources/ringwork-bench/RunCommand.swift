public import ArgumentParser
public import BenchmarkReport
public import BenchmarkSuites
import Foundation

/// Measures suites and writes the report.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure suites, ours and the peers in turns, and write the report.",
        discussion: """
            Exit status: 0 measured; 1 a series does not follow its line (with --check-fit); 2 two sides computed \
            different results; 64 wrong usage, or a debug build.
            """)

    @Argument(help: "The suites: \(SuiteName.allCases.map(\.rawValue).joined(separator: ", ")). All without one.")
    var suites: [SuiteName] = []

    @Flag(help: "Stay under a minute: fewer and shorter samples, fewer sizes.")
    var quick = false

    @Option(help: "Write the report, as JSON, to this file as well.")
    var output: String?

    @Option(help: "What to print: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ReportFormat = .table

    @Option(help: "Write plots, as SVG, into this folder.")
    var plot: String?

    @Option(help: "The most samples of one number (default: 31, quick 11).")
    var samples: Int?

    @Option(help: "The sizes of rings, with commas between them.")
    var ring: IntegerList = IntegerList(values: RunSettings().ringSizes)

    @Option(help: "The widths of moduli: 1024, 2048, 3072.")
    var bits: IntegerList = IntegerList(values: RunSettings().moduli)

    @Option(help: "Where inputs and resampling come from.")
    var seed: UInt64 = RunSettings().seed

    @Flag(help: "End with status 1 where a point lies more than 3 standard deviations off its series' line.")
    var checkFit = false

    @Flag(help: "Measure a debug build, which says nothing about speed; the report says so.")
    var allowDebug = false

    func validate() throws {
        guard allowDebug || !MachineProbe.isDebugBuild else {
            throw ValidationError("this is a debug build: build with -c release, or say --allow-debug")
        }
        if let samples, samples < 3 { throw ValidationError("--samples: at least 3") }
        guard ring.values.allSatisfy({ (2...4096).contains($0) && $0 & ($0 - 1) == 0 }) else {
            throw ValidationError("--ring: powers of two from 2 to 4096")
        }
        guard bits.values.allSatisfy({ [1024, 2048, 3072].contains($0) }) else {
            throw ValidationError("--bits: 1024, 2048 or 3072")
        }
    }

    func run() throws {
        var settings = RunSettings()
        if !suites.isEmpty { settings.suites = suites }
        settings.quick = quick
        settings.samples = samples ?? (quick ? 11 : 31)
        settings.ringSizes = ring.values.sorted()
        settings.moduli = bits.values.sorted()
        settings.seed = seed
        // Whoever caps the kernels by hand gets what a repeat gives: marked ids.
        settings.cap = ProcessInfo.processInfo.environment[KernelCap.variable].flatMap { KernelCap(rawValue: $0) }

        let machine = MachineProbe.machine()
        var document = BenchmarkDocument(
            started: ISO8601DateFormatter().string(from: Date()), tool: MachineProbe.tool(settings), machine: machine)
        document.warnings = MachineProbe.warnings(machine)
        if MachineProbe.isDebugBuild { document.warnings.append("a debug build: no number means anything") }
        if settings.cap == nil { for warning in document.warnings { Self.log("warning: \(warning)") } }

        var measured = BenchmarkRun(settings, log: Self.log)
        do { try measured.measure() } catch let error as BenchmarkError {
            Self.log("error: \(error)")
            throw ExitCode(2)
        }
        measured.complete(&document)
        if settings.cap == nil { try repeatCapped(settings, &document) }
        try publish(document)
    }

    /// Measures again what the kernels make faster, without them.
    private func repeatCapped(_ settings: RunSettings, _ document: inout BenchmarkDocument) throws {
        for cap in KernelCap.allCases {
            let suites = CappedRun.suites(cap, of: settings.suites)
            guard !suites.isEmpty else { continue }
            Self.log("again with \(cap.rawValue) kernels")
            let arguments =
                ["run"] + suites.map(\.rawValue) + (quick ? ["--quick"] : []) + (allowDebug ? ["--allow-debug"] : [])
                + [
                    "--samples", "\(settings.samples)", "--seed", "\(seed)", "--bits", bits.description, "--ring",
                    ring.description,
                ]
            try CappedRun.add(cap, arguments: arguments, to: &document)
        }
    }

    private func publish(_ document: BenchmarkDocument) throws {
        if let output { try document.text.write(toFile: output, atomically: true, encoding: .utf8) }
        if let plot {
            for (name, svg) in document.plots { try ReportFile.write(svg, to: name, in: plot) }
        }
        print(document.formatted(as: format), terminator: "")
        for fault in document.fitFaults { Self.log("fit: \(fault)") }
        if checkFit, !document.fitFaults.isEmpty { throw ExitCode(1) }
    }

    private static func log(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

extension SuiteName: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}

/// Numbers with commas between them.
struct IntegerList: ExpressibleByArgument, CustomStringConvertible {
    let values: [Int]

    init(values: [Int]) { self.values = values }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
        values = parts.compactMap { $0 }
    }

    var description: String { values.map(String.init).joined(separator: ",") }
    var defaultValueDescription: String { description }
}
