import ArgumentParser
import ByteCoding
import ModularArithmetic
import VectorSuites

/// `ringwork vectors`
struct VectorsCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "Hold this library against test vectors.",
        subcommands: [Verify.self, List.self])

    /// Which files and which of their tests.
    struct Choice: ParsableArguments {
        @Argument(help: "Vector files, or directories of them.") var paths: [String] = ["./Vectors"]
        @Option(help: "Only tests whose id matches, such as 'sha256_*#1?'.") var filter: String?
        @Option(help: "Only tests with this flag.") var flag: String?

        func library() throws -> VectorLibrary { try VectorLibrary(paths: paths) }

        func selection(failFast: Bool = false) -> VectorSelection {
            VectorSelection(ids: filter.map { Glob($0) }, flag: flag, failFast: failFast)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run vectors; every one must give its result for its reason.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case text, json, tap, junit
        }

        @OptionGroup var choice: Choice
        @Option(help: "How the report is written.") var format: Format = .text
        @Option(name: .shortAndLong, help: "Where the report goes.") var output: String?
        @Flag(help: "Stop at the first failure; what comes after is skipped.") var failFast = false
        @Flag(help: "The report as JSON, the same as --format json.") var json = false

        func run() throws {
            let library = try choice.library()
            // The cores are shared out among the files; a test is small.
            let report = BatchPolicy.$current.withValue(BatchPolicy()) {
                library.run(choice.selection(failFast: failFast))
            }
            guard !report.isEmpty else {
                throw Failure(.nothingChecked, code: "nothing-ran", "no test matches: nothing was checked")
            }
            try Output.write(text(report), to: output)
            guard report.isSuccess else { throw ExitCode(ExitStatus.no.rawValue) }
        }

        private func text(_ report: VectorReport) -> String {
            switch json ? .json : format {
            case .json: report.jsonDocument().compactText + "\n"
            case .tap: report.tap
            case .junit: report.junit
            case .text: Self.lines(report)
            }
        }

        private static func lines(_ report: VectorReport) -> String {
            var lines: [String] = []
            for file in report.files where !file.outcomes.isEmpty {
                let passed = file.count(.pass)
                lines.append(
                    "\(passed == file.outcomes.count ? "ok  " : "FAIL") \(file.path): \(passed) of \(file.outcomes.count)"
                )
                for outcome in file.outcomes where outcome.outcome == .fail || outcome.outcome == .error {
                    lines.append(
                        "     \(outcome.id) (\(outcome.comment)): expected \(outcome.expected), got \(got(outcome))")
                }
            }
            lines.append(
                "\(report.count(.pass)) passed, \(report.count(.fail) + report.count(.error)) failed, "
                    + "\(report.count(.skip)) skipped")
            return lines.joined(separator: "\n") + "\n"
        }

        private static func got(_ outcome: VectorOutcome) -> String {
            outcome.got.map { "\($0)" } ?? outcome.reason ?? "nothing"
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tests that verify would run.")
        @OptionGroup var choice: Choice
        @OptionGroup var output: JSONOption

        func run() throws {
            let selection = choice.selection()
            var isEmpty = true
            for entry in try choice.library().files {
                for test in entry.file.tests where selection.contains(test) {
                    isEmpty = false
                    try output.print(
                        [
                            "schema": "ringwork/vector/1", "id": .string(test.id), "file": .string(entry.path),
                            "result": .string(test.expected.result), "reason": JSONValue(test.expected.reason),
                            "flags": .array(test.flags.map { .string($0) }), "comment": .string(test.comment),
                        ], "\(test.id)  \(test.expected)  \(test.comment)")
                }
            }
            guard !isEmpty else { throw Failure(.nothingChecked, code: "nothing-found", "no test matches") }
        }
    }
}
