import ArgumentParser
import BenchmarkReport
import Foundation

/// Prints a report again, or writes what is published beside it. Nothing is measured.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a report in another format, or write its tables and plots.",
        discussion: "Exit status: 0 shown; 2 the file is not a report.")

    @Argument(help: "The report.")
    var report: String

    @Option(help: "What to print: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ReportFormat = .table

    @Option(help: "Write report.md and the plots into this folder instead.")
    var publish: String?

    func run() throws {
        let document = try ReportFile.read(report)
        guard let publish else {
            print(document.formatted(as: format), terminator: "")
            return
        }
        for (name, text) in document.publishedFiles { try ReportFile.write(text, to: name, in: publish) }
    }
}

/// Reports on disk.
enum ReportFile {
    /// The report at `path`; ends the program with status 2 where there is none.
    static func read(_ path: String) throws -> BenchmarkDocument {
        do { return try BenchmarkDocument(parsing: Array(Data(contentsOf: URL(fileURLWithPath: path)))) } catch {
            FileHandle.standardError.write(Data("error: \(path): \(error)\n".utf8))
            throw ExitCode(2)
        }
    }

    /// Writes `text` to the file `name` in a folder, which is made where it is missing.
    static func write(_ text: String, to name: String, in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
}
