import ByteCoding
import Support
import Testing

@Suite("CompactSize and ByteReader") struct ByteReaderTests {
    static let compactSizes: [(UInt64, String)] = [
        (0, "00"), (1, "01"), (252, "fc"), (253, "fdfd00"), (254, "fdfe00"), (255, "fdff00"), (256, "fd0001"),
        (65_535, "fdffff"), (65_536, "fe00000100"), (0xffff_ffff, "feffffffff"),
        (0x1_0000_0000, "ff0000000001000000"), (.max, "ffffffffffffffffff"),
    ]

    @Test("CompactSize vectors", arguments: compactSizes)
    func vector(_ value: UInt64, _ hex: String) throws {
        #expect(Hex.encode(compactSize(value)) == hex)
        var reader = ByteReader(try Hex.decode(hex))
        #expect(try reader.readCompactSize(field: "n") == value)
        try reader.finish()
    }

    @Test("a CompactSize round-trips")
    func compactSizeRoundTrip() throws {
        var rng = SeededGenerator(seed: 3)
        for value: UInt64 in EdgeWeighted.integers(around: 252, random: 200, using: &rng) {
            var reader = ByteReader(compactSize(value))
            #expect(try reader.readCompactSize(field: "n") == value)
            #expect(reader.left == 0)
        }
    }

    @Test("every longer spelling of a CompactSize is refused")
    func nonCanonical() {
        for value: UInt64 in [0, 1, 252, 253, 0xffff, 0x1_0000, 0xffff_ffff] {
            var spellings: [[UInt8]] = [[0xff] + value.littleEndianBytes]
            if let short = UInt16(exactly: value) { spellings.append([0xfd] + short.littleEndianBytes) }
            if let word = UInt32(exactly: value) { spellings.append([0xfe] + word.littleEndianBytes) }
            for spelling in spellings where spelling != compactSize(value) {
                var reader = ByteReader(spelling)
                #expect(throws: ByteReaderError.nonCanonicalCompactSize(field: "n", value: value)) {
                    try reader.readCompactSize(field: "n")
                }
            }
        }
    }

    @Test("a CompactSize cut anywhere is truncated")
    func truncatedCompactSize() {
        for (value, _) in Self.compactSizes {
            for length in 0..<compactSize(value).count {
                var reader = ByteReader(compactSize(value).prefix(length))
                let expected = length == 0 ? 1 : compactSize(value).count - 1
                #expect(
                    throws: ByteReaderError.truncated(field: "n", needed: expected, left: Swift.max(length - 1, 0))
                ) { try reader.readCompactSize(field: "n") }
            }
        }
    }

    @Test("fields are read in order, from a slice too")
    func fields() throws {
        let bytes: [UInt8] = [9, 9, 1, 2, 3, 4, 5, 6, 2, 7, 8, 9]
        var reader = ByteReader(bytes[2...])
        #expect(reader.left == 10)
        #expect(try reader.readBigEndian(UInt16.self, field: "a") == 0x0102)
        #expect(try reader.readLittleEndian(UInt32.self, field: "b") == 0x0605_0403)
        #expect(try reader.readFramed(field: "c") == [7, 8])
        #expect(throws: ByteReaderError.trailingBytes(count: 1)) { try reader.finish() }
        #expect(try reader.read(0, field: "d") == [])
        #expect(throws: ByteReaderError.truncated(field: "e", needed: 2, left: 1)) { try reader.read(2, field: "e") }
        #expect(reader.left == 1, "a failed read takes nothing")
        #expect(try reader.read(1, field: "f") == [9])
        try reader.finish()
        #expect(throws: ByteReaderError.truncated(field: "g", needed: 8, left: 0)) {
            try reader.readBigEndian(UInt64.self, field: "g")
        }
    }

    @Test("a framed length over the limit or over the bytes left is refused")
    func framedLimits() throws {
        var exact = ByteReader(compactSizeFramed([1, 2, 3]))
        #expect(try exact.readFramed(field: "f", limit: 3) == [1, 2, 3])
        var limited = ByteReader(compactSizeFramed([1, 2, 3]))
        #expect(throws: ByteReaderError.lengthTooLarge(field: "f", length: 3, limit: 2)) {
            try limited.readFramed(field: "f", limit: 2)
        }
        for huge: UInt64 in [4, 1 << 40, 1 << 63, .max] {
            var reader = ByteReader(compactSize(huge) + [1, 2, 3])
            #expect(throws: ByteReaderError.lengthTooLarge(field: "f", length: huge, limit: 3)) {
                try reader.readFramed(field: "f")
            }
        }
    }

    @Test("framed strings of every edge length round-trip")
    func framedRoundTrip() throws {
        for length in EdgeWeighted.lengths(upTo: 70_000) {
            let bytes = [UInt8](repeating: 0x5a, count: length)
            var reader = ByteReader(compactSizeFramed(bytes))
            #expect(try reader.readFramed(field: "f") == bytes)
            try reader.finish()
        }
    }

    @Test("every error is a sentence that names its values")
    func sentences() {
        let errors: [ByteReaderError] = [
            .truncated(field: "f", needed: 71, left: 72), .nonCanonicalCompactSize(field: "f", value: 71),
            .lengthTooLarge(field: "f", length: 71, limit: 72), .trailingBytes(count: 71),
        ]
        for error in errors { #expect("\(error)".contains("71")) }
    }
}
