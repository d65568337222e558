import ArgumentParser

/// `ringwork vectors`
struct VectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "Check this library against test vectors.", subcommands: [])
}
