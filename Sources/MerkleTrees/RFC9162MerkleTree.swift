public import Hashing

/// The Merkle tree of RFC 9162 §2.1 (Certificate Transparency) with SHA-256, every level kept.
///
///     MTH()        = SHA-256()
///     MTH(d)       = SHA-256(00 ‖ d)
///     MTH(d₁ … dₙ) = SHA-256(01 ‖ MTH(d₁ … dₖ) ‖ MTH(dₖ₊₁ … dₙ))        k: the largest power of two below n
///
/// That split is the same as pairing from the left on every level and letting an odd end move up as it is, which is
/// how the levels are computed here, one batch each. The prefixes keep leaves and nodes apart, and no node is ever
/// repeated, so the tree has neither of the weaknesses of ``BitcoinMerkleTree``.
///
/// Everything here is public and runs in variable time.
public struct RFC9162MerkleTree: Sendable {
    /// The levels from the leaves up to the root; one empty level where there are no leaves.
    private let levels: [[Digest]]

    /// The tree over leaf hashes.
    ///
    /// - Complexity: `leafHashes.count` − 1 node hashes, one batch a level.
    public init(leafHashes: [Digest]) {
        var levels = [leafHashes]
        var level = leafHashes
        while level.count > 1 {
            level = Self.nextLevel(level)
            levels.append(level)
        }
        self.levels = levels
    }

    /// The tree over the data of its leaves.
    public init(leaves: [[UInt8]]) { self.init(leafHashes: Self.leafHashes(leaves)) }

    /// The number of leaves.
    public var size: Int { levels[0].count }

    /// The root; SHA-256 of nothing where there are no leaves.
    public var root: Digest { levels[levels.count - 1].first ?? Self.emptyRoot }

    /// The proof for the leaf at `index`: PATH(index, D) of §2.1.3.1, from the leaf upwards.
    ///
    /// - Throws: ``MerkleError/indexOutOfRange(index:size:)``.
    /// - Complexity: O(log size), no hashing.
    public func proof(index: Int) throws(MerkleError) -> InclusionProof {
        guard levels[0].indices.contains(index) else { throw .indexOutOfRange(index: index, size: size) }
        return try InclusionProof(
            tree: .rfc9162, size: size, index: index, leaf: levels[0][index], path: siblings(of: index, height: 0),
            root: root)
    }

    /// The proof for the leaves at `indices`: what they need of the other nodes, and nothing else.
    ///
    /// - Throws: ``MerkleError/noIndices``, ``MerkleError/indexOutOfRange(index:size:)``,
    ///   ``MerkleError/indexOrder(position:)``.
    /// - Complexity: O(indices.count · log size), no hashing.
    public func multiProof(indices: [Int]) throws(MerkleError) -> MultiProof {
        try MultiProof(tree: .rfc9162, levels: levels, indices: indices, root: root)
    }

    /// The proof that this tree begins with the first `oldSize` of its leaves: PROOF(oldSize, D) of §2.1.4.1, the
    /// largest subtree that ends where the older tree ends first, then its siblings upwards.
    ///
    /// The tree of the first leaves is complete where their number is a power of two: then it is that subtree, its root
    /// is known to the verifier, and it is left out. For `oldSize` = ``size`` the path is empty.
    ///
    /// - Throws: ``MerkleError/oldSizeOutOfRange(oldSize:size:)`` unless 1 ≤ `oldSize` ≤ ``size``.
    /// - Complexity: O(log size) node hashes, for the older root.
    public func consistencyProof(oldSize: Int) throws(MerkleError) -> ConsistencyProof {
        guard oldSize >= 1, oldSize <= size else { throw .oldSizeOutOfRange(oldSize: oldSize, size: size) }
        var path: [Digest] = []
        if oldSize < size {
            let (height, position, _) = Self.start(oldSize: oldSize, size: size)
            if position > 0 { path.append(levels[height][position]) }
            path += siblings(of: position, height: height)
        }
        return try ConsistencyProof(
            oldSize: oldSize, size: size, oldRoot: root(prefix: oldSize), path: path, root: root)
    }

