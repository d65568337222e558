import Foundation

extension BenchmarkDocument {
    /// The report's plots: file name and SVG. A plot without a series is left out.
    ///
    /// Series that share a suite, a unit and an axis, and whose ids start alike, stand in one picture.
    public var plots: [(name: String, svg: String)] {
        Self.pictures.compactMap { picture in
            let lines = series.filter { $0.id.hasPrefix(picture.prefix) }.map {
                SVGPlot.Line(name: String($0.id.dropFirst(picture.prefix.count)), points: $0.points, fit: $0.fit)
            }
            let plot = SVGPlot(title: picture.title, xLabel: picture.xLabel, yLabel: picture.yLabel, lines: lines)
            return plot.svg.map { (picture.name + ".svg", $0) }
        }
    }

    /// What is published beside a report: its tables as `report.md`, and the plots.
    public var publishedFiles: [(name: String, text: String)] {
        let pictures = plots.map { "![\($0.name)](\($0.name))\n" }
        let page =
            "# Benchmark report\n\n" + formatted(as: .markdown) + (pictures.isEmpty ? "" : "\n" + pictures.joined())
        return [("report.md", page)] + plots.map { ($0.name, $0.svg) }
    }

    private struct Picture {
        let name, prefix, title, xLabel, yLabel: String
    }

    private static let pictures = [
        Picture(
            name: "ring-verify", prefix: "ring-verify-", title: "Verifying a ring signature",
            xLabel: "members", yLabel: "nanoseconds"),
        Picture(
            name: "ring-sign", prefix: "ring-sign-", title: "Signing for a ring", xLabel: "members",
            yLabel: "nanoseconds"),
        Picture(
            name: "ring-size", prefix: "ring-size-", title: "Size of a ring signature", xLabel: "members",
            yLabel: "bytes"),
        Picture(
            name: "modexp-bits", prefix: "modexp-bits-", title: "One power with a 256-bit exponent",
            xLabel: "bits of the modulus", yLabel: "nanoseconds"),
        Picture(
            name: "hash-work", prefix: "hash-work-", title: "The Alice/Bob protocol, one side's work",
            xLabel: "k, the evaluations asked for", yLabel: "nanoseconds"),
        Picture(
            name: "merkle", prefix: "merkle-", title: "Merkle trees", xLabel: "leaves", yLabel: "nanoseconds"),
    ]
}
