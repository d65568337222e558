/// A name in the one spelling that tokens are made of.
///
/// The raw text must be of assigned code points (Unicode 14.0), none of them control, format, private use, surrogate,
/// a line or paragraph separator (U+2028, U+2029), or default-ignorable (variation selectors, Hangul fillers and other
/// characters that nobody sees). None is dropped: two spellings that look alike would silently be two tokens or one.
/// Then, in this order:
///
///     punctuation · NFKC · full case folding (C + F) · NFKC · punctuation · spaces
///
/// *Punctuation* maps U+2018, U+2019, U+02BC, U+0060 and U+00B4 to `'`, and U+2010 … U+2015 and U+2212 to `-`.
/// *Spaces* makes each space separator (Zs) a U+0020, each run of them one, and trims both ends. Diacritics stay.
/// Swift finds `"José"` equal to its decomposed spelling, so only ``bytes`` may be hashed or compared.
/// - SeeAlso: UAX #15; `CaseFolding.txt` of Unicode 14.0.
public struct CanonicalName: Hashable, Sendable {
    /// The name in its canonical spelling, at least one scalar.
    public let text: String

    /// The canonical spelling of `raw`.
    ///
    /// - Parameters:
    ///   - raw: The name as written down; any length.
    ///   - field: What errors call the name.
    /// - Throws: ``TokenError/nameCodePoint(field:)``, ``TokenError/nameEmpty(field:)``.
    /// - Complexity: O(n log n) for n scalars. Takes time that depends on the name: canonical forms are not constant time.
    public init(_ raw: String, field: String = "name") throws(TokenError) {
        guard raw.unicodeScalars.allSatisfy(Self.isAllowed) else { throw .nameCodePoint(field: field) }
        var name = CompatibilityComposition.normalize(Self.unifyPunctuation(raw))
        name = CompatibilityComposition.normalize(CaseFolding.fold(name))
        name = Self.unifySpaces(Self.unifyPunctuation(name))
        guard !name.unicodeScalars.isEmpty else { throw .nameEmpty(field: field) }
        text = name
    }

    /// The canonical spelling of a name in UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
    ///
    /// - Throws: ``TokenError/nameUTF8(field:)``, and what ``init(_:field:)`` throws.
    public init(utf8 raw: [UInt8], field: String = "name") throws(TokenError) {
        guard let text = String(validating: raw, as: UTF8.self) else { throw .nameUTF8(field: field) }
        try self.init(text, field: field)
    }

    /// The canonical spelling in UTF-8.
    public var bytes: [UInt8] { Array(text.utf8) }

    /// Whether two names have the same canonical bytes.
    public static func == (left: CanonicalName, right: CanonicalName) -> Bool { left.bytes == right.bytes }

    /// Feeds the canonical bytes to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: return false
        default: break
        }
        guard let age = scalar.properties.age, age.major <= 14 else { return false }
        return !scalar.properties.isDefaultIgnorableCodePoint
    }

    private static func unifyPunctuation(_ text: String) -> String {
        var unified = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2018, 0x2019, 0x02bc, 0x60, 0xb4: unified.append("'")
            case 0x2010...0x2015, 0x2212: unified.append("-")
            default: unified.append(scalar)
            }
        }
        return String(unified)
    }

    private static func unifySpaces(_ text: String) -> String {
        var unified = String.UnicodeScalarView()
        var spaceIsDue = false
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .spaceSeparator {
                spaceIsDue = !unified.isEmpty
            } else {
                if spaceIsDue { unified.append(" ") }
                spaceIsDue = false
                unified.append(scalar)
            }
        }
        return String(unified)
    }
}