    /// The root of the first `count` leaves, from the complete subtrees that they make up.
    private func root(prefix count: Int) -> Digest {
        var root: Digest?
        var rest = count
        while rest > 0 {
            let height = rest.trailingZeroBitCount
            let subtree = levels[height][(rest - 1) >> height]
            root = root.map { Self.nodeHash(subtree, $0) } ?? subtree
            rest -= 1 << height
        }
        return root ?? Self.emptyRoot
    }

    /// The siblings of the node at `position` of the level at `height` and of those above it, where there are any.
    private func siblings(of position: Int, height: Int) -> [Digest] {
        levels[height...].dropLast().enumerated().compactMap { steps, level in
            let sibling = position >> steps ^ 1
            return sibling < level.count ? level[sibling] : nil
        }
    }

    /// The root over no leaves: SHA-256 of nothing.
    static let emptyRoot = SHA256.hash([])
    static let (leafPrefix, nodePrefix) = (UInt8(0x00), UInt8(0x01))

    /// SHA-256(00 ‖ `data`).
    public static func leafHash(_ data: [UInt8]) -> Digest { SHA256.hash([leafPrefix] + data) }

    /// SHA-256(00 ‖ data) of each leaf, as one batch.
    public static func leafHashes(_ leaves: [[UInt8]]) -> [Digest] { SHA256.hashMany(leaves, prefix: leafPrefix) }

    /// SHA-256(01 ‖ `left` ‖ `right`).
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash([nodePrefix] + left.bytes + right.bytes)
    }

    private static func nextLevel(_ level: [Digest]) -> [Digest] {
        SHA256.hashPairs(level, prefix: nodePrefix) + level.suffix(level.count % 2)
    }

    // MARK: - Proofs

    /// One digest for every level on which the node has a sibling.
    static func pathLength(index: Int, size: Int) -> Int {
        var length = 0
        var (position, last) = (index, size - 1)
        while last > 0 {
            if position % 2 == 1 || position < last { length += 1 }
            position /= 2
            last /= 2
        }
        return length
    }

    /// §2.1.3.2, level by level. The RFC's inner loop skips the levels on which the node is the odd end; here they are
    /// walked, and take no digest. The length of the path has been checked, so it lasts exactly to the root.
    static func rootFromInclusionProof(_ proof: InclusionProof) -> Digest {
        var node = proof.leaf
        var rest = proof.path[...]
        var (position, last) = (proof.index, proof.size - 1)
        while let sibling = rest.first {
            if position % 2 == 1 {
                node = nodeHash(sibling, node)
                rest = rest.dropFirst()
            } else if position < last {
                node = nodeHash(node, sibling)
                rest = rest.dropFirst()
            }
            position /= 2
            last /= 2
        }
        return node
    }

    /// The place where the path of a consistency proof begins: in the tree of the nodes at `height`, the last one that
    /// holds leaves of the older tree only. Its siblings to the left belong to the older tree, those to the right do not.
    private static func start(oldSize: Int, size: Int) -> (height: Int, position: Int, last: Int) {
        let height = oldSize.trailingZeroBitCount
        return (height, (oldSize - 1) >> height, (size - 1) >> height)
    }

    /// The number of digests in the proof that a tree of `size` leaves begins with one of `oldSize`.
    static func consistencyPathLength(oldSize: Int, size: Int) -> Int {
        guard oldSize < size else { return 0 }
        let (_, position, last) = start(oldSize: oldSize, size: size)
        return (position > 0 ? 1 : 0) + pathLength(index: position, size: last + 1)
    }

    /// §2.1.4.2, level by level like the inclusion proof. The length of the path has been checked.
    static func rootsFromConsistencyProof(_ proof: ConsistencyProof) -> (old: Digest, new: Digest) {
        guard proof.oldSize < proof.size else { return (proof.oldRoot, proof.oldRoot) }
        var (_, position, last) = start(oldSize: proof.oldSize, size: proof.size)
        var rest = proof.path[...]
        let first = position > 0 ? rest.removeFirst() : proof.oldRoot
        var (old, new) = (first, first)
        while let sibling = rest.first {
            if position % 2 == 1 {
                (old, new) = (nodeHash(sibling, old), nodeHash(sibling, new))
                rest = rest.dropFirst()
            } else if position < last {
                new = nodeHash(new, sibling)
                rest = rest.dropFirst()
            }
            position /= 2
            last /= 2
        }
        return (old, new)
    }
}
