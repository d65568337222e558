/// Why a string is not the lower-case hexadecimal form of a byte string.
public enum HexError: Error, Equatable, Sendable {
    /// The string has an odd number of digits, so its last byte is incomplete.
    case oddLength(digits: Int)
    /// A character at `offset` is not one of `0…9`, `a…f`. Upper case is refused: one value has one spelling.
    case notLowerCaseHex(offset: Int)
    /// The string holds another number of bytes than its place allows.
    case wrongLength(expected: Int, actual: Int)
}

/// Lower-case hexadecimal: two digits a byte, most significant digit first, no prefix and no separators.
public enum Hex {
    /// The lower-case hexadecimal form of `bytes`.
    ///
    /// - Complexity: O(n). Runs in time that depends on the length only, but the resulting `String` cannot be wiped.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }

    /// The bytes that `text` spells.
    ///
    /// - Parameter count: The number of bytes required, or `nil` for any.
    /// - Throws: ``HexError``.
    /// - Complexity: O(n).
    public static func decode(_ text: String, count: Int? = nil) throws(HexError) -> [UInt8] {
        try decode(digits: Array(text.utf8)[...], count: count)
    }

    /// The bytes that the characters `digits` spell: a line of a longer text, say.
    ///
    /// - Parameter count: The number of bytes required, or `nil` for any.
    /// - Throws: ``HexError``.
    /// - Complexity: O(n).
    public static func decode(digits: ArraySlice<UInt8>, count: Int? = nil) throws(HexError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for (offset, character) in digits.enumerated() {
            guard let nibble = nibble(character) else { throw .notLowerCaseHex(offset: offset) }
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        guard high == nil else { throw .oddLength(digits: digits.count) }
        if let count, bytes.count != count { throw .wrongLength(expected: count, actual: bytes.count) }
        return bytes
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble + (nibble < 10 ? 0x30 : 0x57) }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}

extension HexError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .oddLength(let digits): "hexadecimal bytes need an even number of digits, and there are \(digits)"
        case .notLowerCaseHex(let offset): "character \(offset) is not a lower-case hexadecimal digit"
        case .wrongLength(let expected, let actual): "\(expected) bytes are needed, and there are \(actual)"
        }
    }
}
