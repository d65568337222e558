import ByteCoding
import Foundation
import Hashing
public import ModularArithmetic

/// How often the hashes of real headers meet a target, counted, beside what theory says.
///
/// The headers are one header with the nonces 0, 1, 2, …; whether each hash is at most T is a trial that succeeds with
/// p = (T + 1) / 2²⁵⁶, if SHA-256d behaves as a random function. The tries from one success to the next then follow the
/// geometric law Pr[k tries] = p(1 − p)^(k − 1), of mean 1/p.
public struct TargetMeasurement: Sendable {
    /// The target.
    public let target: Natural
    /// The hashes computed.
    public private(set) var trials: UInt64 = 0
    /// How many were at most the target.
    public private(set) var successes: UInt64 = 0
    /// How many successes came after 1, 2, 3 … tries; the last place counts all longer runs.
    public private(set) var runs: [UInt64]
    private var currentRun = 0

    /// At most this many lengths of runs are told apart.
    public static let maximumRunLength = 256

    private init(target: Natural) {
        self.target = target
        runs = [UInt64](repeating: 0, count: Self.maximumRunLength + 1)
    }

    /// Hashes `header` with the nonces `0 ..< trials` and counts, for each target, the hashes that meet it.
    ///
    /// - Precondition: `trials` is in `1 ... 2³²`, and the targets are below 2²⁵⁶.
    /// - Complexity: O(trials · targets); every hash is computed once.
    public static func measure(_ header: BlockHeader, targets: [Natural], trials: UInt64) -> [TargetMeasurement] {
        precondition((1...1 << 32).contains(trials), "a header has 1 to 2^32 nonces")
        var measurements = targets.map(TargetMeasurement.init(target:))
        let limits = targets.map { $0.bigEndianBytes(count: Digest.byteCount) }
        let batch: UInt64 = 1 << 12
        let prefix = Array(header.bytes.dropLast(4))
        for start in stride(from: 0, to: trials, by: Int(batch)) {
            let nonces = start..<min(start + batch, trials)
            let headers = nonces.flatMap { prefix + UInt32($0).littleEndianBytes }
            for digest in SHA256.doubleHashMany(contiguous: headers, byteCount: BlockHeader.byteCount) {
                let number = digest.bytes.reversed()
                for index in measurements.indices {
                    measurements[index].count(!limits[index].lexicographicallyPrecedes(number))
                }
            }
        }
        return measurements
    }

    private mutating func count(_ succeeds: Bool) {
        trials += 1
        currentRun += 1
        guard succeeds else { return }
        successes += 1
        runs[min(currentRun, runs.count) - 1] += 1
        currentRun = 0
    }

    /// The probability that theory gives to a hash.
    public var probability: Double { acceptanceProbability(target: target).approximation }

    /// How many standard deviations the count lies from `trials` · p.
    public var deviation: Double {
        let (n, p) = (Double(trials), probability)
        let sigma = (n * p * (1 - p)).squareRoot()
        return sigma > 0 ? (Double(successes) - n * p) / sigma : 0
    }

    /// What the count says about p, in standard deviations of the normal law.
    public func interval(standardDeviations: Double = ProportionInterval.ninetyFivePercent) -> ProportionInterval {
        ProportionInterval(successes: successes, trials: trials, standardDeviations: standardDeviations)
    }

    /// The tries that the successes took on average; `nil` where there was none.
    public var meanTries: Double? { successes > 0 ? Double(trials - UInt64(currentRun)) / Double(successes) : nil }

    /// How many standard deviations ``meanTries`` lies from 1/p: a geometric run deviates by √(1 − p)/p.
    public var meanTriesDeviation: Double? {
        let p = probability
        guard let mean = meanTries, p < 1 else { return nil }
        return (mean - 1 / p) / ((1 - p).squareRoot() / p / Double(successes).squareRoot())
    }

    /// How well the runs follow the geometric law: Pearson's χ² over the lengths that are expected at least five times,
    /// longer ones together.
    ///
    /// - Returns: `nil` where fewer than two such classes are expected.
    public var geometricFit: GoodnessOfFit? {
        let (n, p) = (Double(successes), probability)
        guard p < 1 else { return nil }
        var (statistic, classes, length, left) = (0.0, 0, 1, n)
        var seen: UInt64 = 0
        // A class of its own while it and what lies beyond it are both expected at least five times.
        while length < runs.count, left * p >= 5, left * (1 - p) >= 5 {
            let expected = left * p
            let difference = Double(runs[length - 1]) - expected
            statistic += difference * difference / expected
            seen += runs[length - 1]
            left -= expected
            classes += 1
            length += 1
        }
        guard classes >= 1 else { return nil }
        let difference = n - Double(seen) - left
        statistic += difference * difference / left
        return GoodnessOfFit(statistic: statistic, degreesOfFreedom: classes)
    }
}

/// Pearson's χ² statistic, and how surprising it is.
public struct GoodnessOfFit: Hashable, Sendable {
    /// The sum of (observed − expected)² / expected.
    public let statistic: Double
    /// The classes less one.
    public let degreesOfFreedom: Int

    /// A statistic with its degrees of freedom.
    ///
    /// - Precondition: There is a degree of freedom.
    public init(statistic: Double, degreesOfFreedom: Int) {
        precondition(degreesOfFreedom > 0, "one class says nothing")
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The statistic as standard deviations of the normal law, by the Wilson–Hilferty approximation.
    ///
    ///     z = ((χ²/d)^(1/3) − (1 − 2/9d)) / √(2/9d)        d degrees of freedom
    /// - SeeAlso: E. B. Wilson, M. M. Hilferty, *The distribution of chi-square*, PNAS 17 (1931).
    public var deviation: Double {
        let spread = 2 / (9 * Double(degreesOfFreedom))
        return (cbrt(statistic / Double(degreesOfFreedom)) - (1 - spread)) / spread.squareRoot()
    }
}
