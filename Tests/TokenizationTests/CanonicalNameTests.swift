import Foundation
import Hashing
import Testing

@testable import Tokenization

/// SplitMix64, the generator of the Python program that made the digests.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Every code point that a name may hold, ascending.
private let allowed = (UInt32(0)...0x10ffff).compactMap { Unicode.Scalar($0) }.filter { CanonicalName.isAllowed($0) }

/// The SHA-256 of many texts in UTF-8, a line feed after each.
private func digest(of texts: some Sequence<String>) -> String {
    var bytes: [UInt8] = []
    for text in texts {
        bytes += Array(text.utf8)
        bytes.append(0x0a)
    }
    return SHA256.hash(bytes).hex
}

private func randomTexts() -> [String] {
    let marks = allowed.filter { $0.properties.canonicalCombiningClass != .notReordered }
    let changing = allowed.filter {
        Array(CompatibilityComposition.normalize(String($0)).unicodeScalars) != [$0]
    }
    let jamo = allowed.filter { (0x1100..<0x1200).contains($0.value) }
    let classes = [allowed, marks, changing, jamo]
    var rng = SplitMix(state: 42)
    return (0..<20000).map { _ in
        var text = String.UnicodeScalarView()
        for _ in 0..<1 + rng.next() % 8 {
            let pool = classes[Int(rng.next() % 4)]
            text.append(pool[Int(rng.next() % UInt64(pool.count))])
        }
        return String(text)
    }
}

/// The digests are those of Python 3.11, whose unicodedata and casefold follow Unicode 14.0.0.
@Suite("Canonical name") struct CanonicalNameTests {
    @Test("the allowed code points are Unicode 14.0's")
    func allowedCodePoints() {
        #expect(allowed.count == 144_265)
        #expect(
            SHA256.hash(allowed.flatMap { $0.value.bigEndian32 }).hex
                == "329234e93af8d2d00f743ec45a53e1a94e2645d5966fa8c82745feb6b5968a3b")
    }

    @Test("NFKC of every allowed code point, as Python has it")
    func normalization() {
        #expect(
            digest(of: allowed.map { CompatibilityComposition.normalize(String($0)) })
                == "429187dce2c61b4a5eea975f481624158c25450c0b72a307990cdc95a0a39463")
    }

    @Test("case folding of every allowed code point, as Python has it")
    func folding() {
        #expect(
            digest(of: allowed.map { CaseFolding.fold(String($0)) })
                == "0ce5d833d956644dea0be5a9a2f48741221c7ee094bf30a2f5afa97b7ae31c14")
    }

    @Test("NFKC and canonical form of 20000 random sequences, as Python has them")
    func sequences() throws {
        let texts = randomTexts()
        #expect(
            digest(of: texts.map { CompatibilityComposition.normalize($0) })
                == "237fbc4f873e150ab687d502b741a011b079c792bee8fbc9bd246d56774267fb")
        var canonical: [String] = []
        for text in texts {
            // Only spaces: the digest has an empty line for it.
            let name = try? CanonicalName(text)
            canonical.append(name?.text ?? "")
            if let name {
                #expect(try CanonicalName(name.text) == name, "\(text.unicodeScalars.map(\.value)) is not stable")
            }
        }
        #expect(digest(of: canonical) == "443db2fff6f998406ff4527aecf4bdae5291c5ca8ac9fc50d6bd1944236a5670")
    }

    @Test("where Foundation's own normalization is wrong, ours is not")
    func foundationsFaults() {
        let kannada = "\u{0cc6}\u{0cc2}\u{0cd5}"
        #expect(Array(CompatibilityComposition.normalize(kannada).unicodeScalars) == ["\u{0ccb}"])
        let jamo = "\u{1106}\u{1176}"
        #expect(Array(CompatibilityComposition.normalize(jamo).unicodeScalars) == ["\u{1106}", "\u{1176}"])
        let marks = "\u{0650}\u{1133c}"
        #expect(Array(CompatibilityComposition.normalize(marks).unicodeScalars) == ["\u{1133c}", "\u{0650}"])
    }

    @Test(
        "spellings that become one",
        arguments: [
            ("O\u{2019}Neill", "o'neill"), ("O\u{02bc}Neill", "o'neill"), ("O`Neill", "o'neill"),
            ("O\u{00b4}Neill", "o'neill"), ("O\u{2018}Neill", "o'neill"), ("O\u{ff40}Neill", "o'neill"),
            ("Strau\u{00df}", "strauss"), ("STRAU\u{1e9e}", "strauss"), ("Jose\u{0301}", "jos\u{00e9}"),
            ("JOS\u{00c9}", "jos\u{00e9}"), ("\u{03a3}\u{03af}\u{03c3}\u{03c5}\u{03c6}\u{03bf}\u{03c2}", "σίσυφοσ"),
            ("\u{ff21}da", "ada"), ("Anne\u{2011}Marie", "anne-marie"), ("Anne\u{2212}Marie", "anne-marie"),
            ("Anne\u{2015}Marie", "anne-marie"), ("  Maria\u{3000}\u{a0} del  Mar ", "maria del mar"),
            ("\u{fb01}nn", "finn"), ("\u{0130}pek", "i\u{0307}pek"), ("'", "'"),
        ])
    func spellings(raw: String, canonical: String) throws {
        #expect(try CanonicalName(raw).bytes == Array(canonical.utf8))
    }

    @Test("diacritics stay")
    func diacritics() throws {
        #expect(try CanonicalName("Jose") != CanonicalName("José"))
        #expect(try Set([CanonicalName("JOSÉ"), CanonicalName("Jose\u{301}"), CanonicalName("Jose")]).count == 2)
    }

    @Test(
        "code points that are refused",
        arguments: [
            0x9, 0xa, 0x0, 0x7f, 0x85, 0xad, 0x200d, 0x200e, 0x202e, 0x2066, 0xfeff, 0xe000, 0x10fffd, 0x378, 0xfdd0,
            0xffff,
            // Default-ignorable and assigned: a joiner, Hangul fillers, Khmer and Mongolian selectors, variation selectors.
            0x34f, 0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x180b, 0x180f, 0xfe00, 0xfe0f, 0xe0100, 0xe01ef,
            // Assigned by Unicode 15.0 and 15.1, and not by 14.0.
            0x1e030, 0x31350, 0xcf3, 0x2ffc,
        ] as [UInt32])
    func refused(code: UInt32) throws {
        let text = String(try #require(Unicode.Scalar(code)))
        for raw in [text, "Ada" + text, "A" + text + "da"] {
            #expect(throws: TokenError.nameCodePoint(field: "family")) { try CanonicalName(raw, field: "family") }
        }
    }

    @Test("names without characters", arguments: ["", " ", "\u{3000}\u{2009} "])
    func empty(raw: String) {
        #expect(throws: TokenError.nameEmpty(field: "name")) { try CanonicalName(raw) }
    }
}

extension UInt32 {
    fileprivate var bigEndian32: [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
