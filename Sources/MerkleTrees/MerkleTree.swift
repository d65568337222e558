public import Hashing

/// The two trees: what they share is the shape of a proof, and nothing of the hashing.
///
///                 leaf              node                  odd end of a level      no leaves
///     bitcoin     SHA-256d(data)    SHA-256d(l ‖ r)       paired with itself      no root
///     rfc9162     SHA-256(00 ‖ d)   SHA-256(01 ‖ l ‖ r)   moves up as it is       SHA-256 of nothing
///
/// The names are those of the command line and of the proof document.
public enum MerkleTree: String, Hashable, Sendable, CaseIterable {
    /// Bitcoin's tree: what a block header commits to (smart-consensus paper, Table 2; IoMT review §3.4).
    case bitcoin
    /// The tree of RFC 9162 §2.1, for lists that are not Bitcoin blocks.
    case rfc9162

    /// The largest tree that a proof can name: 2⁵³ leaves.
    public static let maximumSize = 1 << 53

    /// The hash of the leaf that holds `data`.
    ///
    /// - Throws: ``MerkleError/ambiguousLeaf(index:)`` where a Bitcoin leaf has exactly 64 bytes.
    public func leafHash(_ data: [UInt8]) throws(MerkleError) -> Digest {
        switch self {
        case .bitcoin: try BitcoinMerkleTree.leafHash(data)
        case .rfc9162: RFC9162MerkleTree.leafHash(data)
        }
    }

    /// The hashes of many leaves, in their order.
    ///
    /// - Throws: ``MerkleError/ambiguousLeaf(index:)`` where a Bitcoin leaf has exactly 64 bytes.
    public func leafHashes(_ leaves: [[UInt8]]) throws(MerkleError) -> [Digest] {
        switch self {
        case .bitcoin: try BitcoinMerkleTree.leafHashes(leaves)
        case .rfc9162: RFC9162MerkleTree.leafHashes(leaves)
        }
    }

    /// The root over leaf hashes.
    ///
    /// - Throws: ``MerkleError/empty`` and ``MerkleError/mutated(level:index:)``, both in Bitcoin's tree only.
    /// - Complexity: `leafHashes.count` − 1 node hashes or a few more, one batch a level.
    public func root(leafHashes: [Digest]) throws(MerkleError) -> Digest {
        var builder = MerkleTreeBuilder(tree: self)
        builder.append(contentsOf: leafHashes)
        return try builder.root()
    }

    /// The proof that the leaf at `index` stands in the tree over `leafHashes`.
    ///
    /// - Throws: ``MerkleError/indexOutOfRange(index:size:)``; in Bitcoin's tree also ``MerkleError/empty`` and
    ///   ``MerkleError/mutated(level:index:)``.
    public func inclusionProof(index: Int, leafHashes: [Digest]) throws(MerkleError) -> InclusionProof {
        switch self {
        case .bitcoin: try BitcoinMerkleTree(leafHashes: leafHashes).proof(index: index)
        case .rfc9162: try RFC9162MerkleTree(leafHashes: leafHashes).proof(index: index)
        }
    }

    /// The one proof that the leaves at `indices` stand in the tree over `leafHashes`.
    ///
    /// - Throws: ``MerkleError/noIndices``, ``MerkleError/indexOutOfRange(index:size:)``,
    ///   ``MerkleError/indexOrder(position:)``; in Bitcoin's tree also ``MerkleError/empty`` and
    ///   ``MerkleError/mutated(level:index:)``.
    public func multiProof(indices: [Int], leafHashes: [Digest]) throws(MerkleError) -> MultiProof {
        switch self {
        case .bitcoin: try BitcoinMerkleTree(leafHashes: leafHashes).multiProof(indices: indices)
        case .rfc9162: try RFC9162MerkleTree(leafHashes: leafHashes).multiProof(indices: indices)
        }
    }

    /// The number of digests in the proof for leaf `index` of `size`.
    ///
    /// - Precondition: `0 ≤ index < size`.
    public func pathLength(index: Int, size: Int) -> Int {
        precondition((0..<max(size, 0)).contains(index), "a leaf's index is below the number of leaves")
        return switch self {
        case .bitcoin: BitcoinMerkleTree.pathLength(size: size)
        case .rfc9162: RFC9162MerkleTree.pathLength(index: index, size: size)
        }
    }

    /// The digest that `bytes` are, where a leaf hash, a sibling or a root was asked for.
    ///
    /// - Parameter field: What the bytes stand for, for the error.
    /// - Throws: ``MerkleError/digestLength(field:bytes:)`` unless there are 32.
    public static func digest(_ bytes: [UInt8], field: String) throws(MerkleError) -> Digest {
        do { return try Digest(bytes: bytes) } catch { throw .digestLength(field: field, bytes: bytes.count) }
    }

    /// The digests that `list` holds, where a list of them was asked for.
    static func digests(_ list: [[UInt8]], field: String) throws(MerkleError) -> [Digest] {
        var digests: [Digest] = []
        for (index, bytes) in list.enumerated() { digests.append(try digest(bytes, field: "\(field)[\(index)]")) }
        return digests
    }

    // MARK: - Levels

    /// The hash of the node over two others.
    func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        switch self {
        case .bitcoin: BitcoinMerkleTree.nodeHash(left, right)
        case .rfc9162: RFC9162MerkleTree.nodeHash(left, right)
        }
    }

    /// The hashes of the nodes over neighbouring pairs, as one batch. A last one without a partner is left out.
    func pairHashes(_ nodes: [Digest]) -> [Digest] {
        switch self {
        case .bitcoin: SHA256.doubleHashPairs(nodes)
        case .rfc9162: SHA256.hashPairs(nodes, prefix: RFC9162MerkleTree.nodePrefix)
        }
    }

    /// What the odd end of a level becomes on the next one.
    func raised(_ node: Digest) -> Digest { self == .bitcoin ? nodeHash(node, node) : node }
}
