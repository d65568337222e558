import ByteCoding
import Hashing
import MerkleTrees
import Testing

@Suite("Inclusion proofs") struct InclusionProofTests {
    @Test("every leaf of every tree of up to 64, against naive recursion", arguments: MerkleTree.allCases)
    func exhaustive(tree: MerkleTree) throws {
        for size in 1...64 {
            let hashes = leafDigests(size)
            let root = try tree.root(leafHashes: hashes)
            #expect(root == NaiveTree.root(tree, hashes), "\(size)")
            let prove = try prover(tree, hashes)
            for index in 0..<size {
                let proof = try prove(index)
                #expect(proof.leaf == hashes[index] && proof.root == root && proof.size == size && proof.index == index)
                try proof.verify(root: root)
                try proof.checkLeaf(hashes[index])
                guard size <= 24 else { continue }
                #expect(proof.path == NaiveTree.path(tree, index, hashes), "\(size), \(index)")
            }
        }
    }

    @Test("the path of Bitcoin's tree has ⌈log₂ n⌉ siblings at every index, and RFC 9162's at most that many")
    func pathLengths() {
        for size in 1...64 {
            var levels = 0
            while 1 << levels < size { levels += 1 }
            for index in 0..<size {
                #expect(MerkleTree.bitcoin.pathLength(index: index, size: size) == levels)
                #expect(MerkleTree.rfc9162.pathLength(index: index, size: size) <= levels)
            }
        }
        let largest = MerkleTree.maximumSize
        #expect(MerkleTree.bitcoin.pathLength(index: largest - 1, size: largest) == 53)
        #expect(MerkleTree.bitcoin.pathLength(index: 0, size: largest - 1) == 53)
        #expect(MerkleTree.rfc9162.pathLength(index: largest - 1, size: largest) == 53)
        // 2⁵² + 1 leaves: the last one hangs directly under the root.
        #expect(MerkleTree.rfc9162.pathLength(index: largest / 2, size: largest / 2 + 1) == 1)
    }

    @Test("a proof of the largest size is computed and verified", arguments: MerkleTree.allCases)
    func largestSize(tree: MerkleTree) throws {
        let size = MerkleTree.maximumSize
        let path = (0..<53).map(leafDigest)
        let claim = try InclusionProof(
            tree: tree, size: size, index: size - 1, leaf: leafDigest(99), path: path, root: .zero)
        // The last leaf of a full tree is the right child on every level.
        let expected = path.reduce(leafDigest(99)) { node, sibling in
            switch tree {
            case .bitcoin: BitcoinMerkleTree.nodeHash(sibling, node)
            case .rfc9162: RFC9162MerkleTree.nodeHash(sibling, node)
            }
        }
        #expect(try claim.rootFromInclusionProof() == expected)
        #expect(throws: MerkleError.rootMismatch(expected: .zero, computed: expected)) { try claim.verify() }
    }

    @Test("an altered leaf, sibling, index, size or root is rejected", arguments: MerkleTree.allCases)
    func alterations(tree: MerkleTree) throws {
        for size in 1...17 {
            let prove = try prover(tree, leafDigests(size))
            for index in 0..<size {
                let good = try prove(index)
                let leaf = try good.leaf.flipping(bit: (size * 17 + index) % 256)
                #expect(!holds(good, leaf: leaf), "leaf, \(size), \(index)")
                let root = try good.root.flipping(bit: (size * 5 + index) % 256)
                #expect(!holds(good, root: root), "root, \(size), \(index)")
                #expect(throws: MerkleError.rootMismatch(expected: root, computed: good.root)) {
                    try good.verify(root: root)
                }
                for level in good.path.indices {
                    var path = good.path
                    path[level] = try path[level].flipping(bit: (size + 31 * level) % 256)
                    #expect(!holds(good, path: path), "sibling \(level), \(size), \(index)")
                }
                for other in 0..<size where other != index {
                    #expect(!holds(good, index: other), "index \(other) for \(index) of \(size)")
                }
                #expect(!holds(good, path: good.path + [leafDigest(50)]))
                if !good.path.isEmpty { #expect(!holds(good, path: good.path.dropLast())) }
            }
        }
    }

