public import ByteCoding
import Hashing

extension MultiProof {
    /// The name of the document's schema.
    public static let schema = "ringwork/merkle-multi-proof/1"

    /// The proof that a `ringwork/merkle-multi-proof/1` document spells, digests in internal order.
    ///
    /// - Throws: ``MerkleError/document(_:)`` where the text is not of the schema; then as
    ///   ``init(tree:size:indices:leafBytes:pathBytes:rootBytes:)``.
    public init(document bytes: [UInt8]) throws(MerkleError) {
        let fields: Fields
        do { fields = try Fields(document: bytes) } catch { throw .document(error) }
        try self.init(
            tree: fields.tree, size: fields.size, indices: fields.indices, leafBytes: fields.leaves,
            pathBytes: fields.path, rootBytes: fields.root)
    }

    /// The proof as a `ringwork/merkle-multi-proof/1` document.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema),
            "tree": .string(tree.rawValue),
            "size": .integer(Int64(size)),
            "indices": .array(indices.map { .integer(Int64($0)) }),
            "leaves": .array(leaves.map { .string($0.hex) }),
            "path": .array(path.map { .string($0.hex) }),
            "root": .string(root.hex),
        ]
    }

    /// What the grammar of the schema promises, and no more.
    private struct Fields {
        let tree: MerkleTree
        let size: Int
        let indices: [Int]
        let leaves: [[UInt8]]
        let path: [[UInt8]]
        let root: [UInt8]

        init(document bytes: [UInt8]) throws(DocumentError) {
            var reader = try DocumentReader(document: bytes, schema: MultiProof.schema)
            tree = try reader.tree()
            size = try reader.count("size")
            indices = try reader.counts("indices")
            leaves = try reader.byteStrings("leaves")
            path = try reader.byteStrings("path")
            root = try reader.bytes("root")
            try reader.finish()
        }
    }
}
