import Foundation

/// A JSON value on its way out: fields keep their order, numbers may be fractions.
///
/// The library's own JSON has integers only, since nothing that is signed or hashed may hold a fraction. A report does.
private indirect enum ReportValue {
    case text(String)
    case number(Double)
    case integer(UInt64)
    case flag(Bool)
    case list([ReportValue])
    case record([(String, ReportValue)])

    init(_ texts: [String]) { self = .list(texts.map { .text($0) }) }
    init(_ numbers: [Double]) { self = .list(numbers.map { .number($0) }) }
    init(_ texts: [String: String]) { self = .record(texts.sorted { $0.key < $1.key }.map { ($0, .text($1)) }) }
    init(_ numbers: [String: Double]) { self = .record(numbers.sorted { $0.key < $1.key }.map { ($0, .number($1)) }) }

    /// On one line, without spaces.
    var compact: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): number.reportText
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let values): "[" + values.map(\.compact).joined(separator: ",") + "]"
        case .record(let fields):
            "{" + fields.map { Self.quoted($0) + ":" + $1.compact }.joined(separator: ",") + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\" + String(scalar)
            case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}

extension Double {
    /// Six significant digits, no exponent: more than any measurement here has.
    var reportText: String {
        guard isFinite else { preconditionFailure("a report holds finite numbers") }
        guard self != 0 else { return "0" }
        if self == rounded(), abs(self) < 1e15 { return String(Int64(self)) }
        let digits = max(0, 5 - Int(log10(abs(self)).rounded(.down)))
        var text = String(format: "%.\(digits)f", self)
        guard text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }
}

extension BenchmarkDocument {
    /// The report as JSON: a line for each top-level field, and for each entry of a list, so that two reports can be
    /// compared line by line.
    public var text: String {
        let head: [(String, ReportValue)] = [
            ("schema", .text(schema)), ("started", .text(started)), ("tool", tool.value), ("machine", machine.value),
        ]
        let lists: [(String, [ReportValue])] = [
            ("comparisons", comparisons.map(\.value)), ("series", series.map(\.value)),
            ("absent", absent.map { .record([("peer", .text($0.peer)), ("reason", .text($0.reason))]) }),
            ("warnings", warnings.map { .text($0) }),
        ]
        let lines =
            head.map { "  \"\($0)\": " + $1.compact }
            + lists.map { name, entries in
                entries.isEmpty
                    ? "  \"\(name)\": []"
                    : "  \"\(name)\": [\n" + entries.map { "    " + $0.compact }.joined(separator: ",\n") + "\n  ]"
            }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}

extension BenchmarkDocument.Tool {
    fileprivate var value: ReportValue {
        .record([
            ("commit", .text(commit)), ("swift", .text(swift)), ("flags", .text(flags)),
            ("samples", .integer(UInt64(samples))), ("seed", .integer(seed)), ("quick", .flag(quick)),
            ("libraries", ReportValue(libraries)),
        ])
    }
}

extension BenchmarkDocument.Machine {
    fileprivate var value: ReportValue {
        .record(
            [
                ("cpu", .text(cpu)), ("features", ReportValue(features)), ("cores", .integer(UInt64(cores))),
                ("hypervisor", .flag(hypervisor)), ("load1", .number(load1)), ("kernel", .text(kernel)),
            ] + (clockGHz.map { [("clockGHz", .number($0))] } ?? []))
    }
}

extension BenchmarkDocument.Side {
    fileprivate var value: ReportValue {
        .record(
            [
                ("label", .text(label)), ("median", .number(median)), ("p25", .number(p25)), ("p75", .number(p75)),
                ("minimum", .number(minimum)),
            ] + (cycles.map { [("cycles", .number($0))] } ?? [])
                + (operations.map { [("operations", ReportValue($0))] } ?? []))
    }
}

extension BenchmarkDocument.Comparison {
    fileprivate var value: ReportValue {
        .record(
            [
                ("id", .text(id)), ("suite", .text(suite)), ("unit", .text(unit)),
                ("threads", .integer(UInt64(threads))), ("ours", ours.value), ("peer", peer.value),
                ("ratio", .number(ratio)), ("ci95", ReportValue(ci95)), ("samples", .integer(UInt64(samples))),
                ("unstable", .flag(unstable)),
            ] + (bytes.map { [("bytes", .integer(UInt64($0)))] } ?? []) + (note.map { [("note", .text($0))] } ?? []))
    }
}

extension BenchmarkDocument.Series {
    fileprivate var value: ReportValue {
        .record(
            [
                ("id", .text(id)), ("suite", .text(suite)), ("x", .text(x)), ("unit", .text(unit)),
                ("label", .text(label)), ("points", .list(points.map(\.value))),
            ] + (fit.map { [("fit", $0.value)] } ?? []))
    }
}

extension BenchmarkDocument.Point {
    fileprivate var value: ReportValue {
        .record([("x", .number(x)), ("median", .number(median)), ("p25", .number(p25)), ("p75", .number(p75))])
    }
}

extension BenchmarkDocument.FitRecord {
    fileprivate var value: ReportValue {
        .record([
            ("model", .text(model)), ("coefficients", ReportValue(coefficients)), ("r2", .number(r2)),
            ("start", .number(start)), ("outliers", ReportValue(outliers)),
        ])
    }
}
