import Testing

@testable import BenchmarkReport
@testable import BenchmarkSuites

@Suite("Benchmark run") struct BenchmarkRunTests {
    /// What ran, in order.
    private final class Log {
        var entries: [Character] = []
    }

    private static func settings(samples: Int = 5) -> RunSettings {
        var settings = RunSettings()
        settings.quick = true
        settings.samples = samples
        return settings
    }

    private static func document() -> BenchmarkDocument {
        BenchmarkDocument(
            started: "", tool: MachineProbe.tool(settings()), machine: MachineProbe.machine())
    }

    /// Some microseconds of work that the compiler cannot leave out.
    private func workload(_ name: Character, _ log: Log, items: Double = 1, output: [UInt8] = [1]) -> Workload {
        Workload(String(name), items: items, output: { output }) {
            log.entries.append(name)
            keep((0..<2000).reduce(0) { $0 &* 31 &+ $1 })
        }
    }

    @Test("two sides that compute different things are not measured") func refused() {
        let log = Log()
        var cases = SuiteCases()
        cases.comparisons = [
            ComparisonCase(
                id: "a/b", unit: "ns", ours: workload("a", log), peer: workload("b", log, output: [2]))
        ]
        var run = BenchmarkRun(Self.settings()) { _ in }
        #expect(throws: BenchmarkError.outputsDiffer(id: "a/b")) { try run.measure(cases, in: .hash) }
        #expect(log.entries.isEmpty)
    }

    @Test("samples come in pairs whose order alternates") func turns() throws {
        let log = Log()
        var cases = SuiteCases()
        cases.comparisons = [
            ComparisonCase(id: "a/b", unit: "ns", ours: workload("a", log), peer: workload("b", log)),
            ComparisonCase(id: "c/d", unit: "ns", ours: workload("c", log), peer: workload("d", log)),
        ]
        var run = BenchmarkRun(Self.settings()) { _ in }
        try run.measure(cases, in: .hash)
        // Batches collapse; what is left after finding their sizes is five rounds.
        var order: [Character] = []
        for entry in log.entries where order.last != entry { order.append(entry) }
        #expect(
            String(order) == "abcd" + "abcd" + "badc" + "abcd" + "badc" + "abcd"
                || String(order).hasSuffix("abcdbadcabcdbadcabcd"))

        var document = Self.document()
        run.complete(&document)
        #expect(document.comparisons.map(\.id) == ["a/b", "c/d"])
        for comparison in document.comparisons {
            #expect(comparison.samples == 5 && comparison.suite == "hash" && comparison.ratio > 0)
            #expect(comparison.ci95[0] <= comparison.ratio && comparison.ratio <= comparison.ci95[1])
        }
    }

    @Test("a call of many items counts for each") func items() throws {
        let log = Log()
        var cases = SuiteCases()
        cases.comparisons = [
            ComparisonCase(
                id: "a/b", unit: "ns", ours: workload("a", log, items: 1000), peer: workload("b", log, items: 1))
        ]
        var run = BenchmarkRun(Self.settings(samples: 9)) { _ in }
        try run.measure(cases, in: .hash)
        var document = Self.document()
        run.complete(&document)
        // The same work, shared by a thousand items; a factor of ten for a machine that is interrupted.
        #expect((100...10_000).contains(document.comparisons[0].ratio))
    }

    @Test("kernels held down are named in the id, and only what asks for it runs") func capped() throws {
        let log = Log()
        var settings = Self.settings()
        settings.cap = .portable
        settings.suites = [.modexp]
        settings.moduli = [1024]
        var run = BenchmarkRun(settings) { _ in }
        try run.measure()
        var document = Self.document()
        run.complete(&document)
        #expect(!document.comparisons.isEmpty && document.comparisons.allSatisfy { $0.id.hasSuffix("@portable") })
        #expect(document.series.isEmpty && document.absent.isEmpty && log.entries.isEmpty)
    }

    @Test("a series keeps exact values and fits a line through all") func series() throws {
        var cases = SuiteCases()
        cases.series = [
            SeriesCase(
                id: "size", x: "n", unit: "bytes", label: "", model: .linear,
                points: [2.0, 4, 8].map { SeriesCase.Point(x: $0, value: .exact(10 + 3 * $0)) })
        ]
        var run = BenchmarkRun(Self.settings()) { _ in }
        try run.measure(cases, in: .ring)
        var document = Self.document()
        run.complete(&document)
        let series = try #require(document.series.first)
        #expect(series.points.map(\.median) == [16, 22, 34] && series.fit?.r2 == 1)
        #expect(series.fit?.coefficients.map { $0.rounded() } == [10, 3])
    }

    @Test("a curve that starts later leaves the earlier points in the series") func laterStart() throws {
        var cases = SuiteCases()
        let steps = [(2.0, 40.0), (4, 40), (8, 40), (16, 80), (32, 160)]
        cases.series = [
            SeriesCase(
                id: "steps", x: "n", unit: "ns", label: "", model: .linear, fitFrom: 8,
                points: steps.map { SeriesCase.Point(x: $0.0, value: .exact($0.1)) })
        ]
        var run = BenchmarkRun(Self.settings()) { _ in }
        try run.measure(cases, in: .ring)
        var document = Self.document()
        run.complete(&document)
        let series = try #require(document.series.first)
        #expect(series.points.count == 5 && series.fit?.start == 8 && series.fit?.outliers == [])
        #expect(series.fit.map { abs($0.r2 - 1) < 1e-9 } == true)
    }

    /// Other tests run beside this one and their processor time counts, so one call may be enough.
    @Test("a batch fills its time") func batch() throws {
        let log = Log()
        let (calls, time) = try Stopwatch.batch(workload("a", log), toFill: 1e6, threads: 1)
        #expect(calls >= 1 && time >= 1e6 && log.entries.count >= calls)
    }

    @Test("the machine and the build describe themselves") func description() {
        let machine = MachineProbe.machine()
        #expect(machine.cores > 0 && !machine.cpu.isEmpty && !machine.kernel.isEmpty)
        var busy = machine
        (busy.load1, busy.hypervisor) = (Double(machine.cores), true)
        #expect(MachineProbe.warnings(busy).count == 2)
        (busy.load1, busy.hypervisor) = (0, false)
        #expect(MachineProbe.warnings(busy).isEmpty)
        let tool = MachineProbe.tool(Self.settings())
        #expect(tool.libraries["OpenSSL"] != "absent" && tool.libraries["GMP"] != "absent" && tool.quick)
    }
}
