import Foundation

/// Two reports beside each other: what became faster or slower from the first to the second.
///
/// What is compared is ours **relative to the peer that ran beside it**: change = ratio₂ / ratio₁. Machines, clocks and
/// neighbours cancel, as far as they hit both sides alike. The interval joins those of the two ratios on the logarithmic
/// scale, and adds ``runToRun``: code lies at other addresses in another build, which a single run cannot see.
public struct ReportComparison: Equatable, Sendable {
    /// What can be said about a change.
    public enum Verdict: String, Sendable {
        /// The whole interval lies above 1.
        case faster
        /// The whole interval lies below 1.
        case slower
        /// 1 lies in the interval.
        case noEvidence = "no evidence"
    }

    /// One comparison that both reports have.
    public struct Row: Equatable, Sendable {
        /// Its id.
        public let id: String
        /// The ratios in the two reports.
        public let ratios: (Double, Double)
        /// ratio₂ / ratio₁, with its 95 % interval.
        public let change: PairedRatio

        /// What can be said about it.
        public var verdict: Verdict { change.lower > 1 ? .faster : change.upper < 1 ? .slower : .noEvidence }

        /// Compares all parts.
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id && left.ratios == right.ratios && left.change == right.change
        }
    }

    /// The comparisons that both reports have, in the first one's order.
    public let rows: [Row]
    /// The ids that only the first report has.
    public let removed: [String]
    /// The ids that only the second report has.
    public let added: [String]
    /// Why the two may not be comparable.
    public let warnings: [String]

    /// The standard deviation of a ratio from one build or run to the next, relative: 1 %.
    public static let runToRun = 0.01

    /// The comparison of two reports.
    public init(_ first: BenchmarkDocument, _ second: BenchmarkDocument) {
        let others = Dictionary(second.comparisons.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let known = Set(first.comparisons.map(\.id))
        rows = first.comparisons.compactMap { one in
            others[one.id].map { two in
                Row(id: one.id, ratios: (one.ratio, two.ratio), change: Self.change(one.pairedRatio, two.pairedRatio))
            }
        }
        removed = first.comparisons.map(\.id).filter { others[$0] == nil }
        added = second.comparisons.map(\.id).filter { !known.contains($0) }
        var warnings: [String] = []
        if first.machine.cpu != second.machine.cpu || first.machine.features != second.machine.features {
            warnings.append("the machines differ: \(first.machine.cpu) and \(second.machine.cpu)")
        }
        if first.tool.libraries != second.tool.libraries { warnings.append("the peers' versions differ") }
        for (name, document) in [("first", first), ("second", second)] {
            if document.tool.flags != "release" { warnings.append("the \(name) report is from a debug build") }
            if document.tool.quick { warnings.append("the \(name) report is from a quick run") }
        }
        self.warnings = warnings
    }

    private static func change(_ first: PairedRatio, _ second: PairedRatio) -> PairedRatio {
        // Half the width of a 95 % interval is 1.96 standard deviations.
        func deviation(_ ratio: PairedRatio) -> Double { (log(ratio.upper) - log(ratio.lower)) / (2 * 1.96) }
        let parts = [deviation(first), deviation(second), runToRun, runToRun]
        let half = 1.96 * parts.map { $0 * $0 }.reduce(0, +).squareRoot()
        let change = second.value / first.value
        return PairedRatio(value: change, lower: change * exp(-half), upper: change * exp(half))
    }

    /// Whether anything is slower.
    public var hasSlower: Bool { rows.contains { $0.verdict == .slower } }

    /// The rows as a table.
    public var table: String {
        let cells = rows.map { row in
            [
                row.id, row.ratios.0.shortText, row.ratios.1.shortText, row.change.value.shortText,
                "\(row.change.lower.shortText)-\(row.change.upper.shortText)", row.verdict.rawValue,
            ]
        }
        let lines =
            warnings.map { "warning: \($0)" }
            + [TextTable(header: ["comparison", "first", "second", "change", "95 %", "verdict"], rows: cells).plain]
            + removed.map { "only in the first: \($0)" } + added.map { "only in the second: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
