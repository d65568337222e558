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
        let nearest = try CompactTarget(rounding: half)
        #expect(nearest.bits == 0x207f_ffff)
        #expect(acceptanceProbability(target: try nearest.target()).decimal(fractionDigits: 8) == "0.49999994")
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
