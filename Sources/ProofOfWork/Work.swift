import Foundation
public import ModularArithmetic

/// How many values a digest can take: 2²⁵⁶.
private let digestCount = Natural(1) << CompactTarget.maximumTargetBitWidth

/// The expected number of SHA-256d evaluations that a header with this target stands for.
///
/// A digest, read as an integer in `0 ..< 2²⁵⁶`, is accepted when it is at most T, so one attempt succeeds with
/// probability `(T + 1) / 2²⁵⁶` and the expected number of attempts is
///
///     work(T) = ⌊2²⁵⁶ / (T + 1)⌋        [hashes]        1 ≤ work ≤ 2²⁵⁶
///
/// - Precondition: `target` is below 2²⁵⁶.
/// - SeeAlso: S. Nakamoto, *Bitcoin* (2008), §4; Bitcoin Core, `GetBlockProof` in `src/chain.cpp`.
public func expectedWork(target: Natural) -> Natural {
    requireTarget(target)
    return digestCount / (target + 1)
}

/// The expected number of SHA-256d evaluations that a header with this compact target stands for, in hashes.
///
/// - Returns: ``expectedWork(target:)``; `1 ≤ work ≤ 2²⁵⁵`, since T is at least 1.
/// - Throws: ``CompactTargetError``.
public func expectedWork(compactTarget: CompactTarget) throws(CompactTargetError) -> Natural {
    expectedWork(target: try compactTarget.target())
}

/// The probability that one attempt meets the target, a digest being uniform.
///
///     Pr[SHA-256d(header) ≤ T] = (T + 1) / 2²⁵⁶        exactly; the IoMT review's §3.1 prints T / 2²⁵⁶ as an estimate
///
/// Its Table 2 rows come out as 1/2, 1/16 and 1/2⁶⁴.
/// - Precondition: `target` is below 2²⁵⁶.
public func acceptanceProbability(target: Natural) -> Ratio {
    requireTarget(target)
    return Ratio(target + 1, digestCount)
}

/// The tries that a search takes on average: 2²⁵⁶ / (T + 1), exactly. ``expectedWork(target:)`` is its whole part.
///
/// - Precondition: `target` is below 2²⁵⁶.
public func expectedTries(target: Natural) -> Ratio {
    requireTarget(target)
    return Ratio(digestCount, target + 1)
}

/// The probability that at least one of some independent tries succeeds.
///
///     1 − (1 − p)^tries, computed as −expm1(tries · log1p(−p))        no digit is lost where p is tiny
public func successProbability(tries: UInt64, perTry probability: Double) -> Double {
    guard tries > 0 else { return 0 }
    return -expm1(Double(tries) * log1p(-probability))
}

/// How many times smaller the target is than that of ``CompactTarget/difficultyOne``.
///
///     difficulty(T) = 0xffff · 2²⁰⁸ / T
///
/// - Precondition: `target` is in `1 ..< 2²⁵⁶`.
/// - SeeAlso: Bitcoin Core, `GetDifficulty` in `src/rpc/blockchain.cpp`, which gives it as a double.
public func difficulty(target: Natural) -> Ratio {
    requireTarget(target)
    return Ratio(Natural(0xffff) << 208, target)
}

private func requireTarget(_ target: Natural) {
    precondition(target < digestCount, "a target is a number below 2^256")
}
