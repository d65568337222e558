import ByteCoding
import Support
import Testing

@Suite("JSON writer") struct JSONWriterTests {
    @Test("known texts")
    func knownAnswers() {
        let value: JSONValue = [
            "b": [1, -2, .null, true, false], "a": ["\"": "\\"], "c": "\n\t\u{1f}/é😀", "d": [], "e": [:],
        ]
        #expect(
            value.compactText
                == #"{"b":[1,-2,null,true,false],"a":{"\"":"\\"},"c":"\n\u0009\u001f/é😀","d":[],"e":{}}"#)
        #expect(JSONValue.integer(.min).compactText == "-9223372036854775808")
        let document: JSONValue = ["schema": "s", "n": [1, 2]]
        #expect(document.documentText == "{\n  \"schema\": \"s\",\n  \"n\": [1,2]\n}\n")
        #expect(JSONValue.object([]).documentText == "{}\n")
        #expect(JSONValue.array([1]).documentText == "[1]\n")
    }

    @Test("literals and optional strings")
    func literals() {
        #expect(JSONValue(nil as String?) == .null)
        #expect(JSONValue("a" as String?) == .string("a"))
        #expect(JSONValue.integer(3) == 3)
    }

    private func randomValue(depth: Int, using rng: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &rng) {
        case 0: return .null
        case 1: return .boolean(Bool.random(using: &rng))
        case 2:
            let edges: [Int64] = [0, 1, -1, .min, .max, 252, 253, 1 << 53]
            return .integer(edges.randomElement(using: &rng) ?? 0)
        case 3: return .string(randomString(using: &rng))
        case 4:
            return .array(
                (0..<Int.random(in: 0...4, using: &rng)).map { _ in randomValue(depth: depth - 1, using: &rng) })
        default:
            return .object(
                (0..<Int.random(in: 0...4, using: &rng)).map { index in
                    .init("\(index)" + randomString(using: &rng), randomValue(depth: depth - 1, using: &rng))
                })
        }
    }

    private func randomString(using rng: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &rng) {
            let limit: UInt32 = [0x20, 0x80, 0x800, 0x1_0000, 0x11_0000].randomElement(using: &rng) ?? 0x80
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &rng)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test("what is written is read back, byte for byte")
    func roundTrip() throws {
        var rng = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let value = randomValue(depth: 4, using: &rng)
            for text in [value.compactText, value.documentText] {
                let read = try JSONValue(parsing: Array(text.utf8))
                // Texts, because Swift's == on strings takes canonically equivalent spellings for equal.
                #expect(Array(read.compactText.utf8) == Array(value.compactText.utf8))
            }
        }
    }
}
