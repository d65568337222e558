import ByteCoding
import Foundation
import Support
import Testing

@Suite("ringwork pow") struct PowCommandTests {
    private static let genesis =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
        + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49"
    /// One hash in 256.
    private static let easy = genesis + "ffff002000000000"
    /// A target of 1.
    private static let hopeless = genesis + "0100000300000000"

    @Test("the answer is the same with every kernel and any number of threads")
    func sameAnswer() throws {
        let tool = try Tool()
        let lines = ["--last 15 --roll-version", "--last 15 --roll-time 1000", "--start 5"]
        for options in lines {
            let line = "pow mine --json --header \(Self.easy) \(options)"
            let answer = try tool.output(line)
            for backend in Backend.supported {
                for threads in [1, 3] {
                    let other = try tool.run(
                        "\(line) --threads \(threads)", environment: ["RINGWORK_KERNELS": backend.name])
                    #expect(other.stdoutText == answer, "\(backend.name), \(threads) threads, \(options)")
                    #expect(other.stderr.isEmpty, "progress is for terminals")
                }
            }
            guard case .string(let header) = try Tool.field("header", of: answer) else {
                Issue.record("no header in \(answer)")
                return
            }
            try tool.output("pow check --header \(header)")
        }
        let rolled = try tool.output("pow mine --header \(Self.easy) --last 15 --roll-version")
        #expect(rolled.contains("version ") && !rolled.contains("version 00000001"))
        let version = try Tool.field("version", of: tool.output("pow mine --json --header \(Self.easy)"))
        #expect(version == "00000001", "the version stays as it is unless it is asked for")
    }

    @Test("a range without a nonce, and one that rolls nothing, end with 1") func exhausted() throws {
        let tool = try Tool()
        for options in ["--last 15", "--last 3 --roll-time 2", "--last 0 --threads 2"] {
            let result = try tool.run("pow mine --json --header \(Self.hopeless) \(options)")
            #expect(result.status == 1)
            #expect(result.stderrText.contains("nonce-space-exhausted"), "\(result.stderrText)")
        }
        let twelve = try tool.run("pow mine --header \(Self.hopeless) --last 3 --roll-time 2")
        #expect(twelve.stderrText.contains("12 hashes"))
    }

    @Test("an interrupted search ends at once, with 130 and the hashes it made") func interrupted() throws {
        // A signal that comes before the tool has started is lost, so it is sent again until the tool has ended.
        let script = """
            "$0" pow mine --threads 2 --header \(Self.hopeless) & tool=$!
            sleep 0.5
            for i in 1 2 3 4 5 6 7 8 9 10; do kill -INT $tool 2>/dev/null || break; sleep 0.3; done &
            wait $tool
            """
        let result = try runProcess("sh", ["-c", script, Tool.executable])
        #expect(result.status == 130, "\(result.stderrText)")
        #expect(result.stderrText.isEmpty || result.stderrText.contains("stopped after"), "\(result.stderrText)")
    }

    @Test("a target: what a header can carry of it, exactly, and how long it takes") func target() throws {
        let tool = try Tool()
        let half = "7" + String(repeating: "f", count: 63)
        let text = try tool.output("pow target --target \(half) --rate 1000")
        #expect(text.contains("probability      (T + 1)/2^256 = 1/2\n"))
        #expect(text.contains("bits             207fffff, rounded down"))
        #expect(text.contains("a fraction of 0.49999994"))
        #expect(text.contains("rounded up       21008000, more by 1"))
        #expect(text.contains("nearest          21008000"))
        #expect(text.contains("expected time    2 ms at 1000 hashes a second"))
        let json = try tool.output("pow target --json --target \(half) --rate 1000")
        #expect(try Tool.field("expectedSeconds", of: json) == "0.002")
        #expect(try Tool.field("expectedHashesExactly", of: json) == ["numerator": "2", "denominator": "1"])
        let wiki = try tool.output("pow target --json --bits 1b0404cb")
        #expect(try Tool.field("difficulty", of: wiki) == "16307.42093852")
        #expect(try Tool.field("nearest", of: wiki) == .null)
        #expect(try Tool.field("expectedSeconds", of: wiki) == .null)
        #expect(try tool.output("pow target --target ffff").contains("in a header      exactly"))
    }

    @Test("the published periods, and a claim that is wrong") func retarget() throws {
        let tool = try Tool()
        for (bits, first, last, next) in [
            ("1d00ffff", 1_261_130_161, 1_262_152_739, "1d00d86a"),
            ("1d00ffff", 1_231_006_505, 1_233_061_996, "1d00ffff"),
            ("1c05a3f4", 1_279_008_237, 1_279_297_671, "1c0168fd"),
            ("1c387f6f", 1_263_163_443, 1_269_211_443, "1d00e1fd"),
        ] {
            let line = "pow retarget --json --bits \(bits) --first-time \(first) --last-time \(last)"
            #expect(try Tool.field("bits", of: tool.output("\(line) --claimed \(next)")) == .string(next))
            let wrong = try tool.run("\(line) --claimed 1c0168fe")
            #expect(wrong.status == 1 && wrong.stderrText.contains("bits-mismatch"))
        }
        let clamped = try tool.output("pow retarget --bits 1c05a3f4 --first-time 1279008237 --last-time 1279297671")
        #expect(clamped.contains("took        289434 of 1209600 seconds, counted as 302400"))
        #expect(clamped.contains("bounds      1c0168fd to 1c168fd0"))
        let other = "pow retarget --json --bits 203fffff --first-time 0 --last-time 90 --interval 10 --spacing 6"
        #expect(try tool.run(other).status == 1)
        let limit = "7" + String(repeating: "f", count: 63)
        #expect(try Tool.field("bits", of: tool.output("\(other) --limit \(limit)")) == "205ffffe")
    }

    @Test("table 2: the seed decides the counts, and the third row is not claimed to be measured") func tableTwo()
        throws
    {
        let tool = try Tool()
        let text = try tool.output("pow table2 --seed 7 --samples 5000")
        #expect(try tool.output("pow table2 --seed 7 --samples 5000") == text)
        #expect(try tool.output("pow table2 --seed 8 --samples 5000") != text)
        for fraction in ["1/2\n", "1/16\n", "1/18446744073709551616\n"] {
            #expect(text.contains("(T + 1)/2^256 = \(fraction)"))
        }
        #expect(text.contains("geometric law") && text.contains("95 % interval"))
        #expect(text.contains("counted        0 of 5000"))
        #expect(text.contains("not measured   a hit takes 18446744073709551616 hashes"))
        let json = try tool.output("pow table2 --json --seed 7 --samples 5000")
        guard case .array(let rows) = try Tool.field("rows", of: json) else {
            Issue.record("no rows")
            return
        }
        #expect(rows.count == 3)
        #expect(try rows.map { try Tool.field("measurable", of: $0.compactText) } == [true, true, false])
        // A draw of its own says which header it took.
        #expect(try tool.output("pow table2 --samples 100").contains("--seed "))
    }
}
