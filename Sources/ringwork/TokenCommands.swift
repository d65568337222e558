import ArgumentParser
import ByteCoding
import Tokenization

/// `ringwork token`
struct TokenCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Keyed tokens that stand for people and providers.",
        subcommands: [
            PatientToken.self, ProviderToken.self, MatchToken.self, RotateToken.self, TokenAttackCommand.self,
        ])

    /// The record of a person, and whose token of it is meant.
    struct Subject: ParsableArguments {
        @Option(help: "The record, or - for standard input.") var from: String
        @Option(help: "What the tokens are for.") var purpose: String
        @Option(help: "Whose tokens they are.") var tenant: String
        @OptionGroup var output: JSONOption

        /// The record; every honest one is far smaller than what is read.
        func record<T>(_ decode: ([UInt8]) throws -> T) throws -> T {
            try Input.decoded(from, limit: 1 << 16, decode)
        }

        /// The record, of a patient or of a provider as its schema says.
        func record() throws -> any TokenSubject {
            try record { bytes in
                let schema = (try? JSONValue(parsing: bytes)).flatMap(DocumentReader.schema(of:))
                return schema == Provider.schema ? try Provider(document: bytes) : try Patient(document: bytes)
            }
        }

        func print(_ token: Token) throws {
            try output.print(["schema": "ringwork/token/1", "token": .string(token.description)], token.description)
        }
    }

    /// The master key in a file.
    static func key(_ path: String) throws -> TokenKey {
        var text = try Input.bytes(path, limit: 1024)
        do { return try TokenKey(wipingHex: &text) } catch {
            throw Failure(.badInput, code: error.code, "\(Input.name(path)): \(error)")
        }
    }

    /// What a token is made with.
    struct Making: ParsableArguments {
        @OptionGroup var subject: Subject
        @Option(help: "A file with the key: 64 hexadecimal digits.") var keyFile: String
        @Option(help: "Which generation of the key.") var epoch: UInt64
        @Flag(help: "Make the slow token: 128 MiB and about half a second for each guess of who steals the key.")
        var slow = false

        func print(_ record: some TokenSubject) throws {
            let tokenizer = Tokenizer(
                key: try TokenCommand.key(keyFile), purpose: subject.purpose, tenant: subject.tenant, epoch: epoch,
                profile: slow ? .slow : .fast)
            try subject.print(tokenizer.token(for: record))
        }
    }

    struct PatientToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "patient", abstract: "The token of a ringwork/patient/1 record.")
        @OptionGroup var making: Making

        func run() throws { try making.print(making.subject.record { try Patient(document: $0) }) }
    }

    struct ProviderToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "provider", abstract: "The token of a ringwork/provider/1 record.")
        @OptionGroup var making: Making

        func run() throws { try making.print(making.subject.record { try Provider(document: $0) }) }
    }

    /// A token and the epochs that it may be of.
    struct Keys: ParsableArguments {
        @OptionGroup var subject: Subject
        @Option(help: "A file with the token, or - for standard input.") var token: String
        @Option(
            parsing: .singleValue,
            help: "A file with a key: one for all epochs, or as many as there are, in that order.")
        var keyFile: [String]
        @Option(parsing: .singleValue, help: "A generation of the key; may be given several times.") var epoch: [UInt64]

        func validate() throws {
            guard !epoch.isEmpty, Set(epoch).count == epoch.count else {
                throw ValidationError("--epoch must be given at least once, and every epoch once only")
            }
            guard keyFile.count == 1 || keyFile.count == epoch.count else {
                throw ValidationError("--key-file must be given once, or as often as --epoch")
            }
        }

        /// The epochs, each with the profile that `profile` gives for it.
        func keyset(_ profile: (UInt64) -> TokenProfile) throws -> TokenKeyset {
            var keyset = TokenKeyset(purpose: subject.purpose, tenant: subject.tenant)
            for (index, epoch) in epoch.enumerated() {
                let key = try TokenCommand.key(keyFile.count == 1 ? keyFile[0] : keyFile[index])
                try keyset.add(epoch: epoch, key: key, profile: profile(epoch))
            }
            return keyset
        }
    }

    struct MatchToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "match", abstract: "Whether a token is that of a record, and of which epoch.")
        @OptionGroup var keys: Keys

        func run() throws {
            let token = try LedgerCommand.token(keys.token)
            let keyset = try keys.keyset { _ in token.profile }
            let epoch = try keyset.epoch(of: token, for: keys.subject.record())
            try keys.subject.output.print(
                ["schema": "ringwork/token-match/1", "epoch": .string(String(epoch, radix: 16))],
                "the record's token, of epoch \(epoch)")
        }
    }

    struct RotateToken: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "The record's token of the newest epoch, in place of one of any epoch.")
        @OptionGroup var keys: Keys
        @Flag(help: "The newest epoch's tokens are slow ones.") var slow = false

        func run() throws {
            let token = try LedgerCommand.token(keys.token)
            let newest = keys.epoch.max()
            let keyset = try keys.keyset { $0 != newest ? token.profile : slow ? .slow : .fast }
            try keys.subject.print(keyset.retokenize(token, of: keys.subject.record()))
        }
    }
}
