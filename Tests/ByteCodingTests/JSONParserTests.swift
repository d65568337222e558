import ByteCoding
import Support
import Testing

/// Tables in the spirit of JSONTestSuite (Seriot, *Parsing JSON is a minefield*); the cases are our own.
@Suite("JSON parser") struct JSONParserTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    static let accepted: [(String, JSONValue)] = [
        ("null", .null), ("true", true), ("false", false), ("0", 0), ("7", 7), ("-1", -1), ("10", 10), ("-10", -10),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("\"\"", ""), ("\"a\"", "a"), (" \t\r\n[ ] \n", []), ("{}", [:]), ("{ }", [:]), ("[[]]", [[]]),
        ("[1,2]", [1, 2]), ("[ 1 , 2 ]", [1, 2]), ("{\"a\":1}", ["a": 1]), ("{\"\":0}", ["": 0]),
        ("{\"b\":1,\"a\":[null,{\"c\":false}]}", ["b": 1, "a": [.null, ["c": false]]]),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{c}\n\r\t"),
        ("\"\\u0041\\u00e9\\u20AC\"", "Aé€"), ("\"\\uD83D\\uDE00\"", "😀"), ("\"\\u0000\"", "\0"),
        ("\"😀 é\"", "😀 é"), ("\"\u{7f}\u{2028}\u{fffe}\"", "\u{7f}\u{2028}\u{fffe}"), ("\"\\uFFFF\"", "\u{ffff}"),
        ("\"\\udbff\\udfff\"", "\u{10ffff}"), ("\"\u{feff}\"", "\u{feff}"),
        ("{\"a\":1,\"A\":2}", ["a": 1, "A": 2]), ("[\"a\",\"a\"]", ["a", "a"]),
        ("[{\"a\":1},{\"a\":1}]", [["a": 1], ["a": 1]]),
    ]

    // Loops, not arguments: the cases hold control characters, which the log must not show.
    @Test("accepted")
    func accepts() {
        for (text, value) in Self.accepted {
            #expect((try? parse(text)) == value, "\(text.debugDescription)")
        }
    }

    static let rejected: [(String, JSONError)] = [
        ("", .empty), (" \n\t", .empty),
        // white space and marks that JSON does not have
        ("\u{feff}{}", .unexpected(offset: 0)), ("\u{a0}1", .unexpected(offset: 0)),
        ("\u{0c}1", .unexpected(offset: 0)),
        ("1\u{0b}", .trailingText(offset: 1)), ("\0", .unexpected(offset: 0)), ("1\0", .trailingText(offset: 1)),
        ("// c\n1", .unexpected(offset: 0)), ("1 /* c */", .trailingText(offset: 2)), ("# c", .unexpected(offset: 0)),
        // what follows the document
        ("1 1", .trailingText(offset: 2)), ("{}{}", .trailingText(offset: 2)), ("[]]", .trailingText(offset: 2)),
        ("null,", .trailingText(offset: 4)), ("nullx", .trailingText(offset: 4)), ("\"a\"b", .trailingText(offset: 3)),
        // words
        ("True", .unexpected(offset: 0)), ("nul", .truncated), ("nulL", .unexpected(offset: 3)),
        ("tru]", .unexpected(offset: 3)), ("undefined", .unexpected(offset: 0)), ("NaN", .unexpected(offset: 0)),
        ("Infinity", .unexpected(offset: 0)), ("-Infinity", .notAnInteger(offset: 0)),
        // numbers
        ("1.0", .notAnInteger(offset: 0)), ("1e3", .notAnInteger(offset: 0)), ("1E3", .notAnInteger(offset: 0)),
        ("0e0", .notAnInteger(offset: 0)), ("0.0", .notAnInteger(offset: 0)), ("1.", .notAnInteger(offset: 0)),
        ("-0", .notAnInteger(offset: 0)), ("-00", .notAnInteger(offset: 0)), ("00", .notAnInteger(offset: 0)),
        ("01", .notAnInteger(offset: 0)), ("-01", .notAnInteger(offset: 0)), ("-", .notAnInteger(offset: 0)),
        ("--1", .notAnInteger(offset: 0)), ("[-]", .notAnInteger(offset: 1)), ("[-0]", .notAnInteger(offset: 1)),
        ("+1", .unexpected(offset: 0)), (".5", .unexpected(offset: 0)), ("0x10", .trailingText(offset: 1)),
        ("1_000", .trailingText(offset: 1)), ("9223372036854775808", .notAnInteger(offset: 0)),
        ("-9223372036854775809", .notAnInteger(offset: 0)), ("[1 2]", .unexpected(offset: 3)),
        (String(repeating: "9", count: 10_000), .notAnInteger(offset: 0)), ("\u{ff11}", .unexpected(offset: 0)),
        // arrays
        ("[", .truncated), ("[1", .truncated), ("[1,", .truncated), ("[1,]", .unexpected(offset: 3)),
        ("[,1]", .unexpected(offset: 1)), ("[,]", .unexpected(offset: 1)), ("[1,,2]", .unexpected(offset: 3)),
        ("[1}", .unexpected(offset: 2)), ("]", .unexpected(offset: 0)), ("[1:2]", .unexpected(offset: 2)),
        // objects
        ("{", .truncated), ("{\"a\"", .truncated), ("{\"a\":", .truncated), ("{\"a\":1", .truncated),
        ("{\"a\":1,", .truncated), ("{\"a\":1,}", .unexpected(offset: 7)), ("{,}", .unexpected(offset: 1)),
        ("{a:1}", .unexpected(offset: 1)), ("{'a':1}", .unexpected(offset: 1)), ("{1:1}", .unexpected(offset: 1)),
        ("{null:1}", .unexpected(offset: 1)), ("{\"a\" 1}", .unexpected(offset: 5)),
        ("{\"a\",1}", .unexpected(offset: 4)), ("{\"a\":1;}", .unexpected(offset: 6)),
        ("{\"a\":}", .unexpected(offset: 5)), ("{\"a\":1]", .unexpected(offset: 6)),
        ("{\"a\":1,\"a\":1}", .duplicateField(name: "a")), ("{\"a\":1,\"\\u0061\":2}", .duplicateField(name: "a")),
        ("{\"\\/\":1,\"/\":2}", .duplicateField(name: "/")), ("{\"\":1,\"\":2}", .duplicateField(name: "")),
        ("[{\"b\":{\"é\":1,\"\\u00e9\":1}}]", .duplicateField(name: "é")),
        // strings
        ("\"", .truncated), ("\"a", .truncated), ("\"\\", .truncated), ("\"\\\"", .truncated),
        ("'a'", .unexpected(offset: 0)),
        ("\"\n\"", .unexpected(offset: 1)), ("\"a\tb\"", .unexpected(offset: 2)), ("\"\0\"", .unexpected(offset: 1)),
        ("\"\u{1f}\"", .unexpected(offset: 1)), ("\"\\a\"", .unexpected(offset: 2)),
        ("\"\\'\"", .unexpected(offset: 2)),
        ("\"\\x41\"", .unexpected(offset: 2)), ("\"\\U0041\"", .unexpected(offset: 2)),
        ("\"\\\n\"", .unexpected(offset: 2)),
        ("\"\\u\"", .unexpected(offset: 3)), ("\"\\u004\"", .unexpected(offset: 6)),
        ("\"\\u00g1\"", .unexpected(offset: 5)),
        ("\"\\u+041\"", .unexpected(offset: 3)), ("\"\\u00", .truncated),
        // surrogates: lone low, lone high at the end, before text, before another escape, two high ones, reversed
        ("\"\\udc00\"", .unexpected(offset: 2)), ("\"\\ud800\"", .unexpected(offset: 7)),
        ("\"\\ud800x\"", .unexpected(offset: 7)), ("\"\\ud800\\n\"", .unexpected(offset: 8)),
        ("\"\\ud800\\u0041\"", .unexpected(offset: 2)), ("\"\\ud800\\ud800\"", .unexpected(offset: 2)),
        ("\"\\ude00\\ud83d\"", .unexpected(offset: 2)), ("\"\\ud83d", .truncated), ("\"\\ud83d\\", .truncated),
    ]

    @Test("rejected, with the reason and the place")
    func rejects() {
        for (text, error) in Self.rejected {
            #expect(throws: error, "\(text.debugDescription)") { try parse(text) }
        }
    }

    @Test(
        "bytes that are not UTF-8 are refused wherever they stand",
        arguments: [
            [0xff], [0xfe, 0xff], [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80],
            [0xed, 0xbf, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80],
            [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98],
        ] as [[UInt8]])
    func notUTF8(_ bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONError.notUTF8) { try JSONValue(parsing: [quote] + bytes + [quote]) }
        #expect(throws: JSONError.notUTF8) { try JSONValue(parsing: bytes) }
        #expect(throws: JSONError.notUTF8) { try JSONValue(parsing: Array("{}".utf8) + bytes) }
    }

    @Test("every byte below space is refused in a string, and every byte but white space before a value")
    func controlCharacters() {
        for byte in UInt8(0)..<0x20 {
            #expect(throws: JSONError.unexpected(offset: 1)) { try JSONValue(parsing: [0x22, byte, 0x22]) }
            guard ![0x09, 0x0a, 0x0d].contains(byte) else { continue }
            #expect(throws: JSONError.unexpected(offset: 0)) { try JSONValue(parsing: [byte, 0x31]) }
        }
    }

    @Test("32 levels of nesting are read, whatever is inside; 33 are not", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(_ open: String, _ close: String) throws {
        func nested(_ depth: Int, _ inside: String) -> String {
            String(repeating: open, count: depth) + inside + String(repeating: close, count: depth)
        }
        for depth in [1, 31, 32] { _ = try parse(nested(depth, "1")) }
        for inside in ["[]", "{}"] {
            _ = try parse(nested(31, inside))
            #expect(throws: JSONError.tooDeep(limit: 32)) { try parse(nested(32, inside)) }
        }
        #expect(throws: JSONError.tooDeep(limit: 32)) { try parse(nested(33, "1")) }
        #expect(throws: JSONError.tooDeep(limit: 32)) { try parse(String(repeating: open, count: 100_000)) }
    }

    @Test("the size limit counts bytes, and is checked first")
    func sizeLimit() throws {
        #expect(try JSONValue(parsing: Array("[1]".utf8), limit: 3) == [1])
        #expect(throws: JSONError.tooLarge(bytes: 4, limit: 3)) { try JSONValue(parsing: Array("[1] ".utf8), limit: 3) }
        #expect(throws: JSONError.tooLarge(bytes: 1, limit: 0)) { try JSONValue(parsing: [0xff], limit: 0) }
    }

    static let sample = """
        {"schema":"ringwork/sample/1","n":-12,"e\\u0301":"\\ud83d\\ude00é😀","list":[true,false,null,{"x":[]},{}],"z":0}
        """

    @Test("a document cut anywhere is an error")
    func cut() throws {
        let bytes = Array(Self.sample.utf8)
        _ = try JSONValue(parsing: bytes)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes.prefix(length))) }
        }
    }

    @Test("a document with any byte changed is read or refused, and what is read is written and read again alike")
    func mutated() throws {
        var rng = SeededGenerator(seed: 6)
        for _ in 0..<5_000 {
            var bytes = Array(Self.sample.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &rng) {
                let place = Int.random(in: bytes.indices, using: &rng)
                switch Int.random(in: 0..<3, using: &rng) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &rng)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes.randomElement(using: &rng) ?? 0, at: place)
                }
            }
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            #expect(try JSONValue(parsing: Array(value.compactText.utf8)) == value)
        }
    }

    @Test("every error is a sentence")
    func sentences() {
        for (_, error) in Self.rejected { #expect("\(error)".contains(" ")) }
        #expect("\(JSONError.tooLarge(bytes: 71, limit: 72))".contains("71"))
        #expect("\(JSONError.notUTF8)".contains("UTF-8"))
        #expect("\(JSONError.tooDeep(limit: 71))".contains("71"))
    }
}
