/// What a list of measurements comes to.
public struct Summary: Equatable, Sendable {
    /// The smallest.
    public let minimum: Double
    /// The lower quartile.
    public let p25: Double
    /// The middle.
    public let median: Double
    /// The upper quartile.
    public let p75: Double

    /// The summary of `values`.
    ///
    /// - Precondition: There is at least one value.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "a summary needs a value")
        let sorted = values.sorted()
        minimum = sorted[0]
        p25 = Self.quantile(0.25, ofSorted: sorted)
        median = Self.quantile(0.5, ofSorted: sorted)
        p75 = Self.quantile(0.75, ofSorted: sorted)
    }

    /// A summary read from a document.
    public init(minimum: Double, p25: Double, median: Double, p75: Double) {
        self.minimum = minimum
        self.p25 = p25
        self.median = median
        self.p75 = p75
    }

    /// (p75 − p25) / median; 0 for a median of 0.
    public var relativeSpread: Double { median == 0 ? 0 : (p75 - p25) / median }

    /// The relative spread above which a number is marked as unstable: 5 %.
    public static let stableSpread = 0.05

    /// Whether the middle half of the values lies further apart than ``stableSpread``.
    public var isUnstable: Bool { relativeSpread > Self.stableSpread }

    /// The value below which the part `q` of the sorted values lies, between neighbours in proportion (the seventh
    /// definition of R. Hyndman and Y. Fan, *Sample quantiles in statistical packages*, 1996).
    public static func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double {
        let place = q * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
