/// Why a party of the hash-work protocol ends it without success.
public enum WorkError: Error, Equatable, Sendable {
    /// The amount of work is below the minimum.
    case kTooSmall(k: Int, minimum: Int)
    /// The amount of work is above the maximum.
    case kTooLarge(k: Int, maximum: Int)
    /// The party's own chain reached the peer's starting value before evaluation `step` (counted from 1).
    case selfChain(step: Int)
    /// The peer's answer is not the end of the chain.
    case wrongAnswer
    /// Another message was due, or none.
    case outOfOrder(expected: WorkStep?, actual: WorkStep)
    /// The message belongs to another session.
    case sessionMismatch
    /// What was opened is not what was committed to.
    case commitmentMismatch(step: WorkStep)
    /// The peer sent back what it was sent: a commitment, a starting value, or its own name is the other's.
    case reflected

    /// The reason, as reports and vectors spell it.
    public var code: String {
        switch self {
        case .kTooSmall: "k-too-small"
        case .kTooLarge: "k-too-large"
        case .selfChain: "self-chain"
        case .wrongAnswer: "wrong-answer"
        case .outOfOrder: "out-of-order"
        case .sessionMismatch: "session-mismatch"
        case .commitmentMismatch: "commitment-mismatch"
        case .reflected: "reflected"
        }
    }
}

extension WorkError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .kTooSmall(let k, let minimum): "k = \(k) is below \(minimum)"
        case .kTooLarge(let k, let maximum): "k = \(k) is above \(maximum)"
        case .selfChain(let step): "before evaluation \(step) the own chain is at the peer's starting value"
        case .wrongAnswer: "the peer's answer is not the end of the chain"
        case .outOfOrder(let expected, let actual):
            "step \(actual.rawValue) came where \(expected.map { "step \($0.rawValue)" } ?? "no message") was due"
        case .sessionMismatch: "the message belongs to another session"
        case .commitmentMismatch(let step): "what step \(step.rawValue) opens is not what was committed to"
        case .reflected: "the peer sent back what it was sent"
        }
    }
}

/// How the protocol stands for one party.
public enum WorkVerdict: Equatable, Sendable {
    /// Messages are due.
    case pending
    /// The peer's answer was right.
    case accept
    /// The party ended the protocol.
    case abort(WorkError)

    /// `pending`, `accept`, or the error's reason.
    public var code: String {
        switch self {
        case .pending: "pending"
        case .accept: "accept"
        case .abort(let error): error.code
        }
    }
}
