public import ByteCoding
import Hashing

extension ConsistencyProof {
    /// The name of the document's schema.
    public static let schema = "ringwork/merkle-consistency/1"

    /// The largest document that is read: the longest path takes under 4 KiB.
    private static let documentSizeLimit = 1 << 16

    /// The proof that a `ringwork/merkle-consistency/1` document spells, digests in internal order.
    ///
    /// - Throws: ``MerkleError/document(_:)`` where the text is not of the schema, or names Bitcoin's tree; then as
    ///   ``init(oldSize:size:oldRootBytes:pathBytes:rootBytes:)``.
    public init(document bytes: [UInt8]) throws(MerkleError) {
        let fields: Fields
        do { fields = try Fields(document: bytes, limit: Self.documentSizeLimit) } catch { throw .document(error) }
        try self.init(
            oldSize: fields.oldSize, size: fields.size, oldRootBytes: fields.oldRoot, pathBytes: fields.path,
            rootBytes: fields.root)
    }

    /// The proof as a `ringwork/merkle-consistency/1` document.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema),
            "tree": .string(MerkleTree.rfc9162.rawValue),
            "oldSize": .integer(Int64(oldSize)),
            "size": .integer(Int64(size)),
            "oldRoot": .string(oldRoot.hex),
            "path": .array(path.map { .string($0.hex) }),
            "root": .string(root.hex),
        ]
    }

    /// What the grammar of the schema promises, and no more.
    private struct Fields {
        let oldSize: Int
        let size: Int
        let oldRoot: [UInt8]
        let path: [[UInt8]]
        let root: [UInt8]

        init(document bytes: [UInt8], limit: Int) throws(DocumentError) {
            var reader = try DocumentReader(document: bytes, schema: ConsistencyProof.schema, limit: limit)
            guard try reader.tree() == .rfc9162 else {
                throw .malformed(field: "tree", reason: "only rfc9162 has consistency proofs")
            }
            oldSize = try reader.count("oldSize")
            size = try reader.count("size")
            oldRoot = try reader.bytes("oldRoot")
            path = try reader.byteStrings("path")
            root = try reader.bytes("root")
            try reader.finish()
        }
    }
}
