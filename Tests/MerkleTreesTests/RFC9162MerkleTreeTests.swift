import ByteCoding
import Hashing
import MerkleTrees
import Testing

@Suite("RFC 9162's Merkle tree") struct RFC9162MerkleTreeTests {
    /// The example tree of the Certificate Transparency code (google/certificate-transparency,
    /// `cpp/merkletree/merkle_tree_test.cc`; transparency-dev/merkle, `testonly/constants.go`).
    private static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("the example tree's roots", arguments: 0...8) func knownRoots(size: Int) throws {
        let data = try Self.leaves.prefix(size).map { try Hex.decode($0) }
        let tree = RFC9162MerkleTree(leaves: data)
        #expect(tree.root.hex == Self.roots[size])
        #expect(tree.size == size)
        let hashes = try MerkleTree.rfc9162.leafHashes(data)
        #expect(try MerkleTree.rfc9162.root(leafHashes: hashes).hex == Self.roots[size])
        #expect(try data.map { try MerkleTree.rfc9162.leafHash($0) } == hashes)
    }

    @Test("the example tree's path for leaf 0 of 8") func knownPath() throws {
        let tree = RFC9162MerkleTree(leaves: try Self.leaves.map { try Hex.decode($0) })
        #expect(
            try tree.proof(index: 0).path.map(\.hex) == [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])
    }

    @Test("leaves of any length are taken, 64 bytes too") func leafLengths() {
        let data = [UInt8](repeating: 5, count: 64)
        #expect(RFC9162MerkleTree.leafHash(data) == SHA256.hash([0] + data))
        #expect(RFC9162MerkleTree.leafHash(data) != RFC9162MerkleTree.nodeHash(leafDigest(0), leafDigest(1)))
    }

    @Test("a repeated tail changes the root") func noMutation() {
        let plain = (1...6).map(leafDigest)
        let copied = plain + [leafDigest(5), leafDigest(6)]
        #expect(RFC9162MerkleTree(leafHashes: plain).root != RFC9162MerkleTree(leafHashes: copied).root)
    }
}
