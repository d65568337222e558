import ModularArithmetic
import ProofOfWork
import Support
import Testing

@Suite("Retargeting") struct RetargetRulesTests {
    /// Bitcoin Core, `src/test/pow_tests.cpp`: the height of a period's last block, its bits, the times of its first and
    /// last block, and the bits that follow.
    static let published: [(height: Int, bits: UInt32, first: UInt32, last: UInt32, next: UInt32)] = [
        (32255, 0x1d00_ffff, 1_261_130_161, 1_262_152_739, 0x1d00_d86a),
        (2015, 0x1d00_ffff, 1_231_006_505, 1_233_061_996, 0x1d00_ffff),
        (68543, 0x1c05_a3f4, 1_279_008_237, 1_279_297_671, 0x1c01_68fd),
        (46367, 0x1c38_7f6f, 1_263_163_443, 1_269_211_443, 0x1d00_e1fd),
    ]
    private let bitcoin = RetargetRules.bitcoin

    private func compact(_ bits: UInt32) -> CompactTarget { CompactTarget(bits: bits) }

    @Test("the published periods") func published() throws {
        for period in Self.published {
            let next = try bitcoin.next(after: compact(period.bits), firstTime: period.first, lastTime: period.last)
            #expect(next == compact(period.next))
            try bitcoin.checkTransition(height: period.height + 1, from: compact(period.bits), to: next)
        }
        #expect(bitcoin.span == 14 * 24 * 3600)
    }

