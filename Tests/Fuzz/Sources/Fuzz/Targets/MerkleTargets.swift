import Hashing
import MerkleTrees

/// The three kinds of Merkle proof, and roots of lists that grow.
let merkleTargets: [FuzzTarget] = [
    FuzzTarget(name: "merkle-proof") { bytes in
        let proof = try checkDocument(bytes, read: InclusionProof.init(document:), document: \.document)
        _ = try proof.rootFromInclusionProof()
        try proof.verify()
    } seeds: {
        let leaves: [[UInt8]] = (0..<5).map { [$0] }
        return try [
            RFC9162MerkleTree(leaves: leaves).proof(index: 3).document.documentBytes,
            RFC9162MerkleTree(leaves: [[1]]).proof(index: 0).document.documentBytes,
            BitcoinMerkleTree(leafHashes: leaves.map { SHA256.doubleHash($0) }).proof(index: 4).document.documentBytes,
        ]
    },
    FuzzTarget(name: "merkle-multi-proof") { bytes in
        let proof = try checkDocument(bytes, read: MultiProof.init(document:), document: \.document)
        if proof.indices.count == proof.size {
            require(proof.path.isEmpty, "all leaves are proved, and more is needed")
        }
        _ = try proof.rootFromMultiProof()
        try proof.verify()
        // What holds is no longer true of another root or leaf.
        require((try? proof.verify(root: .zero)) == nil || proof.root == .zero, "a proof holds under two roots")
        require((try? proof.checkLeaves([])) == nil, "a proof of leaves is a proof of none")
    } seeds: {
        let (rfc9162, bitcoin) = (RFC9162MerkleTree(leaves: fiveLeaves), try BitcoinMerkleTree(leaves: fiveLeaves))
        return try [
            rfc9162.multiProof(indices: [1, 3]), rfc9162.multiProof(indices: [0, 1, 2, 3, 4]),
            bitcoin.multiProof(indices: [4]), bitcoin.multiProof(indices: [0, 2, 4]),
        ].map(\.document.documentBytes)
    },
    FuzzTarget(name: "merkle-consistency") { bytes in
        let proof = try checkDocument(bytes, read: ConsistencyProof.init(document:), document: \.document)
        let roots = proof.rootsFromConsistencyProof()
        try proof.verify()
        require(roots == (proof.oldRoot, proof.root), "a proof leads elsewhere and holds")
    } seeds: {
        let tree = RFC9162MerkleTree(leaves: fiveLeaves)
        return try [1, 3, 4, 5].map { try tree.consistencyProof(oldSize: $0).document.documentBytes }
    },
    // Each byte is a batch of up to 15 leaves, of 16 kinds: equal pairs turn up on every level.
    FuzzTarget(name: "merkle-builder") { bytes in
        for tree in MerkleTree.allCases {
            var builder = MerkleTreeBuilder(tree: tree)
            var hashes: [Digest] = []
            for byte in bytes.prefix(64) {
                let batch = (0..<byte & 15).map { SHA256.hash([byte >> 4, $0 & 3]) }
                builder.append(contentsOf: batch)
                hashes += batch
            }
            require(builder.subtreeRoots.count == builder.size.nonzeroBitCount, "the state has another size")
            let (grown, whole) = (outcome { try builder.root() }, outcome { try root(tree, hashes) })
            require(grown == whole, "a root that grew is another one: \(grown), \(whole)")
        }
    } seeds: {
        [[], [1], [6, 0x42], [4, 4, 4, 4], [0x1f, 0x2f, 0x3f, 3]]
    },
]

private let fiveLeaves: [[UInt8]] = (0..<5).map { [$0] }

private func root(_ tree: MerkleTree, _ hashes: [Digest]) throws(MerkleError) -> Digest {
    switch tree {
    case .bitcoin: try BitcoinMerkleTree(leafHashes: hashes).validatedRoot()
    case .rfc9162: RFC9162MerkleTree(leafHashes: hashes).root
    }
}

/// The result or the error, as text.
private func outcome(_ body: () throws -> Digest) -> String {
    do { return try body().hex } catch { return "\(error)" }
}
