import ArgumentParser
import ByteCoding
import Foundation
@_spi(Literal) import HashWork

/// `ringwork work`
struct WorkCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "The Alice/Bob hash-work protocol: the paper's, and the repaired one.",
        subcommands: [AliceSide.self, BobSide.self, Run.self, Attack.self])

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

        func alice(named name: String, peer: String) throws -> any HonestPeer {
            var generator = SystemRandomNumberGenerator()
            switch profile {
            case .literal: return try LiteralAlice(hash: hash.hash, k: amount, using: &generator)
            case .v2: return try WorkParty(role: .alice, name: name, peerName: peer, hash: hash.hash, k: amount)
            }
        }

        func bob(named name: String, peer: String) throws -> any HonestPeer {
            var generator = SystemRandomNumberGenerator()
            switch profile {
            case .literal: return try LiteralBob(hash: hash.hash, k: amount, using: &generator)
            case .v2: return try WorkParty(role: .bob, name: name, peerName: peer, hash: hash.hash, k: amount)
            }
        }
    }

    /// Whose name goes into the repaired protocol's chains.
    struct Names: ParsableArguments {
        @Option(help: "This side's name, bound into the work.") var name: String?
        @Option(help: "The peer's name, bound into the work.") var peerName: String?

        /// Both names, the own one first.
        func checked(own: String, peer: String) throws -> (own: String, peer: String) {
            let names = (own: name ?? own, peer: peerName ?? peer)
            guard names.own != names.peer else {
                throw ValidationError("--name and --peer-name must differ, and both are \u{22}\(names.own)\u{22}")
            }
            return names
        }
    }

    struct AliceSide: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "alice", abstract: "Play Alice: messages out on stdout, the peer's in on stdin.")
        @OptionGroup var terms: Terms
        @OptionGroup var names: Names

        func run() throws {
            let names = try names.checked(own: "alice", peer: "bob")
            try WorkCommand.play(terms.alice(named: names.own, peer: names.peer))
        }
    }

    struct BobSide: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "bob", abstract: "Play Bob: messages out on stdout, the peer's in on stdin.")
        @OptionGroup var terms: Terms
        @OptionGroup var names: Names

        func run() throws {
            let names = try names.checked(own: "bob", peer: "alice")
            try WorkCommand.play(terms.bob(named: names.own, peer: names.peer))
        }
    }

    /// Plays one side to its verdict.
    private static func play(_ side: any HonestPeer) throws {
        var side = side
        var lines = Input.Lines(limit: WorkMessage.lineByteLimit)
        try send(side.firstMessages)
        while side.verdict == .pending {
            guard let line = try lines.next() else {
                throw Failure(.no, code: "peer-closed", "the peer closed before the protocol ended")
            }
            try send(side.handle(WorkMessage(line: line)))
        }
        guard case .abort(let error) = side.verdict else {
            return Terminal.diagnostic(
                "accept: \(side.cost.evaluations) evaluations, \(side.cost.sha256Calls) calls of SHA-256")
        }
        throw error
    }

    private static func send(_ messages: [WorkMessage]) throws {
        for message in messages { try Output.line(message.line) }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Play both sides in one process and print their messages, verdicts and costs.")
        @OptionGroup var terms: Terms

        func run() throws {
            var alice = try terms.alice(named: "alice", peer: "bob")
            var bob = try terms.bob(named: "bob", peer: "alice")
            for message in try exchange(&alice, &bob) { try Output.line(message.line) }
            try terms.output.print(
                [
                    "schema": "ringwork/work-run/1", "hash": .string(terms.hash.rawValue),
                    "profile": .string(terms.profile.rawValue), "alice": WorkCommand.summary(alice),
                    "bob": WorkCommand.summary(bob),
                ],
                """
                alice: \(alice.verdict.code), \(alice.cost.evaluations) evaluations, \(alice.cost.sha256Calls) calls of SHA-256
                bob: \(bob.verdict.code), \(bob.cost.evaluations) evaluations, \(bob.cost.sha256Calls) calls of SHA-256
                """)
            guard alice.verdict == .accept, bob.verdict == .accept else { throw ExitCode(ExitStatus.no.rawValue) }
        }
    }

    struct Attack: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bob's mirror attack on the paper's protocol: accepted under SHA-256d, caught under SHA-256.")
        @Option(help: "The function that is iterated.") var hash: Hash = .sha256d
        @Option(name: .customLong("k"), help: "How many evaluations Alice asks for, 17 to 16384.") var amount = 1024
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (17...WorkParty.amounts.upperBound).contains(amount) else {
                throw ValidationError("--k must be 17 to \(WorkParty.amounts.upperBound)")
            }
        }

        func run() throws {
            var generator = SystemRandomNumberGenerator()
            var alice = try LiteralAlice(hash: hash.hash, k: amount, using: &generator)
            var bob = MirrorBob()
            _ = try? exchange(&alice, &bob)  // Alice's verdict holds the reason.
            let honest = amount * hash.hash.callsPerEvaluation
            let succeeds = alice.verdict == .accept
            try output.print(
                [
                    "schema": "ringwork/work-attack/1", "hash": .string(hash.rawValue), "k": .integer(Int64(amount)),
                    "alice": .string(alice.verdict.code), "bobCalls": .integer(Int64(bob.cost.sha256Calls)),
                    "honestCalls": .integer(Int64(honest)),
                ],
                """
                Bob sends B0 = SHA-256(A0) and kB = kA - 1, and answers SHA-256 of what Alice sends in step 7.
                Alice: \(succeeds ? "accepts" : "ends the protocol (\(alice.verdict.code))")
                Bob paid \(bob.cost.sha256Calls) calls of SHA-256; the work he claims takes \(honest).
                \(succeeds ? "Stopped by: H = SHA-256 for this attack; --profile v2 for this one and for replay and relay." : "")
                """)
            guard succeeds == (hash == .sha256d) else {
                throw Failure(.internalFault, code: "attack", "the attack did not go as its theory says")
            }
        }
    }

    private static func summary(_ side: any HonestPeer) -> JSONValue {
        [
            "verdict": .string(side.verdict.code), "evaluations": .integer(Int64(side.cost.evaluations)),
            "sha256Calls": .integer(Int64(side.cost.sha256Calls)),
        ]
    }
}

/// A side that judges its peer and counts its own cost.
protocol HonestPeer: WorkPeer {
    var verdict: WorkVerdict { get }
    var cost: WorkCost { get }
}

extension WorkParty: HonestPeer {}
extension LiteralAlice: HonestPeer {}
extension LiteralBob: HonestPeer {}
