import Foundation
import Support
import Testing

@Suite("The README's transcripts") struct ReadmeTests {
    /// The lines of every fenced block after the first one that `opening` stands in.
    private func block(containing opening: String) throws -> [String] {
        let readme = try String(contentsOf: RepositoryRoot.url("README.md"), encoding: .utf8)
        let blocks = readme.components(separatedBy: "```\n")
        return try #require(blocks.first { $0.contains(opening) }).split(separator: "\n").map(String.init)
    }

    /// Whether `line` of the README, its end possibly cut off with an ellipsis, is one of `lines`.
    private func isShown(_ line: String, in lines: Set<String>) -> Bool {
        line.hasSuffix("…") ? lines.contains { $0.hasPrefix(line.dropLast()) } : lines.contains(line)
    }

    @Test("the story it shows is the one that seed 7 tells")
    func story() throws {
        let lines = Set(try Tool().output("demo --seed 7").split(separator: "\n").map(String.init))
        let shown = try block(containing: "[5] ring signature")
        #expect(shown.count > 20)
        for line in shown { #expect(isShown(line, in: lines), "\(line)") }
    }

    @Test("what it shows of hash, target and attack is what they print")
    func commands() throws {
        let tool = try Tool()
        let shown = try block(containing: "$ ringwork pow target")
        let printed = [
            try tool.output("hash --sha256d -", stdin: Array("abc".utf8)),
            try tool.output("pow target --bits 1d00ffff"),
            try tool.output("work attack --hash sha256d --k 16384"),
        ]
        for line in printed.flatMap({ $0.split(separator: "\n") }) where !line.hasPrefix("probability") {
            #expect(shown.contains(String(line)), "\(line)")
        }
    }
}
