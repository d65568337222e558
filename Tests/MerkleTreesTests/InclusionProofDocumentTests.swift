import ByteCoding
import Hashing
import MerkleTrees
import Testing

@Suite("Proof documents") struct InclusionProofDocumentTests {
    @Test("a document says the same after writing and reading", arguments: MerkleTree.allCases)
    func roundTrip(tree: MerkleTree) throws {
        for size in [1, 2, 3, 6, 21] {
            let proof = try tree.inclusionProof(index: size - 1, leafHashes: leafDigests(size))
            #expect(try InclusionProof(document: Array(proof.document.documentText.utf8)) == proof)
            #expect(try InclusionProof(document: Array(proof.document.compactText.utf8)) == proof)
        }
    }

    @Test("the text is as the format says") func text() throws {
        let proof = try BitcoinMerkleTree(leafHashes: [leafDigest(1)]).proof(index: 0)
        let hex = leafDigest(1).hex
        #expect(
            proof.document.documentText == """
                {
                  "schema": "ringwork/merkle-proof/1",
                  "tree": "bitcoin",
                  "size": 1,
                  "index": 0,
                  "leaf": "\(hex)",
                  "path": [],
                  "root": "\(hex)"
                }

                """)
    }

    /// One field of a good document replaced, or left out where `value` is `nil`.
    private func read(_ name: String, _ value: JSONValue?, adding: [JSONValue.Field] = []) throws(MerkleError) {
        let good = try MerkleTree.rfc9162.inclusionProof(index: 1, leafHashes: leafDigests(3))
        guard case .object(let fields) = good.document else { return }
        let changed = fields.compactMap { field in
            field.name == name ? value.map { JSONValue.Field(name, $0) } : field
        }
        _ = try InclusionProof(document: Array(JSONValue.object(changed + adding).compactText.utf8))
    }

    @Test("each field is needed, and there are no others") func fields() throws {
        for name in ["tree", "size", "index", "leaf", "path", "root"] {
            #expect(throws: MerkleError.document(.missingField(name))) { try read(name, nil) }
        }
        #expect(throws: MerkleError.document(.unknownField("note"))) { try read("", nil, adding: [.init("note", "")]) }
        #expect(throws: MerkleError.document(.json(.duplicateField(name: "root")))) {
            try read("", nil, adding: [.init("root", "")])
        }
        #expect(
            throws: MerkleError.document(
                .wrongSchema(expected: InclusionProof.schema, actual: "ringwork/merkle-proof/2"))
        ) { try read("schema", "ringwork/merkle-proof/2") }
    }

    @Test(
        "what is not in the grammar is a document error",
        arguments: [
            ("tree", "Bitcoin"), ("tree", 1),
            ("size", "3"), ("size", -1), ("index", -1), ("index", 9_007_199_254_740_993),
            ("leaf", "0"), ("leaf", "AA"), ("leaf", .null), ("root", "xy"),
            ("path", "00"), ("path", ["0g"]), ("path", [1]),
        ] as [(String, JSONValue)])
    func grammar(name: String, value: JSONValue) throws {
        let error = try #require(throws: MerkleError.self) { try read(name, value) }
        #expect(error.code == "document")
        #expect("\(error)".contains(name))
    }

    @Test("what is in the grammar and wrong has its own reason") func values() throws {
        #expect(throws: MerkleError.digestLength(field: "leaf", bytes: 1)) { try read("leaf", "aa") }
        #expect(throws: MerkleError.digestLength(field: "root", bytes: 0)) { try read("root", "") }
        #expect(throws: MerkleError.digestLength(field: "path[0]", bytes: 2)) { try read("path", ["aabb", ""]) }
        #expect(throws: MerkleError.pathLength(expected: 2, actual: 0)) { try read("path", []) }
        #expect(throws: MerkleError.indexOutOfRange(index: 3, size: 3)) { try read("index", 3) }
        #expect(throws: MerkleError.indexOutOfRange(index: 1, size: 0)) { try read("size", 0) }
    }

    @Test("what is not JSON, or too large, is refused") func notJSON() {
        #expect(throws: MerkleError.document(.json(.empty))) { try InclusionProof(document: []) }
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        #expect(throws: MerkleError.document(.json(.tooLarge(bytes: 1 << 20, limit: 1 << 16)))) {
            try InclusionProof(document: large)
        }
    }
}
