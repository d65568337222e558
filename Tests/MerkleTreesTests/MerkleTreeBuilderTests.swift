import Hashing
import MerkleTrees
import Support
import Testing

@Suite("Roots of lists that grow") struct MerkleTreeBuilderTests {
    @Test("the root after every leaf, against naive recursion", arguments: MerkleTree.allCases)
    func everyAppend(tree: MerkleTree) throws {
        var builder = MerkleTreeBuilder(tree: tree)
        for size in 1...70 {
            builder.append(leafDigest(size - 1))
            #expect(builder.size == size)
            #expect(try builder.root() == NaiveTree.root(tree, leafDigests(size)), "\(size)")
        }
    }

    @Test("it does not matter how leaves are cut into batches", arguments: MerkleTree.allCases)
    func batches(tree: MerkleTree) throws {
        let hashes = leafDigests(66)
        let roots = try (0...66).map { size in
            size == 0 ? Digest.zero : try tree.root(leafHashes: Array(hashes.prefix(size)))
        }
        for first in 0...33 {
            for second in 0...33 where first + second > 0 {
                var builder = MerkleTreeBuilder(tree: tree)
                builder.append(contentsOf: Array(hashes[..<first]))
                builder.append(contentsOf: Array(hashes[first..<first + second]))
                #expect(try builder.root() == roots[first + second], "\(first), \(second)")
            }
        }
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20 {
            var builder = MerkleTreeBuilder(tree: tree)
            var size = 0
            while size < 66 {
                let count = min(66 - size, Int.random(in: 0...9, using: &generator))
                builder.append(contentsOf: Array(hashes[size..<size + count]))
                size += count
            }
            #expect(try builder.root() == roots[66])
        }
    }

    /// What a builder holds of 2¹⁶ leaves and more is one digest for each one of the size in binary.
    @Test("the state is one digest for each bit of the size that is set", arguments: MerkleTree.allCases)
    func boundedState(tree: MerkleTree) throws {
        var builder = MerkleTreeBuilder(tree: tree)
        var most = 0
        for batch in 0..<64 {
            builder.append(contentsOf: (0..<1033).map { leafDigest(batch << 20 | $0) })
            #expect(builder.subtreeRoots.count == builder.size.nonzeroBitCount)
            most = max(most, builder.subtreeRoots.count)
        }
        #expect(builder.size == 66112)
        #expect(most > 8 && most <= 17)
        #expect(try builder.root() != .zero)
    }

    @Test("the complete subtrees are those of the size in binary") func subtreeRoots() throws {
        var builder = MerkleTreeBuilder(tree: .rfc9162)
        let hashes = leafDigests(21)
        builder.append(contentsOf: hashes)
        let parts = [hashes[..<16], hashes[16..<20], hashes[20...]]
        #expect(builder.subtreeRoots == (try parts.map { try MerkleTree.rfc9162.root(leafHashes: Array($0)) }))
    }

    @Test("no leaves") func empty() throws {
        #expect(throws: MerkleError.empty) { try MerkleTreeBuilder(tree: .bitcoin).root() }
        #expect(try MerkleTreeBuilder(tree: .rfc9162).root() == SHA256.hash([]))
        var builder = MerkleTreeBuilder(tree: .rfc9162)
        builder.append(contentsOf: [])
        #expect(builder.size == 0 && builder.subtreeRoots.isEmpty)
    }

    @Test("a leaf of data, and a refused one that leaves no trace") func data() throws {
        var builder = MerkleTreeBuilder(tree: .bitcoin)
        try builder.append(leaves: [[1], [2], [3]])
        let root = try builder.root()
        #expect(root == (try BitcoinMerkleTree(leaves: [[1], [2], [3]]).root))
        let ambiguous = [UInt8](repeating: 7, count: 64)
        #expect(throws: MerkleError.ambiguousLeaf(index: 4)) { try builder.append(leaves: [[4], ambiguous]) }
        #expect(builder.size == 3)
        #expect(try builder.root() == root)
    }

    /// Lists over few digests are full of equal pairs, on every level, and of copies that only look like them.
    @Test("the mutation that is found is the one that the whole tree finds") func mutations() throws {
        var generator = SeededGenerator(seed: 5)
        var counts = (mutated: 0, honest: 0)
        for _ in 0..<1500 {
            let hashes = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
                leafDigest(Int.random(in: 0..<4, using: &generator))
            }
            var builder = MerkleTreeBuilder(tree: .bitcoin)
            let cut = Int.random(in: 0...hashes.count, using: &generator)
            builder.append(contentsOf: Array(hashes[..<cut]))
            for hash in hashes[cut...] { builder.append(hash) }
            let tree = try BitcoinMerkleTree(leafHashes: hashes)
            if tree.isMutated { counts.mutated += 1 } else { counts.honest += 1 }
            #expect(Result { try builder.root() } == Result { try tree.validatedRoot() })
        }
        #expect(counts.mutated > 100 && counts.honest > 100)
    }

    @Test("a repeated tail is found when its last leaf comes, and stays found") func repeatedTail() throws {
        var builder = MerkleTreeBuilder(tree: .bitcoin)
        builder.append(contentsOf: ((1...6) + [5]).map(leafDigest))
        #expect(throws: Never.self) { try builder.root() }
        builder.append(leafDigest(6))
        for size in 9...20 {
            #expect(throws: MerkleError.mutated(level: 1, index: 2)) { try builder.root() }
            builder.append(leafDigest(size))
        }
        // A pair further down is the one that is named from then on.
        builder.append(contentsOf: [leafDigest(1), leafDigest(1)])
        #expect(throws: MerkleError.mutated(level: 0, index: 20)) { try builder.root() }
    }
}

extension Result where Failure == any Error {
    fileprivate static func == (left: Self, right: Self) -> Bool where Success == Digest {
        switch (left, right) {
        case (.success(let left), .success(let right)): left == right
        case (.failure(let left), .failure(let right)): left as? MerkleError == right as? MerkleError
        default: false
        }
    }
}
