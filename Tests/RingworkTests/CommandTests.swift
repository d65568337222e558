import ByteCoding
import Foundation
import Support
import Testing

@Suite("ringwork commands") struct CommandTests {
    @Test("hash prints what sha256sum prints, escaped names too; SHA-256d of nothing is known")
    func hash() throws {
        let tool = try Tool()
        try tool.write("abc", "abc")
        try tool.write("a\nb\\c", [0, 255])
        let names = [tool.path("abc"), "-", tool.path("a\nb\\c"), "/dev/null"]
        let ours = try runProcess(Tool.executable, ["hash"] + names, stdin: [1, 2, 3])
        let theirs = try runProcess("sha256sum", names, stdin: [1, 2, 3])
        #expect(theirs.status == 0)
        #expect(ours.stdoutText == theirs.stdoutText)
        #expect(
            try tool.output("hash --sha256d /dev/null").hasPrefix(
                "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456  "))
        #expect(
            try tool.output("hash --json @abc").contains(
                "\"digest\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""))
        let partly = try tool.run("hash @abc @nosuch")
        #expect(partly.status == 3)
        #expect(partly.stdoutText.hasPrefix("ba7816bf"))
    }

    @Test("Bitcoin's first header: its hash, its nonce, its target")
    func pow() throws {
        let tool = try Tool()
        let header =
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
            + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d"
        let id = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
        let check = try tool.output("pow check --json --header \(header)1dac2b7c")
        #expect(try Tool.field("hash", of: check) == .string(id))
        #expect(try Tool.field("meets", of: check) == true)
        let mined = try tool.output("pow mine --json --header \(header)00000000 --start 2083236800 --threads 2")
        #expect(try Tool.field("nonce", of: mined) == 2_083_236_893)
        #expect(try Tool.field("hash", of: mined) == .string(id))
        let target = try tool.output("pow target --json --bits 1d00ffff")
        #expect(try Tool.field("difficulty", of: target) == "1.00000000")
        #expect(try Tool.field("expectedHashes", of: target) == "100010001")
    }

    @Test("both trees: known roots, and a proof for every leaf", arguments: ["bitcoin", "rfc9162"])
    func merkle(tree: String) throws {
        let tool = try Tool()
        for size in 1...5 {
            let names = (0..<size).map { "@leaf\($0)" }.joined(separator: " ")
            for index in 0..<size { try tool.write("leaf\(index)", [UInt8(index)]) }
            let lines = Array((0..<size).map { "0\($0)\n" }.joined().utf8)
            let root = try tool.output("merkle root --tree \(tree) \(names)").dropLast()
            #expect(try tool.output("merkle root --tree \(tree) -", stdin: lines).dropLast() == root)
            for index in 0..<size {
                try tool.output("merkle prove --tree \(tree) --index \(index) \(names) -o @proof")
                try tool.output("merkle verify --proof @proof --root \(root) --leaf @leaf\(index)")
                let other = try tool.run("merkle verify --proof @proof --leaf @proof --json")
                #expect(other.status == 1)
                #expect(try Tool.field("reason", of: other.stdoutText) == "leaf-mismatch")
            }
        }
        let zero = String(repeating: "0", count: 64)
        #expect(try tool.run("merkle verify --proof @proof --root \(zero)").status == 1)
    }

    @Test("one proof for several leaves", arguments: ["bitcoin", "rfc9162"])
    func merkleMultiProof(tree: String) throws {
        let tool = try Tool()
        for index in 0..<7 { try tool.write("leaf\(index)", [UInt8(index)]) }
        let names = (0..<7).map { "@leaf\($0)" }.joined(separator: " ")
        let root = try tool.output("merkle root --tree \(tree) \(names)").dropLast()
        // The order in which the indices are given does not matter.
        try tool.output("merkle prove --tree \(tree) --index 6 --index 1 --index 2 \(names) -o @proof")
        let document = try tool.read("proof")
        #expect(try Tool.field("schema", of: document) == "ringwork/merkle-multi-proof/1")
        #expect(try Tool.field("indices", of: document) == [1, 2, 6])
        let verify = "merkle verify --proof @proof --root \(root)"
        #expect(try tool.output(verify).contains("3 leaves of 7"))
        try tool.output(verify + " --size 7 --leaf @leaf1 --leaf @leaf2 --leaf @leaf6")
        for (options, reason) in [
            ("--leaf @leaf2 --leaf @leaf1 --leaf @leaf6", "leaf-mismatch"), ("--leaf @leaf1", "leaf-count"),
            ("--size 8", "size-mismatch"), ("--root \(String(repeating: "0", count: 64))", "root-mismatch"),
        ] {
            let result = try tool.run("merkle verify --proof @proof --json \(options)")
            #expect(result.status == 1)
            #expect(try Tool.field("reason", of: result.stdoutText) == .string(reason))
        }
        try tool.change("proof", to: "twice", "indices", [1, 1, 6])
        let twice = try tool.run("merkle verify --json --proof @twice")
        #expect(try Tool.field("reason", of: twice.stdoutText) == "index-order")
    }

