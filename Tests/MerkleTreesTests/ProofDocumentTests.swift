import ByteCoding
import Hashing
import MerkleTrees
import Testing

@Suite("Documents of multi-proofs and consistency proofs") struct ProofDocumentTests {
    private let multi: MultiProof
    private let consistency: ConsistencyProof

    init() throws {
        let tree = RFC9162MerkleTree(leafHashes: leafDigests(5))
        multi = try tree.multiProof(indices: [1, 3])
        consistency = try tree.consistencyProof(oldSize: 3)
    }

    @Test("a document says the same after writing and reading") func roundTrip() throws {
        for tree in MerkleTree.allCases {
            for (size, indices) in [(1, [0]), (3, [2]), (21, [0, 7, 8, 20])] {
                let proof = try tree.multiProof(indices: indices, leafHashes: leafDigests(size))
                #expect(try MultiProof(document: Array(proof.document.documentText.utf8)) == proof)
                #expect(try MultiProof(document: Array(proof.document.compactText.utf8)) == proof)
            }
        }
        for oldSize in 1...5 {
            let proof = try RFC9162MerkleTree(leafHashes: leafDigests(5)).consistencyProof(oldSize: oldSize)
            #expect(try ConsistencyProof(document: Array(proof.document.documentText.utf8)) == proof)
        }
    }

    @Test("the text is as the format says") func text() {
        let hex = multi.leaves.map(\.hex)
        #expect(
            multi.document.compactText
                == #"{"schema":"ringwork/merkle-multi-proof/1","tree":"rfc9162","size":5,"indices":[1,3],"leaves":["\#(hex[0])","#
                + #""\#(hex[1])"],"path":["\#(multi.path.map(\.hex).joined(separator: "\",\""))"],"root":"\#(multi.root.hex)"}"#
        )
        #expect(
            consistency.document.compactText
                == #"{"schema":"ringwork/merkle-consistency/1","tree":"rfc9162","oldSize":3,"size":5,"oldRoot":"#
                + #""\#(consistency.oldRoot.hex)","path":["\#(consistency.path.map(\.hex).joined(separator: "\",\""))"],"#
                + #""root":"\#(consistency.root.hex)"}"#)
    }

    /// A document with one field replaced, or left out where `value` is `nil`.
    private func changed(
        _ document: JSONValue, _ name: String, _ value: JSONValue?, adding: [JSONValue.Field] = []
    ) throws -> [UInt8] {
        guard case .object(let fields) = document else { return [] }
        let changed = fields.compactMap { field in
            field.name == name ? value.map { JSONValue.Field(name, $0) } : field
        }
        return Array(JSONValue.object(changed + adding).compactText.utf8)
    }

    @Test("each field is needed, and there are no others") func fields() throws {
        for name in ["tree", "size", "indices", "leaves", "path", "root"] {
            let bytes = try changed(multi.document, name, nil)
            #expect(throws: MerkleError.document(.missingField(name))) { try MultiProof(document: bytes) }
        }
        for name in ["tree", "oldSize", "size", "oldRoot", "path", "root"] {
            let bytes = try changed(consistency.document, name, nil)
            #expect(throws: MerkleError.document(.missingField(name))) { try ConsistencyProof(document: bytes) }
        }
        let note = MerkleError.document(.unknownField("note"))
        let (first, second) = try (
            changed(multi.document, "", nil, adding: [.init("note", "")]),
            changed(consistency.document, "", nil, adding: [.init("note", "")])
        )
        #expect(throws: note) { try MultiProof(document: first) }
        #expect(throws: note) { try ConsistencyProof(document: second) }
    }

    @Test("a document of another kind, with more after it, or too large, is refused") func kinds() throws {
        let bytes = Array(multi.document.compactText.utf8)
        #expect(
            throws: MerkleError.document(
                .wrongSchema(expected: ConsistencyProof.schema, actual: MultiProof.schema))
        ) { try ConsistencyProof(document: bytes) }
        #expect(throws: MerkleError.self) { try InclusionProof(document: bytes) }
        for extra in ["{}", "x", ",", "\0"] {
            let error = #expect(throws: MerkleError.self) { try MultiProof(document: bytes + Array(extra.utf8)) }
            #expect(error?.code == "document")
        }
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 17)
        #expect(throws: MerkleError.document(.json(.tooLarge(bytes: 1 << 17, limit: 1 << 16)))) {
            try ConsistencyProof(document: large)
        }
    }

    @Test(
        "what is not in the grammar is a document error",
        arguments: [
            ("tree", "Bitcoin"), ("tree", 1), ("size", "3"), ("size", -1), ("size", 9_007_199_254_740_993),
            ("indices", 1), ("indices", ["1"]), ("indices", [-1, 3]), ("indices", [1, 9_007_199_254_740_993]),
            ("indices", [[]]), ("leaves", "00"), ("leaves", ["0g"]), ("leaves", ["AA", ""]), ("leaves", [1]),
            ("path", "00"), ("path", [.null]), ("root", "xy"), ("root", .null),
        ] as [(String, JSONValue)])
    func multiGrammar(name: String, value: JSONValue) throws {
        let bytes = try changed(multi.document, name, value)
        let error = try #require(throws: MerkleError.self) { try MultiProof(document: bytes) }
        #expect(error.code == "document")
        #expect("\(error)".contains(name))
    }

    @Test(
        "what is not in the grammar of consistency is a document error",
        arguments: [
            ("tree", "bitcoin"), ("tree", "rfc6962"), ("oldSize", "3"), ("oldSize", -1), ("size", .null),
            ("size", 9_007_199_254_740_993), ("oldRoot", "0"), ("oldRoot", .null), ("path", ["0g"]), ("root", 1),
        ] as [(String, JSONValue)])
    func consistencyGrammar(name: String, value: JSONValue) throws {
        let bytes = try changed(consistency.document, name, value)
        let error = try #require(throws: MerkleError.self) { try ConsistencyProof(document: bytes) }
        #expect(error.code == "document")
        #expect("\(error)".contains(name))
    }

    @Test("what is in the grammar and wrong has its own reason") func values() throws {
        for (name, value, error) in [
            ("indices", [], .noIndices), ("indices", [3, 1], .indexOrder(position: 1)),
            ("indices", [1, 1], .indexOrder(position: 1)), ("indices", [1, 5], .indexOutOfRange(index: 5, size: 5)),
            ("leaves", [], .leafCount(expected: 2, actual: 0)), ("path", [], .pathLength(expected: 3, actual: 0)),
            ("leaves", ["aa", ""], .digestLength(field: "leaves[0]", bytes: 1)),
            ("root", "", .digestLength(field: "root", bytes: 0)),
        ] as [(String, JSONValue, MerkleError)] {
            let bytes = try changed(multi.document, name, value)
            #expect(throws: error) { try MultiProof(document: bytes) }
        }
        for (name, value, error) in [
            ("oldSize", 0, .oldSizeOutOfRange(oldSize: 0, size: 5)),
            ("oldSize", 6, .oldSizeOutOfRange(oldSize: 6, size: 5)),
            ("size", 2, .oldSizeOutOfRange(oldSize: 3, size: 2)), ("path", [], .pathLength(expected: 4, actual: 0)),
            ("oldRoot", "aa", .digestLength(field: "oldRoot", bytes: 1)),
        ] as [(String, JSONValue, MerkleError)] {
            let bytes = try changed(consistency.document, name, value)
            #expect(throws: error) { try ConsistencyProof(document: bytes) }
        }
    }
}
