import BenchmarkReport
import ByteCoding
import CPeers
import Hashing
import MerkleTrees

/// Bitcoin's Merkle root over leaf hashes, and RFC 9162's beside it.
struct MerkleSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        // The same leaves twice, as digests and as bytes: the hashes of 0, 1, 2 …
        let numbers = (0..<UInt64(1) << 20).flatMap(\.bigEndianBytes)
        let leaves = SHA256.hashMany(contiguous: numbers, byteCount: 8)
        var bytes = [UInt8](repeating: 0, count: 32 * leaves.count)
        cp_sha256_many(CP_LOW_LEVEL, &bytes, numbers, 8, leaves.count, 0)
        return try cases(leaves, bytes)
    }

    private func cases(_ leaves: [Digest], _ bytes: [UInt8]) throws -> SuiteCases {
        var cases = SuiteCases()
        if cp_two_way_is_supported() == 1 {
            cases.comparisons.append(
                comparison(leaves, "sha-ni-pair", "two pairs at once with SHA-NI, as Bitcoin Core does") {
                    root, scratch in
                    cp_two_way_merkle_root(root, scratch, bytes, leaves.count)
                })
            cases.comparisons.append(pairs(Array(leaves[..<2048])))
        } else {
            cases.absent.append((peer: "merkle-root-2^20/sha-ni-pair", reason: "the processor has no SHA instructions"))
        }
        if !settings.quick {
            cases.comparisons.append(
                comparison(leaves, "openssl-low-level", HashPeer.lowLevel.label) { root, scratch in
                    cp_merkle_root(CP_LOW_LEVEL, root, scratch, bytes, leaves.count)
                })
        }
        cases.series = series(leaves)
        return cases
    }

    private func comparison(
        _ leaves: [Digest], _ name: String, _ label: String,
        _ root: @escaping (_ root: UnsafeMutableRawPointer, _ scratch: UnsafeMutableRawPointer) -> Void
    ) -> ComparisonCase {
        let nodes = Double(leaves.count - 1)
        // The peer writes its levels over one another in memory that it has; ours makes its own.
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: 32 * (leaves.count + 1) / 2, alignment: 64)
        func theirs() -> [UInt8] {
            var digest = [UInt8](repeating: 0, count: 32)
            digest.withUnsafeMutableBytes { if let address = $0.baseAddress { root(address, scratch) } }
            return digest
        }
        func ours() throws -> Digest { try MerkleTree.bitcoin.root(leafHashes: leaves) }
        return ComparisonCase(
            id: "merkle-root-2^20/\(name)", unit: "ns per node", note: "from leaf hashes, mutation check included",
            repeats: [.shaNI],
            ours: Workload("MerkleTree.bitcoin.root", items: nodes, operations: ["SHA-256d": 1]) {
                try ours().bytes
            } run: {
                keep(try ours())
            },
            peer: Workload(label, items: nodes, operations: ["SHA-256d": 1], output: theirs) { keep(theirs()) })
    }

    /// The pairs of one level, without the tree.
    private func pairs(_ digests: [Digest]) -> ComparisonCase {
        let (bytes, count) = (digests.flatMap(\.bytes), digests.count / 2)
        func theirs() -> [UInt8] {
            var nodes = [UInt8](repeating: 0, count: 32 * count)
            cp_two_way_pairs(&nodes, bytes, count)
            return nodes
        }
        return ComparisonCase(
            id: "pair-hash-\(count)/sha-ni-pair", unit: "ns per pair", bytes: 64, repeats: [.shaNI],
            ours: Workload(
                "SHA256.doubleHashPairs", items: Double(count),
                output: { SHA256.doubleHashPairs(digests).flatMap(\.bytes) }
            ) { keep(SHA256.doubleHashPairs(digests)) },
            peer: Workload("two pairs at once with SHA-NI", items: Double(count), output: theirs) { keep(theirs()) })
    }

    private func series(_ leaves: [Digest]) -> [SeriesCase] {
        let sizes =
            settings.quick
            ? [1 << 10, 1 << 13, 1 << 16] : [1 << 8, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20]
        return MerkleTree.allCases.map { tree in
            SeriesCase(
                id: "merkle-root-\(tree.rawValue)", x: "leaves", unit: "ns", label: "MerkleTree.\(tree.rawValue).root",
                model: .linear,
                points: sizes.map { size in
                    let part = Array(leaves[..<size])
                    return SeriesCase.Point(
                        x: Double(size),
                        value: .measured(
                            Workload("root", output: { try tree.root(leafHashes: part).bytes }) {
                                keep(try tree.root(leafHashes: part))
                            }))
                })
        }
    }
}
