public import Hashing

/// The root of a list that grows, at any moment, without the list.
///
/// Kept are the roots of the complete subtrees that the list falls into, one for each bit of its size: their heights
/// are the places of the ones.
///
///     21 leaves = 10101₂:        ─────────16───────── ───4─── 1         three digests
///
/// Appending carries like adding one to a binary number. The root joins the subtrees from the right by the tree's rule
/// for odd ends, and leaves them as they are.
///
///     var builder = MerkleTreeBuilder(tree: .rfc9162)
///     try builder.append(leaves: [[1], [2]])
///     try builder.append(leaves: [[3]])
///     try builder.root() == RFC9162MerkleTree(leaves: [[1], [2], [3]]).root        // true
///
/// In Bitcoin's tree the first equal pair is remembered (CVE-2012-2459). Complete subtrees hold every pair that can be
/// equal: where the right one of a pair is completed by copies, it equals the left one only if that has a pair of equal
/// hashes further down.
public struct MerkleTreeBuilder: Sendable {
    /// The kind of tree.
    public let tree: MerkleTree
    /// The number of leaves so far.
    public private(set) var size = 0
    /// The roots of the complete subtrees by their height; the last one is there.
    private var subtrees: [Digest?] = []
    /// The equal pair on the lowest level, and there the leftmost.
    private var mutation: (level: Int, index: Int)?

    /// The empty list.
    public init(tree: MerkleTree) { self.tree = tree }

    /// The roots of the complete subtrees, the largest first: at most one for each bit of ``size``.
    public var subtreeRoots: [Digest] { subtrees.reversed().compactMap(\.self) }

    /// Appends one leaf by its hash.
    ///
    /// - Complexity: O(1) node hashes on average, O(log size) at most.
    public mutating func append(_ leafHash: Digest) { append(contentsOf: [leafHash]) }

    /// Appends leaves by their hashes, in their order.
    ///
    /// - Complexity: One node hash a leaf on average, in one batch a level; room for as many digests as are appended.
    public mutating func append(contentsOf leafHashes: [Digest]) {
        var nodes = leafHashes
        var height = 0
        while !nodes.isEmpty {
            if height == subtrees.count { subtrees.append(nil) }
            // Where the level goes on: behind its odd end, if it has one, which now finds its partner.
            var first = size >> height
            if let waiting = subtrees[height] {
                nodes.insert(waiting, at: 0)
                first -= 1
            }
            subtrees[height] = nodes.count % 2 == 1 ? nodes.last : nil
            note(nodes, level: height, first: first)
            nodes = tree.pairHashes(nodes)
            height += 1
        }
        size += leafHashes.count
    }

    /// Appends leaves by their data, in their order; all of them or, where one is refused, none.
    ///
    /// - Throws: ``MerkleError/ambiguousLeaf(index:)`` where a Bitcoin leaf has exactly 64 bytes; the index is that in
    ///   the whole list.
    public mutating func append(leaves: [[UInt8]]) throws(MerkleError) {
        let hashes: [Digest]
        do { hashes = try tree.leafHashes(leaves) } catch {
            guard case .ambiguousLeaf(let index?) = error else { throw error }
            throw .ambiguousLeaf(index: size + index)
        }
        append(contentsOf: hashes)
    }

    /// The root of the leaves so far.
    ///
    /// - Throws: ``MerkleError/empty`` and ``MerkleError/mutated(level:index:)``, both in Bitcoin's tree only.
    /// - Complexity: O(log size) node hashes.
    public func root() throws(MerkleError) -> Digest {
        if let mutation { throw .mutated(level: mutation.level, index: mutation.index) }
        // The last node of the level, where it is not complete or moves up.
        var end: Digest?
        for (height, subtree) in subtrees.enumerated() {
            let isTop = height == subtrees.count - 1
            switch (subtree, end) {
            case (let left?, let right?): end = tree.nodeHash(left, right)
            case (let odd?, nil): end = isTop ? odd : tree.raised(odd)
            case (nil, let odd?): end = tree.raised(odd)
            case (nil, nil): continue
            }
        }
        if let end { return end }
        guard tree == .rfc9162 else { throw .empty }
        return RFC9162MerkleTree.emptyRoot
    }

    private mutating func note(_ nodes: [Digest], level: Int, first: Int) {
        guard tree == .bitcoin, mutation.map({ level < $0.level }) ?? true else { return }
        if let pair = BitcoinMerkleTree.equalPair(in: nodes) { mutation = (level, first + pair) }
    }
}
