import Hashing
import MerkleTrees
import Testing

@Suite("Bitcoin's Merkle tree") struct BitcoinMerkleTreeTests {
    /// Block 100000 of the main network: four transactions, display order.
    private static let transactions = [
        "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
        "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
        "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
        "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d",
    ]

    @Test("the root of main network block 100000") func knownRoot() throws {
        let ids = try Self.transactions.map { try Digest(displayHex: $0) }
        let tree = try BitcoinMerkleTree(leafHashes: ids)
        #expect(tree.root.displayHex == "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766")
        #expect(tree.size == 4)
        #expect(!tree.isMutated)
    }

    @Test("one leaf is its own root, and its proof is empty") func single() throws {
        let tree = try BitcoinMerkleTree(leafHashes: [leafDigest(7)])
        #expect(tree.root == leafDigest(7))
        let proof = try tree.proof(index: 0)
        #expect(proof.path.isEmpty)
        try proof.verify(root: leafDigest(7))
    }

    @Test("a leaf of data is its SHA-256d") func leaves() throws {
        let data: [[UInt8]] = [[], [1], [UInt8](repeating: 2, count: 63), [UInt8](repeating: 3, count: 65)]
        let hashes = data.map { SHA256.hash(SHA256.hash($0).bytes) }
        #expect(try BitcoinMerkleTree.leafHashes(data) == hashes)
        #expect(try data.map { try BitcoinMerkleTree.leafHash($0) } == hashes)
        #expect(try BitcoinMerkleTree(leaves: data).root == NaiveTree.root(.bitcoin, hashes))
    }

    @Test("64 bytes of data are refused, since they hash like a node (CVE-2017-12842)") func ambiguousLeaf() throws {
        let halves = leafDigest(0).bytes + leafDigest(1).bytes
        #expect(SHA256.doubleHash(halves) == BitcoinMerkleTree.nodeHash(leafDigest(0), leafDigest(1)))
        #expect(throws: MerkleError.ambiguousLeaf(index: nil)) { try BitcoinMerkleTree.leafHash(halves) }
        #expect(throws: MerkleError.ambiguousLeaf(index: 1)) { try BitcoinMerkleTree(leaves: [[1], halves, halves]) }
        #expect(throws: MerkleError.ambiguousLeaf(index: 0)) { try MerkleTree.bitcoin.leafHashes([halves]) }
        #expect(throws: MerkleError.ambiguousLeaf(index: nil)) { try MerkleTree.bitcoin.leafHash(halves) }
    }

    @Test("no leaves have no root") func empty() {
        #expect(throws: MerkleError.empty) { try BitcoinMerkleTree(leafHashes: []) }
        #expect(throws: MerkleError.empty) { try BitcoinMerkleTree(leaves: []) }
        #expect(throws: MerkleError.empty) { try MerkleTree.bitcoin.root(leafHashes: []) }
    }

    @Test("[1…6] and [1…6,5,6] have one root, and only the second is mutated (CVE-2012-2459)") func mutationPair()
        throws
    {
        let plain = (1...6).map(leafDigest)
        let copied = plain + [leafDigest(5), leafDigest(6)]
        let (honest, forged) = try (BitcoinMerkleTree(leafHashes: plain), BitcoinMerkleTree(leafHashes: copied))
        #expect(honest.root == forged.root)
        #expect(!honest.isMutated)
        #expect(forged.isMutated)
        #expect(try honest.validatedRoot() == honest.root)
        let error = MerkleError.mutated(level: 1, index: 2)
        #expect(throws: error) { try forged.validatedRoot() }
        #expect(throws: error) { try forged.proof(index: 0) }
        #expect(throws: error) { try MerkleTree.bitcoin.root(leafHashes: copied) }
    }

    /// Every list of up to 40 leaves, its last 2^k leaves repeated where the tree completes itself with just them.
    @Test("every completed tail is flagged, at the right place") func mutations() throws {
        for size in 1...40 {
            for height in 0..<6 where (size - 1) >> height % 2 == 0 && size % (1 << height) == 0 && size >> height > 1 {
                let hashes = leafDigests(size)
                let forged = try BitcoinMerkleTree(leafHashes: hashes + hashes.suffix(1 << height))
                #expect(forged.root == (try BitcoinMerkleTree(leafHashes: hashes).root), "\(size), \(height)")
                #expect(throws: MerkleError.mutated(level: height, index: size >> height - 1)) {
                    try forged.validatedRoot()
                }
            }
            #expect(try !BitcoinMerkleTree(leafHashes: leafDigests(size)).isMutated)
        }
    }

    /// The lists of Bitcoin Core's `merkle_tests.cpp`: the tail that ends a list is repeated, and the longer list's, and
    /// again that one's, as long as it is not the whole list.
    @Test("a tail repeated up to three times leaves the root, and is flagged on the lowest level") func repeatedTails()
        throws
    {
        var lists = 0
        for size in (1...40) + [127, 128, 129, 191, 224] {
            let honest = try BitcoinMerkleTree(leafHashes: leafDigests(size))
            var hashes = leafDigests(size)
            // Later repetitions are of longer tails, so the first one is on the lowest level.
            let height = size.trailingZeroBitCount
            let expected = MerkleError.mutated(level: height, index: size >> height - 1)
            for _ in 0..<3 {
                let tail = hashes.count & -hashes.count
                guard tail < hashes.count else { break }
                hashes += hashes.suffix(tail)
                let forged = try BitcoinMerkleTree(leafHashes: hashes)
                #expect(forged.root == honest.root)
                #expect(throws: expected) { try forged.validatedRoot() }
                #expect(throws: expected) { try MerkleTree.bitcoin.root(leafHashes: hashes) }
                lists += 1
            }
            #expect(!honest.isMutated)
        }
        #expect(lists == 78)
    }

    @Test("equal neighbours that form no pair are no mutation") func equalNeighboursAcrossPairs() throws {
        let tree = try BitcoinMerkleTree(leafHashes: [1, 2, 2, 3].map(leafDigest))
        #expect(!tree.isMutated)
        #expect(try BitcoinMerkleTree(leafHashes: [1, 2, 3, 3].map(leafDigest)).isMutated)
    }

    @Test("a proof of the longer list of the pair does not pass") func forgedProof() throws {
        // Leaf 4 of [0…4] is its own sibling; in a claimed tree of 6 that sibling would be a real pair.
        let honest = try BitcoinMerkleTree(leafHashes: leafDigests(5)).proof(index: 4)
        for index in [4, 5] {
            let forged = try InclusionProof(
                tree: .bitcoin, size: 6, index: index, leaf: honest.leaf, path: honest.path, root: honest.root)
            #expect(throws: MerkleError.pathDuplicate(level: 0)) { try forged.verify(root: honest.root) }
        }
    }

    @Test("another sibling at the odd end does not pass") func foreignOddEnd() throws {
        let honest = try BitcoinMerkleTree(leafHashes: leafDigests(5)).proof(index: 4)
        var path = honest.path
        path[1] = leafDigest(99)
        let forged = try InclusionProof(
            tree: .bitcoin, size: 5, index: 4, leaf: honest.leaf, path: path, root: honest.root)
        #expect(throws: MerkleError.pathDuplicate(level: 1)) { try forged.rootFromInclusionProof() }
    }
}