    /// A size other than the true one may leave the shape and the order of hashing as they are: then the same path is
    /// right for both, and a root does not say which. Everything else is rejected.
    @Test("another size is rejected unless it asks for the very same hashing", arguments: MerkleTree.allCases)
    func alteredSize(tree: MerkleTree) throws {
        var rejected = 0
        for size in 1...17 {
            let prove = try prover(tree, leafDigests(size))
            for index in 0..<size {
                let good = try prove(index)
                for other in 0...40 where other != size {
                    let sameHashing = other > index && shape(tree, index, other) == shape(tree, index, size)
                    #expect(holds(good, size: other) == sameHashing, "\(other) for \(size), leaf \(index)")
                    if !sameHashing { rejected += 1 }
                }
            }
        }
        #expect(rejected > 2000)
    }

    @Test("RFC 9162's own loop gives the same verdicts, right and wrong sizes and indices alike")
    func printedAlgorithm() throws {
        for size in 1...20 {
            let hashes = leafDigests(size)
            let tree = RFC9162MerkleTree(leafHashes: hashes)
            for index in 0..<size {
                let path = try tree.proof(index: index).path
                let leaf = hashes[index]
                for (at, of) in [(index, size), (index + 1, size), (index, size + 1), (index, size * 2)] {
                    let printed = NaiveTree.rfc9162Accepts(index: at, size: of, leaf: leaf, path: path, root: tree.root)
                    let ours = verdict(.rfc9162, size: of, index: at, leaf: leaf, path: path, root: tree.root)
                    #expect((ours == nil) == printed, "\(at) of \(of) for \(index) of \(size)")
                }
            }
        }
    }

