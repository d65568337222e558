public import Hashing

/// The claim that one RFC 9162 tree begins with the leaves of another, smaller one: that a log has grown, and nothing
/// in it was changed (§2.1.4).
///
/// A value has sizes that fit each other and as many digests as they need; whether they lead to the two roots is for
/// ``verify(oldRoot:root:)`` to say. A tree of no leaves is the beginning of every tree, and the RFC has no proof of it:
/// an old size of 0 is refused. Two trees of one size take an empty path, and equal roots.
///
/// Bitcoin's tree has no such proofs.
///
///     let tree = RFC9162MerkleTree(leaves: [[1], [2], [3]])
///     let old = RFC9162MerkleTree(leaves: [[1], [2]])
///     try tree.consistencyProof(oldSize: 2).verify(oldRoot: old.root, root: tree.root)
public struct ConsistencyProof: MerkleProof {
    /// The number of leaves in the older tree.
    public let oldSize: Int
    /// The number of leaves in the newer tree.
    public let size: Int
    /// The root of the older tree that is claimed.
    public let oldRoot: Digest
    /// The nodes, from the lowest upwards.
    public let path: [Digest]
    /// The root of the newer tree that is claimed.
    public let root: Digest

    /// A proof of the right shape.
    ///
    /// - Throws: The first of ``MerkleError/sizeTooLarge(size:)``, ``MerkleError/oldSizeOutOfRange(oldSize:size:)`` and
    ///   ``MerkleError/pathLength(expected:actual:)``.
    public init(oldSize: Int, size: Int, oldRoot: Digest, path: [Digest], root: Digest) throws(MerkleError) {
        try Self.checkShape(oldSize: oldSize, size: size, pathLength: path.count)
        self.oldSize = oldSize
        self.size = size
        self.oldRoot = oldRoot
        self.path = path
        self.root = root
    }

    /// A proof of the right shape, from bytes as they came.
    ///
    /// - Throws: As ``init(oldSize:size:oldRoot:path:root:)``, then ``MerkleError/digestLength(field:bytes:)`` for the
    ///   older root, the root and the path, in this order.
    public init(
        oldSize: Int, size: Int, oldRootBytes: [UInt8], pathBytes: [[UInt8]], rootBytes: [UInt8]
    ) throws(MerkleError) {
        try Self.checkShape(oldSize: oldSize, size: size, pathLength: pathBytes.count)
        let oldRoot = try MerkleTree.digest(oldRootBytes, field: "oldRoot")
        let root = try MerkleTree.digest(rootBytes, field: "root")
        let path = try MerkleTree.digests(pathBytes, field: "path")
        try self.init(oldSize: oldSize, size: size, oldRoot: oldRoot, path: path, root: root)
    }

    private static func checkShape(oldSize: Int, size: Int, pathLength: Int) throws(MerkleError) {
        guard size <= MerkleTree.maximumSize else { throw .sizeTooLarge(size: size) }
        guard oldSize >= 1, oldSize <= size else { throw .oldSizeOutOfRange(oldSize: oldSize, size: size) }
        let expected = RFC9162MerkleTree.consistencyPathLength(oldSize: oldSize, size: size)
        guard pathLength == expected else { throw .pathLength(expected: expected, actual: pathLength) }
    }

    /// The roots to which the path leads, which are not compared with anything.
    ///
    /// Where the older tree is complete (its size is a power of two, or that of the newer tree), its root is not
    /// computed: the path starts with it.
    ///
    /// - Complexity: At most two node hashes a digest of the path.
    public func rootsFromConsistencyProof() -> (old: Digest, new: Digest) {
        RFC9162MerkleTree.rootsFromConsistencyProof(self)
    }

    /// Checks that the proof leads to the two roots that it carries: that it is consistent, not that it is true.
    ///
    /// - Throws: ``MerkleError/oldRootMismatch(expected:computed:)``, then
    ///   ``MerkleError/rootMismatch(expected:computed:)``.
    public func verify() throws(MerkleError) {
        let computed = rootsFromConsistencyProof()
        guard computed.old == oldRoot else { throw .oldRootMismatch(expected: oldRoot, computed: computed.old) }
        guard computed.new == root else { throw .rootMismatch(expected: root, computed: computed.new) }
    }

    /// Checks that the tree whose root is `trusted` begins with the one whose root is `oldTrusted`.
    ///
    /// - Throws: As ``verify()``; the same errors also where the proof leads to another root than the one given here.
    public func verify(oldRoot oldTrusted: Digest, root trusted: Digest) throws(MerkleError) {
        try verify()
        try checkOldRoot(oldTrusted)
        guard root == trusted else { throw .rootMismatch(expected: trusted, computed: root) }
    }

    /// Checks that the proof speaks of the older tree whose root is `expected`.
    ///
    /// - Throws: ``MerkleError/oldRootMismatch(expected:computed:)``.
    public func checkOldRoot(_ expected: Digest) throws(MerkleError) {
        guard oldRoot == expected else { throw .oldRootMismatch(expected: expected, computed: oldRoot) }
    }

    /// Checks that the proof speaks of an older tree of `expected` leaves.
    ///
    /// - Throws: ``MerkleError/oldSizeMismatch(expected:actual:)``.
    public func checkOldSize(_ expected: Int) throws(MerkleError) {
        guard oldSize == expected else { throw .oldSizeMismatch(expected: expected, actual: oldSize) }
    }
}
