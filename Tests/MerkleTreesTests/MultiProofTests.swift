import Hashing
import MerkleTrees
import Support
import Testing

@Suite("Multi-proofs") struct MultiProofTests {
    /// All sets of leaves of a tree of `size`, but the empty one.
    private func subsets(_ size: Int) -> [[Int]] {
        (1..<1 << size).map { mask in (0..<size).filter { mask >> $0 & 1 == 1 } }
    }

    @Test("every set of leaves of every tree of up to 8, against the definition", arguments: MerkleTree.allCases)
    func exhaustive(tree: MerkleTree) throws {
        for size in 1...8 {
            let hashes = leafDigests(size)
            let (root, prove) = (NaiveTree.root(tree, hashes), try prover(tree, hashes))
            for indices in subsets(size) {
                let proof = try prove(indices)
                #expect(proof.size == size && proof.indices == indices && proof.root == root && proof.tree == tree)
                #expect(proof.path == NaiveTree.multiPath(tree, indices, hashes))
                try proof.verify(root: root)
                try proof.checkLeaves(indices.map { hashes[$0] })
                #expect(proof.path.isEmpty || indices.count < size)
            }
        }
    }

    @Test("every altered proof of every set of leaves of up to 8 is refused", arguments: MerkleTree.allCases)
    func alterations(tree: MerkleTree) throws {
        var refused = 0
        func refuse(_ claim: Claim, _ what: String) {
            #expect(claim.verdict != nil, "\(what): \(claim)")
            refused += 1
        }
        for size in 1...8 {
            let prove = try prover(tree, leafDigests(size))
            for (number, indices) in subsets(size).enumerated() {
                let good = Claim(try prove(indices))
                let bit = number * 37 % 256
                refuse(good.with { $0.root = try $0.root.flipping(bit: bit) }, "root")
                for place in indices.indices {
                    refuse(good.with { $0.leaves[place] = try $0.leaves[place].flipping(bit: bit) }, "leaf")
                    refuse(good.with { $0.leaves.remove(at: place) }, "leaf missing")
                    refuse(good.with { $0.indices.remove(at: place) }, "index missing")
                    refuse(good.with { $0.indices.insert($0.indices[place], at: place) }, "index twice")
                    refuse(
                        good.with {
                            $0.indices.insert($0.indices[place], at: place)
                            $0.leaves.insert($0.leaves[place], at: place)
                        }, "index and leaf twice")
                    for other in -1...size where other != indices[place] {
                        refuse(good.with { $0.indices[place] = other }, "index \(other)")
                    }
                    for other in indices.indices where other > place {
                        refuse(good.with { $0.leaves.swapAt(place, other) }, "leaves swapped")
                        refuse(good.with { $0.indices.swapAt(place, other) }, "indices swapped")
                        refuse(
                            good.with {
                                $0.indices.swapAt(place, other)
                                $0.leaves.swapAt(place, other)
                            }, "indices and leaves swapped")
                    }
                }
                for place in good.path.indices {
                    refuse(good.with { $0.path[place] = try $0.path[place].flipping(bit: bit) }, "node")
                    refuse(good.with { $0.path.remove(at: place) }, "node missing")
                    refuse(good.with { $0.path.insert($0.path[place], at: place) }, "node twice")
                    for other in good.path.indices where other > place {
                        refuse(good.with { $0.path.swapAt(place, other) }, "nodes swapped")
                    }
                }
                refuse(good.with { $0.path.append($0.root) }, "node appended")
                refuse(good.with { $0.path.insert($0.leaves[0], at: 0) }, "node in front")
                refuse(good.with { $0.leaves.append($0.root) }, "leaf appended")
            }
        }
        #expect(refused > 15_000)
    }

    @Test("every flipped bit of a small proof is refused", arguments: MerkleTree.allCases)
    func everyBit(tree: MerkleTree) throws {
        for (size, indices) in [(3, [2]), (5, [1, 4]), (7, [0, 3, 6])] {
            let good = Claim(try prover(tree, leafDigests(size))(indices))
            for bit in 0..<256 {
                #expect(good.with { $0.root = try $0.root.flipping(bit: bit) }.verdict != nil)
                for place in good.leaves.indices {
                    #expect(good.with { $0.leaves[place] = try $0.leaves[place].flipping(bit: bit) }.verdict != nil)
                }
                for place in good.path.indices {
                    #expect(good.with { $0.path[place] = try $0.path[place].flipping(bit: bit) }.verdict != nil)
                }
            }
            for bit in 0..<Int.bitWidth {
                for place in indices.indices {
                    #expect(good.with { $0.indices[place] ^= 1 << bit }.verdict != nil)
                }
            }
        }
    }

