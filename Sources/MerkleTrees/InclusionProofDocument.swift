public import ByteCoding
import Hashing

extension InclusionProof {
    /// The name of the document's schema.
    public static let schema = "ringwork/merkle-proof/1"

    /// The largest document that is read: the longest path takes under 4 KiB.
    private static let documentSizeLimit = 1 << 16

    /// The proof that a `ringwork/merkle-proof/1` document spells, digests in internal order.
    ///
    /// - Throws: ``MerkleError/document(_:)`` where the text is not of the schema; then as
    ///   ``init(tree:size:index:leafBytes:pathBytes:rootBytes:)``.
    public init(document bytes: [UInt8]) throws(MerkleError) {
        let fields: Fields
        do { fields = try Fields(document: bytes, limit: Self.documentSizeLimit) } catch { throw .document(error) }
        try self.init(
            tree: fields.tree, size: fields.size, index: fields.index, leafBytes: fields.leaf, pathBytes: fields.path,
            rootBytes: fields.root)
    }

    /// The proof as a `ringwork/merkle-proof/1` document.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema),
            "tree": .string(tree.rawValue),
            "size": .integer(Int64(size)),
            "index": .integer(Int64(index)),
            "leaf": .string(leaf.hex),
            "path": .array(path.map { .string($0.hex) }),
            "root": .string(root.hex),
        ]
    }

    /// What the grammar of the schema promises, and no more.
    private struct Fields {
        let tree: MerkleTree
        let size: Int
        let index: Int
        let leaf: [UInt8]
        let path: [[UInt8]]
        let root: [UInt8]

        init(document bytes: [UInt8], limit: Int) throws(DocumentError) {
            var reader = try DocumentReader(document: bytes, schema: InclusionProof.schema, limit: limit)
            tree = try reader.tree()
            size = try reader.count("size")
            index = try reader.count("index")
            leaf = try reader.bytes("leaf")
            path = try reader.byteStrings("path")
            root = try reader.bytes("root")
            try reader.finish()
        }
    }
}
