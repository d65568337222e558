import ByteCoding
import Testing

@Suite("Document reader") struct DocumentReaderTests {
    private func reader(_ value: JSONValue) throws(DocumentError) -> DocumentReader { try DocumentReader(value) }

    private func open(_ text: String, limit: Int = 1_000) throws(DocumentError) -> DocumentReader {
        try DocumentReader(document: Array(text.utf8), schema: "ringwork/sample/1", limit: limit)
    }

    @Test("a whole document")
    func whole() throws {
        var document = try open(
            """
            {"schema":"ringwork/sample/1","s":"x","n":null,"h":"00ff","i":-3,"b":true,"l":["p","q"],
             "o":{"y":1},"k":[{"y":"a"},{"y":"b"}],"e":[]}
            """)
        #expect(try document.string("s") == "x")
        #expect(try document.optionalString("n") == nil)
        #expect(try document.bytes("h", count: 2) == [0, 255])
        #expect(try document.integer("i", in: -3...0) == -3)
        #expect(try document.boolean("b"))
        #expect(try document.strings("l") == ["p", "q"])
        var inner = try document.object("o")
        #expect(try inner.integer("y", in: 0...1) == 1)
        try inner.finish()
        #expect(inner.path("z") == "o.z")
        var names: [String] = []
        for var key in try document.objects("k") {
            names.append(key.path("y") + "=" + (try key.string("y")))
            try key.finish()
        }
        #expect(names == ["k[0].y=a", "k[1].y=b"])
        #expect(try document.array("e") == [])
        try document.finish()
    }

    @Test("optional fields, present and null")
    func optional() throws {
        var present = try reader(["s": "x", "h": "0a", "o": ["y": 1]])
        #expect(try present.optionalString("s") == "x")
        #expect(try present.optionalBytes("h") == [10])
        #expect(try present.optionalObject("o") != nil)
        var null = try reader(["s": .null, "h": .null, "o": .null])
        #expect(try null.optionalString("s") == nil)
        #expect(try null.optionalBytes("h") == nil)
        #expect(try null.optionalObject("o") == nil)
    }

