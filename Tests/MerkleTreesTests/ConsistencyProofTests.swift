import Hashing
import MerkleTrees
import Testing

@Suite("Consistency proofs") struct ConsistencyProofTests {
    private static let hashes = leafDigests(64)
    private static let trees = (0...64).map { RFC9162MerkleTree(leafHashes: Array(hashes.prefix($0))) }

    private func proof(_ oldSize: Int, _ size: Int) throws(MerkleError) -> ConsistencyProof {
        try Self.trees[size].consistencyProof(oldSize: oldSize)
    }

    @Test("every pair of sizes up to 64, against naive recursion and the printed loop") func exhaustive() throws {
        for size in 1...64 {
            for oldSize in 1...size {
                let proof = try proof(oldSize, size)
                let (old, new) = (Self.trees[oldSize].root, Self.trees[size].root)
                #expect(proof.oldRoot == old && proof.root == new)
                try proof.verify(oldRoot: old, root: new)
                #expect(proof.path.isEmpty == (oldSize == size))
                guard oldSize < size else { continue }
                #expect(
                    NaiveTree.rfc9162AcceptsConsistency(
                        first: oldSize, second: size, firstHash: old, path: proof.path, secondHash: new))
                guard size <= 16 else { continue }
                #expect(proof.path == NaiveTree.subproof(oldSize, Array(Self.hashes.prefix(size))))
            }
        }
    }

    /// RFC 9162 §2.1.5: the tree of seven leaves and the proofs that it spells out.
    @Test("the proofs of the RFC's example tree") func example() throws {
        let (a, b, c, d, j) = (leafDigest(0), leafDigest(1), leafDigest(2), leafDigest(3), leafDigest(6))
        let node = RFC9162MerkleTree.nodeHash
        let (g, h, i) = (node(a, b), node(c, d), node(leafDigest(4), leafDigest(5)))
        let (k, l) = (node(g, h), node(i, j))
        #expect(try proof(3, 7).path == [c, d, g, l])
        #expect(try proof(4, 7).path == [l])
        #expect(try proof(6, 7).path == [i, j, k])
    }

    @Test("an old size of nothing, or above the size, is refused") func sizes() throws {
        for (oldSize, size) in [(0, 5), (6, 5), (-1, 5), (1, 0), (0, 0), (.max, 5)] {
            let error = MerkleError.oldSizeOutOfRange(oldSize: oldSize, size: size)
            #expect(throws: error) { try proof(oldSize, size) }
            for path in [[], [leafDigest(0)]] {
                #expect(throws: error) {
                    try ConsistencyProof(oldSize: oldSize, size: size, oldRoot: .zero, path: path, root: .zero)
                }
            }
        }
        let tooLarge = MerkleTree.maximumSize + 1
        #expect(throws: MerkleError.sizeTooLarge(size: tooLarge)) {
            try ConsistencyProof(oldSize: 1, size: tooLarge, oldRoot: .zero, path: [], root: .zero)
        }
    }

    @Test("trees of one size have an empty path and one root") func equalSizes() throws {
        for size in [1, 2, 3, 7, 8] {
            let good = try proof(size, size)
            try good.verify(oldRoot: good.root, root: good.root)
            let other = leafDigest(99)
            let bad = try ConsistencyProof(oldSize: size, size: size, oldRoot: good.root, path: [], root: other)
            #expect(throws: MerkleError.rootMismatch(expected: other, computed: good.root)) { try bad.verify() }
            #expect(throws: MerkleError.pathLength(expected: 0, actual: 1)) {
                try ConsistencyProof(oldSize: size, size: size, oldRoot: good.root, path: [good.root], root: good.root)
            }
        }
    }

    @Test("every flipped bit of a proof is refused, and each root names itself") func everyBit() throws {
        for (oldSize, size) in [(2, 3), (3, 5), (4, 7), (6, 7)] {
            let good = try proof(oldSize, size)
            for bit in 0..<256 {
                let oldRoot = try good.oldRoot.flipping(bit: bit)
                #expect(!holds(good, oldRoot: oldRoot))
                #expect(!holds(good, root: try good.root.flipping(bit: bit)))
                for place in good.path.indices {
                    var path = good.path
                    path[place] = try path[place].flipping(bit: bit)
                    #expect(!holds(good, path: path))
                }
            }
            let other = leafDigest(99)
            #expect(throws: MerkleError.oldRootMismatch(expected: other, computed: good.oldRoot)) {
                try good.verify(oldRoot: other, root: good.root)
            }
            #expect(throws: MerkleError.rootMismatch(expected: other, computed: good.root)) {
                try good.verify(oldRoot: good.oldRoot, root: other)
            }
            #expect(throws: MerkleError.rootMismatch(expected: other, computed: good.root)) {
                try good.verify(root: other)
            }
        }
    }

    @Test("paths of another length or order, and swapped roots, are refused") func paths() throws {
        for size in 2...17 {
            for oldSize in 1..<size {
                let good = try proof(oldSize, size)
                for place in 0...good.path.count {
                    #expect(!holds(good, path: good.path[..<place] + [leafDigest(99)] + good.path[place...]))
                }
                for place in good.path.indices {
                    #expect(!holds(good, path: Array(good.path[..<place] + good.path[(place + 1)...])))
                    for other in good.path.indices where other > place {
                        var path = good.path
                        path.swapAt(place, other)
                        #expect(!holds(good, path: path))
                    }
                }
                #expect(!holds(good, oldRoot: good.root, root: good.oldRoot))
                #expect(!holds(good, root: good.oldRoot))
            }
        }
    }

    @Test("other sizes are refused unless they ask for the very same hashing, and the printed loop agrees")
    func otherSizes() throws {
        var refused = 0
        let formulas = (1...18).map { size in (1...size).map { NaiveTree.consistencyFormula($0, size) } }
        for size in 1...12 {
            for oldSize in 1...size {
                let good = try proof(oldSize, size)
                let formula = formulas[size - 1][oldSize - 1]
                for otherSize in 1...18 {
                    for otherOld in 1...otherSize where (otherOld, otherSize) != (oldSize, size) {
                        let isSame = formulas[otherSize - 1][otherOld - 1] == formula
                        #expect(holds(good, oldSize: otherOld, size: otherSize) == isSame)
                        if !isSame { refused += 1 }
                        guard otherOld < otherSize else { continue }
                        #expect(
                            NaiveTree.rfc9162AcceptsConsistency(
                                first: otherOld, second: otherSize, firstHash: good.oldRoot, path: good.path,
                                secondHash: good.root) == isSame)
                    }
                }
                try good.checkSize(size)
                try good.checkOldSize(oldSize)
            }
        }
        #expect(refused > 10_000)
        let good = try proof(3, 5)
        #expect(throws: MerkleError.sizeMismatch(expected: 6, actual: 5)) { try good.checkSize(6) }
        #expect(throws: MerkleError.oldSizeMismatch(expected: 2, actual: 3)) { try good.checkOldSize(2) }
    }

    @Test("a tree with another past has no proof") func changedHistory() throws {
        for size in 2...12 {
            for oldSize in 1..<size {
                for changed in 0..<oldSize {
                    var hashes = Array(Self.hashes.prefix(size))
                    hashes[changed] = leafDigest(99)
                    let forged = try RFC9162MerkleTree(leafHashes: hashes).consistencyProof(oldSize: oldSize)
                    try forged.verify()
                    let error = MerkleError.oldRootMismatch(
                        expected: Self.trees[oldSize].root, computed: forged.oldRoot)
                    #expect(throws: error) {
                        try forged.verify(oldRoot: Self.trees[oldSize].root, root: forged.root)
                    }
                    #expect(!holds(forged, oldRoot: Self.trees[oldSize].root))
                }
            }
        }
    }

    @Test("the largest sizes") func largest() throws {
        let size = MerkleTree.maximumSize
        // Half of it is complete: one digest, the other half. All but the last leaf: one for each bit, and the last leaf.
        for (oldSize, count) in [(size / 2, 1), (size - 1, 54), (size, 0), (1, 53)] {
            let path = (0..<count).map(leafDigest)
            let proof = try ConsistencyProof(oldSize: oldSize, size: size, oldRoot: .zero, path: path, root: .zero)
            let code = oldSize == size - 1 ? "old-root-mismatch" : "root-mismatch"
            if oldSize < size { #expect(verdict(proof)?.code == code) } else { try proof.verify() }
            #expect(throws: MerkleError.pathLength(expected: count, actual: count + 1)) {
                try ConsistencyProof(oldSize: oldSize, size: size, oldRoot: .zero, path: path + [.zero], root: .zero)
            }
        }
    }

    @Test("digests of another length are refused by name") func digestLengths() throws {
        let good = try proof(3, 5)
        func make(_ old: [UInt8], _ path: [[UInt8]], _ root: [UInt8]) throws(MerkleError) -> ConsistencyProof {
            try ConsistencyProof(oldSize: 3, size: 5, oldRootBytes: old, pathBytes: path, rootBytes: root)
        }
        let (old, path, root) = (good.oldRoot.bytes, good.path.map(\.bytes), good.root.bytes)
        #expect(try make(old, path, root) == good)
        #expect(throws: MerkleError.digestLength(field: "oldRoot", bytes: 31)) { try make(old.dropLast(), path, root) }
        #expect(throws: MerkleError.digestLength(field: "root", bytes: 0)) { try make(old, path, []) }
        #expect(throws: MerkleError.digestLength(field: "path[0]", bytes: 33)) {
            try make(old, [path[0] + [0]] + path.dropFirst(), root)
        }
        #expect(throws: MerkleError.pathLength(expected: 4, actual: 1)) { try make([], [[]], []) }
    }

    // MARK: - Help

    private func verdict(_ proof: ConsistencyProof) -> MerkleError? {
        do {
            try proof.verify()
            return nil
        } catch { return error }
    }

    private func holds(
        _ good: ConsistencyProof, oldSize: Int? = nil, size: Int? = nil, oldRoot: Digest? = nil, path: [Digest]? = nil,
        root: Digest? = nil
    ) -> Bool {
        let claim = try? ConsistencyProof(
            oldSize: oldSize ?? good.oldSize, size: size ?? good.size, oldRoot: oldRoot ?? good.oldRoot,
            path: path ?? good.path, root: root ?? good.root)
        return claim.map { verdict($0) == nil } ?? false
    }
}
