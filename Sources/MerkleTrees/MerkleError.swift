public import ByteCoding
public import Hashing

/// Why a list has no root, or a proof does not hold.
public enum MerkleError: Error, Equatable, Sendable {
    /// Bitcoin's tree has no root over no leaves.
    case empty
    /// Two equal hashes form the pair that starts at `index` of `level`, counted from the leaves (CVE-2012-2459).
    case mutated(level: Int, index: Int)
    /// The data of a Bitcoin leaf has 64 bytes, as two node hashes have (CVE-2017-12842).
    case ambiguousLeaf(index: Int?)
    /// A digest has another length than 32 bytes.
    case digestLength(field: String, bytes: Int)
    /// The tree is larger than ``InclusionProof/maximumSize``.
    case sizeTooLarge(size: Int)
    /// There is no leaf of that index.
    case indexOutOfRange(index: Int, size: Int)
    /// The place in the tree needs another number of siblings.
    case pathLength(expected: Int, actual: Int)
    /// The sibling on `level` equals the node in a real pair, or differs from it at the odd end.
    case pathDuplicate(level: Int)
    /// The proof leads to another root.
    case rootMismatch(expected: Digest, computed: Digest)
    /// The proof speaks of another leaf.
    case leafMismatch(expected: Digest, actual: Digest)
    /// The text is not a proof document.
    case document(DocumentError)

    /// The reason, as verdicts and test vectors spell it.
    public var code: String {
        switch self {
        case .empty: "empty"
        case .mutated: "mutated"
        case .ambiguousLeaf: "ambiguous-leaf"
        case .digestLength: "digest-length"
        case .sizeTooLarge: "size-too-large"
        case .indexOutOfRange: "index-out-of-range"
        case .pathLength: "path-length"
        case .pathDuplicate: "path-duplicate"
        case .rootMismatch: "root-mismatch"
        case .leafMismatch: "leaf-mismatch"
        case .document: "document"
        }
    }
}

extension MerkleError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .empty: "Bitcoin's tree has no root over no leaves"
        case .mutated(let level, let index):
            "nodes \(index) and \(index + 1) of level \(level) are equal, so a shorter list has the same root"
        case .ambiguousLeaf(let index):
            "\(index.map { "leaf \($0)" } ?? "the leaf") has 64 bytes, and could be read as two node hashes"
        case .digestLength(let field, let bytes): "\(field) has \(bytes) bytes, and a digest has \(Digest.byteCount)"
        case .sizeTooLarge(let size):
            "the tree has \(size) leaves, and at most \(InclusionProof.maximumSize) are allowed"
        case .indexOutOfRange(let index, let size): "there is no leaf \(index) in a tree of \(size)"
        case .pathLength(let expected, let actual): "this leaf's path has \(expected) siblings, and \(actual) are given"
        case .pathDuplicate(let level):
            "sibling \(level) repeats its node where a real pair stands, or differs from it at the odd end"
        case .rootMismatch(let expected, let computed): "the proof leads to \(computed), and the root is \(expected)"
        case .leafMismatch(let expected, let actual): "the proof is for leaf hash \(actual), and not \(expected)"
        case .document(let error): error.description
        }
    }
}
