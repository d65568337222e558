/// Why a string is not the canonical spelling of a number.
public enum NaturalError: Error, Equatable, Sendable {
    /// The string is empty.
    case empty
    /// The character at `offset` is not one of `0…9`, `a…f`.
    case notLowerCaseHex(offset: Int)
    /// The first digit is 0 and others follow.
    case leadingZero
    /// The number has more bits than the reader allows.
    case tooLarge(bits: Int, limit: Int)
}

extension Natural {
    /// The widest number that is read from text, and the longest shift: 2¹⁶ bits.
    public static let maximumBitWidth = 1 << 16

    /// The number that `text` spells: lower-case hexadecimal, minimal length, no prefix, no sign, zero is `"0"`.
    ///
    /// - Throws: ``NaturalError``; a number has exactly one spelling.
    public init(canonicalHex text: String) throws(NaturalError) {
        let digits = Array(text.utf8)
        guard let first = digits.first else { throw .empty }
        guard digits.count <= Self.maximumBitWidth / 4 else {
            throw .tooLarge(bits: digits.count * 4, limit: Self.maximumBitWidth)
        }
        var limbs = [UInt](repeating: 0, count: digits.count / 16 + 1)
        for (offset, digit) in digits.enumerated() {
            let value: UInt
            switch digit {
            case 0x30...0x39: value = UInt(digit - 0x30)
            case 0x61...0x66: value = UInt(digit - 0x57)
            default: throw .notLowerCaseHex(offset: offset)
            }
            let place = digits.count - 1 - offset
            limbs[place / 16] |= value << (4 * (place % 16))
        }
        guard first != 0x30 || digits.count == 1 else { throw .leadingZero }
        self.init(limbs: limbs)
    }

    /// The number in lower-case hexadecimal, minimal length; zero is `"0"`.
    public var hex: String {
        guard let top = limbs.last else { return "0" }
        return limbs.dropLast().reversed().reduce(String(top, radix: 16)) { text, limb in
            let digits = String(limb, radix: 16)
            return text + String(repeating: "0", count: 16 - digits.count) + digits
        }
    }
}

extension Natural: CustomStringConvertible {
    /// The number in hexadecimal, as in ``hex``.
    public var description: String { hex }

    /// The number in decimal.
    public var decimal: String {
        var digits: [String] = []
        var rest = self
        let chunk = Natural(1_000_000_000_000_000_000)
        while !rest.isZero {
            digits.append(String((rest % chunk).limbs.first ?? 0))
            rest = rest / chunk
        }
        guard let head = digits.popLast() else { return "0" }
        return digits.reversed().reduce(head) { $0 + String(repeating: "0", count: 18 - $1.count) + $1 }
    }
}

extension NaturalError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .empty: "a number needs at least one digit"
        case .notLowerCaseHex(let offset): "character \(offset) is not a lower-case hexadecimal digit"
        case .leadingZero: "a number is spelled without leading zeros"
        case .tooLarge(let bits, let limit): "the number has \(bits) bits, and at most \(limit) are read"
        }
    }
}
