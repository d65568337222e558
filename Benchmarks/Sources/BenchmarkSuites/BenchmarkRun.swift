public import BenchmarkReport
import CPeers
import Foundation

/// Measures suites and gathers a report.
///
/// Within a suite everything takes turns: first each comparison takes its first pair of samples, then each its second,
/// so that a minute in which the machine is slow hits all alike. In every other pair the peer goes first.
public struct BenchmarkRun {
    private let settings: RunSettings
    private let log: (String) -> Void
    private var stopwatch = Stopwatch()
    private var comparisons: [BenchmarkDocument.Comparison] = []
    private var series: [BenchmarkDocument.Series] = []
    private var absent: [BenchmarkDocument.Absent] = []

    /// A run; `log` is told what is being measured.
    public init(_ settings: RunSettings, log: @escaping (String) -> Void) {
        self.settings = settings
        self.log = log
    }

    /// Measures all suites.
    public mutating func measure() throws {
        for suite in settings.suites {
            log("\(suite.rawValue): preparing")
            var cases = try suite.cases(settings)
            if let cap = settings.cap {
                cases.comparisons = cases.comparisons.filter { $0.repeats.contains(cap) }
                cases.series = []
                cases.absent = []
            }
            try measure(cases, in: suite)
        }
    }

    /// Measures one suite, once both sides of every comparison have been seen to compute the same.
    mutating func measure(_ cases: SuiteCases, in suite: SuiteName) throws {
        for comparison in cases.comparisons { try comparison.check() }
        try measure(cases.comparisons, in: suite)
        try measure(cases.series, in: suite)
        absent += cases.absent.map { BenchmarkDocument.Absent(peer: $0.peer, reason: $0.reason) }
    }

    /// Puts the results into `document`.
    public func complete(_ document: inout BenchmarkDocument) {
        document.comparisons += comparisons
        document.series += series
        document.absent += absent
        if !stopwatch.rates.isEmpty { document.machine.clockGHz = Summary(stopwatch.rates).median }
    }

    // MARK: - Comparisons

    private mutating func measure(_ cases: [ComparisonCase], in suite: SuiteName) throws {
        struct Plan {
            let ours, peer: (calls: Int, time: Double)
            let samples: Int
            var pairs: [(ours: Sample, peer: Sample)] = []
        }
        var plans: [Plan] = []
        for one in cases {
            let ours = try Stopwatch.batch(one.ours, toFill: settings.sampleNanoseconds, threads: one.threads)
            let peer = try Stopwatch.batch(one.peer, toFill: settings.sampleNanoseconds, threads: one.threads)
            plans.append(Plan(ours: ours, peer: peer, samples: samples(ofTime: ours.time + peer.time)))
        }
        if !plans.isEmpty {
            let seconds = plans.map { Double($0.samples) * ($0.ours.time + $0.peer.time) }.reduce(0, +) / 1e9
            log("\(suite.rawValue): \(plans.count) comparisons, about \(Int(seconds.rounded(.up))) s")
        }
        for round in 0..<(plans.map(\.samples).max() ?? 0) {
            for index in plans.indices where round < plans[index].samples {
                let one = cases[index]
                let calls = (plans[index].ours.calls, plans[index].peer.calls)
                let ours, peer: Sample
                if round.isMultiple(of: 2) {
                    ours = try stopwatch.sample(one.ours, batch: calls.0, threads: one.threads)
                    peer = try stopwatch.sample(one.peer, batch: calls.1, threads: one.threads)
                } else {
                    peer = try stopwatch.sample(one.peer, batch: calls.1, threads: one.threads)
                    ours = try stopwatch.sample(one.ours, batch: calls.0, threads: one.threads)
                }
                plans[index].pairs.append((ours, peer))
            }
        }
        for (one, plan) in zip(cases, plans) {
            comparisons.append(
                BenchmarkDocument.Comparison(
                    id: settings.cap.map { one.id + "@" + $0.rawValue } ?? one.id, suite: suite.rawValue,
                    unit: one.unit, threads: one.threads,
                    ours: side(one.ours, plan.pairs.map(\.ours), threads: one.threads),
                    peer: side(one.peer, plan.pairs.map(\.peer), threads: one.threads),
                    ratio: PairedRatio(
                        ours: plan.pairs.map(\.ours.nanoseconds), peer: plan.pairs.map(\.peer.nanoseconds),
                        seed: settings.seed),
                    samples: plan.samples, bytes: one.bytes, note: one.note))
        }
    }

    private func side(_ workload: Workload, _ samples: [Sample], threads: Int) -> BenchmarkDocument.Side {
        let cycles = samples.compactMap(\.cycles)
        return BenchmarkDocument.Side(
            label: workload.label, summary: Summary(samples.map(\.nanoseconds)),
            cycles: cycles.isEmpty || threads > 1 ? nil : Summary(cycles).median,
            operations: workload.operations.isEmpty ? nil : workload.operations)
    }

    /// As many samples as the time allows, within the bounds.
    private func samples(ofTime nanoseconds: Double) -> Int {
        min(max(Int(settings.comparisonNanoseconds / nanoseconds), settings.minimumSamples), settings.samples)
    }

    // MARK: - Series

    private mutating func measure(_ cases: [SeriesCase], in suite: SuiteName) throws {
        struct Plan {
            let series, point: Int
            let workload: Workload
            let batch: (calls: Int, time: Double)
            let samples: Int
            var times: [Double] = []
        }
        var plans: [Plan] = []
        for (index, one) in cases.enumerated() {
            for (place, point) in one.points.enumerated() {
                guard case .measured(let workload) = point.value else { continue }
                _ = try workload.output()
                let batch = try Stopwatch.batch(workload, toFill: settings.sampleNanoseconds, threads: 1)
                // A point has no peer, and a third of a comparison's time.
                let samples = samples(ofTime: 3 * batch.time)
                plans.append(Plan(series: index, point: place, workload: workload, batch: batch, samples: samples))
            }
        }
        if !plans.isEmpty {
            let seconds = plans.map { Double($0.samples) * $0.batch.time }.reduce(0, +) / 1e9
            log("\(suite.rawValue): \(cases.count) series, \(plans.count) points, about \(Int(seconds.rounded(.up))) s")
        }
        for round in 0..<(plans.map(\.samples).max() ?? 0) {
            for index in plans.indices where round < plans[index].samples {
                let sample = try stopwatch.sample(plans[index].workload, batch: plans[index].batch.calls, threads: 1)
                plans[index].times.append(sample.nanoseconds)
            }
        }
        for (index, one) in cases.enumerated() {
            let points = one.points.enumerated().map { place, point in
                switch point.value {
                case .exact(let value): BenchmarkDocument.Point(x: point.x, Summary([value]))
                case .measured:
                    BenchmarkDocument.Point(
                        x: point.x,
                        Summary(plans.first { $0.series == index && $0.point == place }?.times ?? [0]))
                }
            }
            let fitted = points.filter { $0.x >= one.fitFrom }.map { (x: $0.x, y: $0.median) }
            let fit = one.model.flatMap { Fit($0, through: fitted) }
            series.append(
                BenchmarkDocument.Series(
                    id: one.id, suite: suite.rawValue, x: one.x, unit: one.unit, label: one.label, points: points,
                    fit: fit))
        }
    }
}
