public import Hashing

/// What the three kinds of proof share: a claim about the tree of one size under one root.
///
/// The size and the root that a proof carries are part of the claim. ``verify()`` says that the claim is consistent with
/// itself; hold it against a root, and where it matters a size, from a source that you trust.
///
/// No root says how large its tree is. Another size that asks for the very same hashing gives the same verdict, unless
/// the last leaf is among those proved: its place is the last one on every level in a tree of one size only.
public protocol MerkleProof: Hashable, Sendable {
    /// The number of leaves.
    var size: Int { get }
    /// The root that is claimed.
    var root: Digest { get }

    /// Checks that the proof leads to what it claims: that it is consistent, not that it is true.
    func verify() throws(MerkleError)
}

extension MerkleProof {
    /// Checks that the claim holds for the tree whose root is `trusted`.
    ///
    /// - Throws: As ``verify()``; ``MerkleError/rootMismatch(expected:computed:)`` also where the proof leads to
    ///   another root than `trusted`.
    public func verify(root trusted: Digest) throws(MerkleError) {
        try verify()
        guard root == trusted else { throw .rootMismatch(expected: trusted, computed: root) }
    }

    /// Checks that the proof speaks of a tree of `expected` leaves.
    ///
    /// - Throws: ``MerkleError/sizeMismatch(expected:actual:)``.
    public func checkSize(_ expected: Int) throws(MerkleError) {
        guard size == expected else { throw .sizeMismatch(expected: expected, actual: size) }
    }
}