    @Test("text that is not JSON, is too large, or is no object")
    func notADocument() {
        #expect(throws: DocumentError.json(.truncated)) { try open("{") }
        #expect(throws: DocumentError.json(.tooLarge(bytes: 5, limit: 4))) { try open("{   }", limit: 4) }
        #expect(throws: DocumentError.wrongKind(field: "document", expected: "object", actual: "array")) {
            try open("[]")
        }
    }

    @Test("another schema, no schema, a schema that is no string")
    func wrongSchema() {
        let expected = "ringwork/sample/1"
        #expect(throws: DocumentError.wrongSchema(expected: expected, actual: "ringwork/sample/2")) {
            try open(#"{"schema":"ringwork/sample/2"}"#)
        }
        #expect(throws: DocumentError.wrongSchema(expected: expected, actual: nil)) { try open("{}") }
        #expect(throws: DocumentError.wrongSchema(expected: expected, actual: nil)) { try open(#"{"schema":1}"#) }
        #expect(DocumentReader.schema(of: ["schema": "x"]) == "x")
        #expect(DocumentReader.schema(of: []) == nil)
    }

    @Test("a missing field is named with its path, by every accessor")
    func missing() throws {
        var inner = try DocumentReader([:], path: "keys[2]")
        let error = DocumentError.missingField("keys[2].y")
        #expect(throws: error) { try inner.value("y") }
        #expect(throws: error) { try inner.string("y") }
        #expect(throws: error) { try inner.optionalString("y") }
        #expect(throws: error) { try inner.bytes("y") }
        #expect(throws: error) { try inner.optionalBytes("y") }
        #expect(throws: error) { try inner.integer("y", in: 0...1) }
        #expect(throws: error) { try inner.boolean("y") }
        #expect(throws: error) { try inner.array("y") }
        #expect(throws: error) { try inner.strings("y") }
        #expect(throws: error) { try inner.object("y") }
        #expect(throws: error) { try inner.optionalObject("y") }
        #expect(throws: error) { try inner.objects("y") }
    }

    @Test("a field is read once")
    func once() throws {
        var document = try reader(["a": 1])
        _ = try document.value("a")
        #expect(throws: DocumentError.missingField("a")) { try document.value("a") }
    }

    @Test("an unknown field is refused, the schema field too where nobody reads it")
    func unknown() throws {
        var document = try open(#"{"schema":"ringwork/sample/1","a":1,"b":2}"#)
        _ = try document.value("a")
        #expect(throws: DocumentError.unknownField("b")) { try document.finish() }
        let inner = try DocumentReader(["schema": "x"], path: "o")
        #expect(throws: DocumentError.unknownField("o.schema")) { try inner.finish() }
    }

    @Test("names are compared byte for byte: the Kelvin sign is not K, a decomposed letter not the composed one")
    func canonicalEquivalence() throws {
        var document = try reader(["\u{212a}": 1, "e\u{301}": 2])
        #expect(throws: DocumentError.missingField("K")) { try document.value("K") }
        #expect(throws: DocumentError.missingField("\u{e9}")) { try document.value("\u{e9}") }
        let foreign: JSONValue = ["schem\u{61}\u{301}": "x"]
        #expect(DocumentReader.schema(of: foreign) == nil)
    }

    @Test("another kind of value is refused by every accessor")
    func wrongKind() throws {
        func check(
            _ value: JSONValue, _ expected: String, _ actual: String, field: String = "a",
            _ read: (inout DocumentReader) throws -> Void
        ) throws {
            var document = try DocumentReader(["a": value], path: "p")
            #expect(throws: DocumentError.wrongKind(field: "p.\(field)", expected: expected, actual: actual)) {
                try read(&document)
            }
        }
        try check(1, "string", "number") { _ = try $0.string("a") }
        try check(.null, "string", "null") { _ = try $0.string("a") }
        try check([], "string or null", "array") { _ = try $0.optionalString("a") }
        try check(.null, "string", "null") { _ = try $0.bytes("a") }
        try check(true, "string or null", "boolean") { _ = try $0.optionalBytes("a") }
        try check("1", "number", "string") { _ = try $0.integer("a", in: 0...9) }
        try check(0, "boolean", "number") { _ = try $0.boolean("a") }
        try check([:], "array", "object") { _ = try $0.array("a") }
        try check(.null, "array", "null") { _ = try $0.objects("a") }
        try check(["x", 1], "string", "number", field: "a[1]") { _ = try $0.strings("a") }
        try check([[:], "x"], "object", "string", field: "a[1]") { _ = try $0.objects("a") }
        try check(.null, "object", "null") { _ = try $0.object("a") }
        try check([], "object", "array") { _ = try $0.optionalObject("a") }
    }

    @Test("values outside the grammar of their place")
    func malformed() throws {
        func check(_ value: JSONValue, _ read: (inout DocumentReader) throws -> Void) throws {
            var document = try DocumentReader(["a": value], path: "p")
            let error = #expect(throws: DocumentError.self) { try read(&document) }
            guard case .malformed(field: "p.a", let reason) = error else {
                Issue.record("\(String(describing: error)) is not about p.a")
                return
            }
            #expect(!reason.isEmpty)
        }
        for text in ["0", "AB", "0x00", "zz", " 00"] {
            try check(.string(text)) { _ = try $0.bytes("a") }
            try check(.string(text)) { _ = try $0.optionalBytes("a") }
        }
        try check("00") { _ = try $0.bytes("a", count: 2) }
        try check(10) { _ = try $0.integer("a", in: 0...9) }
        try check(-1) { _ = try $0.integer("a", in: 0...9) }
    }

    @Test("every error is a sentence that names its field")
    func sentences() {
        let errors: [DocumentError] = [
            .missingField("f"), .unknownField("f"), .wrongKind(field: "f", expected: "string", actual: "null"),
            .malformed(field: "f", reason: "r"), .wrongSchema(expected: "f", actual: nil),
            .json(.duplicateField(name: "f")),
        ]
        for error in errors { #expect("\(error)".contains("f")) }
    }
}
