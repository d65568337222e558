import ByteCoding
import Foundation
import Support
import Testing

/// What must be refused: with which status, and with which words on stderr.
@Suite("ringwork misuse") struct MisuseTests {
    private static let genesis =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
        + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49"

    private static let arguments: [(line: String, status: Int, words: String)] = [
        ("", 64, "a subcommand is needed"), ("frob", 64, "frob"), ("ring", 64, "keygen"), ("ring frob", 64, "frob"),
        ("hash", 64, "files"), ("hash --sha256 --sha256d x", 64, "sha256d"), ("hash /nonexistent", 3, "/nonexistent"),
        ("hash /", 3, "irectory"), ("hash --md5 x", 64, "md5"),
        ("pow check", 64, "header"), ("pow check --header 00", 64, "header"),
        ("pow check --header \(genesis)ffff001d1dac2b7c00", 64, "header"),
        ("pow check --header \(genesis.uppercased())ffff001d1dac2b7c", 64, "header"),
        ("pow check --header \(genesis)ffff001d00000000", 1, "above the target"),
        ("pow check --header \(genesis)0000000000000000", 1, "is zero"),
        ("pow check --header \(genesis)ffff801d00000000", 1, "sign bit"),
        ("pow mine --header \(genesis)ffff7fff00000000", 1, "256 bits"),
        ("pow mine --header \(genesis)ffff001d00000000 --threads 0", 64, "threads"),
        ("pow mine --header \(genesis)ffff001d00000000 --start 4294967296", 64, "start"),
        ("pow mine --header \(genesis)ffff001d00000000 --start 4294967290", 1, "no nonce"),
        ("pow target", 64, "one of"), ("pow target --target 00", 64, "leading zeros"),
        ("pow mine --header \(genesis)ffff001d00000000 --start 5 --last 4", 64, "--start"),
        ("pow target --bits 1d00ffff --rate 0", 64, "rate"), ("pow target --bits 1d00ff", 64, "bits"),
        ("pow retarget --bits 1d00ffff --first-time 0", 64, "last-time"),
        ("pow retarget --bits 207fffff --first-time 0 --last-time 9", 1, "above"),
        ("pow retarget --bits 1d80ffff --first-time 0 --last-time 9", 1, "sign bit"),
        ("pow retarget --bits 1d00ffff --first-time=-1 --last-time 9", 64, "first-time"),
        ("pow retarget --bits 1d00ffff --first-time 0 --last-time 9 --interval 1", 1, "two blocks"),
        ("pow retarget --bits 1d00ffff --first-time 0 --last-time 9 --limit 0", 1, "256 bits"),
        ("pow table2 --samples 0", 64, "samples"), ("pow table2 --samples 4294967297", 64, "samples"),
        ("pow target --target 0", 1, "zero"), ("pow target --bits 1D00FFFF", 64, "bits"),
        ("merkle root", 64, "tree"), ("merkle root --tree x", 64, "bitcoin"),
        ("merkle root --tree bitcoin", 3, "no leaves"), ("merkle root --tree bitcoin @message @message", 1, "equal"),
        ("merkle root --tree bitcoin @64", 1, "64 bytes"),
        ("merkle root --tree rfc9162 --leaves-are-hashes @message", 1, "leaf 0 has 8 bytes"),
        ("merkle prove --tree rfc9162 --index 1 @message", 1, "no leaf 1"),
        ("merkle prove --tree rfc9162 --index=-1 @message", 1, "no leaf -1"),
        ("merkle prove --tree rfc9162 @message", 64, "index"),
        ("merkle prove --tree rfc9162 --index 0 --index 0 @message", 1, "not above"),
        ("merkle prove --tree bitcoin --index 0 --index 1 @message", 1, "no leaf 1"),
        ("merkle consistency --tree rfc9162 @message", 64, "old-size"),
        ("merkle consistency --tree bitcoin --old-size 1 @message", 64, "rfc9162"),
        ("merkle consistency --tree rfc9162 --old-size 0 @message", 1, "not of 0"),
        ("merkle consistency --tree rfc9162 --old-size 2 @message", 1, "not of 2"),
        ("merkle consistency --tree rfc9162 --old-size 1", 1, "0 leaves"),
        ("merkle verify --proof @message --old-root 00", 64, "old-root"),
        ("merkle verify --proof @message --old-size 1", 64, "consistency"),
        ("merkle verify --proof @message --leaf @message --leaf @message", 64, "one leaf"),
        ("merkle verify --proof @consistency --leaf @message", 64, "consistency"),
        ("merkle verify --proof @consistency", 3, "oldSize"),
        ("merkle verify --proof @multi", 3, "tree"),
        ("merkle verify --proof @message", 3, "message"), ("merkle verify --proof @message --root 00", 64, "root"),
        ("group show nosuch", 3, "nosuch"), ("group check @empty", 3, "empty"), ("group check @deep", 3, "32 deep"),
        ("group check rfc5114-1024-160", 3, "insecure"), ("group check @even", 1, "p must be an odd number"),
        ("group check @wide", 1, "8192"), ("group check @seed", 3, "seed"),
        ("ring keygen --group rfc5114-1024-160", 3, "insecure"), ("ring keygen --public -", 64, "two places"),
        ("ring keygen -o @x --public @./x", 64, "two places"),
        ("ring assemble @message", 3, "message"), ("ring sign --key @message --ring @x --message @x", 3, "message"),
        ("ring verify --signature @message --message @x", 3, "message"),
        ("ring verify --signature @x --message @x --require frob", 64, "frob"),
        ("ring verify --signature @x --message @x --require link,", 64, "require"),
        ("token patient --from @message --key-file @key --purpose p --tenant t --epoch 1", 3, "message"),
        ("token patient --from @large --key-file @key --purpose p --tenant t --epoch 1", 3, "65536"),
        ("token patient --from @patient --key-file @message --purpose p --tenant t --epoch 1", 3, "64 lower-case"),
        (
            "token patient --from @patient --key-file @key --purpose p --tenant t --epoch 18446744073709551616", 64,
            "epoch"
        ),
        ("token patient --from @badpatient --key-file @key --purpose p --tenant t --epoch 1", 1, "birthDate"),
        ("token provider --from @patient --key-file @key --purpose p --tenant t --epoch 1", 3, "provider/1"),
        ("token match --from @patient --token @message --key-file @key --purpose p --tenant t --epoch 1", 1, "rw1s."),
        ("token match --from @patient --token @token --key-file @key --purpose p --tenant t --epoch 1", 1, "00000000"),
        (
            "token match --from @badpatient --token @token --key-file @key --purpose p --tenant t --epoch 1", 1,
            "birthDate"
        ),
        ("token match --from @message --token @token --key-file @key --purpose p --tenant t --epoch 1", 3, "message"),
        ("token match --from @patient --token @token --key-file @key --purpose p --tenant t", 64, "epoch"),
        (
            "token match --from @patient --token @token --key-file @key --purpose p --tenant t --epoch 1 --epoch 1", 64,
            "once only"
        ),
        (
            "token rotate --from @patient --token @token --key-file @key --key-file @key --purpose p --tenant t --epoch 1",
            64, "as often"
        ),
        ("token rotate --from @patient --token @token --key-file @key --purpose p --tenant t --epoch 1", 1, "00000000"),
        ("token attack --space pin", 64, "birth-date"), ("token attack --guesses 0", 64, "at least 1"),
        ("token attack --seed=-1", 64, "seed"),
        ("hash attack", 64, "birthday"), ("hash attack frob", 64, "frob"),
        ("hash attack birthday --bits 7", 64, "8 to 64"), ("hash attack birthday --bits 65", 64, "8 to 64"),
        ("hash attack preimage --bits 41", 64, "8 to 40"), ("hash attack avalanche --trials 0", 64, "trials"),
        ("work alice --k 15", 64, "16 to 16384"), ("work alice --hash md5", 64, "sha256d"),
        ("work alice --name bob", 64, "must differ"), ("work attack --k 16", 64, "17 to 16384"),
        ("work attack frob", 64, "mirror"), ("work attack mirror --i 1 --k 17", 64, "18 to 16384"),
        ("work attack mirror --i 16368", 64, "0 to 16367"), ("work attack relay --i 1", 64, "mirror"),
        ("work attack relay --k 15", 64, "16 to 16384"), ("work cost --k 16 15", 64, "16 to 16384"),
        ("work bob --listen x:1 --connect x:1", 64, "exclude"), ("work bob --connect 127.0.0.1:0", 64, "1 to 65535"),
        ("work bob --listen ::1:1", 64, "listen"), ("work bob --timeout 0", 64, "timeout"),
        ("work bob --timeout nan", 64, "timeout"), ("work run --transcript -", 64, "needs a file"),
        ("work verify", 64, "transcript"), ("work verify --transcript @message", 3, "message"),
        ("ledger verify --chain @message", 3, "F9 BE B4 D9"), ("ledger verify --chain @empty", 3, "empty"),
        ("ledger init --chain @message", 3, "exists"), ("ledger init --chain @new --bits 00000000", 1, "zero"),
        ("ledger append --chain @message", 64, "nothing to append"),
        ("demo --seed x", 64, "seed"), ("demo --engine poa", 64, "pow"),
    ]

