/// The mean of independent measurements, and how far it may lie from the truth.
@_spi(Lessons) public struct SampleMean: Sendable {
    /// How many measurements there are.
    public let count: Int
    /// Their mean.
    public let mean: Double
    /// The standard deviation of the mean, s / √n; infinite for a single measurement.
    public let standardError: Double

    /// The mean of `samples`.
    ///
    /// - Precondition: There is at least one.
    public init(_ samples: [Double]) {
        precondition(!samples.isEmpty, "there is no mean of nothing")
        count = samples.count
        mean = samples.reduce(0, +) / Double(count)
        let center = mean
        let squares = samples.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        standardError = count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : .infinity
    }

    /// The interval that holds the true mean in 95 of 100 cases, by the normal approximation: mean ± 1.96 standard errors.
    public var interval95: ClosedRange<Double> { mean - 1.96 * standardError...mean + 1.96 * standardError }
}
