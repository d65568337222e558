/// Why a proof about a signature (claim, confirmation, opening, unsealing) is refused or cannot be made.
public enum ProofError: Error, Equatable, Sendable {
    /// The signature itself is not valid: no proof says anything about it.
    case signature(RingSignatureError)
    /// The signature lacks the mode that the proof is about.
    case modeRequired(PaperMode)
    /// The proof is about another signature.
    case lambdaMismatch
    /// The ring has no member of this index.
    case indexOutOfRange(index: Int, members: Int)
    /// κ is not below q, or stands where D should, or the other way round.
    case kappaOutOfRange
    /// D (or Z) is not in the group.
    case elementNotInGroup
    /// The challenge is not below q.
    case challengeOutOfRange
    /// The response is not below q.
    case responseOutOfRange
    /// The proof's own equation does not hold.
    case proofMismatch
    /// The values do not belong to the member that the proof names.
    case memberMismatch
    /// Not exactly one member matches: the recipient can say nothing.
    case notConfirmed(matches: Int)
    /// The key is not the one that the signature names.
    case wrongKey
    /// The sealed message cannot be opened with this key.
    case unsealingFailed

    /// The reason as a stable word, used by vectors and verdicts.
    public var code: String {
        switch self {
        case .signature(let error): error.code
        case .modeRequired: "mode-required"
        case .lambdaMismatch: "lambda-mismatch"
        case .indexOutOfRange: "index-out-of-range"
        case .kappaOutOfRange: "kappa-out-of-range"
        case .elementNotInGroup: "D-not-in-group"
        case .challengeOutOfRange: "c-out-of-range"
        case .responseOutOfRange: "s-out-of-range"
        case .proofMismatch: "proof-mismatch"
        case .memberMismatch: "member-mismatch"
        case .notConfirmed: "not-confirmed"
        case .wrongKey: "wrong-key"
        case .unsealingFailed: "unsealing-failed"
        }
    }

    /// The member that the reason is about, counted from 0.
    public var index: Int? {
        switch self {
        case .signature(let error): error.index
        case .indexOutOfRange(let index, _): index
        default: nil
        }
    }
}

extension ProofError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .signature(let error): "the signature is not valid: \(error)"
        case .modeRequired(let mode): "the signature is not \(mode)"
        case .lambdaMismatch: "the proof is about another signature: lambda differs"
        case .indexOutOfRange(let index, let members): "there is no member \(index) in a ring of \(members)"
        case .kappaOutOfRange: "kappa must be below q and stand only in a claim of a signature without recipient"
        case .elementNotInGroup: "the proof's group element is not in the group, or is missing"
        case .challengeOutOfRange: "the proof's challenge c is not below q"
        case .responseOutOfRange: "the proof's response s is not below q"
        case .proofMismatch: "the proof's equation does not hold"
        case .memberMismatch: "the proof's values do not belong to the member that it names"
        case .notConfirmed(let matches): "\(matches) members match, and exactly one must"
        case .wrongKey: "the key is not the one that the signature names"
        case .unsealingFailed: "the sealed message cannot be opened with this key"
        }
    }
}
