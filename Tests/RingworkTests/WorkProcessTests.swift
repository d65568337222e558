import ByteCoding
import Foundation
import Support
import Testing

/// Alice and Bob as processes of their own, honest and not.
@Suite("ringwork work, two processes") struct WorkProcessTests {
    private static let value = String(repeating: "cd", count: 32)
    private static let commitment = line("commitB", session: "null", k: "null")

    /// A message, with its line feed.
    private static func line(_ step: String, session: String, k: String) -> [UInt8] {
        let fields = "\"session\":\(session),\"step\":\"\(step)\",\"value\":\"\(value)\",\"k\":\(k)"
        return Array("{\"schema\":\"ringwork/work/1\",\(fields)}\n".utf8)
    }

    @Test("over TCP, and a transcript that others verify", arguments: ["literal", "v2"], ["sha256", "sha256d"])
    func overTCP(profile: String, hash: String) throws {
        let tool = try Tool()
        let options = "--profile \(profile) --hash \(hash) --k 64 --timeout 20 --json"
        let bob = try LiveTool("work bob --listen 127.0.0.1:0 --transcript \(tool.path("bob")) \(options)")
        let port = try bob.port()
        let alice = try tool.output("work alice --connect 127.0.0.1:\(port) --transcript @alice \(options)")
        let result = try bob.result()
        #expect(result.status == 0, "\(result.stderr)")
        for (text, role) in [(alice, "alice"), (result.stdout, "bob")] {
            #expect(try Tool.field("schema", of: text) == "ringwork/work-side/1")
            #expect(try Tool.field("role", of: text) == .string(role))
            #expect(try Tool.field("verdict", of: text) == "accept")
            #expect(try Tool.field("evaluations", of: text) == 128)
        }
        #expect(try tool.read("alice") == tool.read("bob"))
        let valid = try tool.output("work verify --transcript @alice")
        #expect(valid.hasPrefix("valid: \(profile), \(hash)"))
        #expect(valid.contains("128 evaluations"))
    }

    @Test("over pipes, with names, Carol's transcript not being Bob's")
    func overPipes() throws {
        let tool = try Tool()
        mkfifo(tool.path("back"), 0o600)
        let script = """
            cd '\(tool.directory.path)'
            '\(Tool.executable)' work alice --k 16 --name ann --peer-name ben --transcript a <back \
              | '\(Tool.executable)' work bob --k 17 --name ben --peer-name ann --transcript b >back
            echo "${PIPESTATUS[@]}"
            """
        #expect(try runProcess("bash", ["-c", script], timeout: 20).stdoutText == "0 0\n")
        #expect(try tool.read("a") == tool.read("b"))
        #expect(try tool.output("work verify --transcript @a").contains("ann and ben"))
        try tool.change("a", to: "carol", "bob", "carol")
        let refused = try tool.run("work verify --transcript @carol --json")
        #expect(refused.status == 1)
        #expect(try Tool.field("reason", of: refused.stdoutText) == "wrong-answer")
        #expect(try Tool.field("index", of: refused.stdoutText) == 6)
    }

    @Test("hostile peers on standard input: silence, a dribble, floods")
    func hostileInput() throws {
        let flood = Array(repeatElement(Self.commitment, count: 2000).joined())
        let cases: [(pieces: [[UInt8]], pause: UInt32, timeout: String, status: Int, code: String)] = [
            ([], 0, "0.1", 1, "timeout"), (Self.commitment.prefix(40).map { [$0] }, 10_000, "0.1", 1, "timeout"),
            ([flood], 0, "20", 1, "out-of-turn"),
            ([[UInt8](repeating: 0x20, count: 1 << 20)], 0, "20", 3, "line-too-long"),
            ([Self.commitment], 0, "0.5", 1, "timeout"), ([Array("{}\n".utf8)], 0, "20", 3, "schema"),
            ([Self.line("1", session: "null", k: "16")], 0, "20", 3, "schema"),
        ]
        for (pieces, pause, timeout, status, code) in cases {
            let alice = try LiveTool("work alice --timeout \(timeout) --json")
            alice.say(pieces, pause: pause)
            let failure = try alice.failure()
            #expect(failure == (status, code))
        }
    }

    @Test("hostile peers over TCP, and what was said until then")
    func hostileTCP() throws {
        let session = "\"\(Self.value)\""
        // What the peer says, how Bob ends, and where his transcript then fails.
        let cases: [(profile: String, bytes: [UInt8]?, status: Int, code: String, index: JSONValue)] = [
            ("v2", nil, 1, "timeout", 0), ("v2", [], 1, "peer-closed", 0),
            ("v2", Self.commitment, 1, "out-of-order", 0),
            ("v2", [0x7b], 3, "truncated", 0), ("v2", [UInt8](repeating: 0x61, count: 4096), 3, "line-too-long", 0),
            ("v2", [0xff, 0x0a], 3, "schema", 0), ("v2", [UInt8](repeating: 0x0a, count: 2), 1, "out-of-turn", 0),
            ("literal", Self.line("1", session: session, k: "262144"), 1, "k-too-large", 0),
            ("literal", Self.line("1", session: session, k: "262143"), 1, "peer-closed", 2),
            ("literal", Self.line("1", session: session, k: "9223372036854775807"), 1, "k-too-large", 0),
            ("literal", Self.line("1", session: "\"00\"", k: "16"), 3, "schema", 0),
        ]
        let tool = try Tool()
        for (profile, bytes, status, code, index) in cases {
            // With nothing to say the peer stays, and is silent.
            let timeout = bytes == nil ? "0.1" : "20"
            let options = "--profile \(profile) --timeout \(timeout) --json --transcript \(tool.path("t"))"
            let bob = try LiveTool("work bob --listen 127.0.0.1:0 \(options)")
            var peer: RawConnection? = try RawConnection(port: bob.port())
            if let bytes {
                peer?.say(bytes)
                peer = nil
            }
            let failure = try bob.failure()
            #expect(failure == (status, code))
            let refused = try tool.run("work verify --transcript @t --json")
            #expect(refused.status == 1)
            #expect(try Tool.field("index", of: refused.stdoutText) == index)
            withExtendedLifetime(peer) {}
        }
    }

    @Test("nobody there, nobody comes, and an interrupt while it waits")
    func alone() throws {
        let waiting = try LiveTool("work bob --listen 127.0.0.1:0 --timeout 20")
        let port = try waiting.port()
        let taken = try LiveTool("work bob --listen 127.0.0.1:\(port) --json").failure()
        #expect(taken == (3, "unreachable"))
        waiting.interrupt()
        #expect(try waiting.result().status == 130)
        let gone = try LiveTool("work alice --connect 127.0.0.1:\(port) --json").failure()
        #expect(gone == (3, "unreachable"))
        let alone = try LiveTool("work bob --listen 127.0.0.1:0 --timeout 0.05 --json").failure()
        #expect(alone == (3, "unreachable"))
        let silent = try LiveTool("work alice --timeout 20")
        #expect(silent.said().contains("commitA"))
        silent.interrupt()
        #expect(try silent.result().status == 130)
    }
}
