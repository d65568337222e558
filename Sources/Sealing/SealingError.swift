/// Why a message is not sealed, or not opened.
public enum SealingError: Error, Equatable, Sendable {
    /// The key has another length than the algorithm needs.
    case keyLength(expected: Int, actual: Int)
    /// The nonce has another length than the algorithm needs.
    case nonceLength(expected: Int, actual: Int)
    /// The sealed message is shorter than its tag.
    case ciphertextLength(minimum: Int, actual: Int)
    /// The message or the associated data is longer than one call takes.
    case messageLength(limit: Int, actual: Int)
    /// The tag does not fit. Whether key, nonce, associated data or ciphertext is wrong is not said.
    case authenticationFailed

    /// The reason, as reports and vectors spell it.
    public var code: String {
        switch self {
        case .keyLength: "key-length"
        case .nonceLength: "nonce-length"
        case .ciphertextLength: "ciphertext-length"
        case .messageLength: "message-length"
        case .authenticationFailed: "authentication-failed"
        }
    }
}

extension SealingError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .keyLength(let expected, let actual): "the key needs \(expected) bytes, and has \(actual)"
        case .nonceLength(let expected, let actual): "the nonce needs \(expected) bytes, and has \(actual)"
        case .ciphertextLength(let minimum, let actual):
            "a sealed message has at least \(minimum) bytes, and this one has \(actual)"
        case .messageLength(let limit, let actual): "at most \(limit) bytes fit in one call, and there are \(actual)"
        case .authenticationFailed: "the sealed message is not authentic under this key, nonce and associated data"
        }
    }
}
