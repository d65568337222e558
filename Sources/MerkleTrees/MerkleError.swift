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
    /// The tree is larger than ``MerkleTree/maximumSize``.
    case sizeTooLarge(size: Int)
    /// The older tree of a consistency proof is empty, or larger than the newer one.
    case oldSizeOutOfRange(oldSize: Int, size: Int)
    /// There is no leaf of that index.
    case indexOutOfRange(index: Int, size: Int)
    /// A multi-proof is of no leaf.
    case noIndices
    /// The index at `position` of a multi-proof is not above the one before it.
    case indexOrder(position: Int)
    /// A multi-proof has another number of leaves than of indices.
    case leafCount(expected: Int, actual: Int)
    /// The proof needs another number of digests.
    case pathLength(expected: Int, actual: Int)
    /// On `level`, the sibling equals the node in a real pair, or differs from it at the odd end.
    case pathDuplicate(level: Int)
    /// The proof leads to another root.
    case rootMismatch(expected: Digest, computed: Digest)
    /// The proof leads to another root of the older tree.
    case oldRootMismatch(expected: Digest, computed: Digest)
    /// The proof speaks of a tree of another size.
    case sizeMismatch(expected: Int, actual: Int)
    /// The proof speaks of an older tree of another size.
    case oldSizeMismatch(expected: Int, actual: Int)
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
        case .oldSizeOutOfRange: "old-size-out-of-range"
        case .indexOutOfRange: "index-out-of-range"
        case .noIndices: "no-indices"
        case .indexOrder: "index-order"
        case .leafCount: "leaf-count"
        case .pathLength: "path-length"
        case .pathDuplicate: "path-duplicate"
        case .rootMismatch: "root-mismatch"
        case .oldRootMismatch: "old-root-mismatch"
        case .sizeMismatch: "size-mismatch"
        case .oldSizeMismatch: "old-size-mismatch"
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
            "the tree has \(size) leaves, and at most \(MerkleTree.maximumSize) are allowed"
        case .oldSizeOutOfRange(let oldSize, let size):
            "a tree of \(size) leaves is compared with one of 1 to \(size) leaves, and not of \(oldSize)"
        case .indexOutOfRange(let index, let size): "there is no leaf \(index) in a tree of \(size)"
        case .noIndices: "the proof is of no leaf"
        case .indexOrder(let position): "index \(position) of the proof is not above the one before it"
        case .leafCount(let expected, let actual): "\(expected) leaves are needed, and \(actual) are given"
        case .pathLength(let expected, let actual): "the proof's path has \(expected) digests, and \(actual) are given"
        case .pathDuplicate(let level):
            "the sibling on level \(level) repeats its node where a real pair stands, or differs from it at the odd end"
        case .rootMismatch(let expected, let computed): "the proof leads to \(computed), and the root is \(expected)"
        case .oldRootMismatch(let expected, let computed):
            "the proof leads to \(computed) for the older tree, and its root is \(expected)"
        case .sizeMismatch(let expected, let actual):
            "the proof is for a tree of \(actual) leaves, and not of \(expected)"
        case .oldSizeMismatch(let expected, let actual):
            "the proof is for an older tree of \(actual) leaves, and not of \(expected)"
        case .leafMismatch(let expected, let actual): "the proof is for leaf hash \(actual), and not \(expected)"
        case .document(let error): error.description
        }
    }
}
