import ArgumentParser
import BenchmarkSuites
import Testing

@testable import ringwork_bench

@Suite("Commands") struct CommandTests {
    @Test("a debug build is not measured unless asked for") func debug() throws {
        if MachineProbe.isDebugBuild {
            #expect(throws: (any Error).self) { try RunCommand.parse([]) }
        } else {
            _ = try RunCommand.parse([])
        }
        _ = try RunCommand.parse(["--allow-debug"])
    }

    @Test("suites and sizes are read") func arguments() throws {
        let command = try RunCommand.parse(["hash-work", "ring", "--allow-debug", "--ring", "2,8", "--bits", "3072"])
        #expect(
            command.suites == [.hashWork, .ring] && command.ring.values == [2, 8] && command.bits.values == [3072])
    }

    @Test(
        "what makes no sense is refused",
        arguments: [
            ["nonsense"], ["--ring", "3"], ["--ring", "2,,4"], ["--ring", ""], ["--ring", "1"], ["--ring", "8192"],
            ["--bits", "512"], ["--samples", "2"], ["--format", "xml"], ["--seed", "-1"],
        ])
    func refused(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try RunCommand.parse(arguments + ["--allow-debug"]) }
    }

    @Test("a file that is no report ends with status 2") func noReport() throws {
        let command = try CompareCommand.parse(["/dev/null", "/dev/null"])
        #expect(throws: ExitCode(2)) { try command.run() }
        #expect(throws: ExitCode(2)) { try ShowCommand.parse(["/nonexistent"]).run() }
    }
}
