import Foundation

/// The values of a probability that a count of successes does not contradict: Wilson's score interval.
///
///     (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)        p̂ = successes / trials
///
/// It is those p from which the count lies at most z standard deviations √(np(1 − p)) away. Unlike p̂ ± z·σ it makes
/// sense where nothing, or everything, succeeded: n trials without a success leave p up to about z²/n.
/// - SeeAlso: E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22 (1927).
public struct ProportionInterval: Hashable, Sendable {
    /// The smallest probability.
    public let lower: Double
    /// The largest probability.
    public let upper: Double

    /// The standard deviations of an interval that holds the truth 95 times in 100.
    public static let ninetyFivePercent = 1.959963984540054

    /// The interval of so many standard deviations.
    ///
    /// - Precondition: There is a trial, `successes` is in `0 ... trials`, and `standardDeviations` is positive.
    public init(successes: UInt64, trials: UInt64, standardDeviations z: Double = ninetyFivePercent) {
        precondition(trials > 0 && successes <= trials && z > 0, "an interval is about a part of some trials")
        let n = Double(trials)
        let share = Double(successes) / n
        let middle = share + z * z / (2 * n)
        let width = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        lower = successes == 0 ? 0 : (middle - width) / (1 + z * z / n)
        upper = successes == trials ? 1 : (middle + width) / (1 + z * z / n)
    }

    /// Whether the interval holds a probability.
    public func contains(_ probability: Double) -> Bool { lower <= probability && probability <= upper }
}
