import Foundation

/// How a report is printed.
public enum ReportFormat: String, Sendable, CaseIterable {
    case table, csv, json, markdown
}

extension BenchmarkDocument {
    /// The report in `format`.
    public func formatted(as format: ReportFormat) -> String {
        switch format {
        case .json: return text
        case .csv: return comparisonTable(exact: true).csv + "\n"
        case .table:
            return paragraphs(
                [headline, comparisonTable(exact: false).plain, seriesTable.plain] + notes)
        case .markdown:
            return paragraphs([headline, comparisonTable(exact: false).markdown, seriesTable.markdown] + notes)
        }
    }

    private func paragraphs(_ parts: [String]) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var headline: String {
        "\(machine.cpu), \(machine.cores) cores\(machine.hypervisor ? ", virtual" : ""), "
            + (machine.clockGHz.map { $0.shortText + " GHz, " } ?? "")
            + "load \(machine.load1.shortText); commit \(tool.commit.prefix(12)), \(tool.flags)"
            + (tool.quick ? ", quick run" : "")
    }

    /// Every comparison; `exact` gives every digit and splits the interval.
    private func comparisonTable(exact: Bool) -> TextTable {
        func number(_ value: Double) -> String { exact ? value.reportText : value.shortText }
        func cycles(_ side: Side) -> String { side.cycles.map(number) ?? "" }
        let interval = exact ? ["lower", "upper"] : ["95 %"]
        return TextTable(
            header: ["comparison", "unit", "ours", "peer", "cycles", "peer's", "ratio"] + interval + ["spread"],
            rows: comparisons.map { row in
                [
                    row.id, row.unit, number(row.ours.median), number(row.peer.median), cycles(row.ours),
                    cycles(row.peer), number(row.ratio),
                ]
                    + (exact
                        ? row.ci95.map(number) : [row.ci95.map(number).joined(separator: "-")])
                    + [row.unstable ? "unstable" : ""]
            })
    }

    private var seriesTable: TextTable {
        TextTable(
            header: ["series", "unit", "first", "last", "fit", "coefficients", "R2", "off"],
            rows: series.map { row in
                func point(_ point: Point?) -> String {
                    point.map { "\(row.x)=\($0.x.reportText): \($0.median.shortText)" } ?? ""
                }
                func model(_ row: Series) -> String {
                    guard let fit = row.fit, let first = row.points.first else { return "" }
                    return fit.model + (fit.start > first.x ? " from \(fit.start.reportText)" : "")
                }
                return [
                    row.id, row.unit, point(row.points.first), point(row.points.last), model(row),
                    row.fit?.coefficients.map(\.shortText).joined(separator: ", ") ?? "",
                    row.fit.map { String(format: "%.4f", $0.r2) } ?? "",
                    row.fit?.outliers.map(\.reportText).joined(separator: " ") ?? "",
                ]
            })
    }

    private var notes: [String] {
        let absent = absent.map { "absent: \($0.peer), \($0.reason)" }
        let warnings = warnings.map { "warning: \($0)" }
        return [(absent + warnings).joined(separator: "\n")]
    }

    /// The points that lie off their line, a sentence each; empty where every fit holds.
    public var fitFaults: [String] {
        series.flatMap { row in
            (row.fit?.outliers ?? []).map { x in
                "\(row.id): the point \(row.x) = \(x.reportText) lies more than 3 standard deviations off \(row.fit?.model ?? "")"
            }
        }
    }
}
