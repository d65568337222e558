import ByteCoding
import Support
import Testing

@Suite("Hexadecimal") struct HexTests {
    @Test("every byte round-trips as two lower-case digits")
    func everyByte() throws {
        for byte in UInt8.min...UInt8.max {
            let text = Hex.encode([byte])
            #expect(text == (byte < 16 ? "0" : "") + String(byte, radix: 16))
            #expect(try Hex.decode(text) == [byte])
        }
        #expect(Hex.encode([]) == "")
        #expect(try Hex.decode("") == [])
    }

    @Test("random strings round-trip")
    func roundTrip() throws {
        var rng = SeededGenerator(seed: 1)
        for length in EdgeWeighted.lengths(upTo: 130) {
            for bytes in EdgeWeighted.bytes(length, random: 3, using: &rng) {
                #expect(try Hex.decode(Hex.encode(bytes), count: length) == bytes)
            }
        }
    }

    @Test("digits inside a longer text are read where they lie, and offsets count from their start")
    func slice() throws {
        let text = Array("zz00ff\n0x".utf8)
        #expect(try Hex.decode(digits: text[2..<6], count: 2) == [0, 255])
        #expect(throws: HexError.notLowerCaseHex(offset: 4)) { try Hex.decode(digits: text[2..<7]) }
        #expect(throws: HexError.oddLength(digits: 3)) { try Hex.decode(digits: text[3..<6]) }
        #expect(throws: HexError.notLowerCaseHex(offset: 1)) { try Hex.decode(digits: text[7...]) }
        #expect(try Hex.decode(digits: text[3..<3]) == [])
    }

    @Test("an odd number of digits is refused", arguments: ["0", "abc", "00112"])
    func odd(_ text: String) {
        #expect(throws: HexError.oddLength(digits: text.utf8.count)) { try Hex.decode(text) }
    }

    @Test("every other character is refused at its offset, upper case included")
    func badCharacters() {
        let good = Set("0123456789abcdef".utf8)
        for byte in UInt8.min...0x7f where !good.contains(byte) {
            let character = String(UnicodeScalar(byte))
            for offset in 0..<4 {
                let text = String(repeating: "a", count: offset) + character + String(repeating: "0", count: 3 - offset)
                #expect(throws: HexError.notLowerCaseHex(offset: offset)) { try Hex.decode(text) }
            }
        }
        #expect(throws: HexError.notLowerCaseHex(offset: 0)) { try Hex.decode("١٢") }  // digits to Character, not to us
        #expect(throws: HexError.notLowerCaseHex(offset: 2)) { try Hex.decode("00\u{ff11}\u{ff12}") }
        #expect(throws: HexError.notLowerCaseHex(offset: 1)) { try Hex.decode("0x00") }
    }

    @Test("another number of bytes than required is refused")
    func wrongLength() throws {
        #expect(throws: HexError.wrongLength(expected: 2, actual: 1)) { try Hex.decode("00", count: 2) }
        #expect(throws: HexError.wrongLength(expected: 0, actual: 1)) { try Hex.decode("00", count: 0) }
        #expect(try Hex.decode("", count: 0) == [])
    }
}
