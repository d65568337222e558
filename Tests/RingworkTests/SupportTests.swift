import Foundation
import Support
import Testing

/// The helpers that other tests lean on.
@Suite("Test support") struct SupportTests {
    @Test("SplitMix64 known answers: the reference generator's first numbers for seed 1234567")
    func seeded() {
        var rng = SeededGenerator(seed: 1_234_567)
        #expect(rng.next() == 6_457_827_717_110_365_317)
        #expect(rng.next() == 3_203_168_211_198_807_973)
        #expect(rng.next() == 9_817_491_932_198_370_423)
    }

    @Test("edge integers hold what their name says")
    func edges() {
        var rng = SeededGenerator(seed: 1)
        let words: Set<UInt16> = Set(EdgeWeighted.integers(around: 1_000, random: 3, using: &rng))
        #expect(
            words.isSuperset(of: [0, 1, 999, 1_000, 1_001, 2, 3, 4, 255, 256, 257, 32_767, 32_768, 32_769, 65_535]))
        let wide = EdgeWeighted.bigEndianIntegers(around: [0x01, 0x00, 0xff], random: 2, using: &rng)
        #expect(wide.allSatisfy { $0.count == 3 })
        for expected: [UInt8] in [
            [0, 0, 0], [0, 0, 1], [1, 0, 0xfe], [1, 0, 0xff], [1, 1, 0], [0, 0xff, 0xff], [0x80, 0, 1],
        ] {
            #expect(wide.contains(expected))
        }
        #expect(EdgeWeighted.lengths(upTo: 6) == [0, 1, 2, 3, 4, 5, 6])
        #expect(EdgeWeighted.lengths(upTo: 0) == [0])
        for _ in 0..<50 {
            let pieces = EdgeWeighted.split([1, 2, 3], using: &rng)
            #expect(pieces.flatMap(\.self) == [1, 2, 3])
        }
    }

    @Test("the repository root holds the package")
    func root() {
        #expect(FileManager.default.fileExists(atPath: RepositoryRoot.path + "/Package.swift"))
        #expect(FileManager.default.fileExists(atPath: RepositoryRoot.url("Tests/Support").path))
    }

    @Test("a program's status and both outputs come back")
    func process() throws {
        let result = try runProcess(
            "sh", ["-c", "cat; echo e$X >&2; exit 7"], stdin: [0, 255], environment: ["X": "y"])
        #expect(result.status == 7)
        #expect(result.stdout == [0, 255])
        #expect(result.stderrText == "ey\n")
        #expect(try runProcess("/bin/sh", ["-c", "kill -9 $$"]).status == 137)
        #expect(try runProcess("/bin/sh", ["-c", "exit 127"]).status == 127)
    }

    @Test("large inputs and outputs do not block, read or not")
    func large() throws {
        let megabytes = [UInt8](repeating: 0x61, count: 100 << 20)
        let echoed = try runProcess("sh", ["-c", "tee /dev/stderr"], stdin: megabytes)
        #expect(echoed.stdout == megabytes)
        #expect(echoed.stderr.count == megabytes.count)
        #expect(try runProcess("true", stdin: megabytes).status == 0)
    }

    @Test("a program that does not end is killed, one that does not exist is an error")
    func failures() {
        #expect(throws: ProcessError.timedOut(executable: "/bin/sleep", seconds: 0.2)) {
            try runProcess("/bin/sleep", ["60"], timeout: 0.2)
        }
        #expect(throws: ProcessError.self) { try runProcess("/nonexistent/program") }
    }
}