    @Test("each misuse ends with its status and says why on stderr, and says nothing else")
    func misuse() throws {
        let tool = try Tool()
        try tool.write("message", "message\n")
        try tool.write("empty", "")
        try tool.write("64", [UInt8](repeating: 0, count: 64))
        try tool.write("consistency", #"{"schema":"ringwork/merkle-consistency/1","tree":"rfc9162"}"#)
        try tool.write("multi", #"{"schema":"ringwork/merkle-multi-proof/1"}"#)
        try tool.write("deep", String(repeating: "[", count: 100_000))
        try tool.write("large", [UInt8](repeating: 0x20, count: 70_000))
        try tool.write("key", String(repeating: "0", count: 63) + "7\n")
        try tool.write("token", "rw1.00000000." + String(repeating: "0", count: 64))
        try tool.write("patient", Self.patient("1990-01-31"))
        try tool.write("badpatient", Self.patient("1990-02-31"))
        try tool.write("toy", Tool.toyGroup)
        try tool.change("toy", to: "even", "p", "10")
        // 2¹¹²¹³ − 1 is prime: proving that takes long enough to be an attack.
        try tool.change("toy", to: "wide", "p", .string("1" + String(repeating: "f", count: 2803)))
        let provenance: JSONValue = [
            "procedure": "ringwork-1", "seed": .string(String(repeating: "00", count: 1025)), "counter": 0, "index": 1,
        ]
        try tool.change("toy", to: "seed", "provenance", provenance)
        for (line, status, words) in Self.arguments {
            let result = try tool.run(line)
            #expect(result.status == status, "\(line): \(result.status) \(result.stderrText)")
            #expect(result.stderrText.contains(words), "\(line): \(result.stderrText)")
            // `pow check` prints what it compared.
            if !line.hasPrefix("pow check") { #expect(result.stdout.isEmpty, "\(line)") }
        }
    }

    @Test("what is on stdin is read once, within limits, and as it is")
    func standardInput() throws {
        let tool = try Tool()
        try tool.makeRing("rfc5114-2048-256")
        try tool.output("ring sign --key @a.key --ring @ring --message @message -o @s")
        let signature = Array(try tool.read("s").utf8)
        try tool.output("ring verify --signature - --message @message", stdin: signature)
        let twice = try tool.run("ring verify --signature - --message -", stdin: signature)
        #expect(twice.status == 64)
        #expect(twice.stderrText.contains("standard input"))
        let zeros = try tool.run(
            "ring verify --signature - --message @message", stdin: [UInt8](repeating: 0, count: 70 << 20))
        #expect(zeros.status == 3)
        #expect(zeros.stderrText.contains("larger than"))
        #expect(try runProcess("sh", ["-c", "'\(Tool.executable)' hash - <&-"]).status == 3)
        let leaves: [(String, String)] = [
            ("0\n", "even number"), ("AA\n", "lower-case"), ("00\r\n", "line 1"), ("00\nx", "line 2"),
        ]
        for (text, words) in leaves {
            let result = try tool.run("merkle root --tree rfc9162 -", stdin: Array(text.utf8))
            #expect(result.status == 3)
            #expect(result.stderrText.contains(words))
        }
    }

    @Test(
        "RINGWORK_KERNELS takes its four caps and no other",
        arguments: ["portable", "sha-ni", "avx2", "avx512", "x", ""])
    func kernels(cap: String) throws {
        let known = ["portable", "sha-ni", "avx2", "avx512"].contains(cap)
        let result = try Tool().run("hash /dev/null", environment: ["RINGWORK_KERNELS": cap])
        #expect(result.status == (known ? 0 : 64))
    }

    @Test(
        "RINGWORK_THREADS takes 1 to 256",
        arguments: [("1", 0), ("2", 0), ("256", 0), ("0", 64), ("257", 64), ("+2", 64), ("two", 64), ("", 64)])
    func threads(count: String, status: Int32) throws {
        let result = try Tool().run("hash /dev/null", environment: ["RINGWORK_THREADS": count])
        #expect(result.status == status)
        #expect(status == 0 || result.stderrText.contains("RINGWORK_THREADS"))
    }

    @Test("a reader that leaves early ends the tool quietly")
    func brokenPipe() throws {
        let tool = try Tool()
        let script =
            "cd '\(tool.directory.path)'; TMPDIR=. '\(Tool.executable)' demo --seed 1 2>err | head -1; cat err; ls"
        let text = try runProcess("bash", ["-c", script]).stdoutText
        #expect(text.hasPrefix("Ringwork: research code"))
        #expect(!text.contains("broken"))
        #expect(!text.contains("ringwork-demo-"))
    }

    static func patient(_ birthDate: String) -> String {
        """
        {"schema":"ringwork/patient/1","family":"Example","given":["Amina"],"other":null,"birthDate":"\(birthDate)",\
        "nationalId":"US-SSN:123-45-6789","plan":"DEMO:PLAN-1"}
        """
    }
}