    @Test("a tree begins with a smaller one, and a refusal shows both roots")
    func merkleConsistency() throws {
        let tool = try Tool()
        let lines = (0..<7).map { "0\($0)\n" }
        let input = { (count: Int) in Array(lines.prefix(count).joined().utf8) }
        let roots = try [3, 7].map { try tool.output("merkle root --tree rfc9162 -", stdin: input($0)).dropLast() }
        try tool.output("merkle consistency --tree rfc9162 --old-size 3 - -o @proof", stdin: input(7))
        #expect(try Tool.field("schema", of: tool.read("proof")) == "ringwork/merkle-consistency/1")
        #expect(try Tool.field("oldRoot", of: tool.read("proof")) == .string(String(roots[0])))
        let verify = "merkle verify --proof @proof --root \(roots[1]) --old-root \(roots[0])"
        #expect(try tool.output(verify + " --size 7 --old-size 3").hasPrefix("valid: the 7 leaves under"))
        for (line, reason) in [
            (verify + " --size 8", "size-mismatch"), (verify + " --old-size 4", "old-size-mismatch"),
            ("merkle verify --proof @proof --root \(roots[0])", "root-mismatch"),
            ("merkle verify --proof @proof --old-root \(roots[1])", "old-root-mismatch"),
        ] {
            let result = try tool.run(line + " --json")
            #expect(result.status == 1)
            #expect(try Tool.field("reason", of: result.stdoutText) == .string(reason))
            if reason.hasSuffix("root-mismatch") {
                for root in roots { #expect(result.stderrText.contains(root)) }
            }
        }
    }

    /// Enough lines for several batches of leaves, and for lines that lie across two reads. Roots: Vectors/Generators.
    @Test(
        "a long list is hashed as it is read",
        arguments: [
            ("bitcoin", "a3bf06a3c14fce407f8cc560c622c37f83801cb5c41b6f5e16c15b7ba26e8821"),
            ("rfc9162", "f29a6b41edb613a392bfc19a63bf128002a5f62d0f904c4a3777a9cf0a52766c"),
        ])
    func merkleStream(tree: String, root: String) throws {
        let zeros = String(repeating: "0", count: 56)
        let lines = Array((1...40_000).map { zeros + Hex.encode(UInt32($0).bigEndianBytes) + "\n" }.joined().utf8)
        let line = "merkle root --tree \(tree) --leaves-are-hashes -"
        #expect(try Tool().output(line, stdin: lines) == root + "\n")
        #expect(try Tool().output(line, stdin: lines.dropLast()) == root + "\n")
        let short = try Tool().run(line, stdin: lines + Array("00ff\n".utf8))
        #expect(short.status == 1)
        #expect(short.stderrText.contains("leaf 40000 has 2 bytes"))
        let letter = try Tool().run(line, stdin: lines + Array("0x\n".utf8))
        #expect(letter.status == 3)
        #expect(letter.stderrText.contains("line 40001"))
    }

    @Test("no leaves, display order, a mutated list")
    func merkleEdges() throws {
        let tool = try Tool()
        #expect(
            try tool.output("merkle root --tree rfc9162 -")
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n")
        // RFC 9162's tree over one empty leaf: SHA-256 of the byte 00.
        #expect(try tool.output("merkle root --tree rfc9162 -", stdin: [0x0a]).hasPrefix("6e340b9cffb37a98"))
        // Bitcoin's block 170: two transactions.
        let ids = """
            b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082
            f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16

            """
        let options = "merkle root --tree bitcoin --leaves-are-hashes --display-order -"
        #expect(
            try tool.output(options, stdin: Array(ids.utf8))
                == "7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff\n")
        let mutated = Array((ids + ids + ids + ids).utf8)
        #expect(try tool.run(options, stdin: mutated).status == 1)
    }

    @Test("tokens repeat, and change with each part of their scope")
    func token() throws {
        let tool = try Tool()
        try tool.write("key", String(repeating: "0", count: 63) + "7\n")
        try tool.write("patient", MisuseTests.patient("1990-01-31"))
        var tokens: Set<String> = []
        for scope in [
            "--purpose p --tenant t --epoch 1", "--purpose q --tenant t --epoch 1", "--purpose p --tenant u --epoch 1",
            "--purpose p --tenant t --epoch 2",
        ] {
            let line = "token patient --from @patient --key-file @key \(scope)"
            let token = try tool.output(line)
            #expect(try tool.output(line) == token)
            #expect(token.wholeMatch(of: /rw1\.[0-9a-f]{8}\.[0-9a-f]{64}\n/) != nil)
            tokens.insert(token)
        }
        #expect(tokens.count == 4)
    }

