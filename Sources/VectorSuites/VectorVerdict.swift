import ByteCoding

/// What a test says about its inputs, or an implementation about them: valid, or refused for a reason.
public enum VectorVerdict: Equatable, Sendable {
    /// The inputs are what they claim to be.
    case valid
    /// The inputs are refused; the reason is a code such as `hash-mismatch`.
    case invalid(reason: String)

    /// The verdict of an implementation that found nothing wrong, or `reason`.
    init(reason: String?) { self = reason.map { .invalid(reason: $0) } ?? .valid }

    /// `valid` or `invalid`.
    public var result: String { self == .valid ? "valid" : "invalid" }

    /// The reason code, or `nil` for a valid test.
    public var reason: String? {
        switch self {
        case .valid: nil
        case .invalid(let reason): reason
        }
    }

    /// `{result, reason}`, as in a vector file.
    var document: JSONValue { ["result": .string(result), "reason": JSONValue(reason)] }
}

extension VectorVerdict: CustomStringConvertible {
    /// `valid`, or `invalid` with the reason in brackets.
    public var description: String { reason.map { "invalid (\($0))" } ?? "valid" }
}
