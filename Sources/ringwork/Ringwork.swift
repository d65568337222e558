import ArgumentParser
import Foundation
import ModularArithmetic

/// A command that does nothing by itself: without a subcommand it is misused, and not the success of printing help.
protocol CommandGroup: ParsableCommand {}

extension CommandGroup {
    func run() throws {
        let names = Self.configuration.subcommands.map { $0._commandName }
        throw ValidationError("a subcommand is needed: \(names.joined(separator: ", "))")
    }
}

/// The command-line tool: data to stdout, everything else to stderr, and one meaning for each exit status.
@main struct Ringwork: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "ringwork",
        abstract:
            "Ring signatures, SHA-256d, Merkle trees, hash-work and tokens: two papers' cryptography, made checkable.",
        discussion: """
            Research code. Not for real patient data, and not a medical device.

            Exit status: 0 yes or done; 1 a value fails a check; 2 nothing was checked; 3 an input is missing, unreadable, \
            not its schema, or names an insecure group; 4 an adapter failed; 64 usage; 70 internal; 130 interrupted.
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, HashCommand.self, PowCommand.self, MerkleCommand.self, GroupCommand.self,
            RingCommand.self, TokenCommand.self, WorkCommand.self, LedgerCommand.self, VectorsCommand.self,
        ])

    static func main() {
        signal(SIGINT) { _ in _exit(ExitStatus.interrupted.rawValue) }
        signal(SIGPIPE, SIG_IGN)  // Writing fails instead, so that what is temporary is removed.
        do {
            try Kernels.checkCap()
            let policy = try Workers.policy()
            var command = try parseAsRoot()
            try BatchPolicy.$current.withValue(policy) { try command.run() }
        } catch {
            end(error)
        }
    }

    /// Reports `error` and ends the process with its status.
    private static func end(_ error: any Error) -> Never {
        if let failure = Failure(error) {
            failure.report()
            Foundation.exit(failure.status.rawValue)
        }
        // Help, version, and what the argument parser refuses.
        exit(withError: error)
    }
}
