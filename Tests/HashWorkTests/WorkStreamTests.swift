import ByteCoding
import Foundation
@_spi(Literal) import HashWork
import Testing

/// Two pipes: what the peer writes, a side reads, and the other way round.
private final class Pipes: Sendable {
    let (sideInput, peerOutput): (Int32, Int32)
    let (peerInput, sideOutput): (Int32, Int32)

    init() {
        _ = ignoringBrokenPipes
        var descriptors: [Int32] = [0, 0]
        precondition(pipe(&descriptors) == 0)
        (sideInput, peerOutput) = (descriptors[0], descriptors[1])
        precondition(pipe(&descriptors) == 0)
        (peerInput, sideOutput) = (descriptors[0], descriptors[1])
    }

    var stream: WorkStream { WorkStream(input: sideInput, output: sideOutput, closesDescriptors: true) }

    func say(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(peerOutput, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
        }
    }

    func say(_ message: WorkMessage) { say((message.line + "\n").utf8) }
    func hangUp() { close(peerOutput) }
}

private let ignoringBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

/// Long enough for what comes, on a busy machine too.
private let ample = Duration.seconds(20)
private let short = Duration.milliseconds(60)
private let filled = [UInt8](repeating: 3, count: 32)

private func refusal(
    _ side: some WorkSide, _ pipes: Pipes, timeout: Duration = ample
) -> (error: WorkStreamError?, said: [WorkMessage]) {
    var (side, said) = (side, [WorkMessage]())
    var stream = pipes.stream
    do {
        try stream.play(&side, timeout: timeout, transcript: &said)
        return (nil, said)
    } catch { return (error, said) }
}

private func alice(_ seed: UInt64 = 1) throws -> WorkParty {
    var rng = SplitMix(seed: seed)
    return try WorkParty(role: .alice, name: "alice", peerName: "bob", k: 16, using: &rng)
}
private func bob(_ seed: UInt64 = 2) throws -> WorkParty {
    var rng = SplitMix(seed: seed)
    return try WorkParty(role: .bob, name: "bob", peerName: "alice", k: 17, using: &rng)
}
/// What Bob answers to Alice's first message.
private func firstAnswer() throws -> WorkMessage {
    var bob = try bob()
    return try bob.handle(alice().firstMessages[0])[0]
}

@Suite("Work stream") struct WorkStreamTests {
    @Test("silence, and a byte now and then, end at the deadline of the step")
    func slow() throws {
        for dribbles in [false, true] {
            let pipes = Pipes()
            let line = try Array((firstAnswer().line + "\n").utf8)
            if dribbles {
                Thread.detachNewThread {
                    // Ten times what the deadline allows for, if it began anew with each byte.
                    for byte in line.prefix(60) {
                        pipes.say([byte])
                        usleep(10_000)
                    }
                    pipes.hangUp()
                }
            }
            let (error, said) = try refusal(alice(), pipes, timeout: short)
            #expect(error == .timeout(awaiting: .commitB))
            #expect(said.map(\.step) == [.commitA])
            if !dribbles { pipes.hangUp() }
        }
    }

    @Test("a peer that closes: at once, later, inside a line")
    func closing() throws {
        let commitB = try firstAnswer()
        var pipes = Pipes()
        pipes.hangUp()
        #expect(try refusal(alice(), pipes).error == .closed(awaiting: .commitB))
        pipes = Pipes()
        pipes.say(commitB)
        pipes.hangUp()
        let (error, said) = try refusal(alice(), pipes)
        #expect(error == .closed(awaiting: .openB))
        #expect(said.map(\.step) == [.commitA, .commitB, .openA])
        pipes = Pipes()
        pipes.say(commitB.line.utf8)
        pipes.hangUp()
        #expect(try refusal(alice(), pipes).error == .truncated)
    }

    @Test("lines of 1024 bytes and no more, and one at a time")
    func flooding() throws {
        let commitB = try firstAnswer()
        let line = Array(commitB.line.utf8)
        func padded(_ count: Int) -> [UInt8] { line + [UInt8](repeating: 0x20, count: count - line.count) + [0x0a] }
        let spaces = [UInt8](repeating: 0x20, count: 1 << 20)
        let lines = Array(repeatElement(line + [0x0a], count: 4000).joined())
        let cases: [([UInt8], WorkStreamError)] = [
            (padded(1024), .closed(awaiting: .openB)), (padded(1025), .lineTooLong(limit: 1024)),
            (padded(1026), .lineTooLong(limit: 1024)), (padded(5000), .lineTooLong(limit: 1024)),
            (spaces, .lineTooLong(limit: 1024)), (line + [0x0a] + line + [0x0a], .outOfTurn(awaiting: .commitB)),
            (line + [0x0a, 0x20], .outOfTurn(awaiting: .commitB)), (lines, .outOfTurn(awaiting: .commitB)),
            ([UInt8](repeating: 0x0a, count: 4000), .outOfTurn(awaiting: .commitB)),
        ]
        for (bytes, expected) in cases {
            let pipes = Pipes()
            Thread.detachNewThread {
                pipes.say(bytes)
                pipes.hangUp()
            }
            #expect(try refusal(alice(), pipes).error == expected)
        }
    }

