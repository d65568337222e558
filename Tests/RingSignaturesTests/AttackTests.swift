import ModularArithmetic
import Support
import Testing

@_spi(Literal) @testable import RingSignatures

@Suite("The attacks on the literal text, 2048-bit group") struct AttackTests {
    /// What the default answers to each attempt, in the order of the report.
    private static let codes: [RingAttack: [String]] = [
        .range: ["alpha-out-of-range", "ring-equation"],
        .vacuousConfirmation: ["not-confirmed", "not-confirmed"],
        .revealedKey: ["x-mismatch"],
        .rotation: ["ring-equation", "beta-out-of-range", "alpha-out-of-range"],
        .keySubstitution: ["ring-equation"],
        .openGlue: ["ring-equation"],
        .xorGlue: ["ring-equation"],
        .smallOrderRecipient: ["key-not-in-group", "recipient-not-in-group"],
        .ownerlessKeys: ["key-not-in-group", "key-not-in-group", "key-not-in-group", "key-not-in-group"],
        .zeroAlpha: ["alpha-out-of-range"],
        .unframedHash: ["recipient-not-in-group", "ring-equation"],
        .nonceReuse: ["x-mismatch", "x-mismatch", "x-mismatch", "x-mismatch"],
        .elgamal: ["ring-equation", "alpha-out-of-range"],
        .knownBase: ["no-member"],
        .smallOrderTag: ["tau-not-in-group"],
        .unboundRing: ["ring-equation"],
        .longResponse: ["no-member", "beta-out-of-range"],
        .literalExponent: ["not-confirmed"],
        .linkableDualring: ["ring-equation"],
        .unprovedRecipient: ["proof-mismatch", "proof-mismatch"],
        .shortChallenge: ["ring-equation"],
    ]

    private func check(_ attack: RingAttack, _ setting: RingAttack.Setting) throws -> AttackReport {
        var generator = SeededGenerator(seed: 7)
        let report = try attack.run(setting, using: &generator)
        #expect(!report.breaks.isEmpty)
        for broken in report.breaks { #expect(broken.isReached, "\(attack.id): \(broken.goal)") }
        for control in report.controls { #expect(control.code != nil, "\(attack.id): \(control.attempt)") }
        #expect(report.defaults.map { $0.code ?? "accepted" } == Self.codes[attack], "\(attack.id)")
        #expect(report.goesAsTheorySays)
        return report
    }

    @Test(
        "full size: the careless form falls, the repaired form and the default hold",
        arguments: RingAttack.allCases.filter { $0 != .shortChallenge })
    func fullSize(_ attack: RingAttack) throws { _ = try check(attack, .init()) }

    #if DEBUG
        @Test("short-challenge at 15 bits, 6 members (24 bits run in release)") func shortChallenge() throws {
            let report = try check(.shortChallenge, .init(challengeBits: 15))
            #expect((1 << 8...1 << 14).contains(report.cost.hashes))
        }
    #else
        @Test("short-challenge at 24 bits, 9 members: about 2^18.5 hashes") func shortChallenge() throws {
            let report = try check(.shortChallenge, .init(challengeBits: 24))
            #expect((1 << 16...1 << 20).contains(report.cost.hashes))
        }
    #endif

    @Test("names, numbers and order are those of the table")
    func names() {
        #expect(RingAttack.allCases.count == 21)
        #expect(RingAttack.range.id == "A1")
        #expect(RingAttack.zeroAlpha.id == "A10")
        #expect(RingAttack.shortChallenge.id == "A21")
        #expect(Set(RingAttack.allCases.map(\.title)).count == 21)
        #expect(Self.codes.count == 21)
    }

    @Test("the same generator gives the same report")
    func repeatable() throws {
        var (first, second) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
        #expect(try RingAttack.range.run(using: &first) == RingAttack.range.run(using: &second))
    }

    @Test("what cannot be set up is an error")
    func errors() throws {
        var generator = SeededGenerator(seed: 1)
        for bits in [7, 41] {
            #expect(throws: AttackError.challengeBits(bits)) {
                try RingAttack.shortChallenge.run(.init(challengeBits: bits), using: &generator)
            }
        }
        // p = 2q + 1: there is no order but 1, 2, q and 2q.
        let safe = try SchnorrGroup(validating: 47, q: 23, g: 4, t: 11)
        #expect(throws: AttackError.noSmallOrder) {
            try RingAttack.smallOrderRecipient.run(.init(group: safe), using: &generator)
        }
    }

