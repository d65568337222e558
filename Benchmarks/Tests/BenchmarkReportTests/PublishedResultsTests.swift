import BenchmarkReport
import Foundation
import Testing

/// The committed results: what is shown beside a report must follow from it.
@Suite("Published results") struct PublishedResultsTests {
    private static let folder: URL = {
        // Benchmarks/Tests/BenchmarkReportTests/PublishedResultsTests.swift
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("results")
    }()

    @Test("tables and plots are those of their report") func published() throws {
        let machines = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(!machines.isEmpty)
        for machine in machines {
            let folder = Self.folder.appendingPathComponent(machine)
            let report = try Data(contentsOf: folder.appendingPathComponent("report.json"))
            let document = try BenchmarkDocument(parsing: Array(report))
            #expect(Array(document.text.utf8) == Array(report), "\(machine): not as the program writes it")
            #expect(document.tool.flags == "release")
            let files = document.publishedFiles
            let present = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(present) == Set(files.map(\.name) + ["report.json"]), "\(machine)")
            for (name, text) in files {
                #expect(
                    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) == text,
                    "\(machine)/\(name)")
            }
        }
    }
}
