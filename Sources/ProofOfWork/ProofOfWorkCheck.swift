public import Hashing
public import ModularArithmetic

/// Why a header carries no proof of work, or a search has no answer.
public enum ProofOfWorkError: Error, Equatable, Sendable {
    /// A header has another length than 80 bytes.
    case headerLength(bytes: Int)
    /// The header's bits name no usable target.
    case target(CompactTargetError)
    /// The target is above the easiest that is allowed.
    case tooEasy(target: Natural, limit: Natural)
    /// The header's hash is above its target.
    case missed(hash: Digest, target: Natural)
    /// The search was stopped from outside after so many hashes, none of which met the target.
    case cancelled(tries: UInt64)
    /// None of so many hashes met the target, and every nonce, version, extra nonce and second has been tried.
    case exhausted(tries: UInt64, latestTime: UInt32)

    /// The reason, as verdicts and test vectors spell it.
    public var code: String {
        switch self {
        case .headerLength: "header-length"
        case .target(let error): error.code
        case .tooEasy: "target-too-easy"
        case .missed: "target-missed"
        case .cancelled: "cancelled"
        case .exhausted: "nonce-space-exhausted"
        }
    }
}

extension Digest {
    /// The digest as proof of work reads it: a 256-bit integer, the first byte the least significant.
    public var littleEndianNumber: Natural { Natural(bigEndianBytes: bytes.reversed()) }

    /// Whether the digest, read as a little-endian integer, is at most `target` (IoMT review, eq. 2: ≤ and not <).
    public func meets(target: Natural) -> Bool { littleEndianNumber <= target }
}

extension CompactTarget {
    /// Checks that a hash is proof of work at this target: the target is usable, at most `limit`, and met.
    ///
    /// - Parameters:
    ///   - hash: The hash of a header.
    ///   - limit: The easiest target that the chain allows; every target is, unless the caller says otherwise.
    /// - Throws: The first of ``ProofOfWorkError/target(_:)``, ``ProofOfWorkError/tooEasy(target:limit:)`` and
    ///   ``ProofOfWorkError/missed(hash:target:)``.
    /// - SeeAlso: Bitcoin Core, `CheckProofOfWork` in `src/pow.cpp`.
    public func check(hash: Digest, limit: Natural = maximumTarget) throws(ProofOfWorkError) {
        let target: Natural
        do { target = try self.target() } catch { throw .target(error) }
        guard target <= limit else { throw .tooEasy(target: target, limit: limit) }
        guard hash.meets(target: target) else { throw .missed(hash: hash, target: target) }
    }
}

extension BlockHeader {
    /// Checks that the header's hash is at most the target that its bits name, and that target at most `limit`.
    ///
    ///     SHA-256d(version ‖ previous ‖ Merkle root ‖ time ‖ bits ‖ header nonce) ≤ T
    ///
    /// Whether the bits are the ones that a chain asks for at this height is for the chain to say.
    ///
    /// - Throws: As ``CompactTarget/check(hash:limit:)``.
    /// - SeeAlso: IoMT review §3.1, eq. 2.
    public func checkProofOfWork(limit: Natural = CompactTarget.maximumTarget) throws(ProofOfWorkError) {
        try bits.check(hash: id, limit: limit)
    }
}

extension ProofOfWorkError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .headerLength(let bytes): "a header has \(BlockHeader.byteCount) bytes, and \(bytes) are given"
        case .target(let error): error.description
        case .tooEasy(let target, let limit): "the target \(target) is above \(limit), the easiest that is allowed"
        case .missed(let hash, let target): "the hash \(hash.displayHex) is above the target \(target)"
        case .cancelled(let tries): "the search was stopped after \(tries) hashes"
        case .exhausted(let tries, let latestTime):
            "no nonce meets the target: \(tries) hashes were tried, at times up to \(latestTime)"
        }
    }
}