    @Test("random sets of leaves of trees of up to 300", arguments: MerkleTree.allCases)
    func randomSets(tree: MerkleTree) throws {
        var generator = SeededGenerator(seed: 3)
        for size in [31, 32, 33, 64, 100, 127, 255, 257, 300] {
            let hashes = leafDigests(size)
            let prove = try prover(tree, hashes)
            for round in 0..<8 {
                let share = [0.02, 0.1, 0.5, 0.95][round % 4]
                var indices = (0..<size).filter { _ in Double.random(in: 0..<1, using: &generator) < share }
                if indices.isEmpty { indices = [size - 1] }
                let proof = try prove(indices)
                try proof.verify()
                #expect(proof.path == NaiveTree.multiPath(tree, indices, hashes))
                // One proof is never longer than one for each.
                let alone = indices.reduce(0) { $0 + tree.pathLength(index: $1, size: size) }
                #expect(proof.path.count <= alone)
            }
        }
    }

    @Test("of one leaf, RFC 9162's is the inclusion proof; Bitcoin's leaves out what is its own sibling")
    func single() throws {
        for size in 1...33 {
            let hashes = leafDigests(size)
            let (rfc, bitcoin) = (RFC9162MerkleTree(leafHashes: hashes), try BitcoinMerkleTree(leafHashes: hashes))
            for index in 0..<size {
                #expect(try rfc.multiProof(indices: [index]).path == rfc.proof(index: index).path)
                let multi = try bitcoin.multiProof(indices: [index])
                var node = hashes[index]
                var rest = multi.path[...]
                for (height, sibling) in try bitcoin.proof(index: index).path.enumerated() {
                    if sibling != node { #expect(rest.popFirst() == sibling) }
                    node =
                        index >> height & 1 == 1
                        ? BitcoinMerkleTree.nodeHash(sibling, node) : BitcoinMerkleTree.nodeHash(node, sibling)
                }
                #expect(rest.isEmpty && node == bitcoin.root)
            }
        }
    }

    @Test("another size is refused unless it asks for the very same hashing, and always with the last leaf proved")
    func alteredSize() throws {
        for tree in MerkleTree.allCases {
            var refused = 0
            for size in 1...9 {
                let prove = try prover(tree, leafDigests(size))
                for indices in subsets(min(size, 9)) where indices.count <= 3 {
                    let good = Claim(try prove(indices))
                    let formula = NaiveTree.multiProofFormula(tree, size, indices)
                    for other in (indices.last ?? 0) + 1...20 where other != size {
                        let isSame = NaiveTree.multiProofFormula(tree, other, indices) == formula
                        #expect(
                            (good.with { $0.size = other }.verdict == nil) == isSame, "\(tree) \(other) for \(good)")
                        if !isSame { refused += 1 }
                        #expect(!isSame || indices.last != size - 1)
                    }
                }
            }
            #expect(refused > 2000)
        }
        let proof = try RFC9162MerkleTree(leafHashes: leafDigests(5)).multiProof(indices: [0, 1])
        try proof.checkSize(5)
        #expect(throws: MerkleError.sizeMismatch(expected: 6, actual: 5)) { try proof.checkSize(6) }
    }

