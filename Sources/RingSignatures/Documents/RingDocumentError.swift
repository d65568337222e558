public import ByteCoding
public import ModularArithmetic

/// Why a group, key, ring or signature document is refused.
public enum RingDocumentError: Error, Equatable, Sendable {
    /// The document does not follow its schema.
    case document(DocumentError)
    /// No embedded group has this name.
    case unknownGroup(name: String)
    /// The group's numbers break a rule.
    case group(SchnorrGroupRule)
    /// A key fails a check; `index` counts from 0 in a ring, and is `nil` for a single key.
    case key(index: Int?, KeyError)
    /// The ring fails a check.
    case ring(RingSignatureError)
    /// The ring's keys are not in ascending order; `index` is the first that is smaller than the one before it.
    case ringNotSorted(index: Int)

    /// Whether the document is well-formed, so that only a value fails a check.
    public var isValueFailure: Bool {
        switch self {
        case .document, .unknownGroup: false
        case .group, .key, .ring, .ringNotSorted: true
        }
    }

    /// The reason as a stable word.
    public var code: String {
        switch self {
        case .document: "schema"
        case .unknownGroup: "unknown-group"
        case .group: "group"
        case .key(_, let error): error.code
        case .ring(let error): error.code
        case .ringNotSorted: "ring-not-sorted"
        }
    }

    /// The member that the reason is about, counted from 0.
    public var index: Int? {
        switch self {
        case .key(let index, _): index
        case .ring(let error): error.index
        case .ringNotSorted(let index): index
        case .document, .unknownGroup, .group: nil
        }
    }
}

extension RingDocumentError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .document(let error): error.description
        case .unknownGroup(let name):
            "no embedded group is called \u{22}\(name)\u{22}; there are \(EmbeddedGroups.names.joined(separator: ", "))"
        case .group(let rule): "the group is not usable: \(rule)"
        case .key(let index?, let error): "key \(index): \(error)"
        case .key(nil, let error): error.description
        case .ring(let error): error.description
        case .ringNotSorted(let index): "the ring's keys must ascend, and key \(index) is below the one before it"
        }
    }
}

/// Runs a step that reads a document's fields, and names the document as the cause where it fails.
func reading<T>(_ step: () throws(DocumentError) -> T) throws(RingDocumentError) -> T {
    do { return try step() } catch { throw .document(error) }
}
