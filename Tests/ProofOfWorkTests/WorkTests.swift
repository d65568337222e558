import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Work, probability and difficulty") struct WorkTests {
    @Test("the work of known targets") func expected() throws {
        #expect(try expectedWork(compactTarget: .difficultyOne).hex == "100010001")
        #expect(try expectedWork(compactTarget: CompactTarget(bits: 0x207f_ffff)) == 2)
        #expect(try expectedWork(compactTarget: CompactTarget(bits: 0x2100_ffff)) == 1)
        #expect(try expectedWork(compactTarget: CompactTarget(bits: 0x0101_0000)) == Natural(1) << 255)
        #expect(expectedWork(target: 0) == Natural(1) << 256)
        #expect(expectedWork(target: (Natural(1) << 256) - 1) == 1)
        #expect(throws: CompactTargetError.zero(bits: 0)) { try expectedWork(compactTarget: CompactTarget(bits: 0)) }
    }

    /// The IoMT review's Table 2, whose targets are 64 hexadecimal digits.
    @Test(
        "Table 2's fractions are exact",
        arguments: [
            ("7" + String(repeating: "f", count: 63), 1), ("f" + String(repeating: "f", count: 62), 4),
            (String(repeating: "f", count: 48), 64),
        ])
    func tableTwo(target: String, bits: Int) throws {
        let target = try Natural(canonicalHex: target)
        let probability = acceptanceProbability(target: target)
        #expect(probability == Ratio(1, Natural(1) << bits))
        #expect(probability.numerator == 1)
        #expect(probability.denominator == Natural(1) << bits)
        #expect(expectedWork(target: target) == Natural(1) << bits)
        // The printed estimate T / 2²⁵⁶ is not the probability.
        #expect(probability != Ratio(target, Natural(1) << 256))
    }

    /// Erratum E03: a header's four bytes name no such target. The nearest below 7f…ff falls short of a half.
    @Test("no header can carry Table 2's targets") func tableTwoOnTheWire() throws {
        let half = (Natural(1) << 255) - 1
        let below = try CompactTarget(rounding: half)
        #expect(below.bits == 0x207f_ffff)
        #expect(acceptanceProbability(target: try below.target()).decimal(fractionDigits: 8) == "0.49999994")
        // Rounding up misses each of the three by one: 2ⁿ in place of 2ⁿ − 1.
        for (width, bits) in [(255, 0x2100_8000), (252, 0x2010_0000), (192, 0x1901_0000)] as [(Int, UInt32)] {
            let above = try #require(try CompactTarget(roundingUp: (Natural(1) << width) - 1))
            #expect(above.bits == bits)
            #expect(try above.target() == Natural(1) << width)
        }
    }

    @Test("difficulty is relative to 1d00ffff") func difficulties() throws {
        #expect("\(difficulty(target: try CompactTarget.difficultyOne.target()))" == "1")
        // The example of the Bitcoin wiki's page on difficulty.
        let wiki = difficulty(target: try CompactTarget(bits: 0x1b04_04cb).target())
        #expect(wiki.decimal(fractionDigits: 3) == "16307.421")
        #expect(difficulty(target: 1) == Ratio(Natural(0xffff) << 208, 1))
        let regtest = difficulty(target: try CompactTarget(bits: 0x207f_ffff).target())
        #expect(regtest.decimal(fractionDigits: 26) == "0.00000000046565423739069247")
    }

    @Test("expected tries are exact, and their whole part is Bitcoin's work") func tries() throws {
        for bits: UInt32 in [0x1d00_ffff, 0x207f_ffff, 0x2100_ffff, 0x0101_0000, 0x1702_8c61] {
            let target = try CompactTarget(bits: bits).target()
            let tries = expectedTries(target: target)
            #expect(tries.numerator / tries.denominator == expectedWork(target: target))
            #expect(tries.numerator * (target + 1) == tries.denominator << 256)
        }
        #expect(expectedTries(target: 0) == Ratio(Natural(1) << 256, 1))
    }

    @Test("fractions as floating-point numbers") func approximations() {
        #expect(Ratio(1, 3).approximation == 1.0 / 3)
        #expect(Ratio(0, 7).approximation == 0)
        #expect(Ratio(Natural(1) << 255, 1).approximation == 0x1p255)
        #expect(Ratio(1, Natural(1) << 256).approximation == 0x1p-256)
        #expect(Ratio((Natural(1) << 100) + 1, Natural(1) << 100).approximation == 1)
        #expect(Ratio(Natural(0xffff) << 208, 3).approximation == Double(0xffff) * 0x1p208 / 3)
    }

    @Test("fractions are in lowest terms, and round to the nearest, halves up") func ratios() {
        #expect(Ratio(6, 4) == Ratio(3, 2))
        #expect("\(Ratio(6, 4))" == "3/2")
        #expect("\(Ratio(8, 4))" == "2")
        #expect("\(Ratio(0, 7))" == "0")
        #expect(Ratio(1, 8).decimal(fractionDigits: 2) == "0.13")
        #expect(Ratio(1, 8).decimal(fractionDigits: 3) == "0.125")
        #expect(Ratio(1, 3).decimal(fractionDigits: 4) == "0.3333")
        #expect(Ratio(2, 3).decimal(fractionDigits: 4) == "0.6667")
        #expect(Ratio(999, 1000).decimal(fractionDigits: 2) == "1.00")
        #expect(Ratio(5, 2).decimal(fractionDigits: 0) == "3")
        #expect(Ratio(1, 100).decimal(fractionDigits: 5) == "0.01000")
    }
}
