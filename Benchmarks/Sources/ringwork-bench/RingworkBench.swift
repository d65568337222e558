import ArgumentParser

/// The program: `run` measures, `show` prints a report again, `compare` reads two.
@main
struct RingworkBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ringwork-bench",
        abstract: "Measures Ringwork beside its peers, in one run on one machine.",
        subcommands: [RunCommand.self, ShowCommand.self, CompareCommand.self], defaultSubcommand: RunCommand.self)
}
