import ArgumentParser
import ByteCoding
import Foundation
@_spi(Literal) import HashWork

/// `ringwork work`
struct WorkCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "The Alice/Bob hash-work protocol: the paper's, and the repaired one.",
        subcommands: [
            WorkAliceCommand.self, WorkBobCommand.self, Run.self, Verify.self, WorkAttackCommand.self,
            WorkCostCommand.self,
        ])

    enum Hash: String, ExpressibleByArgument, CaseIterable {
        case sha256, sha256d

        var hash: WorkHash { self == .sha256 ? .sha256 : .sha256d }
    }

    enum Profile: String, ExpressibleByArgument, CaseIterable {
        case literal, v2
    }

    /// What a run is made with.
    struct Terms: ParsableArguments {
        @Option(help: "The function that is iterated.") var hash: Hash = .sha256d
        @Option(help: "The paper's protocol, or the repaired one.") var profile: Profile = .v2
        @Option(name: .customLong("k"), help: "How many evaluations are asked of the peer, 16 to 16384.") var amount =
            1024
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard WorkParty.amounts.contains(amount) else {
                throw ValidationError("--k must be \(WorkParty.amounts.lowerBound) to \(WorkParty.amounts.upperBound)")
            }
        }

        func alice(named name: String, peer: String) throws -> any WorkSide {
            var generator = SystemRandomNumberGenerator()
            switch profile {
            case .literal: return try LiteralAlice(hash: hash.hash, k: amount, using: &generator)
            case .v2: return try WorkParty(role: .alice, name: name, peerName: peer, hash: hash.hash, k: amount)
            }
        }

        func bob(named name: String, peer: String) throws -> any WorkSide {
            var generator = SystemRandomNumberGenerator()
            switch profile {
            case .literal: return try LiteralBob(hash: hash.hash, k: amount, using: &generator)
            case .v2: return try WorkParty(role: .bob, name: name, peerName: peer, hash: hash.hash, k: amount)
            }
        }

        /// What was said, for ``Verify``.
        func transcript(alice: String, bob: String, _ messages: [WorkMessage]) -> WorkTranscript {
            switch profile {
            case .literal: WorkTranscript(literal: hash.hash, messages: messages)
            case .v2: WorkTranscript(hash: hash.hash, names: .init(alice: alice, bob: bob), messages: messages)
            }
        }
    }

    /// Where the transcript of a run goes.
    struct TranscriptOption: ParsableArguments {
        @Option(help: "Write every message that was sent and received to this file.") var transcript: String?

        func validate() throws {
            guard transcript != "-" else {
                throw ValidationError("--transcript needs a file: the standard output has the messages or the result")
            }
        }

        func write(_ document: WorkTranscript) throws {
            if let transcript { try Output.write(document.document.documentText, to: transcript) }
        }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Play both sides in one process and print their messages, verdicts and costs.")
        @OptionGroup var terms: Terms
        @OptionGroup var record: TranscriptOption

        func run() throws {
            var alice = try terms.alice(named: "alice", peer: "bob")
            var bob = try terms.bob(named: "bob", peer: "alice")
            let messages = try exchange(&alice, &bob)
            for message in messages { try Output.line(message.line) }
            try record.write(terms.transcript(alice: "alice", bob: "bob", messages))
            try terms.output.print(
                [
                    "schema": "ringwork/work-run/1", "hash": .string(terms.hash.rawValue),
                    "profile": .string(terms.profile.rawValue), "alice": .object(WorkCommand.summary(alice)),
                    "bob": .object(WorkCommand.summary(bob)),
                ],
                """
                alice: \(WorkCommand.sentence(alice))
                bob: \(WorkCommand.sentence(bob))
                """)
            guard alice.verdict == .accept, bob.verdict == .accept else { throw ExitCode(ExitStatus.no.rawValue) }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do the work of a transcript again, and say whether both sides had reason to accept.",
            discussion: """
                A transcript shows that its messages fit together. It does not show who made the work, or when: nothing is \
                signed, so whoever is willing to do the work can write one. A valid transcript of the paper's own protocol \
                does not even show work: the mirror attack leaves one.
                """)
        @Option(help: "The transcript; - is standard input.") var transcript: String
        @OptionGroup var output: JSONOption

        func run() throws {
            let record = try Input.decoded(transcript, limit: WorkTranscript.documentByteLimit) {
                try WorkTranscript(document: $0)
            }
            var cost = WorkCost()
            do { try record.verify(cost: &cost) } catch {
                throw try output.refuse(reason: error.code, index: error.index, error.description)
            }
            let names = record.names.map { ", \($0.alice) and \($0.bob)" } ?? ""
            try output.accept(
                "valid: \(record.profile.rawValue), \(record.hash.rawValue)\(names); \(cost.evaluations) evaluations made again"
            )
        }
    }

    static func summary(_ side: any WorkSide) -> [JSONValue.Field] {
        [
            .init("verdict", .string(side.verdict.code)), .init("evaluations", .integer(Int64(side.cost.evaluations))),
            .init("sha256Calls", .integer(Int64(side.cost.sha256Calls))),
        ]
    }

    static func sentence(_ side: any WorkSide) -> String {
        "\(side.verdict.code), \(side.cost.evaluations) evaluations, \(side.cost.sha256Calls) calls of SHA-256"
    }
}