    @Test("a report in which something did not go as it should says so")
    func reportJudgesItself() {
        func report(_ isReached: Bool, _ control: String?, _ code: String?) -> AttackReport {
            AttackReport(
                attack: .range, steps: [], cost: AttackCost(), breaks: [.init(goal: "", isReached: isReached)],
                controls: [.init(attempt: "", code: control)], defaults: [.init(attempt: "", code: code)])
        }
        #expect(report(true, "x", "y").goesAsTheorySays)
        #expect(!report(false, "x", "y").goesAsTheorySays)
        #expect(!report(true, nil, "y").goesAsTheorySays)
        #expect(!report(true, "x", nil).goesAsTheorySays)
    }
}

@Suite("Parts of the attacks") struct AttackPartTests {
    private func bench(_ seed: UInt64, glueBits: Int = 256) -> AttackBench {
        var generator = SeededGenerator(seed: seed)
        return AttackBench(.init(glueBits: glueBits), using: &generator)
    }

    @Test("range: the forged alpha is longer than p and shorter than p and q together")
    func rangeLength() {
        var bench = bench(1)
        let (ring, recipient) = (bench.publicKeys(3), bench.element())
        let algorithm = LiteralAlgorithm1(bench.group)
        let forged = bench.forgeByRange(algorithm, ring: ring, recipient: recipient)
        #expect(algorithm.verify(forged, recipient: recipient))
        #expect((2240...2304).contains(forged.pairs[2].alpha.bitWidth))
        #expect(forged.pairs.enumerated().allSatisfy { $0.offset == 2 || $0.element.alpha < bench.group.p.value })
    }

    @Test("xor-glue: with fewer members than bits there is no solution")
    func smallRing() {
        var bench = bench(2, glueBits: 64)
        let algorithm = LiteralAlgorithm1(
            bench.group, reading: .careful.with(\.glue, .exclusiveOr(bits: 64)))
        let recipient = bench.element()
        let ring = bench.publicKeys(32)
        #expect(bench.forgeByElimination(algorithm, ring: ring, recipient: recipient, bits: 64) == nil)
        let larger = ring + bench.publicKeys(48)
        let forged = bench.forgeByElimination(algorithm, ring: larger, recipient: recipient, bits: 64)
        #expect(forged.map { algorithm.verify($0, recipient: recipient) } == true)
    }

    @Test("ownerless keys: the same inversion fails for a key that has an owner")
    func ownedKey() {
        var bench = bench(3)
        let algorithm = LiteralAlgorithm1(bench.group, reading: .careful.with(\.keys, .none))
        let (ring, recipient) = (bench.publicKeys(3), bench.element())
        let owned = bench.forgeOwnerless(algorithm, ring: ring, recipient: recipient)
        #expect(!algorithm.verify(owned, recipient: recipient))
        let ownerless = bench.forgeOwnerless(algorithm, ring: [1] + ring, recipient: recipient)
        #expect(algorithm.verify(ownerless, recipient: recipient))
    }

    @Test("a system over GF(2) is solved exactly when a search finds a solution, 1,000 systems of 6 unknowns")
    func elimination() {
        var generator = SeededGenerator(seed: 4)
        var solvable = 0
        for _ in 0..<1000 {
            let equations = Int.random(in: 1...8, using: &generator)
            var system = BitSystem(equations: equations, unknowns: 6)
            var rows: [UInt8] = []
            for row in 0..<equations {
                let bits = UInt8.random(in: 0..<128, using: &generator)
                rows.append(bits)
                for column in 0...6 { system[row, column] = bits >> UInt8(column) & 1 == 1 }
            }
            func solves(_ x: UInt8) -> Bool {
                rows.allSatisfy { ($0 & 63 & x).nonzeroBitCount % 2 == Int($0 >> 6) }
            }
            let exists = (0..<64).contains { solves($0) }
            let found = system.solve()
            #expect((found != nil) == exists)
            guard let found else { continue }
            solvable += 1
            #expect(solves(found.enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt8($1.offset) : 0) }))
        }
        #expect((100..<900).contains(solvable))
    }

    @Test("a system of 200 unknowns crosses the words of its rows")
    func wideElimination() {
        var generator = SeededGenerator(seed: 5)
        let solution = (0..<200).map { _ in Bool.random(using: &generator) }
        var system = BitSystem(equations: 150, unknowns: 200)
        var rows: [[Bool]] = []
        for row in 0..<150 {
            let bits = (0..<200).map { _ in Bool.random(using: &generator) }
            rows.append(bits)
            for (column, bit) in bits.enumerated() { system[row, column] = bit }
            system[row, 200] = parity(bits, solution)
        }
        let right = rows.map { parity($0, solution) }
        let found = system.solve()
        #expect(found.map { found in rows.map { parity($0, found) } } == right)
        #expect(system.wordOperations > 0)
    }

    private func parity(_ a: [Bool], _ b: [Bool]) -> Bool { zip(a, b).count { $0 && $1 } % 2 == 1 }
}
