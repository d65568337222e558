import ArgumentParser
import ByteCoding
import Foundation
import Hashing
import MerkleTrees

/// `ringwork merkle`
struct MerkleCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "merkle", abstract: "Merkle roots and inclusion proofs, Bitcoin's tree and RFC 9162's.",
        subcommands: [Root.self, Prove.self, Verify.self])

    /// The leaves of a tree as the command line gives them.
    struct Leaves: ParsableArguments {
        @Option(name: .customLong("tree"), help: "Which tree.") fileprivate var treeArgument: TreeArgument
        @Flag(help: "The inputs are 32-byte digests, not data.") var leavesAreHashes = false
        @Flag(help: "Digests are shown the other way round, as Bitcoin's are; in and out.") var displayOrder = false
        @Argument(help: "One file for each leaf, or - for one hexadecimal leaf a line.") var files: [String] = []

        var tree: MerkleTree { treeArgument.tree }

        func hashes() throws -> [Digest] {
            let data = try files.flatMap { try $0 == "-" ? lines() : [Input.bytes($0)] }
            guard leavesAreHashes else { return try tree.leafHashes(data) }
            return try data.enumerated().map { index, bytes in
                try MerkleTree.digest(displayOrder ? bytes.reversed() : bytes, field: "leaf \(index)")
            }
        }

        private func lines() throws -> [[UInt8]] {
            var bytes = try Input.bytes("-")
            guard !bytes.isEmpty else { return [] }
            if bytes.last == 0x0a { bytes.removeLast() }
            return try bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated().map { number, line in
                do { return try Hex.decode(String(decoding: line, as: UTF8.self)) } catch {
                    throw Failure(.badInput, code: "schema", "standard input, line \(number + 1): \(error)")
                }
            }
        }

        func show(_ digest: Digest) -> String { displayOrder ? digest.displayHex : digest.hex }
    }

    struct Root: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a tree's root.")
        @OptionGroup var leaves: Leaves
        @OptionGroup var output: JSONOption

        func run() throws {
            let hashes = try leaves.hashes()
            let root = try leaves.tree.root(leafHashes: hashes)
            try output.print(
                [
                    "schema": "ringwork/merkle-root/1", "tree": .string(leaves.tree.rawValue),
                    "leaves": .integer(Int64(hashes.count)), "root": .string(leaves.show(root)),
                ], leaves.show(root))
        }
    }

    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prove that a leaf is in a tree.")
        @OptionGroup var leaves: Leaves
        @Option(help: "Which leaf, from 0.") var index: Int
        @Option(name: [.customShort("o"), .customLong("output")], help: "Where the proof goes.") var path: String?
        @OptionGroup var output: JSONOption

        func run() throws {
            let proof = try leaves.tree.inclusionProof(index: index, leafHashes: leaves.hashes())
            try Output.write(proof.document.documentText, to: path)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check an inclusion proof.")
        @Option(help: "The proof.") var proof: String
        @Option(help: "The root to hold it against; its own otherwise.") var root: HexArgument?
        @Option(help: "The leaf's data, to hold the proof's leaf against.") var leaf: String?
        @OptionGroup var output: JSONOption

        func validate() throws {
            if let root, root.bytes.count != Digest.byteCount {
                throw ValidationError("--root must be 64 hexadecimal digits")
            }
        }

        func run() throws {
            let document = try Input.document(proof)
            let data = try leaf.map { try Input.bytes($0) }
            let checked: InclusionProof
            do throws(MerkleError) {
                checked = try InclusionProof(document: document)
                if let root {
                    try checked.verify(root: MerkleTree.digest(root.bytes, field: "root"))
                } else {
                    try checked.verify()
                }
                if let data { try checked.checkLeaf(checked.tree.leafHash(data)) }
            } catch {
                if case .document = error {
                    throw Failure(.badInput, code: error.code, "\(Input.name(proof)): \(error)")
                }
                throw try output.refuse(reason: error.code, error.description)
            }
            try output.accept("valid: leaf \(checked.index) of \(checked.size) is under \(checked.root.hex)")
        }
    }
}

/// `bitcoin` or `rfc9162` as an argument.
private enum TreeArgument: String, ExpressibleByArgument, CaseIterable {
    case bitcoin, rfc9162

    var tree: MerkleTree { self == .bitcoin ? .bitcoin : .rfc9162 }
}
