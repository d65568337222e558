import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork

/// The decoders under all others: JSON, hexadecimal, numbers, CompactSize, headers.
let textTargets: [FuzzTarget] = [
    FuzzTarget(name: "json") { bytes in
        let value = try JSONValue(parsing: bytes)
        let compact = Array(value.compactText.utf8)
        let again = try? JSONValue(parsing: compact)
        require(again.map { Array($0.compactText.utf8) } == compact, "compact text reads as another value")
        let document = try? JSONValue(parsing: value.documentBytes)
        require(document.map { Array($0.compactText.utf8) } == compact, "document text reads as another value")
    } seeds: {
        let value: JSONValue = [
            "a": [0, -1, 9_223_372_036_854_775_807, true, false, .null], "\u{e9}\u{1f600}": "\" \\ \u{1} \n \u{7f}",
            "o": ["n": [], "m": .object([])],
        ]
        return [
            Array(value.compactText.utf8), value.documentBytes, Array(#"["\u00e9\ud83d\ude00\/\b\f\r\t"]"#.utf8),
            Array("\t\r\n null ".utf8), [UInt8](repeating: 0x5b, count: 32) + [UInt8](repeating: 0x5d, count: 32),
        ]
    },
    FuzzTarget(name: "hex") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let decoded = try Hex.decode(text)
        require(Hex.encode(decoded).utf8.elementsEqual(bytes), "hexadecimal has two spellings")
        if let digest = try? Digest(hex: text) { require(digest.hex == text, "a digest has two spellings") }
        if let digest = try? Digest(displayHex: text) {
            require(digest.displayHex == text, "a digest has two spellings")
        }
    } seeds: {
        [[], Array("00ff7f80".utf8), Array(SHA256.hash([]).hex.utf8)]
    },
    FuzzTarget(name: "number") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let number = try Natural(canonicalHex: text)
        require(number.hex.utf8.elementsEqual(bytes), "a number has two spellings")
        let encoded = number.bigEndianBytes(count: number.byteWidth)
        require(Natural(bigEndianBytes: encoded) == number, "decode ∘ encode is not the identity")
        require(encoded.first != 0, "a number is wider than it says")
    } seeds: {
        [Array("0".utf8), Array("1".utf8), Array("fedcba9876543210fedcba987654321".utf8)]
    },
    FuzzTarget(name: "compact-size") { bytes in
        var reader = ByteReader(bytes)
        var written: [UInt8] = []
        while reader.left > 0 {
            let framed = try reader.readFramed(field: "item", limit: 1 << 16)
            written += compactSizeFramed(framed)
        }
        try reader.finish()
        require(written == bytes, "a list of frames has two spellings")
    } seeds: {
        [
            compactSize(0), compactSizeFramed([1, 2, 3]) + compactSizeFramed([]),
            compactSizeFramed([UInt8](repeating: 7, count: 253)), compactSize(.max), compactSize(1 << 16),
        ]
    },
    FuzzTarget(name: "block-header") { bytes in
        let header = try BlockHeader(bytes: bytes)
        require(header.bytes == bytes, "a header has two spellings")
        let target = try header.bits.target()
        require(target.bitWidth <= 256, "a target has more than 256 bits")
        let rounded = try CompactTarget(rounding: target)
        require(try rounded.target() == target, "a target changes when it is written")
        try header.checkProofOfWork()
    } seeds: {
        [0x207f_ffff, 0x1d00_ffff].map { bits in
            BlockHeader(
                version: 1, previous: .zero, merkleRoot: SHA256.hash([]), time: 1, bits: CompactTarget(bits: bits),
                headerNonce: 1
            ).bytes
        }
    },
]