    @Test("the reason names what is wrong", arguments: MerkleTree.allCases) func reasons(tree: MerkleTree) throws {
        let good = try prover(tree, leafDigests(6))(2)
        func reason(size: Int? = nil, index: Int? = nil, path: [Digest]? = nil) -> MerkleError? {
            verdict(
                tree, size: size ?? good.size, index: index ?? good.index, leaf: good.leaf, path: path ?? good.path,
                root: good.root)
        }
        #expect(reason() == nil)
        #expect(reason(index: 6) == .indexOutOfRange(index: 6, size: 6))
        #expect(reason(index: -1) == .indexOutOfRange(index: -1, size: 6))
        #expect(reason(size: 0, index: 0) == .indexOutOfRange(index: 0, size: 0))
        #expect(reason(size: -3, index: 0) == .indexOutOfRange(index: 0, size: -3))
        #expect(reason(size: 1 << 53 + 1) == .sizeTooLarge(size: 1 << 53 + 1))
        #expect(reason(path: good.path.dropLast()) == .pathLength(expected: 3, actual: 2))
        #expect(reason(path: good.path + [.zero]) == .pathLength(expected: 3, actual: 4))
        #expect(throws: MerkleError.leafMismatch(expected: .zero, actual: good.leaf)) { try good.checkLeaf(.zero) }
        try good.checkSize(6)
        #expect(throws: MerkleError.sizeMismatch(expected: 7, actual: 6)) { try good.checkSize(7) }
        #expect(throws: MerkleError.indexOutOfRange(index: 6, size: 6)) {
            try tree.inclusionProof(index: 6, leafHashes: leafDigests(6))
        }
        #expect(throws: MerkleError.indexOutOfRange(index: -1, size: 6)) {
            try tree.inclusionProof(index: -1, leafHashes: leafDigests(6))
        }
    }

    @Test("digests of another length are refused by name") func digestLengths() throws {
        let good = try BitcoinMerkleTree(leafHashes: leafDigests(4)).proof(index: 1)
        func make(_ leaf: [UInt8], _ path: [[UInt8]], _ root: [UInt8]) throws(MerkleError) -> InclusionProof {
            try InclusionProof(tree: .bitcoin, size: 4, index: 1, leafBytes: leaf, pathBytes: path, rootBytes: root)
        }
        let path = good.path.map(\.bytes)
        #expect(try make(good.leaf.bytes, path, good.root.bytes) == good)
        #expect(throws: MerkleError.digestLength(field: "leaf", bytes: 31)) {
            try make(good.leaf.bytes.dropLast(), path, good.root.bytes)
        }
        #expect(throws: MerkleError.digestLength(field: "root", bytes: 33)) {
            try make(good.leaf.bytes, path, good.root.bytes + [0])
        }
        #expect(throws: MerkleError.digestLength(field: "path[1]", bytes: 0)) {
            try make(good.leaf.bytes, [path[0], []], good.root.bytes)
        }
        #expect(throws: MerkleError.pathLength(expected: 2, actual: 1)) { try make([], [[]], []) }
        #expect(throws: MerkleError.digestLength(field: "leaf 3", bytes: 20)) {
            try MerkleTree.digest([UInt8](repeating: 0, count: 20), field: "leaf 3")
        }
    }

    @Test("every code is spelled as in the vectors, and every error has its sentence") func codes() {
        let errors: [(MerkleError, String)] = [
            (.empty, "empty"),
            (.mutated(level: 0, index: 0), "mutated"),
            (.ambiguousLeaf(index: nil), "ambiguous-leaf"),
            (.digestLength(field: "leaf", bytes: 1), "digest-length"),
            (.sizeTooLarge(size: 9), "size-too-large"),
            (.oldSizeOutOfRange(oldSize: 0, size: 1), "old-size-out-of-range"),
            (.indexOutOfRange(index: 1, size: 1), "index-out-of-range"), (.noIndices, "no-indices"),
            (.indexOrder(position: 1), "index-order"), (.leafCount(expected: 1, actual: 2), "leaf-count"),
            (.pathLength(expected: 1, actual: 2), "path-length"), (.pathDuplicate(level: 0), "path-duplicate"),
            (.rootMismatch(expected: .zero, computed: .zero), "root-mismatch"),
            (.oldRootMismatch(expected: .zero, computed: .zero), "old-root-mismatch"),
            (.sizeMismatch(expected: 1, actual: 2), "size-mismatch"),
            (.oldSizeMismatch(expected: 1, actual: 2), "old-size-mismatch"),
            (.leafMismatch(expected: .zero, actual: .zero), "leaf-mismatch"),
            (.document(.missingField("leaf")), "document"),
        ]
        for (error, code) in errors { #expect(error.code == code) }
        #expect(Set(errors.map { "\($0.0)" }).count == errors.count)
        let roots = "\(MerkleError.rootMismatch(expected: leafDigest(1), computed: leafDigest(2)))"
        #expect(roots.contains(leafDigest(1).hex) && roots.contains(leafDigest(2).hex))
        #expect("\(MerkleError.ambiguousLeaf(index: 2))" == "leaf 2 has 64 bytes, and could be read as two node hashes")
    }

    // MARK: - Help

    /// Makes proofs from one tree, so that the exhaustive tests do not hash it anew for every leaf.
    private func prover(_ tree: MerkleTree, _ hashes: [Digest]) throws -> (Int) throws -> InclusionProof {
        switch tree {
        case .bitcoin:
            let tree = try BitcoinMerkleTree(leafHashes: hashes)
            return { try tree.proof(index: $0) }
        case .rfc9162:
            let tree = RFC9162MerkleTree(leafHashes: hashes)
            return { try tree.proof(index: $0) }
        }
    }

    private func verdict(
        _ tree: MerkleTree, size: Int, index: Int, leaf: Digest, path: [Digest], root: Digest
    ) -> MerkleError? {
        do {
            let claim = try InclusionProof(tree: tree, size: size, index: index, leaf: leaf, path: path, root: root)
            try claim.verify(root: root)
            return nil
        } catch { return error }
    }

    private func holds(
        _ good: InclusionProof, size: Int? = nil, index: Int? = nil, leaf: Digest? = nil, path: [Digest]? = nil,
        root: Digest? = nil
    ) -> Bool {
        verdict(
            good.tree, size: size ?? good.size, index: index ?? good.index, leaf: leaf ?? good.leaf,
            path: path ?? good.path, root: root ?? good.root) == nil
    }

    /// Where the siblings of leaf `index` stand, from the leaf upwards: left, right, or (Bitcoin) the node itself.
    private func shape(_ tree: MerkleTree, _ index: Int, _ size: Int) -> [Character] {
        var sides: [Character] = []
        var (position, width) = (index, size)
        while width > 1 {
            if position % 2 == 1 {
                sides.append("l")
            } else if position + 1 < width {
                sides.append("r")
            } else if tree == .bitcoin {
                sides.append("=")
            }
            position /= 2
            width = (width + 1) / 2
        }
        return sides
    }
}