    @Test("what is no message, and what is not due")
    func refused() throws {
        let cases: [(String, WorkStreamError)] = try [
            ("", .malformed(.json(.empty))), ("{}", .malformed(.wrongSchema(expected: "ringwork/work/1", actual: nil))),
            (alice().firstMessages[0].line, .refused(.outOfOrder(expected: .commitB, actual: .commitA))),
        ]
        for (line, expected) in cases {
            let pipes = Pipes()
            pipes.say((line + "\n").utf8)
            #expect(try refusal(alice(), pipes).error == expected)
        }
        var rng = SplitMix(seed: 4)
        for (k, expected) in [
            (1 << 18, WorkError.kTooLarge(k: 1 << 18, maximum: (1 << 18) - 1)),
            (.max, .kTooLarge(k: .max, maximum: (1 << 18) - 1)),
        ] {
            let pipes = Pipes()
            pipes.say(try WorkMessage(session: filled, step: .step1, value: filled, k: k))
            let bob = try LiteralBob(k: 16, using: &rng)
            #expect(refusal(bob, pipes).error == .refused(expected))
        }
        // As printed, Bob answers before he looks: the refusal comes after his step 8.
        let pipes = Pipes()
        Thread.detachNewThread {
            guard let step1 = try? WorkMessage(session: filled, step: .step1, value: filled, k: 16),
                let step7 = try? WorkMessage(session: filled, step: .step7, value: filled, k: nil)
            else { return }
            pipes.say(step1)
            var chunk = [UInt8](repeating: 0, count: 1024)
            _ = read(pipes.peerInput, &chunk, chunk.count)
            pipes.say(step7)
        }
        let (error, said) = refusal(try LiteralBob(k: 16, using: &rng), pipes)
        #expect(error == .refused(.wrongAnswer))
        #expect(said.map(\.step) == [.step1, .step2, .step7, .step8])
    }

    @Test("a peer that does not read")
    func notReading() throws {
        var pipes = Pipes()
        // As much as the pipe takes.
        _ = fcntl(pipes.sideOutput, F_SETFL, O_NONBLOCK)
        let filler = [UInt8](repeating: 0x20, count: 4096)
        while write(pipes.sideOutput, filler, filler.count) > 0 {}
        _ = fcntl(pipes.sideOutput, F_SETFL, 0)
        #expect(try refusal(alice(), pipes, timeout: short).error == .timeout(awaiting: nil))
        pipes = Pipes()
        close(pipes.peerInput)
        #expect(try refusal(alice(), pipes).error == .closed(awaiting: nil))
    }

