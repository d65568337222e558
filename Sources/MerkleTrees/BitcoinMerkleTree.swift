public import Hashing

/// Bitcoin's Merkle tree over a list of digests, every level kept, so that proofs cost no hashing.
///
///     node = SHA-256d(left ‖ right)        a level of odd length: its last node is paired with itself
///
/// Two weaknesses belong to the format and cannot be repaired without changing the root:
///
/// - **Mutation** (CVE-2012-2459). A list that ends with a copy of its own tail, `[1 … 6, 5, 6]`, has the root of
///   `[1 … 6]`, because the shorter list is completed by just that copy. Such a list holds two equal hashes as a real
///   pair on some level; ``isMutated`` says so, and ``validatedRoot()`` and ``proof(index:)`` refuse it.
/// - **64-byte leaves** (CVE-2017-12842). Leaves and nodes are hashed alike, so 64 bytes of data have the hash of the
///   node over their two halves, and a node can be passed off as a leaf of a flatter tree. ``leafHash(_:)`` refuses data
///   of that length. An ``InclusionProof`` binds its path to its size, but no root binds the size: a verifier takes
///   the size from a source that it trusts, or knows that no leaf has 64 bytes.
///
/// Everything here is public and runs in variable time.
/// - SeeAlso: Bitcoin Core, `src/consensus/merkle.cpp`; IoMT review §3.4 and Fig. 8.
public struct BitcoinMerkleTree: Sendable {
    /// The levels from the leaves up to the root; never empty, and neither is any level.
    private let levels: [[Digest]]
    /// The first real pair of equal hashes, from the leaves upwards.
    private let mutation: (level: Int, index: Int)?

    /// The length of leaf data that could be two node hashes: 64 bytes.
    public static let ambiguousLeafByteCount = 2 * Digest.byteCount

    /// The tree over `leafHashes`, which in a block are the transaction ids in internal order.
    ///
    /// - Throws: ``MerkleError/empty`` where there are none.
    /// - Complexity: `leafHashes.count` node hashes or a few more, one batch a level.
    public init(leafHashes: [Digest]) throws(MerkleError) {
        guard !leafHashes.isEmpty else { throw .empty }
        var levels: [[Digest]] = []
        var mutation: (level: Int, index: Int)?
        var level = leafHashes
        while true {
            if mutation == nil, let index = Self.equalPair(in: level) { mutation = (levels.count, index) }
            levels.append(level)
            guard level.count > 1 else { break }
            level = Self.nextLevel(level)
        }
        self.levels = levels
        self.mutation = mutation
    }

    /// The tree over the SHA-256d of each of `leaves`.
    ///
    /// - Throws: ``MerkleError/empty``, ``MerkleError/ambiguousLeaf(index:)``.
    public init(leaves: [[UInt8]]) throws(MerkleError) { try self.init(leafHashes: Self.leafHashes(leaves)) }

    /// The number of leaves.
    public var size: Int { levels[0].count }

    /// The root, whether or not the list is mutated: what a block header of this list would hold.
    public var root: Digest { levels[levels.count - 1][0] }

    /// Whether two equal hashes form a real pair on some level, so that a shorter list has the same root.
    public var isMutated: Bool { mutation != nil }

    /// The root of a list that is the only one of its kind.
    ///
    /// - Throws: ``MerkleError/mutated(level:index:)``.
    public func validatedRoot() throws(MerkleError) -> Digest {
        if let mutation { throw .mutated(level: mutation.level, index: mutation.index) }
        return root
    }

    /// The proof for the leaf at `index`: its sibling on every level, itself where it is the odd end.
    ///
    /// - Throws: ``MerkleError/mutated(level:index:)``, since no proof of such a tree could be told from one of the
    ///   shorter list, then ``MerkleError/indexOutOfRange(index:size:)``.
    /// - Complexity: O(log size), no hashing.
    public func proof(index: Int) throws(MerkleError) -> InclusionProof {
        let root = try validatedRoot()
        guard levels[0].indices.contains(index) else { throw .indexOutOfRange(index: index, size: size) }
        let path = levels.dropLast().enumerated().map { height, level in
            level[min(index >> height ^ 1, level.count - 1)]
        }
        let leaf = levels[0][index]
        return try InclusionProof(tree: .bitcoin, size: size, index: index, leaf: leaf, path: path, root: root)
    }

    /// The proof for the leaves at `indices`: what they need of the other nodes, and nothing else.
    ///
    /// - Throws: ``MerkleError/mutated(level:index:)``, then ``MerkleError/noIndices``,
    ///   ``MerkleError/indexOutOfRange(index:size:)``, ``MerkleError/indexOrder(position:)``.
    /// - Complexity: O(indices.count · log size), no hashing.
    public func multiProof(indices: [Int]) throws(MerkleError) -> MultiProof {
        try MultiProof(tree: .bitcoin, levels: levels, indices: indices, root: validatedRoot())
    }

    /// The SHA-256d of a leaf's data.
    ///
    /// - Throws: ``MerkleError/ambiguousLeaf(index:)`` for exactly 64 bytes, which could be two node hashes.
    public static func leafHash(_ data: [UInt8]) throws(MerkleError) -> Digest {
        guard data.count != ambiguousLeafByteCount else { throw .ambiguousLeaf(index: nil) }
        return SHA256.doubleHash(data)
    }

    /// The SHA-256d of each leaf's data, as one batch.
    ///
    /// - Throws: ``MerkleError/ambiguousLeaf(index:)`` naming the first leaf of exactly 64 bytes.
    public static func leafHashes(_ leaves: [[UInt8]]) throws(MerkleError) -> [Digest] {
        if let index = leaves.firstIndex(where: { $0.count == ambiguousLeafByteCount }) {
            throw .ambiguousLeaf(index: index)
        }
        return SHA256.doubleHashMany(leaves)
    }

    /// The hash of the node over two others.
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.doubleHash(left.bytes + right.bytes)
    }

    // MARK: - Levels

    private static func nextLevel(_ level: [Digest]) -> [Digest] {
        SHA256.doubleHashPairs(level.count % 2 == 0 ? level : level + level.suffix(1))
    }

    /// Where the first real pair of equal hashes starts.
    static func equalPair(in level: [Digest]) -> Int? {
        stride(from: 0, to: level.count - 1, by: 2).first { level[$0] == level[$0 + 1] }
    }

    // MARK: - Proofs

    /// ⌈log₂ size⌉, whatever the index: every level has a sibling, so the length binds the depth.
    static func pathLength(size: Int) -> Int { Int.bitWidth - (size - 1).leadingZeroBitCount }

    static func rootFromInclusionProof(_ proof: InclusionProof) throws(MerkleError) -> Digest {
        var node = proof.leaf
        var position = proof.index
        var width = proof.size
        for (level, sibling) in proof.path.enumerated() {
            // The odd end is its own sibling, and a real pair of an unmutated tree never holds equal hashes.
            let isOddEnd = position == width - 1 && width % 2 == 1
            guard (sibling == node) == isOddEnd else { throw .pathDuplicate(level: level) }
            node = position % 2 == 1 ? nodeHash(sibling, node) : nodeHash(node, sibling)
            position /= 2
            width = (width + 1) / 2
        }
        return node
    }
}
