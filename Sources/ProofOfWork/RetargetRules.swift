public import ModularArithmetic

/// Why retargeting rules make no sense, or a chain may not go from one target to another.
public enum RetargetError: Error, Equatable, Sendable {
    /// A period has fewer than two blocks, or a block fewer than one second, or a period four or more times 2³² seconds.
    case period(interval: Int, spacing: Int)
    /// The easiest target allowed is zero or has more than 256 bits.
    case limit(bitWidth: Int)
    /// The bits name no target, or the target that follows has no compact form.
    case target(CompactTargetError)
    /// The bits name a target above the easiest that is allowed.
    case tooEasy(CompactTarget, limit: Natural)
    /// A height is not negative.
    case height(Int)
    /// The target changes inside a period.
    case changedInsidePeriod(height: Int, from: CompactTarget, to: CompactTarget)
    /// The target rises to more than four times the last period's.
    case risesTooFar(to: CompactTarget, at: CompactTarget)
    /// The target falls to less than a quarter of the last period's.
    case fallsTooFar(to: CompactTarget, at: CompactTarget)

    /// The reason, as verdicts and test vectors spell it.
    public var code: String {
        switch self {
        case .period: "retarget-period"
        case .limit: "retarget-limit"
        case .target(let error): error.code
        case .tooEasy: "target-too-easy"
        case .height: "height-negative"
        case .changedInsidePeriod: "changed-inside-period"
        case .risesTooFar: "rises-too-far"
        case .fallsTooFar: "falls-too-far"
        }
    }
}

/// How a chain adapts its target to the time that its blocks take: Bitcoin's rule, with its numbers as parameters.
///
///     span = interval · spacing                                         [seconds that a period should take]
///     took = last time − first time, not below ⌊span/4⌋ and not above 4·span
///     T′   = min(⌊T · took / span⌋, limit), rounded down to its compact form
///
/// All of it in whole numbers. The first and the last time are those of one period's first and last block, which are
/// interval − 1 spacings apart and not interval: Bitcoin's well-known slip, kept because it is the rule. Times may run
/// backwards. A product is never cut to 256 bits, which Bitcoin's would be at limits above about 2²³³.
///
/// - SeeAlso: Bitcoin Core, `CalculateNextWorkRequired` and `PermittedDifficultyTransition` in `src/pow.cpp`.
public struct RetargetRules: Hashable, Sendable {
    /// The blocks of a period: at heights that are multiples of it, the target changes.
    public let interval: Int
    /// The seconds that a block should take.
    public let spacing: Int
    /// The easiest target.
    public let limit: Natural

    /// How many times longer or shorter than it should a period counts at most.
    public static let largestFactor = 4

    /// Bitcoin's main network: 2016 blocks of ten minutes, and a target below 2²²⁴.
    public static let bitcoin = RetargetRules(checked: 2016, spacing: 600, limit: (Natural(1) << 224) - 1)

    /// Rules with these numbers.
    ///
    /// - Throws: ``RetargetError/period(interval:spacing:)``, ``RetargetError/limit(bitWidth:)``.
    public init(interval: Int, spacing: Int, limit: Natural) throws(RetargetError) {
        let (span, overflow) = interval.multipliedReportingOverflow(by: spacing)
        guard interval >= 2, spacing >= 1, !overflow, span <= UInt32.max else {
            throw .period(interval: interval, spacing: spacing)
        }
        guard !limit.isZero, limit <= CompactTarget.maximumTarget else { throw .limit(bitWidth: limit.bitWidth) }
        self.init(checked: interval, spacing: spacing, limit: limit)
    }

    private init(checked interval: Int, spacing: Int, limit: Natural) {
        self.interval = interval
        self.spacing = spacing
        self.limit = limit
    }

    /// The seconds that a period should take.
    public var span: Int { interval * spacing }

    /// The seconds that a period counts as, between its first and its last block's times.
    public func countedSpan(firstTime: UInt32, lastTime: UInt32) -> Int {
        min(max(Int(lastTime) - Int(firstTime), span / Self.largestFactor), span * Self.largestFactor)
    }

