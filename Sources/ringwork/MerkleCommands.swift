import ArgumentParser
import ByteCoding
import MerkleTrees

/// `ringwork merkle`
struct MerkleCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "merkle", abstract: "Merkle roots and proofs, Bitcoin's tree and RFC 9162's.",
        subcommands: [Root.self, Prove.self, Consistency.self, MerkleVerifyCommand.self])

    struct Root: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a tree's root.",
            discussion: "Leaves are hashed as they are read, so standard input may be longer than memory.")
        @OptionGroup var leaves: MerkleLeaves
        @OptionGroup var output: JSONOption

        func run() throws {
            var builder = MerkleTreeBuilder(tree: leaves.tree)
            try leaves.forEachBatch { builder.append(contentsOf: $0) }
            let root = try builder.root()
            try output.print(
                [
                    "schema": "ringwork/merkle-root/1", "tree": .string(leaves.tree.rawValue),
                    "leaves": .integer(Int64(builder.size)), "root": .string(leaves.show(root)),
                ], leaves.show(root))
        }
    }

    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prove that a leaf is in a tree, or several in one proof.",
            discussion: "One --index gives a ringwork/merkle-proof/1, several a ringwork/merkle-multi-proof/1.")
        @OptionGroup var leaves: MerkleLeaves
        @Option(help: "Which leaf, from 0; may be repeated.") var index: [Int]
        @Option(name: [.customShort("o"), .customLong("output")], help: "Where the proof goes.") var path: String?
        @OptionGroup var output: JSONOption

        func run() throws {
            let hashes = try leaves.hashes()
            let document =
                index.count == 1
                ? try leaves.tree.inclusionProof(index: index[0], leafHashes: hashes).document
                : try leaves.tree.multiProof(indices: index.sorted(), leafHashes: hashes).document
            try Output.write(document.documentText, to: path)
        }
    }

    struct Consistency: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prove that a tree begins with the leaves of a smaller one.",
            discussion: "Only --tree rfc9162 has such proofs.")
        @OptionGroup var leaves: MerkleLeaves
        @Option(help: "The number of leaves in the smaller tree.") var oldSize: Int
        @Option(name: [.customShort("o"), .customLong("output")], help: "Where the proof goes.") var path: String?
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard leaves.tree == .rfc9162 else {
                throw ValidationError("--tree must be rfc9162: Bitcoin's tree has no consistency proofs")
            }
        }

        func run() throws {
            let proof = try RFC9162MerkleTree(leafHashes: leaves.hashes()).consistencyProof(oldSize: oldSize)
            try Output.write(proof.document.documentText, to: path)
        }
    }
}
