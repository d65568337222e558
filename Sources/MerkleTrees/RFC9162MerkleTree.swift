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
    public var root: Digest { levels[levels.count - 1].first ?? SHA256.hash([]) }

    /// The proof for the leaf at `index`: PATH(index, D) of §2.1.3.1, from the leaf upwards.
    ///
    /// - Throws: ``MerkleError/indexOutOfRange(index:size:)``.
    /// - Complexity: O(log size), no hashing.
    public func proof(index: Int) throws(MerkleError) -> InclusionProof {
        guard levels[0].indices.contains(index) else { throw .indexOutOfRange(index: index, size: size) }
        let path: [Digest] = levels.dropLast().enumerated().compactMap { height, level in
            let sibling = index >> height ^ 1
            return sibling < level.count ? level[sibling] : nil
        }
        let leaf = levels[0][index]
        return try InclusionProof(tree: .rfc9162, size: size, index: index, leaf: leaf, path: path, root: root)
    }

    /// SHA-256(00 ‖ `data`).
    public static func leafHash(_ data: [UInt8]) -> Digest { SHA256.hash([0x00] + data) }

    /// SHA-256(00 ‖ data) of each leaf, as one batch.
    public static func leafHashes(_ leaves: [[UInt8]]) -> [Digest] { SHA256.hashMany(leaves, prefix: 0x00) }

    /// SHA-256(01 ‖ `left` ‖ `right`).
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash([0x01] + left.bytes + right.bytes)
    }

    private static func nextLevel(_ level: [Digest]) -> [Digest] {
        SHA256.hashPairs(level, prefix: 0x01) + level.suffix(level.count % 2)
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
}
