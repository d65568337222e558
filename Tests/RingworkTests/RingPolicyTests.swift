import ByteCoding
import Support
import Testing

@Suite("ringwork ring verify: what the caller expects") struct RingPolicyTests {
    @Test("a signature with another context, recipient or administrator than expected is refused for that")
    func expectations() throws {
        let tool = try Tool()
        try tool.makeRing("rfc5114-2048-256")
        for name in ["r", "s"] {
            try tool.output("ring keygen --group rfc5114-2048-256 -o @\(name).key --public @\(name).pub")
        }
        try tool.output(
            "ring sign --key @a.key --ring @ring --message @message --context 01 --link --recipient @r.pub "
                + "--administrator @s.pub -o @sig")
        let verify = "ring verify --signature @sig --message @message --ring @ring"
        try tool.output(
            verify + " --context 01 --recipient @r.pub --administrator @s.pub --require link,open,recipient")
        let expectations = [
            ("--context 02", "context-mismatch"), ("--recipient @s.pub", "recipient-mismatch"),
            ("--administrator @r.pub", "administrator-mismatch"),
        ]
        for (option, reason) in expectations {
            let result = try tool.run("\(verify) \(option) --json")
            #expect(result.status == 1)
            #expect(try Tool.field("reason", of: result.stdoutText) == .string(reason))
        }
    }

    @Test("every mode's proofs are files that a third party verifies, sealed or not")
    func proofs() throws {
        let tool = try Tool()
        try tool.makeRing("rfc5114-2048-256")
        for name in ["r", "s"] {
            try tool.output("ring keygen --group rfc5114-2048-256 -o @\(name).key --public @\(name).pub")
        }
        let sign =
            "ring sign --key @a.key --ring @ring --message @message --link --recipient @r.pub --administrator @s.pub"
        try tool.output(sign + " --claim-secret @secret -o @sig")
        #expect(try tool.mode("secret") == 0o600)
        let about = "--signature @sig --message @message"
        try tool.output("ring confirm \(about) --key @r.key --transfer @t")
        try tool.output("ring open \(about) --key @s.key -o @o")
        try tool.output("ring claim \(about) --claim-secret @secret -o @c")
        let named = try tool.output("ring verify \(about) --proof @t --proof @o --proof @c --json")
        let confirmed = try tool.output("ring confirm \(about) --key @r.key --json")
        #expect(try Tool.field("index", of: named) == Tool.field("index", of: confirmed))
        #expect(try Tool.field("index", of: named) != .null)
        #expect(try tool.run("ring confirm \(about) --key @s.key").status == 1)
        #expect(try tool.run("ring open \(about) --key @r.key").status == 1)

        try tool.output(sign + " --seal --claim-secret @secret2 -o @sealed")
        #expect(try tool.run("ring verify --signature @sealed --message @message").status == 2)
        #expect(try tool.run("ring unseal --signature @sealed --key @s.key").status == 1)
        try tool.output("ring unseal --signature @sealed --key @r.key -o @named --proof @u --message-output @read")
        #expect(try tool.read("read") == tool.read("message"))
        let unsealed = "--signature @named --message @message"
        try tool.output("ring open \(unsealed) --key @s.key --unsealing @u -o @o2")
        try tool.output("ring claim \(unsealed) --claim-secret @secret2 --unsealing @u -o @c2")
        try tool.output("ring confirm --signature @sealed --message @message --key @r.key --transfer @t2")
        try tool.output("ring verify \(unsealed) --proof @u --proof @o2 --proof @c2 --proof @t2")
        try tool.output("ring link @sig @sealed")

        // A proof of one signature says nothing about another, and a secret of one claims no other.
        let foreign = try tool.run("ring verify \(about) --proof @o2 --json")
        #expect(foreign.status == 1)
        #expect(try Tool.field("reason", of: foreign.stdoutText) == "lambda-mismatch")
        #expect(try tool.run("ring claim \(about) --claim-secret @secret2").status == 1)
        #expect(try tool.run("ring sign --key @a.key --ring @ring --message @message --seal").status == 64)
        try tool.output("ring sign --key @b.key --ring @ring --message @message --link -o @other")
        #expect(try tool.run("ring link @sig @other").status == 1)
        try tool.output("ring sign --key @a.key --ring @ring --message @message -o @base")
        let untagged = try tool.run("ring link @sig @base --json")
        #expect(try Tool.field("reason", of: untagged.stdoutText) == "not-linkable")
    }
}
