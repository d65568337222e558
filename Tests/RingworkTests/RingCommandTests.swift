import ByteCoding
import Foundation
import Support
import Testing

@Suite("ringwork ring") struct RingCommandTests {
    private static let allow = "--allow-insecure-group"

    @Test("a group document of the user's own: every combination of modes, and every requirement")
    func toy() throws {
        let tool = try Tool()
        try tool.write("toy", Tool.toyGroup)
        try tool.makeRing("@toy", insecure: Self.allow)
        let modes = ["link", "recipient", "open"]
        for bits in 0..<8 {
            let chosen = modes.indices.filter { bits >> $0 & 1 == 1 }.map { modes[$0] }
            let options = ["link": "--link", "recipient": "--recipient @b.pub", "open": "--administrator @d.pub"]
            let flags = chosen.compactMap { options[$0] }.joined(separator: " ")
            let sign = "ring sign --key @a.key --ring @ring --message @message --context 00ff"
            try tool.output("\(sign) \(flags) \(Self.allow) -o @s")
            let verify = "ring verify --signature @s --message @message --ring @ring \(Self.allow)"
            #expect(try tool.output(verify) == "valid: signed by one of 3\n")
            for mode in modes {
                let result = try tool.run("\(verify) --json --require \(mode)")
                #expect(result.status == (chosen.contains(mode) ? 0 : 1), "\(mode) of \(chosen)")
                let reason = try Tool.field("reason", of: result.stdoutText)
                #expect(reason == (chosen.contains(mode) ? .null : .string("\(mode)-required")))
            }
            let refused = try tool.run("ring verify --signature @s --message @message")
            #expect(refused.status == 3)
            #expect(refused.stderrText.contains("insecure"))
        }
    }

    @Test("the embedded groups sign and verify", arguments: ["rfc5114-2048-256", "ringwork-3072-256"])
    func embedded(group: String) throws {
        let tool = try Tool()
        try tool.makeRing(group)
        try tool.output("ring sign --key @b.key --ring @ring --message @message -o @s")
        #expect(try tool.output("ring verify --signature @s --message @message --json").contains("\"valid\":true"))
        #expect(try tool.run("ring verify --signature @s --message @ring").status == 1)
        try tool.output("ring assemble @a.pub @b.pub @d.pub -o @other")
        let mismatch = try tool.run("ring verify --signature @s --message @message --ring @other --json")
        #expect(mismatch.status == 1)
        #expect(try Tool.field("reason", of: mismatch.stdoutText) == "ring-mismatch")
    }

    @Test("a value out of range is a verdict with its reason and index; text out of grammar is not")
    func values() throws {
        let tool = try Tool()
        try tool.makeRing("rfc5114-2048-256")
        try tool.output("ring sign --key @a.key --ring @ring --message @message -o @s")
        let signature = try tool.read("s")
        guard case .array(let ring) = try Tool.field("ring", of: signature),
            case .array(let alpha) = try Tool.field("alpha", of: signature)
        else {
            Issue.record("not a signature")
            return
        }
        let values: [(String, JSONValue, String, JSONValue)] = [
            ("delta", "0", "delta-out-of-range", .null), ("E", "1", "E-not-in-group", .null),
            ("alpha", .array([alpha[0], "0", alpha[2]]), "alpha-out-of-range", 1),
            ("ring", .array([ring[0], "2", ring[2]]), "key-not-in-group", 1),
            ("ring", .array([ring[0], ring[0], ring[2]]), "duplicate-key", 1),
            ("alpha", .array([alpha[0]]), "length-mismatch", .null), ("ring", [], "length-mismatch", .null),
        ]
        for (field, value, reason, index) in values {
            try tool.change("s", to: "t", field, value)
            let result = try tool.run("ring verify --signature @t --message @message --json")
            #expect(result.status == 1)
            #expect(try Tool.field("reason", of: result.stdoutText) == .string(reason))
            #expect(try Tool.field("index", of: result.stdoutText) == index)
        }
        let grammar: [(String, JSONValue?, String)] = [
            ("E", "0a", "leading zeros"), ("E", "A", "lower-case"), ("E", nil, "the field E is missing"),
            ("E", 5, "E must be a string, and is a number"), ("context", "abc", "even number"),
            ("schema", "ringwork/ring-signature/2", "schema"), ("group", "nosuch", "nosuch"),
            ("group", "rfc5114-1024-160", "insecure"), ("scheme", "x", "scheme"),
        ]
        for (field, value, words) in grammar {
            try tool.change("s", to: "t", field, value)
            let result = try tool.run("ring verify --signature @t --message @message --json")
            #expect(result.status == 3, "\(field)")
            #expect(result.stdout.isEmpty)
            #expect(result.stderrText.contains(words), "\(result.stderrText)")
        }
        try tool.write("t", signature.dropLast(2) + ",\"E\":\"1\"}")
        #expect(try tool.run("ring verify --signature @t --message @message").status == 3)
        try tool.write("t", signature.dropLast(2) + ",\"zzz\":\"1\"}")
        let unknown = try tool.run("ring verify --signature @t --message @message")
        #expect(unknown.status == 3)
        #expect(unknown.stderrText.contains("/t: the field zzz"))
        try tool.change("s", to: "t", "sealed", ["U": "2", "ciphertext": "00"])
        #expect(try tool.run("ring verify --signature @t --message @message").status == 1)
        // A seal whose values are in range: nobody but the recipient can check it.
        try tool.change("s", to: "t", "sealed", ["U": ring[0], "ciphertext": "00"])
        #expect(try tool.run("ring verify --signature @t --message @message").status == 2)
    }