    @Test("a token is matched in its epoch and rotated into the newest; a stranger's is refused")
    func tokenRotation() throws {
        let tool = try Tool()
        for name in ["1", "2", "3"] { try tool.write("key\(name)", String(repeating: name, count: 64) + "\n") }
        try tool.write("patient", MisuseTests.patient("1990-01-31"))
        try tool.write("other", MisuseTests.patient("1990-01-30"))
        let scope = "--purpose p --tenant t"
        try tool.write("token", tool.output("token patient --from @patient --key-file @key1 \(scope) --epoch 1"))
        let keys = "--key-file @key1 --epoch 1 --key-file @key2 --epoch 7"
        let match = "token match --token @token \(scope) \(keys) --json --from"
        #expect(try Tool.field("epoch", of: tool.output("\(match) @patient")) == "1")
        let mismatch = try tool.run("\(match) @other")
        #expect(mismatch.status == 1 && mismatch.stderrText.contains("token-mismatch"))
        let gone = try tool.run("token match --token @token \(scope) --key-file @key2 --epoch 7 --from @patient --json")
        #expect(gone.status == 1 && gone.stderrText.contains("key-unknown"))

        let rotated = try tool.output("token rotate --token @token \(scope) \(keys) --from @patient")
        #expect(try rotated == tool.output("token patient --from @patient --key-file @key2 \(scope) --epoch 7"))
        try tool.write("token", rotated)
        #expect(try Tool.field("epoch", of: tool.output("\(match) @patient")) == "7")
        #expect(try tool.run("token rotate --token @token \(scope) \(keys) --from @other").status == 1)
    }

