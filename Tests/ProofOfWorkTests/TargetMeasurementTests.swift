import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Targets measured") struct TargetMeasurementTests {
    private let header = BlockHeader(
        version: 4, previous: .zero, merkleRoot: .zero, time: 1_700_000_000, bits: .difficultyOne, headerNonce: 77)
    private let half = (Natural(1) << 255) - 1
    private let sixteenth = (Natural(1) << 252) - 1

    /// Row L15: 2¹⁶ hashes under Table 2's targets, within five standard deviations. The headers are fixed, so the counts
    /// never change.
    @Test("half of all hashes, and a sixteenth, meet Table 2's first two targets") func tableTwo() throws {
        let tiny = (Natural(1) << 192) - 1
        let rows = TargetMeasurement.measure(header, targets: [half, sixteenth, tiny], trials: 1 << 16)
        #expect(rows.allSatisfy { $0.trials == 1 << 16 && abs($0.deviation) < 5 })
        #expect(abs(Int(rows[0].successes) - 32768) < 5 * 128)
        #expect(abs(Int(rows[1].successes) - 4096) < 5 * 62)
        for row in rows[..<2] {
            #expect(row.interval(standardDeviations: 5).contains(row.probability))
            let tries = try #require(row.meanTriesDeviation)
            #expect(abs(tries) < 5)
            let fit = try #require(row.geometricFit)
            #expect(fit.degreesOfFreedom > 5 && abs(fit.deviation) < 5)
            #expect(row.runs.reduce(0, +) == row.successes)
        }
        // Nothing is seen of the third row, and the interval says how little that means.
        #expect(rows[2].successes == 0 && rows[2].meanTries == nil && rows[2].geometricFit == nil)
        #expect(rows[2].meanTriesDeviation == nil)
        #expect(rows[2].interval().upper > 5e-5 && rows[2].interval().upper < 6e-5)
    }

    @Test("the counts are those of one hash at a time") func naive() {
        let trials: UInt64 = 4096 + 321  // More than one batch.
        let row = TargetMeasurement.measure(header, targets: [sixteenth], trials: trials)[0]
        var (successes, run, runs): (UInt64, Int, [Int: UInt64]) = (0, 0, [:])
        var last: UInt64 = 0
        for nonce in 0..<trials {
            var candidate = header
            candidate.headerNonce = UInt32(nonce)
            run += 1
            guard candidate.id.meets(target: sixteenth) else { continue }
            successes += 1
            runs[run, default: 0] += 1
            run = 0
            last = nonce + 1
        }
        #expect(row.successes == successes)
        for (length, count) in runs { #expect(row.runs[length - 1] == count) }
        #expect(row.meanTries == Double(last) / Double(successes))
    }

    @Test("a digest at the target counts, and one above it does not") func boundary() {
        let number = header.withNonce(0).id.littleEndianNumber
        let rows = TargetMeasurement.measure(
            header, targets: [number, number - 1, 0, CompactTarget.maximumTarget], trials: 1)
        #expect(rows.map(\.successes) == [1, 0, 0, 1])
        #expect(rows[3].deviation == 0 && rows[3].geometricFit == nil && rows[3].meanTriesDeviation == nil)
    }

    @Test("a header that does not follow the law is noticed") func wrongLaw() {
        // A target claimed to be a sixteenth, measured on hashes of which an eighth meets it.
        let eighth = TargetMeasurement.measure(header, targets: [sixteenth << 1], trials: 1 << 14)[0]
        let interval = eighth.interval(standardDeviations: 5)
        #expect(!interval.contains(1.0 / 16))
        #expect(!interval.contains(0.25))
        #expect(interval.contains(0.125))
        #expect(GoodnessOfFit(statistic: 200, degreesOfFreedom: 50).deviation > 5)
        #expect(GoodnessOfFit(statistic: 3, degreesOfFreedom: 50).deviation < -5)
        #expect(abs(GoodnessOfFit(statistic: 50, degreesOfFreedom: 50).deviation) < 0.1)
    }

    /// Wilson's interval against its definition: at each end the count lies z standard deviations away.
    @Test("both ends of the interval are z standard deviations from the count") func wilson() {
        for (successes, trials) in [(1, 10), (5, 10), (9, 10), (4096, 65536), (3, 1 << 40)] as [(UInt64, UInt64)] {
            for z in [1, 1.959963984540054, 5] {
                let interval = ProportionInterval(successes: successes, trials: trials, standardDeviations: z)
                let n = Double(trials)
                for end in [interval.lower, interval.upper] {
                    let away = abs(Double(successes) - n * end) / (n * end * (1 - end)).squareRoot()
                    #expect(abs(away - z) < 1e-6 * z)
                }
                #expect(interval.contains(Double(successes) / n))
            }
        }
        #expect(ProportionInterval(successes: 0, trials: 7).lower == 0)
        #expect(ProportionInterval(successes: 7, trials: 7).upper == 1)
        // 0 of n: z²/(n + z²).
        let none = ProportionInterval(successes: 0, trials: 96, standardDeviations: 2)
        #expect(abs(none.upper - 0.04) < 1e-15)
        #expect(!none.contains(0.041))
    }
}

extension BlockHeader {
    fileprivate func withNonce(_ nonce: UInt32) -> BlockHeader {
        var copy = self
        copy.headerNonce = nonce
        return copy
    }
}
