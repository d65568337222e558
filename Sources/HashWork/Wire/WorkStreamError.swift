public import ByteCoding

/// Why a run over a ``WorkStream`` ended without success.
public enum WorkStreamError: Error, Equatable, Sendable {
    /// The peer closed before it sent the step that was due, or before it took what was sent to it.
    case closed(awaiting: WorkStep?)
    /// The step that was due was not there, whole, when its time was up; or the peer did not take what was sent to it.
    case timeout(awaiting: WorkStep?)
    /// More than a line came where one line was due. The protocol alternates, so an honest peer never sends ahead.
    case outOfTurn(awaiting: WorkStep?)
    /// A line is longer than ``WorkMessage/lineByteLimit`` bytes.
    case lineTooLong(limit: Int)
    /// The peer closed inside a line.
    case truncated
    /// A line is no message.
    case malformed(DocumentError)
    /// The side ended the protocol.
    case refused(WorkError)
    /// The address names no one, or nobody there answers.
    case unreachable(address: String, reason: String)
    /// The operating system refused an operation.
    case system(operation: String, reason: String)

    /// The reason, as reports spell it.
    public var code: String {
        switch self {
        case .closed: "peer-closed"
        case .timeout: "timeout"
        case .outOfTurn: "out-of-turn"
        case .lineTooLong: "line-too-long"
        case .truncated: "truncated"
        case .malformed: "schema"
        case .refused(let error): error.code
        case .unreachable: "unreachable"
        case .system: "system"
        }
    }
}

extension WorkStreamError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .closed(let step?): "the peer closed before the protocol ended, where step \(step.rawValue) was due"
        case .closed(nil): "the peer closed before it had read everything"
        case .timeout(let step?): "the peer did not send step \(step.rawValue) in time"
        case .timeout(nil): "the peer did not read in time"
        case .outOfTurn(let step):
            "the peer sent more than one line\(step.map { ", where step \($0.rawValue) was due" } ?? "")"
        case .lineTooLong(let limit): "a line is longer than \(limit) bytes"
        case .truncated: "the input ends inside a line"
        case .malformed(let error): error.description
        case .refused(let error): error.description
        case .unreachable(let address, let reason): "\(address): \(reason)"
        case .system(let operation, let reason): "\(operation): \(reason)"
        }
    }
}
