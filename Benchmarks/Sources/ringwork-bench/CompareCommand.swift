import ArgumentParser
import BenchmarkReport

/// Reads two reports and says what became faster or slower.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two reports: ours relative to the peers, from the first to the second.",
        discussion: "Exit status: 0 compared; 1 something is slower (with --fail-if-slower); 2 a file is not a report.")

    @Argument(help: "The earlier report.")
    var first: String

    @Argument(help: "The later report.")
    var second: String

    @Flag(help: "End with status 1 where anything became slower.")
    var failIfSlower = false

    func run() throws {
        let comparison = ReportComparison(try ReportFile.read(first), try ReportFile.read(second))
        print(comparison.table, terminator: "")
        if failIfSlower, comparison.hasSlower { throw ExitCode(1) }
    }
}
