import ByteCoding
import Hashing
import MerkleTrees

/// Merkle trees: `Root` groups (root is the root of leaves), `Inclusion` groups (leaf stands at index of size),
/// `MultiInclusion` groups (leaves stand at indices of size) and `Consistency` groups (a tree begins with an older one).
///
/// Digests are in internal order. The order of the checks: of a root, its length, then the leaves; of a proof, its
/// shape, then the lengths of its digests, then the way up.
struct MerkleSuite: VectorSuite {
    static let schemas = [(schema: "merkle.schema.json", profiles: ["bitcoin", "rfc9162"])]

    enum Inputs {
        case root(leaves: [[UInt8]], areHashes: Bool, root: [UInt8])
        case inclusion(size: Int, index: Int, leaf: [UInt8], path: [[UInt8]], root: [UInt8])
        case multiInclusion(size: Int, indices: [Int], leaves: [[UInt8]], path: [[UInt8]], root: [UInt8])
        case consistency(oldSize: Int, size: Int, oldRoot: [UInt8], path: [[UInt8]], root: [UInt8])
    }

    private enum Kind: String {
        case root = "Root"
        case inclusion = "Inclusion"
        case multiInclusion = "MultiInclusion"
        case consistency = "Consistency"
    }

    private let kind: Kind
    private let tree: MerkleTree

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: MerkleSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
        tree = try reading { () throws(DocumentError) in
            let tree: MerkleTree = try parameters.choice("tree")
            guard kind != .consistency || tree == .rfc9162 else {
                throw .malformed(field: parameters.path("tree"), reason: "only rfc9162 has consistency proofs")
            }
            return tree
        }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .root:
            .root(
                leaves: try test.byteStrings("leaves"), areHashes: try test.boolean("leavesAreHashes"),
                root: try test.bytes("root"))
        case .inclusion:
            .inclusion(
                size: try test.count("size"), index: try test.count("index"), leaf: try test.bytes("leaf"),
                path: try test.byteStrings("path"), root: try test.bytes("root"))
        case .multiInclusion:
            .multiInclusion(
                size: try test.count("size"), indices: try test.counts("indices"),
                leaves: try test.byteStrings("leaves"), path: try test.byteStrings("path"),
                root: try test.bytes("root"))
        case .consistency:
            .consistency(
                oldSize: try test.count("oldSize"), size: try test.count("size"), oldRoot: try test.bytes("oldRoot"),
                path: try test.byteStrings("path"), root: try test.bytes("root"))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(MerkleError) {
            switch inputs {
            case .root(let leaves, let areHashes, let root):
                let claimed = try MerkleTree.digest(root, field: "root")
                var hashes: [Digest] = []
                if areHashes {
                    for leaf in leaves { hashes.append(try MerkleTree.digest(leaf, field: "leaf")) }
                } else {
                    hashes = try tree.leafHashes(leaves)
                }
                return try tree.root(leafHashes: hashes) == claimed ? nil : "root-mismatch"
            case .inclusion(let size, let index, let leaf, let path, let root):
                try InclusionProof(
                    tree: tree, size: size, index: index, leafBytes: leaf, pathBytes: path, rootBytes: root
                ).verify()
                return nil
            case .multiInclusion(let size, let indices, let leaves, let path, let root):
                try MultiProof(
                    tree: tree, size: size, indices: indices, leafBytes: leaves, pathBytes: path, rootBytes: root
                ).verify()
                return nil
            case .consistency(let oldSize, let size, let oldRoot, let path, let root):
                try ConsistencyProof(
                    oldSize: oldSize, size: size, oldRootBytes: oldRoot, pathBytes: path, rootBytes: root
                ).verify()
                return nil
            }
        } catch {
            return error.code
        }
    }
}
