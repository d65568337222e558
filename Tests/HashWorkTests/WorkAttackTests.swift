import ByteCoding
@_spi(Literal) import HashWork
import Hashing
import Testing

@Suite("Attacks, and what they cost") struct WorkAttackTests {
    @Test(
        "each breaks the paper's protocol as theory says, and none version 2", arguments: WorkAttack.allCases,
        WorkHash.allCases)
    func attacks(attack: WorkAttack, hash: WorkHash) throws {
        var rng = SplitMix(seed: 31)
        for k in [17, 100] {
            let report = try attack.run(hash: hash, k: k, using: &rng)
            #expect(report.goesAsTheorySays)
            let isCaught = attack == .mirror && hash == .sha256
            #expect(report.victims.allSatisfy { $0.verdict.code == (isCaught ? "self-chain" : "accept") })
            #expect(report.repaired.count == (attack == .mirror ? 2 : 3))
            #expect(report.honestCalls == k * hash.callsPerEvaluation)
            let expected: [WorkAttack: [String]] = [
                .mirror: ["commitment-mismatch", "wrong-answer"],
                .replay: ["wrong-answer", "session-mismatch", "reflected"],
                .relay: ["wrong-answer", "commitment-mismatch", "wrong-answer"],
            ]
            #expect(report.repaired.map(\.verdict.code) == expected[attack])
            #expect(!attack.title.isEmpty && !attack.rule.isEmpty)
        }
    }

    @Test("mirror, for every i that leaves kB at 16 or more", arguments: [17, 36])
    func everyOffset(k: Int) throws {
        var rng = SplitMix(seed: 32)
        for offset in 0...k - 17 {
            for hash in WorkHash.allCases {
                let report = try WorkAttack.mirror.run(hash: hash, k: k, offset: offset, using: &rng)
                #expect(report.goesAsTheorySays, "\(hash) \(offset)")
                // With SHA-256, B₀ is A₂ᵢ₊₁: found by step 5a where it looks, and no use to Bob beyond.
                let isFound = hash == .sha256 && 2 * offset + 1 < k
                #expect(report.bobCalls == 2 * offset + (isFound ? 1 : 2))
                let expected = hash == .sha256d ? "accept" : isFound ? "self-chain" : "wrong-answer"
                #expect(report.victims.map(\.verdict.code) == [expected])
            }
        }
        #expect(throws: WorkError.kTooSmall(k: k, minimum: k + 1)) {
            try WorkAttack.mirror.run(k: k, offset: k - 16, using: &rng)
        }
    }

    @Test("mirror, for every i there is: Alice's step 7 is P^(2kA-1)(A0), and P of it the answer, not P^(2i+1)")
    func everyAnswer() throws {
        var rng = SplitMix(seed: 33)
        let k = 24
        for offset in 0..<k {
            var alice = try LiteralAlice(hash: .sha256d, k: k, using: &rng)
            let start = try Digest(bytes: alice.firstMessages[0].value)
            var bob = MirrorBob(offset: offset, respectingBounds: false)
            let step7 = try alice.handle(bob.handle(alice.firstMessages[0])[0])[0]
            #expect(step7.value == SHA256.chain(start, times: 2 * k - 1).bytes)
            let step8 = try bob.handle(step7)[0]
            #expect(step8.value == SHA256.chain(start, times: 2 * k).bytes)
            var strict = alice
            _ = try alice.handle(step8)
            #expect(alice.verdict == .accept)
            let other = SHA256.chain(try Digest(bytes: step7.value), times: 2 * offset + 1).bytes
            let wrong = try WorkMessage(session: step7.session, step: .step8, value: other, k: nil)
            if offset == 0 {
                #expect(try strict.handle(wrong).isEmpty)
            } else {
                #expect(throws: WorkError.wrongAnswer) { try strict.handle(wrong) }
            }
        }
    }

    @Test("amounts are the paper's")
    func amounts() {
        var rng = SplitMix(seed: 34)
        for attack in WorkAttack.allCases {
            #expect(throws: WorkError.kTooSmall(k: 15, minimum: 16)) { try attack.run(k: 15, using: &rng) }
            #expect(throws: WorkError.kTooLarge(k: 16385, maximum: 16384)) { try attack.run(k: 16385, using: &rng) }
        }
        #expect(throws: WorkError.kTooSmall(k: 16, minimum: 17)) { try WorkAttack.mirror.run(k: 16, using: &rng) }
    }

    @Test("costs counted are those predicted", arguments: WorkHash.allCases)
    func costs(hash: WorkHash) throws {
        var rng = SplitMix(seed: 35)
        for (kA, kB) in [(16, 16), (64, 64), (16, 100), (100, 17), (1024, 1024)] {
            let row = try WorkCostRow(measuring: hash, kA: kA, kB: kB, using: &rng)
            #expect(row == WorkCostRow(predicting: hash, kA: kA, kB: kB))
            #expect(row.honest.evaluations == 2 * max(kA, kB))
            #expect(row.repaired.evaluations == kA + kB)
            #expect((row.mirror == nil) == (hash == .sha256))
        }
    }

    @Test(
        "the published table",
        arguments: [(16, 32, "0.516"), (64, 128, "0.504"), (1024, 2048, "0.500"), (16384, 32768, "0.500")])
    func table(k: Int, answerCalls: Int, ratio: String) throws {
        let row = WorkCostRow(predicting: .sha256d, kA: k, kB: k)
        #expect(row.answer.sha256Calls == answerCalls)
        #expect(row.honest.sha256Calls == 4 * k)
        #expect(row.mirror?.bobCalls == 2)
        #expect(row.mirror?.ratio == ratio)
    }

    @Test("a chain in one piece is the chain in steps", arguments: WorkHash.allCases)
    func chain(hash: WorkHash) throws {
        var (pieces, steps) = (WorkCost(), WorkCost())
        for times in [0, 1, 2, 15, 16, 257] {
            var link = SHA256.hash([UInt8(times & 255)])
            let end = hash.chain(link, times: times, cost: &pieces)
            for _ in 0..<times { link = hash.evaluate(link.bytes, cost: &steps) }
            #expect(end == link)
            #expect(pieces == steps)
        }
    }
}
