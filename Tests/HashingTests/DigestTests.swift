import ByteCoding
import Hashing
import Support
import Testing

@Suite("Digest") struct DigestTests {
    @Test("bytes, hexadecimal and display order")
    func forms() throws {
        let bytes = (0..<32).map { UInt8($0) }
        let digest = try Digest(bytes: bytes)
        #expect(digest.bytes == bytes)
        #expect(digest.hex == Hex.encode(bytes))
        #expect(digest.displayHex == Hex.encode(bytes.reversed()))
        #expect("\(digest)" == digest.hex)
        #expect(try Digest(hex: digest.hex) == digest)
        #expect(try Digest(displayHex: digest.displayHex) == digest)
        #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
        #expect(try Digest(bytes: ([9] + bytes)[1...]) == digest)
    }

    @Test("any single bit makes another digest")
    func everyBit() throws {
        var seen: Set<Digest> = [.zero]
        for bit in 0..<256 {
            var bytes = Digest.zero.bytes
            bytes[bit / 8] = 1 << UInt8(bit % 8)
            #expect(try seen.insert(Digest(bytes: bytes)).inserted)
        }
    }

    @Test("another length or another alphabet is refused")
    func refused() {
        for count in [0, 31, 33] {
            let error = HexError.wrongLength(expected: 32, actual: count)
            #expect(throws: error) { try Digest(bytes: [UInt8](repeating: 0, count: count)) }
            #expect(throws: error) { try Digest(hex: String(repeating: "00", count: count)) }
            #expect(throws: error) { try Digest(displayHex: String(repeating: "00", count: count)) }
        }
        #expect(throws: HexError.notLowerCaseHex(offset: 0)) { try Digest(hex: String(repeating: "AA", count: 32)) }
    }
}
