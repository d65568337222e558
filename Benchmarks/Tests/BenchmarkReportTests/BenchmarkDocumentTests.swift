import BenchmarkReport
import ByteCoding
import Foundation
import Testing

@Suite("Benchmark document") struct BenchmarkDocumentTests {
    @Test("what is written is read again") func roundTrip() throws {
        let document = Samples.document()
        let read = try BenchmarkDocument(parsing: Array(document.text.utf8))
        // A fit's numbers are rounded to six digits when they are written; everything else is equal.
        #expect(read.text == document.text)
        #expect(
            read.tool == document.tool && read.machine == document.machine && read.comparisons == document.comparisons)
        #expect(read.series.map(\.points) == document.series.map(\.points) && read.absent == document.absent)
        #expect(read.series[0].fit?.coefficients == [50, 100] && read.warnings == document.warnings)
    }

    /// The library's parser refuses duplicate fields, trailing text and bad strings. It also refuses fractions, which a
    /// report has: they are made integers first.
    @Test("the text is strict JSON with the fields of the schema") func strict() throws {
        let integers = Samples.document().text.replacing(/(-?[0-9]+)\.[0-9]+(?=[,\]}])/) { $0.output.1 }
        let value = try JSONValue(parsing: Array(integers.utf8))
        #expect(
            try names(value) == ["schema", "started", "tool", "machine", "comparisons", "series", "absent", "warnings"])
        #expect(try names(field(value, "tool")).prefix(3) == ["commit", "swift", "flags"])
        #expect(
            try names(field(value, "machine")).prefix(6) == [
                "cpu", "features", "cores", "hypervisor", "load1", "kernel",
            ])
        let comparison = try first(field(value, "comparisons"))
        #expect(
            try names(comparison) == [
                "id", "suite", "unit", "threads", "ours", "peer", "ratio", "ci95", "samples", "unstable", "bytes",
                "note",
            ])
        #expect(try names(field(comparison, "ours")).prefix(4) == ["label", "median", "p25", "p75"])
        let series = try first(field(value, "series"))
        #expect(try names(series) == ["id", "suite", "x", "unit", "label", "points", "fit"])
        #expect(try names(first(field(series, "points"))) == ["x", "median", "p25", "p75"])
        #expect(try names(field(series, "fit")) == ["model", "coefficients", "r2", "start", "outliers"])
    }

    @Test("one entry a line") func lines() {
        let lines = Samples.document().text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("    {\"id\":") }.count == 3)
    }

    @Test("a report without results is a report") func empty() throws {
        var document = Samples.document()
        (document.comparisons, document.series, document.absent, document.warnings) = ([], [], [], [])
        #expect(try BenchmarkDocument(parsing: Array(document.text.utf8)) == document)
    }

    @Test(
        "six significant digits, no exponent",
        arguments: [
            (0, "0"), (1, "1"), (-2, "-2"), (0.1, "0.1"), (1234567.89, "1234568"), (123.456789, "123.457"),
            (0.000012345678, "0.0000123457"), (1e12, "1000000000000"), (2.5000001, "2.5"), (99999.96, "99999.96"),
        ])
    func numbers(_ number: Double, _ text: String) throws {
        var document = Samples.document()
        document.machine.load1 = number
        if text == "99999.96" {
            // Six digits round it to the next power of ten.
            #expect(document.text.contains("\"load1\":100000,"))
        } else {
            #expect(document.text.contains("\"load1\":\(text),"))
        }
    }

    @Test("what is not a report is refused, by name") func refused() {
        func error(_ text: String) -> BenchmarkDocumentError? {
            do {
                _ = try BenchmarkDocument(parsing: Array(text.utf8))
                return nil
            } catch { return error }
        }
        let text = Samples.document().text
        #expect(error(text.replacingOccurrences(of: "bench/1", with: "bench/2")) == .wrongSchema("ringwork/bench/2"))
        for (broken, reason) in [
            (text.replacingOccurrences(of: "\"cores\":2,", with: ""), "machine.cores is missing"),
            (text.replacingOccurrences(of: "\"cores\":2", with: "\"cores\":\"2\""), "machine.cores is of another kind"),
            (text.replacingOccurrences(of: "\"ratio\":2", with: "\"ratio\":null"), "ratio is of another kind"),
        ] {
            #expect("\(error(broken) as Any)".contains(reason), "\(error(broken) as Any)")
        }
        #expect(error("") != nil && error("[]") != nil && error(String(text.dropLast(3))) != nil)
    }

    @Test("a note with a bar or a comma stays in its cell") func tables() throws {
        let document = Samples.document()
        let csv = document.formatted(as: .csv).split(separator: "\n")
        #expect(csv.count == 3 && csv[1].split(separator: ",", omittingEmptySubsequences: false).count == 10)
        #expect(
            document.formatted(as: .markdown).contains(
                "| scan/evp-twice | ns per nonce | 10.0 | 20.0 | 37.5 |  | 2.00 |"))
        #expect(document.formatted(as: .table).contains("absent: FLINT, not installed"))
        #expect(document.formatted(as: .json) == document.text)
    }

    @Test("a point off its line is named") func fitFaults() throws {
        var document = Samples.document()
        #expect(document.fitFaults.isEmpty)
        var points = [2.0, 4, 8, 16, 32, 64].map { (x: $0, y: 100 * $0) }
        points[4].y = 200
        document.series = [
            .init(
                id: "s", suite: "ring", x: "n", unit: "ns", label: "", points: [], fit: Fit(.linear, through: points))
        ]
        #expect(document.fitFaults.count == 1 && document.fitFaults[0].hasPrefix("s: the point n = 32 lies"))
    }

    private func names(_ value: JSONValue) throws -> [String] {
        guard case .object(let fields) = value else { throw DocumentError.missingField("object") }
        return fields.map(\.name)
    }

    private func field(_ value: JSONValue, _ name: String) throws -> JSONValue {
        guard case .object(let fields) = value, let field = fields.first(where: { $0.name == name }) else {
            throw DocumentError.missingField(name)
        }
        return field.value
    }

    private func first(_ value: JSONValue) throws -> JSONValue {
        guard case .array(let values) = value, let first = values.first else {
            throw DocumentError.missingField("entry")
        }
        return first
    }
}
