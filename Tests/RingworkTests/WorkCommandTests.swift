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
            let run = try tool.output("work run --profile \(profile) --hash \(hash) --k 16 --json")
            #expect(run.split(separator: "\n").count == (profile == "v2" ? 9 : 5))
        }
        let attack = try tool.output("work attack --hash \(hash) --json")
        #expect(try Tool.field("alice", of: attack) == (hash == "sha256d" ? "accept" : "self-chain"))
    }
}
