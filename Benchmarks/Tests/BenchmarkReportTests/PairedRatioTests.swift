import BenchmarkReport
import Testing

@Suite("Paired ratio") struct PairedRatioTests {
    @Test("equal ratios leave no doubt") func exact() {
        let ratio = PairedRatio(ours: [1, 2, 4], peer: [2, 4, 8], seed: 1)
        #expect(ratio == PairedRatio(value: 2, lower: 2, upper: 2))
    }

    /// What slows both sides of a pair down does not show, where a ratio of medians would be 3.
    @Test("drift cancels within a pair") func drift() {
        let ratio = PairedRatio(ours: [1, 10, 1, 10, 1], peer: [3, 30, 3, 30, 3], seed: 1)
        #expect(ratio.value == 3 && ratio.lower == 3 && ratio.upper == 3)
    }

    /// numpy, 200,000 resamples of the same nine ratios: the interval is 1.9 to 2.1.
    @Test("the interval is the bootstrap's") func interval() {
        let ratios = [2.0, 2.1, 1.9, 2.05, 1.95, 2.2, 1.8, 2.02, 1.98]
        let ratio = PairedRatio(ours: ratios.map { _ in 1 }, peer: ratios, seed: 7)
        #expect(ratio.value == 2 && abs(ratio.lower - 1.9) < 0.06 && abs(ratio.upper - 2.1) < 0.06)
    }

    @Test("the seed decides") func seeded() {
        let (ours, peer) = ([1.0, 1.1, 0.9, 1.3, 1.2], [2.0, 2.3, 1.7, 2.9, 2.2])
        #expect(PairedRatio(ours: ours, peer: peer, seed: 3) == PairedRatio(ours: ours, peer: peer, seed: 3))
        #expect(
            PairedRatio(ours: ours, peer: peer, seed: 3).value == PairedRatio(ours: ours, peer: peer, seed: 4).value)
    }

    /// The true ratio is 2, each time within 10 % of its mean. An interval of 95 % that held it in 27 of 40 cases or
    /// fewer would be no such interval: that happens once in 10⁹ times.
    @Test("the interval holds the true ratio most of the time") func coverage() {
        var generator = SeededGenerator(seed: 11)
        func noisy(_ mean: Double) -> Double { mean * Double.random(in: 0.9...1.1, using: &generator) }
        let held = (0..<40).filter { trial in
            let pairs = (0..<15).map { _ in (noisy(1), noisy(2)) }
            let ratio = PairedRatio(ours: pairs.map(\.0), peer: pairs.map(\.1), seed: UInt64(trial), resamples: 200)
            return ratio.lower <= 2 && 2 <= ratio.upper
        }
        #expect(held.count > 27)
    }

    @Test("samples that are no pairs are refused") func unpaired() async {
        await #expect(processExitsWith: .failure) { _ = PairedRatio(ours: [1, 2], peer: [1], seed: 0) }
    }
}
