import ModularArithmetic

/// Why two signatures cannot be compared by their tags.
public enum LinkError: Error, Equatable, Sendable {
    /// One of the two carries no tag; `index` is 0 for the first.
    case notLinkable(index: Int)
    /// The two are of different groups.
    case groupMismatch
    /// The two are of different contexts, so their tags have different bases.
    case contextMismatch

    /// The reason as a stable word.
    public var code: String {
        switch self {
        case .notLinkable: "not-linkable"
        case .groupMismatch: "group-mismatch"
        case .contextMismatch: "context-mismatch"
        }
    }
}

extension RingSignature {
    /// Whether one key made both signatures: τ = h^x with h = H_G("link", p, q, g, context) is the same.
    ///
    /// Says something about valid signatures only: verify both first. Rings may differ.
    /// - Throws: ``LinkError``.
    public func isLinked(to other: RingSignature) throws(LinkError) -> Bool {
        guard let linkingTag else { throw .notLinkable(index: 0) }
        guard let otherTag = other.linkingTag else { throw .notLinkable(index: 1) }
        guard group.p == other.group.p, group.q == other.group.q, group.g == other.group.g else {
            throw .groupMismatch
        }
        guard fields.context == other.fields.context else { throw .contextMismatch }
        return linkingTag == otherTag
    }
}

extension LinkError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .notLinkable(let index): "the \(index == 0 ? "first" : "second") signature carries no tag"
        case .groupMismatch: "the signatures are of different groups"
        case .contextMismatch: "the signatures are of different contexts, so their tags cannot be compared"
        }
    }
}