    /// As Bitcoin Core's `pmt_tests.cpp` and its partial trees: the longer list of the pair proves nothing.
    @Test("a proof of a list with a repeated tail is refused") func mutatedLists() throws {
        for size in 2...24 where size & (size - 1) != 0 {
            let plain = leafDigests(size)
            let height = size.trailingZeroBitCount
            let longer = plain + plain.suffix(1 << height)
            let root = try BitcoinMerkleTree(leafHashes: plain).root
            #expect(throws: MerkleError.mutated(level: height, index: size >> height - 1)) {
                try BitcoinMerkleTree(leafHashes: longer).multiProof(indices: [0])
            }
            for indices in [[size - 1], [size], [0, size], [size - 1, size], Array(longer.indices)] {
                let claim = Claim(
                    tree: .bitcoin, size: longer.count, indices: indices, leaves: indices.map { longer[$0] },
                    path: NaiveTree.multiPath(.bitcoin, indices, longer), root: root)
                #expect(claim.verdict == .pathDuplicate(level: height), "\(claim)")
            }
        }
    }

    @Test("the reason names what is wrong", arguments: MerkleTree.allCases) func reasons(tree: MerkleTree) throws {
        let prove = try prover(tree, leafDigests(6))
        let good = Claim(try prove([1, 2]))
        #expect(good.verdict == nil)
        #expect(good.with { $0.size = 1 << 53 + 1 }.verdict == .sizeTooLarge(size: 1 << 53 + 1))
        #expect(good.with { $0.indices = [] }.verdict == .noIndices)
        #expect(good.with { $0.indices = [2, 1] }.verdict == .indexOrder(position: 1))
        #expect(good.with { $0.indices = [1, 1] }.verdict == .indexOrder(position: 1))
        #expect(good.with { $0.indices = [1, 6] }.verdict == .indexOutOfRange(index: 6, size: 6))
        #expect(good.with { $0.indices = [-1, 2] }.verdict == .indexOutOfRange(index: -1, size: 6))
        #expect(good.with { $0.size = 0 }.verdict == .indexOutOfRange(index: 1, size: 0))
        #expect(good.with { $0.leaves.removeLast() }.verdict == .leafCount(expected: 2, actual: 1))
        #expect(good.with { $0.path.removeLast() }.verdict == .pathLength(expected: 3, actual: 2))
        #expect(good.with { $0.path.append(.zero) }.verdict == .pathLength(expected: 3, actual: 4))
        let root = good.root
        #expect(good.with { $0.root = .zero }.verdict == .rootMismatch(expected: .zero, computed: root))
        let proof = try prove([1, 2])
        #expect(throws: MerkleError.rootMismatch(expected: .zero, computed: root)) { try proof.verify(root: .zero) }
        #expect(throws: MerkleError.leafCount(expected: 2, actual: 1)) { try proof.checkLeaves([leafDigest(1)]) }
        #expect(throws: MerkleError.leafMismatch(expected: .zero, actual: leafDigest(2))) {
            try proof.checkLeaves([leafDigest(1), .zero])
        }
        for (indices, error) in [
            ([], .noIndices), ([1, 1], .indexOrder(position: 1)), ([3, 1], .indexOrder(position: 1)),
            ([6], .indexOutOfRange(index: 6, size: 6)), ([-1], .indexOutOfRange(index: -1, size: 6)),
        ] as [([Int], MerkleError)] {
            #expect(throws: error) { try prove(indices) }
            #expect(throws: error) { try tree.multiProof(indices: indices, leafHashes: leafDigests(6)) }
        }
    }

    @Test("digests of another length are refused by name") func digestLengths() throws {
        let good = try BitcoinMerkleTree(leafHashes: leafDigests(4)).multiProof(indices: [0, 2])
        func make(_ leaves: [[UInt8]], _ path: [[UInt8]], _ root: [UInt8]) throws(MerkleError) -> MultiProof {
            try MultiProof(
                tree: .bitcoin, size: 4, indices: [0, 2], leafBytes: leaves, pathBytes: path, rootBytes: root)
        }
        let (leaves, path, root) = (good.leaves.map(\.bytes), good.path.map(\.bytes), good.root.bytes)
        #expect(try make(leaves, path, root) == good)
        #expect(throws: MerkleError.digestLength(field: "leaves[1]", bytes: 31)) {
            try make([leaves[0], leaves[1].dropLast()], path, root)
        }
        #expect(throws: MerkleError.digestLength(field: "root", bytes: 33)) { try make(leaves, path, root + [0]) }
        #expect(throws: MerkleError.digestLength(field: "path[0]", bytes: 0)) { try make(leaves, [[], path[1]], root) }
    }

    @Test("a proof in the largest tree is computed", arguments: MerkleTree.allCases)
    func largestSize(tree: MerkleTree) throws {
        let size = MerkleTree.maximumSize
        let indices = [0, 1, size / 2, size - 1]
        // Two on the lowest level, where 0 and 1 are a pair; three on each of the next 50; then the last two are a pair.
        let path = (0..<2 + 50 * 3 + 1).map(leafDigest)
        let claim = Claim(
            tree: tree, size: size, indices: indices, leaves: (100..<104).map(leafDigest), path: path, root: .zero)
        #expect(claim.verdict?.code == "root-mismatch")
    }

    // MARK: - Help

    private func prover(_ tree: MerkleTree, _ hashes: [Digest]) throws -> ([Int]) throws -> MultiProof {
        switch tree {
        case .bitcoin:
            let tree = try BitcoinMerkleTree(leafHashes: hashes)
            return { try tree.multiProof(indices: $0) }
        case .rfc9162:
            let tree = RFC9162MerkleTree(leafHashes: hashes)
            return { try tree.multiProof(indices: $0) }
        }
    }

    /// A proof before its shape is checked.
    fileprivate struct Claim {
        var tree: MerkleTree
        var size: Int
        var indices: [Int]
        var leaves: [Digest]
        var path: [Digest]
        var root: Digest

        /// Why the claim is no proof that holds; `nil` where it is one.
        var verdict: MerkleError? {
            do {
                try MultiProof(tree: tree, size: size, indices: indices, leaves: leaves, path: path, root: root)
                    .verify()
                return nil
            } catch { return error }
        }

        /// The claim with one change; one that cannot be made ends the test.
        func with(_ change: (inout Claim) throws -> Void) -> Claim {
            var changed = self
            do { try change(&changed) } catch { Issue.record("the change was not made: \(error)") }
            return changed
        }
    }
}

extension MultiProofTests.Claim {
    fileprivate init(_ proof: MultiProof) {
        self.init(
            tree: proof.tree, size: proof.size, indices: proof.indices, leaves: proof.leaves, path: proof.path,
            root: proof.root)
    }
}
