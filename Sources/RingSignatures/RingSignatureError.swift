/// Why a ring signature is refused, or cannot be made. Verification has public inputs only, so it says all it knows.
public enum RingSignatureError: Error, Equatable, Sendable {
    /// The lists α, β and γ do not have one entry for each member.
    case lengthMismatch
    /// The fields present do not make up a mode: for example A1 without an administrator.
    case modeMismatch
    /// A ring needs two members.
    case ringTooSmall(members: Int)
    /// The ring has more members than the limit in force.
    case ringTooLarge(members: Int, limit: Int)
    /// Two members have the same key; `index` is the second.
    case duplicateKey(index: Int)
    /// The member's key is not in the group.
    case keyNotInGroup(index: Int)
    /// The recipient's key is not in the group.
    case recipientNotInGroup
    /// The administrator's key is not in the group.
    case administratorNotInGroup
    /// Recipient and administrator are one key.
    case recipientIsAdministrator
    /// E is not in the group.
    case ephemeralNotInGroup
    /// The linking tag τ is not in the group.
    case linkingTagNotInGroup
    /// A1 or A2 is not in the group.
    case openingNotInGroup(component: Int)
    /// U is not in the group.
    case sealingElementNotInGroup
    /// E, A1 and U are not pairwise distinct.
    case valuesNotDistinct
    /// δ is not between 0 and p.
    case deltaOutOfRange
    /// αᵢ is not between 0 and p.
    case alphaOutOfRange(index: Int)
    /// βᵢ is not below q.
    case betaOutOfRange(index: Int)
    /// γᵢ is not below q.
    case gammaOutOfRange(index: Int)
    /// The ring does not close: C_{λ,δ}(Y) is not δ.
    case ringEquation
    /// The signature is sealed: λ takes the recipient's key, or the proof that they published.
    case sealed
    /// The signer's key is not in the ring.
    case signerNotInRing
    /// A key belongs to another group than the ring.
    case groupMismatch
    /// The message is longer than its encryption allows.
    case messageTooLong
    /// A computation went wrong, so nothing was published.
    case fault
    /// Randomness given by the caller breaks a rule, or does not cover the ring.
    case unusableRandomness

    /// The reason as a stable word, used by vectors and verdicts.
    public var code: String {
        switch self {
        case .lengthMismatch: "length-mismatch"
        case .modeMismatch: "mode-mismatch"
        case .ringTooSmall: "ring-too-small"
        case .ringTooLarge: "ring-too-large"
        case .duplicateKey: "duplicate-key"
        case .keyNotInGroup: "key-not-in-group"
        case .recipientNotInGroup: "recipient-not-in-group"
        case .administratorNotInGroup: "administrator-not-in-group"
        case .recipientIsAdministrator: "recipient-is-administrator"
        case .ephemeralNotInGroup: "E-not-in-group"
        case .linkingTagNotInGroup: "tau-not-in-group"
        case .openingNotInGroup(let component): "A\(component)-not-in-group"
        case .sealingElementNotInGroup: "U-not-in-group"
        case .valuesNotDistinct: "values-not-distinct"
        case .deltaOutOfRange: "delta-out-of-range"
        case .alphaOutOfRange: "alpha-out-of-range"
        case .betaOutOfRange: "beta-out-of-range"
        case .gammaOutOfRange: "gamma-out-of-range"
        case .ringEquation: "ring-equation"
        case .sealed: "sealed"
        case .signerNotInRing: "signer-not-in-ring"
        case .groupMismatch: "group-mismatch"
        case .messageTooLong: "message-too-long"
        case .fault: "fault"
        case .unusableRandomness: "unusable-randomness"
        }
    }

    /// The member that the reason is about, counted from 0.
    public var index: Int? {
        switch self {
        case .duplicateKey(let index), .keyNotInGroup(let index), .alphaOutOfRange(let index),
            .betaOutOfRange(let index), .gammaOutOfRange(let index):
            index
        default: nil
        }
    }
}

extension RingSignatureError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .lengthMismatch: "alpha and beta (and gamma in an openable signature) need one entry for each member"
        case .modeMismatch:
            "the fields do not make up a mode: administrator, A1, A2 and gamma go together, and only a designated "
                + "signature is sealed"
        case .ringTooSmall(let members): "a ring needs at least 2 members, and this one has \(members)"
        case .ringTooLarge(let members, let limit): "the ring has \(members) members, and at most \(limit) are allowed"
        case .duplicateKey(let index): "member \(index) has the same key as an earlier one"
        case .keyNotInGroup(let index): "the key of member \(index) is not in the group"
        case .recipientNotInGroup: "the recipient's key is not in the group"
        case .administratorNotInGroup: "the administrator's key is not in the group"
        case .recipientIsAdministrator: "recipient and administrator must be two keys"
        case .ephemeralNotInGroup: "E is not in the group"
        case .linkingTagNotInGroup: "the linking tag is not in the group"
        case .openingNotInGroup(let component): "A\(component) is not in the group"
        case .sealingElementNotInGroup: "U is not in the group"
        case .valuesNotDistinct: "E, A1 and U must be pairwise distinct"
        case .deltaOutOfRange: "delta must lie between 0 and p"
        case .alphaOutOfRange(let index): "alpha of member \(index) must lie between 0 and p"
        case .betaOutOfRange(let index): "beta of member \(index) must be below q"
        case .gammaOutOfRange(let index): "gamma of member \(index) must be below q"
        case .ringEquation: "the ring does not close for this message, ring and context"
        case .sealed: "the signature is sealed: it takes the recipient, or the unsealing proof that they published"
        case .signerNotInRing: "the signing key is not in the ring"
        case .groupMismatch: "the keys and the ring are of different groups"
        case .messageTooLong: "the message is longer than its encryption allows"
        case .fault: "a computation went wrong, so nothing was signed"
        case .unusableRandomness: "the given randomness breaks a rule of the scheme or does not cover the ring"
        }
    }
}
