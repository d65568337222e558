public import Hashing
public import ModularArithmetic

/// Why a header carries no proof of work, or a search has no answer.
public enum ProofOfWorkError: Error, Equatable, Sendable {
    /// A header has another length than 80 bytes.
    case headerLength(bytes: Int)
    /// The header's bits name no usable target.
    case target(CompactTargetError)
    /// The header's hash is above its target.
    case missed(hash: Digest, target: Natural)
    /// The search was stopped from outside after so many hashes, none of which met the target.
    case cancelled(tries: UInt64)

    /// The reason, as verdicts and test vectors spell it.
    public var code: String {
        switch self {
        case .headerLength: "header-length"
        case .target(let error): error.code
        case .missed: "target-missed"
        case .cancelled: "cancelled"
        }
    }
}

extension Digest {
    /// The digest as proof of work reads it: a 256-bit integer, the first byte the least significant.
    public var littleEndianNumber: Natural { Natural(bigEndianBytes: bytes.reversed()) }

    /// Whether the digest, read as a little-endian integer, is at most `target` (IoMT review, eq. 2: ≤ and not <).
    public func meets(target: Natural) -> Bool { littleEndianNumber <= target }
}

extension BlockHeader {
    /// Checks that the header's hash is at most the target that its bits name.
    ///
    ///     SHA-256d(version ‖ previous ‖ Merkle root ‖ time ‖ bits ‖ header nonce) ≤ T
    ///
    /// Whether the bits are the ones that a chain asks for at this height is for the chain to say.
    ///
    /// - Throws: ``ProofOfWorkError/target(_:)``, ``ProofOfWorkError/missed(hash:target:)``.
    /// - SeeAlso: IoMT review §3.1, eq. 2.
    public func checkProofOfWork() throws(ProofOfWorkError) {
        let target: Natural
        do { target = try bits.target() } catch { throw .target(error) }
        let hash = id
        guard hash.meets(target: target) else { throw .missed(hash: hash, target: target) }
    }
}

extension ProofOfWorkError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .headerLength(let bytes): "a header has \(BlockHeader.byteCount) bytes, and \(bytes) are given"
        case .target(let error): error.description
        case .missed(let hash, let target): "the hash \(hash.displayHex) is above the target \(target)"
        case .cancelled(let tries): "the search was stopped after \(tries) hashes"
        }
    }
}
