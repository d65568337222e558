import ArgumentParser
import ByteCoding
import Foundation
import Scenarios

/// `ringwork demo`
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The end-to-end story: from Bitcoin headers to a signed claim on a chain.")

    /// How blocks come about.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case pow
    }

    @Option(help: "Take all randomness, keys included, from this number: a run that can be repeated.") var seed: UInt64?
    @Option(help: "How blocks come about; proof of work is the one engine of this version.") var engine: Engine = .pow
    @Flag(help: "Wait for the return key after each stage.") var step = false
    @OptionGroup var output: JSONOption

    func run() throws {
        if seed != nil { Terminal.warning("everything made from a seed is public, keys included") }
        let directory = FileManager.default.temporaryDirectory.appending(path: "ringwork-demo-\(UUID().uuidString)")
        guard mkdir(directory.path, 0o700) == 0 else {
            throw Failure(.badInput, code: "unwritable", "\(directory.path): \(String(cString: strerror(errno)))")
        }
        defer { try? FileManager.default.removeItem(at: directory) }
        // An interrupt removes the directory too.
        signal(SIGINT, SIG_IGN)
        let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        interrupt.setEventHandler {
            try? FileManager.default.removeItem(at: directory)
            _exit(ExitStatus.interrupted.rawValue)
        }
        interrupt.resume()
        defer { interrupt.cancel() }
        if !output.json {
            try Output.line(
                "Ringwork: research code. Not for real patient data, and not a medical device. All people are invented.\n"
            )
        }
        let setting = HospitalStory.Setting(
            seed: seed, now: UInt32(Date().timeIntervalSince1970), directory: directory.path)
        var story = try HospitalStory(setting)
        var number = 0
        let stages = try story.run { stage in
            number += 1
            try output.print(stage.document, text(stage, number))
            if step { _ = readLine() }
        }
        let passed = stages.count(where: \.passed)
        try output.print(
            HospitalStory.summary(stages, seed: seed),
            passed == stages.count
                ? "All \(passed) stages passed." : "\(stages.count - passed) of \(stages.count) stages FAILED.")
        guard passed == stages.count else { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private func text(_ stage: Stage, _ number: Int) -> String {
        func lines(_ entries: [Stage.Entry], _ mark: String) -> [String] {
            entries.map { "  \(mark) \($0.name): \($0.value)" }
        }
        return
            (["[\(number)] \(stage.name)"] + lines(stage.inputs, "<") + lines(stage.result, ">") + [
                "  pass condition: \(stage.condition)", "  \(stage.passed ? "PASS" : "FAIL")", "",
            ]).joined(separator: "\n")
    }
}
