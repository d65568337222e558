/// How many times faster ours is than the peer, from samples taken in pairs.
///
///     ratio = median of peerᵢ / oursᵢ        2 means that ours takes half the time
///
/// The two samples of a pair lie next to each other in time, so what slows the machine down for a while slows both. The
/// interval is the percentile bootstrap: pairs are drawn with replacement, as many as there are, and the middle 95 % of
/// the medians are kept.
/// - SeeAlso: B. Efron, R. Tibshirani, *An Introduction to the Bootstrap*, 1993, §13.
public struct PairedRatio: Equatable, Sendable {
    /// The ratio.
    public let value: Double
    /// The lower end of the 95 % interval.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// How often the pairs are drawn again.
    public static let resamples = 2000

    /// The ratio of two lists of equal length, pair by pair.
    ///
    /// - Precondition: There is at least one pair, and every time is positive; `resamples` is positive.
    public init(ours: [Double], peer: [Double], seed: UInt64, resamples: Int = PairedRatio.resamples) {
        precondition(ours.count == peer.count && !ours.isEmpty, "samples come in pairs")
        let ratios = zip(ours, peer).map { $1 / $0 }
        value = Summary(ratios).median
        var generator = SeededGenerator(seed: seed)
        let medians = (0..<resamples).map { _ in
            Summary(ratios.map { _ in ratios[Int.random(in: ratios.indices, using: &generator)] }).median
        }.sorted()
        lower = Summary.quantile(0.025, ofSorted: medians)
        upper = Summary.quantile(0.975, ofSorted: medians)
    }

    /// A ratio read from a document.
    public init(value: Double, lower: Double, upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}