    @Test("a large ring is refused at its first bad key, not after its last")
    func largeRing() throws {
        let tool = try Tool()
        let ring = (2..<60_002).map { JSONValue.string(String($0, radix: 16)) }
        let ones = [JSONValue](repeating: "1", count: ring.count)
        let document: JSONValue = [
            "schema": "ringwork/ring-signature/1", "scheme": "paper", "group": "ringwork-3072-256",
            "ring": .array(ring), "context": "", "recipient": .null, "administrator": .null, "E": "2", "delta": "1",
            "alpha": .array(ones), "beta": .array(ones), "tau": .null, "A1": .null, "A2": .null, "gamma": [],
            "sealed": .null,
        ]
        try tool.write("s", document.documentText)
        let result = try tool.run("ring verify --signature @s --message @s --json")
        #expect(result.status == 1)
        #expect(try Tool.field("index", of: result.stdoutText) == 0)
    }

    @Test("secret files are the owner's alone; others keep the mode that they had; links and devices stay")
    func outputs() throws {
        let tool = try Tool()
        try tool.write("key", "old")
        try tool.write("pub", "old")
        chmod(tool.path("key"), 0o644)
        chmod(tool.path("pub"), 0o640)
        try FileManager.default.createSymbolicLink(atPath: tool.path("link"), withDestinationPath: tool.path("pub"))
        try tool.output("ring keygen --group rfc5114-2048-256 -o @key --public @link")
        #expect(try tool.mode("key") == 0o600)
        #expect(try tool.mode("pub") == 0o640)
        #expect(try tool.read("pub").contains("ring-public-key"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: tool.path("link")) == tool.path("pub"))

        try tool.output("ring keygen --group rfc5114-2048-256 -o @key2 --public @pub2")
        mkfifo(tool.path("fifo"), 0o600)
        let piped = try runProcess(
            "sh",
            ["-c", "cd '\(tool.directory.path)'; cat fifo & '\(Tool.executable)' ring assemble pub pub2 -o fifo; wait"])
        #expect(piped.stdoutText.contains("ringwork/ring/1"))
        let type = try FileManager.default.attributesOfItem(atPath: tool.path("fifo"))[.type] as? FileAttributeType
        #expect(type != .typeRegular)
        #expect(try tool.run("ring assemble @pub @pub2 -o @nowhere/ring").status == 3)
        #expect(try tool.run("ring assemble @pub @pub2 -o \(tool.directory.path)").status == 3)
        let left = try FileManager.default.contentsOfDirectory(atPath: tool.directory.path).sorted()
        #expect(left == ["fifo", "key", "key2", "link", "pub", "pub2"])
    }

    @Test("a result that does not reach stdout is an error")
    func lostOutput() throws {
        for line in ["hash /dev/null", "group show ringwork-3072-256", "pow target --bits 1d00ffff"] {
            for redirection in [">/dev/full", ">&-"] {
                let result = try runProcess("sh", ["-c", "'\(Tool.executable)' \(line) \(redirection)"])
                #expect(result.status == 3)
                #expect(result.stderrText.contains("standard output"))
            }
        }
    }
}
