/// Why a companion signature is refused, or cannot be made. Verification has public inputs only, so it says all it knows.
public enum CompanionError: Error, Hashable, Sendable {
    /// A ring needs two members.
    case ringTooSmall(members: Int)
    /// The ring has more members than the limit in force.
    case ringTooLarge(members: Int, limit: Int)
    /// Two members have the same key; `index` is the second, in the order given.
    case duplicateKey(index: Int)
    /// Keys, ring and signature are not all of one group.
    case groupMismatch
    /// The signer's key is not in the ring.
    case signerNotInRing
    /// The signature was made for a ring of another size.
    case memberCountMismatch(signature: Int, ring: Int)
    /// The bytes are not as many as a signature for this ring has.
    case wrongLength(bytes: Int, expected: Int)
    /// A challenge is not below q.
    case challengeOutOfRange(index: Int)
    /// A response is not below q.
    case responseOutOfRange(index: Int)
    /// A linking tag is not an element of the group other than 1.
    case tagNotInGroup
    /// A published element, counted from 0 in the scheme's order, is not an element of the group other than 1.
    case elementNotInGroup(index: Int)
    /// The equation of the scheme does not hold for this message, ring and context.
    case ringEquation
    /// A number of the scheme's own is out of its range; the scheme says which.
    case parameterOutOfRange(name: String)
    /// Randomness given by the caller breaks a rule, or does not cover the ring.
    case unusableRandomness

    /// The reason as a stable word, used by vectors and verdicts.
    public var code: String {
        switch self {
        case .ringTooSmall: "ring-too-small"
        case .ringTooLarge: "ring-too-large"
        case .duplicateKey: "duplicate-key"
        case .groupMismatch: "group-mismatch"
        case .signerNotInRing: "signer-not-in-ring"
        case .memberCountMismatch: "member-count-mismatch"
        case .wrongLength: "wrong-length"
        case .challengeOutOfRange: "c-out-of-range"
        case .responseOutOfRange: "s-out-of-range"
        case .tagNotInGroup: "tag-not-in-group"
        case .elementNotInGroup: "element-not-in-group"
        case .ringEquation: "ring-equation"
        case .parameterOutOfRange: "parameter-out-of-range"
        case .unusableRandomness: "unusable-randomness"
        }
    }

    /// The place that the reason is about, counted from 0.
    public var index: Int? {
        switch self {
        case .duplicateKey(let index), .challengeOutOfRange(let index), .responseOutOfRange(let index),
            .elementNotInGroup(let index):
            index
        default: nil
        }
    }
}

extension CompanionError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .ringTooSmall(let members): "a ring needs at least 2 members, and this one has \(members)"
        case .ringTooLarge(let members, let limit): "the ring has \(members) members, and at most \(limit) are allowed"
        case .duplicateKey(let index): "member \(index) has the same key as an earlier one"
        case .groupMismatch: "the keys, the ring and the signature are of different groups"
        case .signerNotInRing: "the signing key is not in the ring"
        case .memberCountMismatch(let signature, let ring):
            "the signature is for \(signature) members, and the ring has \(ring)"
        case .wrongLength(let bytes, let expected):
            "the signature has \(bytes) bytes, and one for this ring has \(expected)"
        case .challengeOutOfRange(let index): "challenge \(index) must be below q"
        case .responseOutOfRange(let index): "response \(index) must be below q"
        case .tagNotInGroup: "the linking tag is not an element of the group other than 1"
        case .elementNotInGroup(let index): "element \(index) is not an element of the group other than 1"
        case .ringEquation: "the signature does not hold for this message, ring and context"
        case .parameterOutOfRange(let name): "\(name) is out of its range"
        case .unusableRandomness: "the given randomness breaks a rule of the scheme or does not cover the ring"
        }
    }
}