    @Test("a slow token: another prefix, another key id, matched by the same command")
    func slowToken() throws {
        let tool = try Tool()
        try tool.write("key", String(repeating: "5", count: 64))
        try tool.write(
            "provider", #"{"schema":"ringwork/provider/1","npi":"1234567893","name":"X","tin":"EIN:12-3456789"}"#)
        let scope = "--from @provider --key-file @key --purpose p --tenant t --epoch 1"
        let fast = try tool.output("token provider \(scope)")
        let slow = try tool.output("token provider \(scope) --slow")
        #expect(slow.wholeMatch(of: /rw1s\.[0-9a-f]{8}\.[0-9a-f]{64}\n/) != nil)
        #expect(slow.split(separator: ".")[1] != fast.split(separator: ".")[1])
        try tool.write("token", slow)
        #expect(try tool.output("token match --token @token \(scope)") == "the record's token, of epoch 1\n")
    }

    @Test(
        "the dictionary attack opens the printed token, the keyed one only with its key",
        arguments: ["birth-date", "national-id", "npi"])
    func tokenAttack(space: String) throws {
        let report = try Tool().output("token attack --space \(space) --guesses 3000 --seed 11 --json")
        #expect(try Tool.field("asTheorySays", of: report) == true)
        #expect(try Tool.field("space", of: report) == .string(space))
        guard case .array(let attempts) = try Tool.field("attempts", of: report) else {
            Issue.record("attempts are a list")
            return
        }
        let found = try attempts.map { try Tool.field("found", of: $0.compactText) }
        #expect(found.map { $0 == .null } == [false, true, false, true])
        #expect(found[0] == found[2])
        for attempt in attempts { #expect(try Tool.field("guessesPerSecond", of: attempt.compactText) == .null) }
    }

    @Test("a seed repeats the dictionary attack, and keeps rates off the page")
    func seededTokenAttack() throws {
        let tool = try Tool()
        let seeded = try tool.output("token attack --guesses 1 --seed 11")
        #expect(try tool.output("token attack --guesses 1 --seed 11") == seeded)
        #expect(seeded.contains("no guess fits") && !seeded.contains("a second"))
        #expect(try tool.output("token attack --guesses 1 --double").contains("guesses a second"))
    }

    @Test("attacks on shortened hashes: two messages with one hash, one with a given hash, half of the bits")
    func hashAttack() throws {
        let tool = try Tool()
        let birthday = try tool.output("hash attack birthday --bits 20 --trials 3 --seed 1 --json")
        #expect(try tool.output("hash attack birthday --bits 20 --trials 3 --seed 1 --json") == birthday)
        #expect(try tool.output("hash attack birthday --bits 20 --trials 3 --seed 2 --json") != birthday)
        guard case .array(let messages) = try Tool.field("messages", of: birthday),
            case .string(let hash) = try Tool.field("hash", of: birthday)
        else {
            Issue.record("a collision has two messages and a hash")
            return
        }
        #expect(Set(messages.map(\.compactText)).count == 2 && hash.count == 5)
        for case .string(let message) in messages {
            #expect(try tool.output("hash -", stdin: Hex.decode(message)).hasPrefix(hash))
        }
        #expect(try Tool.field("hashesPerSecond", of: birthday) == .null)
        #expect(try Tool.field("expected", of: birthday) == "1284.06")
        let preimage = try tool.output("hash attack preimage --bits 9 --trials 50 --seed 1 --json")
        #expect(try Tool.field("expected", of: preimage) == "512.00")
        let avalanche = try tool.output("hash attack avalanche --trials 2")
        #expect(avalanche.contains("256 pairs") && avalanche.contains("theory: 256 / 2 = 128.00"))
        #expect(try tool.output("hash attack birthday --bits 8 --trials 1").contains("a second"))
        // Files are hashed as before, also one that is called like the lesson.
        try tool.write("attack", "abc")
        #expect(try tool.output("hash @attack").hasPrefix("ba7816bf"))
    }

    @Test("a ledger's life: enrolments, a signed claim, and damage named by its height")
    func ledger() throws {
        let tool = try Tool()
        try tool.makeRing("rfc5114-2048-256")
        try tool.output("ledger init --chain @chain --group rfc5114-2048-256 --bits 207fffff")
        try tool.output("ledger append --chain @chain --enrol @a.pub --enrol @b.pub --enrol @c.pub")
        for (name, kind) in [("patient", "ab"), ("provider", "cd")] {
            try tool.write(name, "rw1.00000000." + String(repeating: kind, count: 32) + "\n")
        }
        try tool.output("ledger claim --chain @chain --patient @patient --provider @provider -o @claim")
        try tool.output("ring sign --key @b.key --ring @ring --message @claim -o @s")
        let append = "ledger append --chain @chain --patient @patient --provider @provider --signature @s"
        let tip = try tool.output(append + " --json")
        #expect(try Tool.field("height", of: tip) == 2)
        #expect(try Tool.field("claims", of: tip) == 1)
        let again = try tool.run(append)
        #expect(again.status == 1)
        #expect(again.stderrText.contains("already"))
        #expect(try tool.output("ledger verify --chain @chain --json").contains("\"valid\":true"))
        #expect(try tool.output("ledger show --chain @chain --json").split(separator: "\n").count == 3)
        #expect(try tool.run("ledger show --chain @chain --height 3").status == 1)

        let bytes = Array(try Data(contentsOf: URL(filePath: tool.path("chain"))))
        var damaged = bytes
        damaged[bytes.count - 100] ^= 1
        try tool.write("damaged", damaged)
        let verdict = try tool.run("ledger verify --chain @damaged --json")
        #expect(verdict.status == 1)
        #expect(try Tool.field("index", of: verdict.stdoutText) == 2)
        try tool.write("cut", bytes.dropLast(5))
        let cut = try tool.run("ledger verify --chain @cut --json")
        #expect(try Tool.field("reason", of: cut.stdoutText) == "torn-tail")
        #expect(cut.status == 1)
    }

    @Test("a chain of an insecure group needs leave")
    func insecureLedger() throws {
        let tool = try Tool()
        let line = "ledger init --chain @chain --group rfc5114-1024-160 --bits 207fffff"
        #expect(try tool.run(line).status == 3)
        try tool.output(line + " --allow-insecure-group")
        for command in ["verify", "show"] {
            #expect(try tool.run("ledger \(command) --chain @chain").status == 3)
            try tool.output("ledger \(command) --chain @chain --allow-insecure-group")
        }
    }

    @Test("the seeded demo is the same in two processes, says nothing of this machine, and passes")
    func demo() throws {
        let tool = try Tool()
        let first = try tool.output("demo --seed 7 --json")
        #expect(try tool.output("demo --seed 7 --json") == first)
        let lines = first.split(separator: "\n").map(String.init)
        #expect(lines.count == 10)
        for line in lines.dropLast() {
            #expect(try Tool.field("schema", of: line) == "ringwork/demo-stage/1")
            #expect(try Tool.field("passed", of: line) == true)
        }
        let summary = try #require(lines.last)
        #expect(try Tool.field("schema", of: summary) == "ringwork/demo-summary/1")
        #expect(try Tool.field("passed", of: summary) == 9)
        let text = try tool.output("demo --seed 7")
        for printed in [first, text] {
            for pattern in [#"(^|[ "])/[a-z]+/"#, #"20[0-9]{2}-[01][0-9]-"#, #"[0-9] ?m?s\b"#, "hash(es)?/s"] {
                let found = try printed.firstMatch(of: Regex(pattern))?.output.first?.substring
                #expect(found == nil, "\(pattern)")
            }
        }
        #expect(try tool.output("demo --seed 8 --json") != first)
        #expect(try tool.output("demo").hasSuffix("All 9 stages passed.\n"))
    }
}