    @Test("a descriptor that is none")
    func noDescriptor() throws {
        var stream = WorkStream(input: -1, output: -1)
        var side = try bob()
        var said: [WorkMessage] = []
        // The system waits for ever on what is negative, so the deadline ends it.
        #expect(throws: WorkStreamError.timeout(awaiting: .commitA)) {
            try stream.play(&side, timeout: short, transcript: &said)
        }
    }

    @Test("two honest sides over a socket, and their transcripts", arguments: WorkProfile.allCases)
    func honest(profile: WorkProfile) throws {
        var pair: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        try meet(profile, WorkStream(input: pair[0], output: pair[0], closesDescriptors: true), pair[1])
    }

    /// Plays Bob on a thread over the descriptor `other`, and Alice here.
    private func meet(_ profile: WorkProfile, _ stream: consuming WorkStream, _ other: Int32) throws {
        let (done, box) = (DispatchSemaphore(value: 0), Box())
        Thread.detachNewThread {
            var rng = SplitMix(seed: 6)
            var stream = WorkStream(input: other, output: other, closesDescriptors: true)
            do {
                var side: any WorkSide =
                    try profile == .v2 ? bob() : LiteralBob(k: 17, using: &rng)
                var said: [WorkMessage] = []
                try stream.play(&side, timeout: ample, transcript: &said)
                box.said = said
            } catch { box.error = "\(error)" }
            done.signal()
        }
        var rng = SplitMix(seed: 5)
        var side: any WorkSide = try profile == .v2 ? alice() : LiteralAlice(k: 16, using: &rng)
        var said: [WorkMessage] = []
        try stream.play(&side, timeout: ample, transcript: &said)
        done.wait()
        #expect(box.error == nil)
        #expect(side.verdict == .accept)
        #expect(said == box.said)
        let record =
            profile == .v2
            ? WorkTranscript(hash: .sha256d, names: .init(alice: "alice", bob: "bob"), messages: said)
            : WorkTranscript(literal: .sha256d, messages: said)
        #expect(throws: Never.self) { try record.verify() }
    }

    private final class Box: @unchecked Sendable {  // Read after the semaphore only.
        var said: [WorkMessage] = []
        var error: String?
    }

    @Test("over TCP, IPv4 and IPv6 and a name")
    func tcp() throws {
        for host in ["127.0.0.1", "localhost"] {
            let listener = try WorkEndpoint(host: host, port: 0).listen()
            let endpoint = listener.endpoint
            #expect(endpoint.port != 0)
            let (done, box) = (DispatchSemaphore(value: 0), Box())
            Thread.detachNewThread {
                do {
                    var (side, said) = (try alice(), [WorkMessage]())
                    var stream = try endpoint.connect(within: ample)
                    try stream.play(&side, timeout: ample, transcript: &said)
                    box.said = said
                } catch { box.error = "\(error)" }
                done.signal()
            }
            var (side, said) = (try bob(), [WorkMessage]())
            var stream = try listener.accept(within: ample)
            try stream.play(&side, timeout: ample, transcript: &said)
            done.wait()
            #expect(box.error == nil)
            #expect(said == box.said && side.verdict == .accept)
        }
    }

    @Test("nobody there")
    func unreachable() throws {
        let listener = try WorkEndpoint(host: "127.0.0.1", port: 0).listen()
        let endpoint = listener.endpoint
        let taken = #expect(throws: WorkStreamError.self) { _ = try endpoint.listen() }
        #expect(taken?.code == "unreachable")
        var alone: WorkStreamError?
        do throws(WorkStreamError) { _ = try listener.accept(within: short) } catch { alone = error }
        #expect(alone == .unreachable(address: endpoint.description, reason: "nobody came in time"))
        // The listener has gone, and its port with it.
        let refused = #expect(throws: WorkStreamError.self) { _ = try endpoint.connect(within: ample) }
        #expect(refused?.description == "\(endpoint): Connection refused")
        let unknown = #expect(throws: WorkStreamError.self) {
            _ = try WorkEndpoint(host: "no such host", port: 1).connect(within: ample)
        }
        #expect(unknown?.code == "unreachable")
    }

    @Test("endpoints")
    func endpoints() {
        for (text, host, port) in [
            ("localhost:1", "localhost", UInt16(1)), ("127.0.0.1:65535", "127.0.0.1", 65535), ("[::1]:0", "::1", 0),
            ("a.example:007", "a.example", 7),
        ] {
            #expect(WorkEndpoint(text) == WorkEndpoint(host: host, port: port))
        }
        #expect(WorkEndpoint("[::1]:80")?.description == "[::1]:80")
        for text in [
            "", ":", ":1", "host", "host:", "host:65536", "host:-1", "host:1x", "host:+1", "host:-0", "::1:80", "[]:1",
            "a\0b:1",
        ] {
            #expect(WorkEndpoint(text) == nil, "\(text)")
        }
    }

    @Test("errors have a code and a sentence")
    func codes() {
        let cases: [(WorkStreamError, String)] = [
            (.closed(awaiting: .openB), "peer-closed"), (.closed(awaiting: nil), "peer-closed"),
            (.timeout(awaiting: .step2), "timeout"), (.timeout(awaiting: nil), "timeout"),
            (.outOfTurn(awaiting: .step2), "out-of-turn"), (.outOfTurn(awaiting: nil), "out-of-turn"),
            (.lineTooLong(limit: 1024), "line-too-long"), (.truncated, "truncated"),
            (.malformed(.json(.empty)), "schema"), (.refused(.reflected), "reflected"),
            (.unreachable(address: "a:1", reason: "r"), "unreachable"),
            (.system(operation: "o", reason: "r"), "system"),
        ]
        for (error, code) in cases {
            #expect(error.code == code)
            #expect(error.description.contains(" "))
        }
    }
}
