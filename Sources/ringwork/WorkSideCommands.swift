import ArgumentParser
import ByteCoding
import Foundation
import HashWork

/// `ringwork work alice`
struct WorkAliceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alice", abstract: "Play Alice against another process.", discussion: WorkWire.discussion)
    @OptionGroup var terms: WorkCommand.Terms
    @OptionGroup var names: WorkNames
    @OptionGroup var wire: WorkWire
    @OptionGroup var record: WorkCommand.TranscriptOption

    func run() throws {
        let names = try names.checked(own: "alice", peer: "bob")
        try wire.play(terms.alice(named: names.own, peer: names.peer), as: .alice, terms, record) {
            terms.transcript(alice: names.own, bob: names.peer, $0)
        }
    }
}

/// `ringwork work bob`
struct WorkBobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bob", abstract: "Play Bob against another process.", discussion: WorkWire.discussion)
    @OptionGroup var terms: WorkCommand.Terms
    @OptionGroup var names: WorkNames
    @OptionGroup var wire: WorkWire
    @OptionGroup var record: WorkCommand.TranscriptOption

    func run() throws {
        let names = try names.checked(own: "bob", peer: "alice")
        try wire.play(terms.bob(named: names.own, peer: names.peer), as: .bob, terms, record) {
            terms.transcript(alice: names.peer, bob: names.own, $0)
        }
    }
}

/// Whose name goes into the repaired protocol's chains.
struct WorkNames: ParsableArguments {
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

/// How a side reaches its peer: standard input and output, or TCP.
struct WorkWire: ParsableArguments {
    static let discussion = """
        Messages go out on standard output and come in on standard input, or over TCP with --listen or --connect; the \
        result then goes to standard output. Nothing tells who the peer is: --name and --peer-name are bound into the \
        work, and not proved. With their default values all pairs look alike, and a relay between two of them goes unseen.
        """

    @Option(help: "Wait for the peer over TCP, at HOST:PORT; the system chooses port 0.") var listen: Endpoint?
    @Option(help: "Reach the peer over TCP, at HOST:PORT.") var connect: Endpoint?
    @Option(help: "How many seconds each of the peer's lines may take, whole; up to 3600.") var timeout = 30.0

    /// `HOST:PORT` as an argument.
    struct Endpoint: ExpressibleByArgument {
        let endpoint: WorkEndpoint

        init?(argument: String) {
            guard let endpoint = WorkEndpoint(argument) else { return nil }
            self.endpoint = endpoint
        }
    }

    func validate() throws {
        guard listen == nil || connect == nil else {
            throw ValidationError("--listen and --connect exclude each other")
        }
        guard connect?.endpoint.port != 0 else { throw ValidationError("--connect needs a port from 1 to 65535") }
        guard timeout > 0, timeout <= 3600 else { throw ValidationError("--timeout must be above 0 and up to 3600") }
    }

    /// Plays one side to its verdict, and writes what was said, also where it failed.
    func play(
        _ side: any WorkSide, as role: WorkRole, _ terms: WorkCommand.Terms, _ record: WorkCommand.TranscriptOption,
        transcript: ([WorkMessage]) -> WorkTranscript
    ) throws {
        var side = side
        var stream = try open()
        var messages: [WorkMessage] = []
        let limit = Duration.seconds(timeout)
        let outcome: Result<Void, WorkStreamError>
        do {
            try stream.play(&side, timeout: limit, transcript: &messages)
            outcome = .success(())
        } catch { outcome = .failure(error) }
        try record.write(transcript(messages))
        try outcome.get()
        guard listen != nil || connect != nil else { return Terminal.diagnostic(Self.sentence(side)) }
        let head: [JSONValue.Field] = [
            .init("schema", "ringwork/work-side/1"), .init("role", role == .alice ? "alice" : "bob"),
            .init("hash", .string(terms.hash.rawValue)), .init("profile", .string(terms.profile.rawValue)),
        ]
        try terms.output.print(.object(head + WorkCommand.summary(side)), Self.sentence(side))
    }

    private static func sentence(_ side: any WorkSide) -> String {
        "\(side.verdict.code): \(side.cost.evaluations) evaluations, \(side.cost.sha256Calls) calls of SHA-256"
    }

    private func open() throws -> WorkStream {
        let limit = Duration.seconds(timeout)
        if let connect { return try connect.endpoint.connect(within: limit) }
        guard let listen else { return WorkStream(input: STDIN_FILENO, output: STDOUT_FILENO) }
        let listener = try listen.endpoint.listen()
        Terminal.diagnostic("listening on \(listener.endpoint)")
        return try listener.accept(within: limit)
    }
}