    /// The target of the next period.
    ///
    /// - Parameters:
    ///   - bits: The target of the period that ends.
    ///   - firstTime: The time of its first block.
    ///   - lastTime: The time of its last block.
    /// - Throws: ``RetargetError/target(_:)``, also where the next target comes out as zero;
    ///   ``RetargetError/tooEasy(_:limit:)`` where `bits` are above the limit.
    public func next(
        after bits: CompactTarget, firstTime: UInt32, lastTime: UInt32
    ) throws(RetargetError) -> CompactTarget {
        try scaled(bits, took: countedSpan(firstTime: firstTime, lastTime: lastTime))
    }

    /// The hardest and the easiest target that may follow `bits` at the end of a period, whatever the times.
    ///
    /// - Throws: As ``next(after:firstTime:lastTime:)``.
    public func bounds(after bits: CompactTarget) throws(RetargetError) -> (
        hardest: CompactTarget, easiest: CompactTarget
    ) {
        let hardest = try scaled(bits, took: span / Self.largestFactor)
        return (hardest, try scaled(bits, took: span * Self.largestFactor))
    }

    /// Checks that the block at `height` may have the target `next` when the one before it had `bits`: the same inside a
    /// period, at most four times easier or harder at its end. It needs no times, so a reader of headers can check it
    /// before it has a whole period.
    ///
    /// - Throws: ``RetargetError``: where both bits name targets up to the limit, one of
    ///   ``RetargetError/changedInsidePeriod(height:from:to:)``, ``RetargetError/risesTooFar(to:at:)`` and
    ///   ``RetargetError/fallsTooFar(to:at:)``.
    public func checkTransition(
        height: Int, from bits: CompactTarget, to next: CompactTarget
    ) throws(RetargetError) {
        guard height >= 0 else { throw .height(height) }
        _ = try target(bits)
        let target = try target(next)
        guard height % interval == 0 else {
            guard next == bits else { throw .changedInsidePeriod(height: height, from: bits, to: next) }
            return
        }
        // Each bound is rounded as a target would be, so that the rounding alone breaks no rule.
        let easiest = try scaled(bits, took: span * Self.largestFactor)
        guard try target <= self.target(easiest) else { throw .risesTooFar(to: next, at: easiest) }
        // Where a quarter of the last target is zero, nothing is too hard.
        guard let hardest = try? scaled(bits, took: span / Self.largestFactor) else { return }
        guard try target >= self.target(hardest) else { throw .fallsTooFar(to: next, at: hardest) }
    }

    private func target(_ bits: CompactTarget) throws(RetargetError) -> Natural {
        let target: Natural
        do { target = try bits.target() } catch { throw .target(error) }
        guard target <= limit else { throw .tooEasy(bits, limit: limit) }
        return target
    }

    private func scaled(_ bits: CompactTarget, took: Int) throws(RetargetError) -> CompactTarget {
        let scaled = try target(bits) * Natural(UInt64(took)) / Natural(UInt64(span))
        do { return try CompactTarget(rounding: min(scaled, limit)) } catch { throw .target(error) }
    }
}

extension RetargetError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .period(let interval, let spacing):
            "a period needs two blocks and each a second, 2^32 seconds at most in all; \(interval) blocks of \(spacing) "
                + "seconds are given"
        case .limit(let bitWidth): "the easiest target has 1 to 256 bits, and \(bitWidth) are given"
        case .target(let error): error.description
        case .tooEasy(let bits, let limit): "the target of \(bits) is above \(limit), the easiest that is allowed"
        case .height(let height): "the height \(height) is negative"
        case .changedInsidePeriod(let height, let from, let to):
            "the target changes from \(from) to \(to) at height \(height), inside a period"
        case .risesTooFar(let to, let at): "the target rises to \(to), and \(at) is the easiest that may follow"
        case .fallsTooFar(let to, let at): "the target falls to \(to), and \(at) is the hardest that may follow"
        }
    }
}
