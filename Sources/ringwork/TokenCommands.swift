import ArgumentParser
import ByteCoding
import Tokenization

/// `ringwork token`
struct TokenCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Keyed tokens that stand for people and providers.",
        subcommands: [PatientToken.self, ProviderToken.self])

    /// What every token is made with.
    struct Scope: ParsableArguments {
        @Option(help: "The record, or - for standard input.") var from: String
        @Option(help: "A file with the key: 64 hexadecimal digits.") var keyFile: String
        @Option(help: "What the tokens are for.") var purpose: String
        @Option(help: "Whose tokens they are.") var tenant: String
        @Option(help: "Which generation of the key.") var epoch: UInt64
        @OptionGroup var output: JSONOption

        /// The record; every honest one is far smaller than what is read.
        func record<T>(_ decode: ([UInt8]) throws -> T) throws -> T {
            try Input.decoded(from, limit: 1 << 16, decode)
        }

        func print(_ subject: some TokenSubject) throws {
            var text = try Input.bytes(keyFile, limit: 1024)
            let key: TokenKey
            do { key = try TokenKey(wipingHex: &text) } catch {
                throw Failure(.badInput, code: error.code, "\(Input.name(keyFile)): \(error)")
            }
            let token = Tokenizer(key: key, purpose: purpose, tenant: tenant, epoch: epoch).token(for: subject)
            try output.print(["schema": "ringwork/token/1", "token": .string(token.description)], token.description)
        }
    }

    struct PatientToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "patient", abstract: "The token of a ringwork/patient/1 record.")
        @OptionGroup var scope: Scope

        func run() throws { try scope.print(scope.record { try Patient(document: $0) }) }
    }

    struct ProviderToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "provider", abstract: "The token of a ringwork/provider/1 record.")
        @OptionGroup var scope: Scope

        func run() throws { try scope.print(scope.record { try Provider(document: $0) }) }
    }
}
