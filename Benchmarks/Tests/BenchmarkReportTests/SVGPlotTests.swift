import BenchmarkReport
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Counts the elements of a well-formed document, and keeps the attributes.
private final class Elements: NSObject, XMLParserDelegate {
    private(set) var all: [(name: String, attributes: [String: String])] = []

    init?(_ text: String) {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) { all.append((name, attributes)) }

    func count(_ name: String, class kind: String? = nil) -> Int {
        all.filter { $0.name == name && (kind == nil || $0.attributes["class"] == kind) }.count
    }
}

@Suite("SVG plot") struct SVGPlotTests {
    private func plot(_ name: String = "paper", points: [BenchmarkDocument.Point] = Samples.points) -> SVGPlot {
        SVGPlot(
            title: "Verifying <a> & \"b\"", xLabel: "members", yLabel: "nanoseconds",
            lines: [.init(name: name, points: points, fit: Samples.document().series[0].fit)])
    }

    @Test("a well-formed picture with a mark and a bar for every point, and the line") func structure() throws {
        let svg = try #require(plot().svg)
        let elements = try #require(Elements(svg))
        #expect(elements.all[0].name == "svg" && elements.all[0].attributes["role"] == "img")
        // Four points and the legend's mark.
        #expect(elements.count("circle", class: "mark") == 5)
        #expect(elements.count("line", class: "bar") == 4)
        #expect(elements.count("polyline", class: "fit") == 1)
        // 2, 4, 8, 16 across; 100, 1,000, 10,000 upwards; both axes.
        #expect(elements.count("line", class: "grid") == 7 && elements.count("line", class: "axis") == 2)
        #expect(elements.count("title") == 1 && elements.count("desc") == 1 && elements.count("style") == 1)
    }

    /// x: 2 … 16 over 80 … 610, so 4 lies a third along. y: 100 … 10,000 over 460 … 50, so 400 lies 0.301 up.
    @Test("a point lies where the logarithms say") func place() throws {
        let svg = try #require(plot().svg)
        let elements = try #require(Elements(svg))
        let marks = elements.all.filter { $0.name == "circle" }.map(\.attributes)
        #expect(marks[1]["cx"] == "256.7" && marks[1]["cy"] == "336.6")
        #expect(marks[0]["cx"] == "80" && marks[3]["cx"] == "610")
    }

    @Test("the numbers stand in the description") func description() throws {
        let svg = try #require(plot().svg)
        #expect(svg.contains("paper: 16 1600 (1520 to 1760)"))
        #expect(svg.contains("Verifying &lt;a&gt; &amp; &quot;b&quot;"))
    }

    @Test("light and dark have colours of their own") func colours() throws {
        let svg = try #require(plot().svg)
        #expect(svg.contains("@media(prefers-color-scheme:dark)") && svg.contains(".c7{"))
    }

    @Test("lines differ in shape, not in colour alone") func shapes() throws {
        let lines = (0..<9).map { SVGPlot.Line(name: "line \($0)", points: [Samples.points[0]], fit: nil) }
        let svg = try #require(SVGPlot(title: "", xLabel: "", yLabel: "", lines: lines).svg)
        let elements = try #require(Elements(svg))
        #expect(elements.count("polygon", class: "mark") == 14 && elements.count("circle", class: "mark") == 4)
        let radii = Set(elements.all.filter { $0.name == "circle" }.compactMap { $0.attributes["r"] })
        #expect(radii == ["4.5", "3"])
    }

    @Test("one point at one value has axes too") func single() throws {
        let point = BenchmarkDocument.Point(x: 8, Summary([1000]))
        let lines = [SVGPlot.Line(name: "one", points: [point], fit: nil)]
        let svg = try #require(SVGPlot(title: "", xLabel: "", yLabel: "", lines: lines).svg)
        #expect(Elements(svg) != nil && !svg.contains("nan") && !svg.contains("inf"))
    }

    @Test("no point, no picture") func empty() {
        #expect(plot(points: []).svg == nil)
        var document = Samples.document()
        document.series = []
        #expect(document.plots.isEmpty && document.publishedFiles.map(\.name) == ["report.md"])
    }

    @Test("a report's plots are named after what they show") func published() {
        let files = Samples.document().publishedFiles
        #expect(files.map(\.name) == ["report.md", "ring-verify.svg"])
        #expect(files[0].text.contains("![ring-verify.svg](ring-verify.svg)"))
    }
}
