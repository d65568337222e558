public import Hashing

/// The claim that some leaves stand at their places of a tree of one size, with the nodes that show it: one proof for
/// all of them.
///
/// The proof is minimal and has one spelling. Indices ascend, each once, and leaves stand in their order. The path holds
/// those siblings that follow neither from the leaves nor from what has been taken so far, level by level from the
/// leaves upwards, from left to right; how many they are follows from the size and the indices. The odd end of a level
/// takes no digest: Bitcoin's rule pairs it with itself, RFC 9162's moves it up.
///
///     leaves 1, 2 and 4 of 5                          the path: 0, 3, and nothing else
///
///                      ┌───────── root ─────────┐
///                 ┌──────────┐                  4
///             ┌───┴───┐  ┌───┴───┐              │        computed from the leaves: all the rest
///            [0]      1  2      [3]             4
///
/// In Bitcoin's tree no real pair may hold equal hashes, known or taken from the path: the proof would be one of a
/// mutated list (CVE-2012-2459), as in Bitcoin's own partial trees.
///
///     let tree = RFC9162MerkleTree(leaves: [[1], [2], [3], [4], [5]])
///     try tree.multiProof(indices: [1, 2, 4]).verify(root: tree.root)
/// - SeeAlso: BIP 37, "Partial Merkle branch format"; Bitcoin Core, `src/merkleblock.cpp`.
public struct MultiProof: MerkleProof {
    /// The kind of tree.
    public let tree: MerkleTree
    /// The number of leaves in the tree.
    public let size: Int
    /// The leaves' places, counted from 0, ascending.
    public let indices: [Int]
    /// The leaves' hashes, not their data, in the order of their places.
    public let leaves: [Digest]
    /// The nodes that cannot be computed, level by level from the leaves upwards, from left to right.
    public let path: [Digest]
    /// The root that is claimed.
    public let root: Digest

    /// A proof of the right shape.
    ///
    /// - Throws: The first of ``MerkleError/sizeTooLarge(size:)``, ``MerkleError/noIndices``, for each index in turn
    ///   ``MerkleError/indexOutOfRange(index:size:)`` and ``MerkleError/indexOrder(position:)``,
    ///   ``MerkleError/leafCount(expected:actual:)`` and ``MerkleError/pathLength(expected:actual:)``.
    /// - Complexity: O(indices.count · log size).
    public init(
        tree: MerkleTree, size: Int, indices: [Int], leaves: [Digest], path: [Digest], root: Digest
    ) throws(MerkleError) {
        try Self.checkShape(size: size, indices: indices, leafCount: leaves.count, pathLength: path.count)
        self.tree = tree
        self.size = size
        self.indices = indices
        self.leaves = leaves
        self.path = path
        self.root = root
    }

    /// A proof of the right shape, from bytes as they came.
    ///
    /// - Throws: As ``init(tree:size:indices:leaves:path:root:)``, then ``MerkleError/digestLength(field:bytes:)`` for
    ///   the leaves, the root and the path, in this order.
    public init(
        tree: MerkleTree, size: Int, indices: [Int], leafBytes: [[UInt8]], pathBytes: [[UInt8]], rootBytes: [UInt8]
    ) throws(MerkleError) {
        try Self.checkShape(size: size, indices: indices, leafCount: leafBytes.count, pathLength: pathBytes.count)
        let leaves = try MerkleTree.digests(leafBytes, field: "leaves")
        let root = try MerkleTree.digest(rootBytes, field: "root")
        let path = try MerkleTree.digests(pathBytes, field: "path")
        try self.init(tree: tree, size: size, indices: indices, leaves: leaves, path: path, root: root)
    }

    /// The proof that a tree's levels, from the leaves up to the root, give.
    init(tree: MerkleTree, levels: [[Digest]], indices: [Int], root: Digest) throws(MerkleError) {
        let size = levels[0].count
        try Self.check(indices: indices, size: size)
        var path: [Digest] = []
        KnownNodes.forEachLevel(positions: indices, size: size) { level, known in
            path += known.missing.map { levels[level][$0] }
        }
        try self.init(
            tree: tree, size: size, indices: indices, leaves: indices.map { levels[0][$0] }, path: path, root: root)
    }

    private static func check(indices: [Int], size: Int) throws(MerkleError) {
        guard size <= MerkleTree.maximumSize else { throw .sizeTooLarge(size: size) }
        guard !indices.isEmpty else { throw .noIndices }
        var previous = -1
        for (position, index) in indices.enumerated() {
            guard index >= 0, index < size else { throw .indexOutOfRange(index: index, size: size) }
            guard index > previous else { throw .indexOrder(position: position) }
            previous = index
        }
    }

    private static func checkShape(size: Int, indices: [Int], leafCount: Int, pathLength: Int) throws(MerkleError) {
        try check(indices: indices, size: size)
        guard leafCount == indices.count else { throw .leafCount(expected: indices.count, actual: leafCount) }
        var expected = 0
        KnownNodes.forEachLevel(positions: indices, size: size) { _, known in expected += known.missing.count }
        guard pathLength == expected else { throw .pathLength(expected: expected, actual: pathLength) }
    }

    /// The root to which the leaves and the path lead, which is not compared with anything.
    ///
    /// - Throws: ``MerkleError/pathDuplicate(level:)``, in Bitcoin's tree only.
    /// - Complexity: At most one node hash for each leaf, each digest of the path and each level; one batch a level.
    public func rootFromMultiProof() throws(MerkleError) -> Digest {
        var nodes = leaves
        var rest = path[...]
        try KnownNodes.forEachLevel(positions: indices, size: size) { level, known throws(MerkleError) in
            let row = known.row(nodes, siblings: rest.prefix(known.missing.count))
            rest = rest.dropFirst(known.missing.count)
            if tree == .bitcoin, BitcoinMerkleTree.equalPair(in: row) != nil { throw .pathDuplicate(level: level) }
            nodes = tree.pairHashes(row)
            if row.count % 2 == 1 { nodes.append(tree.raised(row[row.count - 1])) }
        }
        return nodes[0]
    }

    /// Checks that the proof leads to the root that it carries: that it is consistent, not that it is true.
    ///
    /// - Throws: ``MerkleError/pathDuplicate(level:)``, ``MerkleError/rootMismatch(expected:computed:)``.
    public func verify() throws(MerkleError) {
        let computed = try rootFromMultiProof()
        guard computed == root else { throw .rootMismatch(expected: root, computed: computed) }
    }

    /// Checks that the proof speaks of the leaves whose hashes are `expected`, in the order of their places.
    ///
    /// - Throws: ``MerkleError/leafCount(expected:actual:)``, ``MerkleError/leafMismatch(expected:actual:)``.
    public func checkLeaves(_ expected: [Digest]) throws(MerkleError) {
        guard leaves.count == expected.count else { throw .leafCount(expected: leaves.count, actual: expected.count) }
        for (leaf, expected) in zip(leaves, expected) where leaf != expected {
            throw .leafMismatch(expected: expected, actual: leaf)
        }
    }
}
