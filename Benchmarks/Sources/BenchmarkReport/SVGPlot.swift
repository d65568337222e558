import Foundation

/// A plot with logarithmic axes, written as SVG: points with error bars, the fitted line, a legend.
///
/// It is plain text that follows from the report alone, so a committed plot changes only when its numbers do. Colours
/// follow the reader's light or dark setting; every line also has its own marker, so colour is never alone; the numbers
/// stand as a table in `<desc>` for those who cannot see the picture.
public struct SVGPlot: Sendable {
    /// The heading.
    public let title: String
    /// What the horizontal axis counts.
    public let xLabel: String
    /// What the vertical axis counts.
    public let yLabel: String
    /// The lines.
    public let lines: [Line]

    /// One line of a plot.
    public struct Line: Sendable {
        /// The name in the legend.
        public let name: String
        /// The points, x ascending.
        public let points: [BenchmarkDocument.Point]
        /// The line through them.
        public let fit: BenchmarkDocument.FitRecord?

        /// A line.
        public init(name: String, points: [BenchmarkDocument.Point], fit: BenchmarkDocument.FitRecord?) {
            self.name = name
            self.points = points
            self.fit = fit
        }
    }

    /// A plot of `lines`; those without points are left out.
    public init(title: String, xLabel: String, yLabel: String, lines: [Line]) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.lines = lines.filter { !$0.points.isEmpty }
    }

    // MARK: - Geometry

    private static let (width, height) = (860.0, 520.0)
    private static let (left, top, right, bottom) = (80.0, 50.0, 250.0, 60.0)

    /// A range of powers of ten, or of two where that is enough, and where a value lies on it.
    private struct Axis {
        let ticks: [Double]
        let start, length: Double

        init(_ values: [Double], base: Double, start: Double, length: Double) {
            let low = (log(values.min() ?? 1) / log(base)).rounded(.down)
            let high = max((log(values.max() ?? 1) / log(base)).rounded(.up), low + 1)
            ticks = stride(from: low, through: high, by: 1).map { pow(base, $0) }
            self.start = start
            self.length = length
        }

        func place(_ value: Double) -> Double {
            guard let first = ticks.first, let last = ticks.last else { return start }
            return start + length * (log(value) - log(first)) / (log(last) - log(first))
        }
    }

    private var points: [BenchmarkDocument.Point] { lines.flatMap(\.points) }

    // MARK: - Text

    /// The picture, or `nil` where there is no point to show.
    public var svg: String? {
        guard !points.isEmpty else { return nil }
        let x = Axis(
            points.map(\.x), base: 2, start: Self.left, length: Self.width - Self.left - Self.right)
        let y = Axis(
            points.flatMap { [$0.p25, $0.p75, $0.median] }.filter { $0 > 0 }, base: 10,
            start: Self.height - Self.bottom,
            length: -(Self.height - Self.top - Self.bottom))
        let parts =
            [head, style, axes(x, y)]
            + lines.enumerated().map { drawn($1, number: $0, x, y) } + [legend, "</svg>"]
        return parts.joined(separator: "\n") + "\n"
    }

    private var head: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width.shortPlace) \(Self.height.shortPlace)" \
        role="img" aria-labelledby="title desc">
        <title id="title">\(Self.escaped(title))</title>
        <desc id="desc">\(Self.escaped(description))</desc>
        """
    }

    /// The numbers, a line each.
    private var description: String {
        let rows = lines.flatMap { line in
            line.points.map { point in
                "\(line.name): \(point.x.reportText) \(point.median.reportText) (\(point.p25.reportText) to \(point.p75.reportText))"
            }
        }
        return (["\(title). Each line: name, \(xLabel), \(yLabel), quartiles."] + rows).joined(separator: "\n")
    }

    /// Eight colours that remain apart for most colour-blind readers (M. Okabe and K. Ito, 2008), darker on white.
    private var style: String {
        let light = ["#0072b2", "#d55e00", "#007a5a", "#a8478a", "#8a6d00", "#2f7fb8", "#555555", "#b00020"]
        let dark = ["#56b4e9", "#ff8c3a", "#2fd6a5", "#e59ac9", "#f0e442", "#8ecbff", "#bbbbbb", "#ff7a8a"]
        func colours(_ list: [String]) -> String {
            list.enumerated().map { ".c\($0){stroke:\($1);fill:\($1)}" }.joined()
        }
        return """
            <style>
            svg{background:#fff;color:#1a1a1a;font:13px system-ui,sans-serif}
            text{fill:currentColor}.grid{stroke:currentColor;stroke-opacity:.15}.axis{stroke:currentColor}
            .fit{fill:none;stroke-width:1.5;stroke-dasharray:6 3}.bar{stroke-width:1.5}.mark{stroke:none}
            \(colours(light))
            @media(prefers-color-scheme:dark){svg{background:#14171a;color:#e8e8e8}\(colours(dark))}
            </style>
            """
    }

    private func axes(_ x: Axis, _ y: Axis) -> String {
        let (end, base) = (Self.width - Self.right, Self.height - Self.bottom)
        var parts = [
            text(title, Self.left, 28, anchor: "start", extra: " font-size=\"16\""),
            text(xLabel, (Self.left + end) / 2, Self.height - 15),
            """
            <text x="20" y="\(((Self.top + base) / 2).shortPlace)" text-anchor="middle" \
            transform="rotate(-90 20 \(((Self.top + base) / 2).shortPlace))">\(Self.escaped(yLabel))</text>
            """,
        ]
        for tick in x.ticks {
            let place = x.place(tick)
            parts.append(line("grid", place, Self.top, place, base))
            parts.append(text(tick.tickText, place, base + 20))
        }
        for tick in y.ticks {
            let place = y.place(tick)
            parts.append(line("grid", Self.left, place, end, place))
            parts.append(text(tick.tickText, Self.left - 8, place + 4, anchor: "end"))
        }
        parts.append(line("axis", Self.left, base, end, base))
        parts.append(line("axis", Self.left, Self.top, Self.left, base))
        return parts.joined(separator: "\n")
    }

    private func drawn(_ drawn: Line, number: Int, _ x: Axis, _ y: Axis) -> String {
        var parts = ["<g class=\"c\(number % 8)\">"]
        if let fit = drawn.fit, let first = drawn.points.first(where: { $0.x >= fit.start }),
            let last = drawn.points.last
        {
            let steps = 32
            let corners = (0...steps).compactMap { step -> String? in
                let at = exp(log(first.x) + Double(step) / Double(steps) * (log(last.x) - log(first.x)))
                guard let value = fit.value(at: at), value > 0 else { return nil }
                return "\(x.place(at).shortPlace),\(y.place(value).shortPlace)"
            }
            // The stroke's own fill is none: a class later in the style sheet would fill the area under the line.
            parts.append("<polyline class=\"fit\" style=\"fill:none\" points=\"\(corners.joined(separator: " "))\"/>")
        }
        for point in drawn.points {
            let place = x.place(point.x)
            if point.p75 > point.p25, point.p25 > 0 {
                parts.append(line("bar", place, y.place(point.p25), place, y.place(point.p75)))
            }
            parts.append(mark(number, place, y.place(point.median)))
        }
        return (parts + ["</g>"]).joined(separator: "\n")
    }

    private var legend: String {
        lines.enumerated().map { number, drawn in
            let place = Self.top + 10 + 20 * Double(number)
            return """
                <g class="c\(number % 8)">\(mark(number, Self.width - Self.right + 20, place - 4))</g>
                \(text(drawn.name, Self.width - Self.right + 32, place, anchor: "start"))
                """
        }.joined(separator: "\n")
    }

    /// Eight shapes, one for each colour, then the next eight smaller.
    private func mark(_ number: Int, _ x: Double, _ y: Double) -> String {
        let size = number < 8 ? 4.5 : 3
        func polygon(_ corners: [(Double, Double)]) -> String {
            let places = corners.map { "\((x + size * $0.0).shortPlace),\((y + size * $0.1).shortPlace)" }
            return "<polygon class=\"mark\" points=\"\(places.joined(separator: " "))\"/>"
        }
        return switch number % 8 {
        case 0: "<circle class=\"mark\" cx=\"\(x.shortPlace)\" cy=\"\(y.shortPlace)\" r=\"\(size.shortPlace)\"/>"
        case 1: polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        case 2: polygon([(0, -1.2), (1.1, 0.9), (-1.1, 0.9)])
        case 3: polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
        case 4: polygon([(0, 1.2), (1.1, -0.9), (-1.1, -0.9)])
        case 5: polygon([(-1.2, -0.5), (1.2, -0.5), (1.2, 0.5), (-1.2, 0.5)])
        case 6: polygon([(-0.5, -1.2), (0.5, -1.2), (0.5, 1.2), (-0.5, 1.2)])
        default:
            polygon([
                (0, -1.3), (0.35, -0.35), (1.3, 0), (0.35, 0.35), (0, 1.3), (-0.35, 0.35), (-1.3, 0), (-0.35, -0.35),
            ])
        }
    }

    private func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line class=\"\(kind)\" x1=\"\(x1.shortPlace)\" y1=\"\(y1.shortPlace)\" x2=\"\(x2.shortPlace)\" y2=\"\(y2.shortPlace)\"/>"
    }

    private func text(_ text: String, _ x: Double, _ y: Double, anchor: String = "middle", extra: String = "") -> String
    {
        "<text x=\"\(x.shortPlace)\" y=\"\(y.shortPlace)\" text-anchor=\"\(anchor)\"\(extra)>\(Self.escaped(text))</text>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}

extension BenchmarkDocument.FitRecord {
    /// What the line gives at `x`; `nil` for a model that is not known.
    func value(at x: Double) -> Double? {
        guard let model = GrowthModel(rawValue: model), coefficients.count == model.regressors(x).count else {
            return nil
        }
        return model.value(coefficients, at: x)
    }
}

extension Double {
    /// A tenth of a unit: finer than a screen.
    fileprivate var shortPlace: String {
        let text = String(format: "%.1f", self)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// 1, 10, 100, 1k, 10k, 1M: short enough for an axis.
    fileprivate var tickText: String {
        for (size, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")]
        where self >= size && (self / size).reportText.count <= 3 {
            return (self / size).reportText + suffix
        }
        return reportText
    }
}
