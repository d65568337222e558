import ArgumentParser
import ByteCoding
import Hashing
import MerkleTrees

/// The leaves of a tree as the command line gives them.
struct MerkleLeaves: ParsableArguments {
    @Option(name: .customLong("tree"), help: "Which tree.") private var treeArgument: TreeArgument
    @Flag(help: "The inputs are 32-byte digests, not data.") var leavesAreHashes = false
    @Flag(help: "Digests are shown the other way round, as Bitcoin's are; in and out.") var displayOrder = false
    @Argument(help: "One file for each leaf, or - for one hexadecimal leaf a line.") var files: [String] = []

    var tree: MerkleTree { treeArgument.tree }

    /// What is hashed together at most, in leaves and in bytes of data: all that is in memory of a long list.
    private static let (batchCount, batchByteCount) = (1 << 14, 1 << 20)

    /// The hashes of all leaves.
    func hashes() throws -> [Digest] {
        var hashes: [Digest] = []
        try forEachBatch { hashes += $0 }
        return hashes
    }

    /// Hands the hashes of the leaves to `body`, some thousand at a time, as they are read.
    func forEachBatch(_ body: ([Digest]) -> Void) throws {
        var batch: [[UInt8]] = []
        var byteCount = 0
        var count = 0
        func flush() throws(Failure) {
            do throws(MerkleError) { body(try hashes(of: batch, from: count)) } catch {
                throw Failure(error) ?? Failure(.no, code: error.code, error.description)
            }
            count += batch.count
            batch.removeAll(keepingCapacity: true)
            byteCount = 0
        }
        func add(_ leaf: [UInt8]) throws(Failure) {
            batch.append(leaf)
            byteCount += leaf.count
            if batch.count == Self.batchCount || byteCount >= Self.batchByteCount { try flush() }
        }
        for file in files {
            if file == "-" { try forEachLine(add) } else { try add(Input.bytes(file)) }
        }
        try flush()
    }

    /// The hashes of the leaves in `batch`, the first of which is number `first`.
    private func hashes(of batch: [[UInt8]], from first: Int) throws(MerkleError) -> [Digest] {
        guard leavesAreHashes else {
            do { return try tree.leafHashes(batch) } catch {
                guard case .ambiguousLeaf(let index?) = error else { throw error }
                throw .ambiguousLeaf(index: first + index)
            }
        }
        var hashes: [Digest] = []
        hashes.reserveCapacity(batch.count)
        for (index, bytes) in batch.enumerated() {
            do { hashes.append(try Digest(bytes: displayOrder ? bytes.reversed() : bytes)) } catch {
                throw .digestLength(field: "leaf \(first + index)", bytes: bytes.count)
            }
        }
        return hashes
    }

    /// Decodes standard input line by line. A line feed ends a line, and the last line may do without.
    private func forEachLine(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var pending: [UInt8] = []
        var number = 0
        func end(_ line: ArraySlice<UInt8>) throws(Failure) {
            number += 1
            let leaf: [UInt8]
            do { leaf = try Hex.decode(digits: line) } catch {
                throw Failure(.badInput, code: "schema", "standard input, line \(number): \(error)")
            }
            try body(leaf)
        }
        try Input.chunks("-") { chunk throws(Failure) in
            var rest = chunk
            while let feed = rest.firstIndex(of: 0x0a) {
                if pending.isEmpty {
                    try end(rest[..<feed])
                } else {
                    pending += rest[..<feed]
                    try end(pending[...])
                    pending.removeAll(keepingCapacity: true)
                }
                rest = rest[(feed + 1)...]
            }
            pending += rest
            guard pending.count <= Self.lineLimit else {
                throw Failure(
                    .badInput, code: "line-too-long",
                    "standard input, line \(number + 1) is longer than \(Self.lineLimit) characters")
            }
        }
        if !pending.isEmpty { try end(pending[...]) }
    }

    /// The longest line: a leaf of 32 MiB.
    private static let lineLimit = 64 << 20

    func show(_ digest: Digest) -> String { displayOrder ? digest.displayHex : digest.hex }
}

/// `bitcoin` or `rfc9162` as an argument.
private enum TreeArgument: String, ExpressibleByArgument, CaseIterable {
    case bitcoin, rfc9162

    var tree: MerkleTree { self == .bitcoin ? .bitcoin : .rfc9162 }
}
