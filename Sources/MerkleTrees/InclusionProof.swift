public import Hashing

/// The claim that one leaf stands at one place of a tree of one size, with the siblings that show it.
///
/// A value has a place that exists and as many siblings as that place needs; whether they lead to the root is for
/// ``verify(root:)`` to say. The root that a proof carries is part of the claim: compare it with one from a source
/// that you trust.
///
///     let tree = RFC9162MerkleTree(leaves: [[1], [2], [3]])
///     try tree.proof(index: 2).verify(root: tree.root)
public struct InclusionProof: MerkleProof {
    /// The kind of tree.
    public let tree: MerkleTree
    /// The number of leaves.
    public let size: Int
    /// The leaf's place, counted from 0.
    public let index: Int
    /// The leaf's hash, not its data.
    public let leaf: Digest
    /// The siblings, from the leaf upwards.
    public let path: [Digest]
    /// The root that is claimed.
    public let root: Digest

    /// A proof of the right shape.
    ///
    /// - Throws: The first of ``MerkleError/sizeTooLarge(size:)``, ``MerkleError/indexOutOfRange(index:size:)`` and
    ///   ``MerkleError/pathLength(expected:actual:)``.
    public init(
        tree: MerkleTree, size: Int, index: Int, leaf: Digest, path: [Digest], root: Digest
    ) throws(MerkleError) {
        try Self.checkShape(tree: tree, size: size, index: index, pathLength: path.count)
        self.tree = tree
        self.size = size
        self.index = index
        self.leaf = leaf
        self.path = path
        self.root = root
    }

    /// A proof of the right shape, from bytes as they came.
    ///
    /// - Throws: As ``init(tree:size:index:leaf:path:root:)``, then ``MerkleError/digestLength(field:bytes:)`` for the
    ///   leaf, the root and the siblings, in this order.
    public init(
        tree: MerkleTree, size: Int, index: Int, leafBytes: [UInt8], pathBytes: [[UInt8]], rootBytes: [UInt8]
    ) throws(MerkleError) {
        try Self.checkShape(tree: tree, size: size, index: index, pathLength: pathBytes.count)
        let leaf = try MerkleTree.digest(leafBytes, field: "leaf")
        let root = try MerkleTree.digest(rootBytes, field: "root")
        let path = try MerkleTree.digests(pathBytes, field: "path")
        try self.init(tree: tree, size: size, index: index, leaf: leaf, path: path, root: root)
    }

    private static func checkShape(tree: MerkleTree, size: Int, index: Int, pathLength: Int) throws(MerkleError) {
        guard size <= MerkleTree.maximumSize else { throw .sizeTooLarge(size: size) }
        guard index >= 0, index < size else { throw .indexOutOfRange(index: index, size: size) }
        let expected = tree.pathLength(index: index, size: size)
        guard pathLength == expected else { throw .pathLength(expected: expected, actual: pathLength) }
    }

    /// The root to which the leaf and its siblings lead, which is not compared with anything.
    ///
    /// - Throws: ``MerkleError/pathDuplicate(level:)``, in Bitcoin's tree only.
    /// - Complexity: One node hash a sibling.
    public func rootFromInclusionProof() throws(MerkleError) -> Digest {
        switch tree {
        case .bitcoin: try BitcoinMerkleTree.rootFromInclusionProof(self)
        case .rfc9162: RFC9162MerkleTree.rootFromInclusionProof(self)
        }
    }

    /// Checks that the proof leads to the root that it carries: that it is consistent, not that it is true.
    ///
    /// - Throws: ``MerkleError/pathDuplicate(level:)``, ``MerkleError/rootMismatch(expected:computed:)``.
    public func verify() throws(MerkleError) {
        let computed = try rootFromInclusionProof()
        guard computed == root else { throw .rootMismatch(expected: root, computed: computed) }
    }

    /// Checks that the proof speaks of the leaf whose hash is `expected`.
    ///
    /// - Throws: ``MerkleError/leafMismatch(expected:actual:)``.
    public func checkLeaf(_ expected: Digest) throws(MerkleError) {
        guard leaf == expected else { throw .leafMismatch(expected: expected, actual: leaf) }
    }
}