    @Test("one beside a clamped answer is out of bounds") func neighbours() throws {
        // The limit: there is no easier target. A quarter: no harder one. Four times: no easier one.
        #expect(throws: RetargetError.tooEasy(compact(0x1d01_0000), limit: bitcoin.limit)) {
            try bitcoin.checkTransition(height: 2016, from: compact(0x1d00_ffff), to: compact(0x1d01_0000))
        }
        try bitcoin.checkTransition(height: 2016, from: compact(0x1d00_ffff), to: compact(0x1d00_fffe))
        #expect(throws: RetargetError.fallsTooFar(to: compact(0x1c01_68fc), at: compact(0x1c01_68fd))) {
            try bitcoin.checkTransition(height: 68544, from: compact(0x1c05_a3f4), to: compact(0x1c01_68fc))
        }
        try bitcoin.checkTransition(height: 68544, from: compact(0x1c05_a3f4), to: compact(0x1c01_68fe))
        #expect(throws: RetargetError.risesTooFar(to: compact(0x1d00_e1fe), at: compact(0x1d00_e1fd))) {
            try bitcoin.checkTransition(height: 46368, from: compact(0x1c38_7f6f), to: compact(0x1d00_e1fe))
        }
        try bitcoin.checkTransition(height: 46368, from: compact(0x1c38_7f6f), to: compact(0x1d00_e1fc))
        // An answer that is not clamped: its neighbours could be right at other times.
        for bits: UInt32 in [0x1d00_d869, 0x1d00_d86b] {
            try bitcoin.checkTransition(height: 32256, from: compact(0x1d00_ffff), to: compact(bits))
        }
    }

    @Test("inside a period nothing changes", arguments: [1, 2015, 2017, 32255]) func inside(height: Int) throws {
        try bitcoin.checkTransition(height: height, from: compact(0x1c05_a3f4), to: compact(0x1c05_a3f4))
        for bits: UInt32 in [0x1c05_a3f3, 0x1c05_a3f5] {
            #expect(
                throws: RetargetError.changedInsidePeriod(
                    height: height, from: compact(0x1c05_a3f4), to: compact(bits))
            ) {
                try bitcoin.checkTransition(height: height, from: compact(0x1c05_a3f4), to: compact(bits))
            }
        }
    }

    @Test("the span is clamped at a quarter and at four times, to the second") func clamps() throws {
        let span = 1_209_600
        let first: UInt32 = 1_000_000_000
        let expected: [(Int, Int)] = [
            (span / 4 - 1, span / 4), (span / 4, span / 4), (span / 4 + 1, span / 4 + 1), (0, span / 4),
            (-5, span / 4), (-1_000_000_000, span / 4), (4 * span - 1, 4 * span - 1), (4 * span, 4 * span),
            (4 * span + 1, 4 * span), (3_294_967_295, 4 * span), (span, span),
        ]
        for (took, counted) in expected {
            #expect(bitcoin.countedSpan(firstTime: first, lastTime: UInt32(Int(first) + took)) == counted)
        }
        // A period that took as long as it should changes nothing, for every form that is the shortest one.
        for bits: UInt32 in [0x1d00_ffff, 0x1c05_a3f4, 0x170b_3ce9, 0x0300_8000, 0x0101_0000] {
            #expect(try bitcoin.next(after: compact(bits), firstTime: 7, lastTime: 7 + 1_209_600) == compact(bits))
        }
    }

    @Test("what follows lies between the bounds, grows with the time, and is the formula") func properties() throws {
        var rng = SeededGenerator(seed: 2016)
        for _ in 0..<300 {
            let width = Int.random(in: 8...224, using: &rng)
            let target = (Natural(UInt64.random(in: 1 << 63...UInt64.max, using: &rng)) << 192) >> (256 - width)
            let bits = try CompactTarget(rounding: target)
            let first = UInt32.random(in: 0...UInt32.max, using: &rng)
            let last = first &+ UInt32.random(in: 0...6_000_000, using: &rng)
            let next = try bitcoin.next(after: bits, firstTime: first, lastTime: last)
            try bitcoin.checkTransition(height: 4032, from: bits, to: next)
            let bounds = try bitcoin.bounds(after: bits)
            #expect(try bounds.hardest.target() <= next.target() && next.target() <= bounds.easiest.target())
            let took = Natural(UInt64(bitcoin.countedSpan(firstTime: first, lastTime: last)))
            let exact = try min(bits.target() * took / 1_209_600, bitcoin.limit)
            #expect(try next == CompactTarget(rounding: exact))
            if last < .max, last >= first {
                let later = try bitcoin.next(after: bits, firstTime: first, lastTime: last + 1)
                #expect(try later.target() >= next.target())
            }
        }
    }

    @Test("other numbers than Bitcoin's, and products of more than 256 bits") func general() throws {
        let rules = try RetargetRules(interval: 10, spacing: 6, limit: (Natural(1) << 255) - 1)
        #expect(rules.span == 60)
        let regtest = compact(0x207f_ffff)
        #expect(try rules.next(after: regtest, firstTime: 100, lastTime: 220) == regtest)
        #expect(try rules.next(after: regtest, firstTime: 100, lastTime: 130) == compact(0x203f_ffff))
        #expect(try rules.next(after: regtest, firstTime: 100, lastTime: 100) == compact(0x201f_ffff))
        #expect(try rules.next(after: compact(0x203f_ffff), firstTime: 0, lastTime: 90) == compact(0x205f_fffe))
        try rules.checkTransition(height: 30, from: compact(0x201f_ffff), to: compact(0x207f_fffc))
        #expect(throws: RetargetError.risesTooFar(to: compact(0x207f_fffd), at: compact(0x207f_fffc))) {
            try rules.checkTransition(height: 30, from: compact(0x201f_ffff), to: compact(0x207f_fffd))
        }
    }

    @Test("the hardest targets: a quarter of them is nothing") func vanishing() throws {
        #expect(throws: RetargetError.target(.zero(bits: 0))) {
            try bitcoin.next(after: compact(0x0103_0000), firstTime: 0, lastTime: 0)
        }
        #expect(try bitcoin.next(after: compact(0x0104_0000), firstTime: 0, lastTime: 0) == compact(0x0101_0000))
        try bitcoin.checkTransition(height: 0, from: compact(0x0103_0000), to: compact(0x0101_0000))
        #expect(throws: RetargetError.target(.zero(bits: 0))) { _ = try bitcoin.bounds(after: compact(0x0101_0000)) }
    }

    @Test("misuse") func misuse() throws {
        for (interval, spacing) in [
            (1, 600), (0, 600), (-1, 600), (2016, 0), (2016, -1), (.max, 2), (1 << 20, 1 << 13),
        ] {
            #expect(throws: RetargetError.period(interval: interval, spacing: spacing)) {
                try RetargetRules(interval: interval, spacing: spacing, limit: 1)
            }
        }
        #expect(throws: RetargetError.limit(bitWidth: 0)) { try RetargetRules(interval: 2, spacing: 1, limit: 0) }
        #expect(throws: RetargetError.limit(bitWidth: 257)) {
            try RetargetRules(interval: 2, spacing: 1, limit: Natural(1) << 256)
        }
        #expect(throws: RetargetError.height(-1)) {
            try bitcoin.checkTransition(height: -1, from: .difficultyOne, to: .difficultyOne)
        }
        for (bits, error) in [
            (0x1d80_ffff, .target(.negative(bits: 0x1d80_ffff))), (0, .target(.zero(bits: 0))),
            (0xff12_3456, .target(.overflow(bits: 0xff12_3456))),
            (0x207f_ffff, .tooEasy(compact(0x207f_ffff), limit: bitcoin.limit)),
        ] as [(UInt32, RetargetError)] {
            #expect(throws: error) { try bitcoin.next(after: compact(bits), firstTime: 0, lastTime: 0) }
            #expect(throws: error) { _ = try bitcoin.bounds(after: compact(bits)) }
            #expect(throws: error) {
                try bitcoin.checkTransition(height: 2016, from: compact(bits), to: .difficultyOne)
            }
            #expect(throws: error) {
                try bitcoin.checkTransition(height: 2016, from: .difficultyOne, to: compact(bits))
            }
            #expect(throws: error) { try bitcoin.checkTransition(height: 1, from: compact(bits), to: compact(bits)) }
        }
        let errors: [(RetargetError, String)] = [
            (.period(interval: 1, spacing: 1), "retarget-period"), (.limit(bitWidth: 0), "retarget-limit"),
            (.target(.zero(bits: 0)), "target-zero"), (.tooEasy(.difficultyOne, limit: 1), "target-too-easy"),
            (.height(-1), "height-negative"),
            (.changedInsidePeriod(height: 1, from: .difficultyOne, to: .difficultyOne), "changed-inside-period"),
            (.risesTooFar(to: .difficultyOne, at: .difficultyOne), "rises-too-far"),
            (.fallsTooFar(to: .difficultyOne, at: .difficultyOne), "falls-too-far"),
        ]
        for (error, code) in errors {
            #expect(error.code == code)
            #expect(!error.description.isEmpty)
        }
    }
}
