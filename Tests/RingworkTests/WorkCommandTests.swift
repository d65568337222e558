import ByteCoding
import Foundation
import Support
import Testing

@Suite("ringwork work") struct WorkCommandTests {
    @Test("two processes joined by pipes", arguments: ["literal", "v2"], ["sha256", "sha256d"])
    func twoProcesses(profile: String, hash: String) throws {
        let tool = try Tool()
        mkfifo(tool.path("back"), 0o600)
        let options = "--profile \(profile) --hash \(hash) --k 64"
        let script = """
            cd '\(tool.directory.path)'
            '\(Tool.executable)' work alice \(options) <back | tee out | '\(Tool.executable)' work bob \(options) >back
            echo "${PIPESTATUS[@]}"
            """
        let result = try runProcess("bash", ["-c", script], timeout: 20)
        #expect(result.stdoutText == "0 0 0\n")
        #expect(result.stderrText.split(separator: "\n").count { $0.hasPrefix("accept: 128 evaluations") } == 2)
        let messages = try tool.read("out").split(separator: "\n")
        #expect(messages.count == (profile == "v2" ? 4 : 2))
    }

    @Test(
        "a hostile peer is refused, with a reason and in finite time", arguments: ["alice", "bob"], ["literal", "v2"])
    func hostile(side: String, profile: String) throws {
        let session = String(repeating: "ab", count: 32)
        func message(_ step: String, k: String, session: String) -> [UInt8] {
            let value = String(repeating: "cd", count: 32)
            let fields = "\"session\":\(session),\"step\":\"\(step)\",\"value\":\"\(value)\",\"k\":\(k)"
            return Array("{\"schema\":\"ringwork/work/1\",\(fields)}\n".utf8)
        }
        let hostile: [([UInt8], Int, String)] = [
            ([], 1, "closed"), (Array("garbage\n".utf8), 3, "JSON"), ([0x0a], 3, "empty"),
            ([UInt8](repeating: 0x61, count: 2048), 3, "longer than 1024"), ([0xff, 0xfe, 0x0a], 3, "UTF-8"),
            (Array("{".utf8), 3, "inside a line"), (message("8", k: "null", session: "\"\(session)\""), 1, "step 8"),
            (message("frob", k: "null", session: "null"), 3, "step"), (message("1", k: "-1", session: "null"), 3, "k"),
        ]
        for (stdin, status, words) in hostile {
            let result = try Tool().run("work \(side) --profile \(profile)", stdin: stdin)
            #expect(result.status == status, "\(result.stderrText)")
            #expect(result.stderrText.contains(words), "\(result.stderrText)")
        }
        guard profile == "literal" else { return }
        for k in ["15", "16385"] {
            let stdin = message(side == "alice" ? "2" : "1", k: k, session: "\"\(session)\"")
            let result = try Tool().run("work \(side) --profile literal", stdin: stdin)
            #expect(result.status == 1, "\(result.stderrText)")
        }
    }

    @Test("both sides at once, and the mirror attack", arguments: ["sha256", "sha256d"])
    func oneProcess(hash: String) throws {
        let tool = try Tool()
        for profile in ["literal", "v2"] {
            let run = try tool.output("work run --profile \(profile) --hash \(hash) --k 16 --transcript @t --json")
            #expect(run.split(separator: "\n").count == (profile == "v2" ? 9 : 5))
            #expect(try Tool.field("valid", of: tool.output("work verify --transcript @t --json")) == true)
        }
        let attack = try tool.output("work attack --hash \(hash) --json")
        #expect(try Tool.field("alice", of: attack) == (hash == "sha256d" ? "accept" : "self-chain"))
    }

    @Test(
        "every attack breaks the paper's protocol, and version 2 refuses it",
        arguments: [
            ("mirror", 2, ["commitment-mismatch", "wrong-answer"]),
            ("mirror --i 7", 16, ["commitment-mismatch", "wrong-answer"]),
            ("replay", 0, ["wrong-answer", "session-mismatch", "reflected"]),
            ("relay --hash sha256", 0, ["wrong-answer", "commitment-mismatch", "wrong-answer"]),
        ])
    func attacks(line: String, calls: Int64, reasons: [String]) throws {
        let tool = try Tool()
        let document = try tool.output("work attack \(line) --k 100 --json")
        #expect(try Tool.field("schema", of: document) == "ringwork/work-attack/1")
        #expect(try Tool.field("alice", of: document) == "accept")
        #expect(try Tool.field("bobCalls", of: document) == .integer(calls))
        #expect(try Tool.field("asTheorySays", of: document) == true)
        guard case .array(let attempts) = try Tool.field("repaired", of: document) else { return }
        let refused = attempts.compactMap { attempt -> JSONValue? in
            guard case .object(let fields) = attempt else { return nil }
            return fields.first { $0.name == "reason" }?.value
        }
        #expect(refused == reasons.map { .string($0) })
        let text = try tool.output("work attack \(line) --k 100")
        for reason in reasons { #expect(text.contains(": \(reason)\n")) }
        #expect(text.contains("Stopped by: "))
    }

    @Test("the table of costs")
    func costs() throws {
        let tool = try Tool()
        #expect(
            try tool.output("work cost --k 16 64 1024") == """
                H = sha256d, kA = kB = k; calls of SHA-256, counted
                   k  honest side  answer only  v2 side  mirroring Bob  joint/claimed
                  16           64           32       64              2          0.516
                  64          256          128      256              2          0.504
                1024         4096         2048     4096              2          0.500
                as theory says: yes

                """)
        let single = try tool.output("work cost --hash sha256 --k 16 --json")
        #expect(try Tool.field("asTheorySays", of: single) == true)
        #expect(single.contains("\"mirror\":null"))
    }

    @Test("transcripts that are refused")
    func transcripts() throws {
        let tool = try Tool()
        try tool.output("work run --k 16 --transcript @t")
        try tool.change("t", to: "hash", "hash", "sha256")
        try tool.change("t", to: "names", "bob", "alice")
        try tool.change("t", to: "none", "messages", [])
        try tool.change("t", to: "profile", "profile", "literal")
        try tool.change("t", to: "extra", "alice", nil)
        try tool.write("large", [UInt8](repeating: 0x20, count: 16385))
        let refused: [(String, String, JSONValue)] = [
            ("hash", "wrong-answer", 6), ("names", "reflected", .null), ("none", "incomplete", 0),
        ]
        for (name, reason, index) in refused {
            let result = try tool.run("work verify --transcript @\(name) --json")
            #expect(result.status == 1)
            #expect(try Tool.field("reason", of: result.stdoutText) == .string(reason))
            #expect(try Tool.field("index", of: result.stdoutText) == index)
        }
        for name in ["profile", "extra", "large", "missing"] {
            let result = try tool.run("work verify --transcript @\(name)")
            #expect(result.status == 3)
            #expect(result.stdout.isEmpty && result.stderrText.contains(name))
        }
    }
}
