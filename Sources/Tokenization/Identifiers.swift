/// The rules of the identifiers that a record carries. Each function gives the one canonical spelling.
///
/// All are O(n), and take time that depends on the text.
enum Identifiers {
    private static func digits(_ text: some StringProtocol) -> [Int]? {
        var digits: [Int] = []
        for character in text.utf8 {
            guard (0x30...0x39).contains(character) else { return nil }
            digits.append(Int(character) - 0x30)
        }
        return digits
    }

    private static func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { 10 * $0 + $1 } }

    /// Digits in groups of the given sizes, bare or cut between the groups by hyphens or by spaces, one kind only.
    private static func grouped(_ text: some StringProtocol, _ sizes: [Int]) -> [Int]? {
        let bytes = Array(text.utf8)
        let count = sizes.reduce(0, +)
        guard bytes.count != count else { return digits(text) }
        guard bytes.count == count + sizes.count - 1, let separator = bytes.first(where: { $0 == 0x2d || $0 == 0x20 })
        else { return nil }
        let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.count) == sizes else { return nil }
        return digits(String(decoding: parts.joined(), as: UTF8.self))
    }

    /// A United States social security number: area not 000, 666 or 900 … 999, group not 00, serial not 0000.
    static func socialSecurity(_ text: String) throws(TokenRule) -> String {
        guard let digits = grouped(text, [3, 2, 4]) else { throw .form }
        let area = number(digits[0..<3])
        guard area != 0, area != 666, area < 900 else { throw .area }
        guard number(digits[3..<5]) != 0 else { throw .group }
        guard number(digits[5..<9]) != 0 else { throw .serial }
        return digits.map(String.init).joined()
    }

    /// An NHS number: its ten digits weigh 10 … 1, and the sum is a multiple of 11. Stems that would need a check digit
    /// of 10 have no number.
    static func nationalHealthService(_ text: String) throws(TokenRule) -> String {
        guard let digits = grouped(text, [3, 3, 4]) else { throw .form }
        let sum = digits.enumerated().reduce(0) { $0 + (10 - $1.offset) * $1.element }
        guard sum % 11 == 0 else { throw .checkDigit }
        return digits.map(String.init).joined()
    }

    /// `EIN:`, `SSN:` or `ITIN:` and nine digits; canonical without separators.
    static func tin(_ text: String) throws(TokenRule) -> String {
        if let number = text.droppingScheme("SSN:") { return "SSN:" + (try socialSecurity(String(number))) }
        if let number = text.droppingScheme("EIN:") { return "EIN:" + (try employer(number)) }
        if let number = text.droppingScheme("ITIN:") { return "ITIN:" + (try individual(number)) }
        throw .scheme
    }

    /// The first two digits that the Internal Revenue Service has never given out. It adds prefixes now and then: these
    /// are the ones that its list *How EINs are assigned and valid EIN prefixes* lacks.
    private static let unusedEmployerPrefixes: Set = [0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97]

    private static func employer(_ text: Substring) throws(TokenRule) -> String {
        guard !text.utf8.contains(0x20), let digits = grouped(text, [2, 7]) else { throw .form }
        guard !unusedEmployerPrefixes.contains(number(digits[0..<2])) else { throw .prefix }
        return digits.map(String.init).joined()
    }

    private static func individual(_ text: Substring) throws(TokenRule) -> String {
        guard let digits = grouped(text, [3, 2, 4]) else { throw .form }
        guard digits[0] == 9 else { throw .area }
        switch number(digits[3..<5]) {
        case 50...65, 70...88, 90...92, 94...99: return digits.map(String.init).joined()
        default: throw .group
        }
    }

    /// `YYYY-MM-DD`, a day of the Gregorian calendar, years 1800 … 2199.
    static func birthDate(_ text: String) throws(TokenRule) -> String {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let digits = digits(parts.joined()) else { throw .form }
        let year = number(digits[0..<4])
        let month = number(digits[4..<6])
        guard (1800...2199).contains(year) else { throw .year }
        guard (1...12).contains(month) else { throw .day }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...days[month - 1]).contains(number(digits[6..<8])) else { throw .day }
        return text
    }

    /// `ISSUER:ID`, both 1 … 64 of `A … Z`, `0 … 9`, `-`.
    static func plan(_ text: String) throws(TokenRule) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .form }
        for part in parts {
            guard (1...64).contains(part.utf8.count), part.utf8.allSatisfy(isPlanCharacter) else { throw .form }
        }
        return text
    }

    static func isPlanCharacter(_ character: UInt8) -> Bool {
        (0x41...0x5a).contains(character) || (0x30...0x39).contains(character) || character == 0x2d
    }

    /// Ten digits, the first 1 or 2, the last a Luhn check digit over `80840` and the other nine.
    static func npi(_ text: String) throws(TokenRule) -> String {
        guard let digits = digits(text), digits.count == 10 else { throw .form }
        guard digits[0] == 1 || digits[0] == 2 else { throw .form }
        var sum = 0
        for (place, digit) in ([8, 0, 8, 4, 0] + digits).reversed().enumerated() {
            let weighted = place % 2 == 0 ? digit : 2 * digit
            sum += weighted / 10 + weighted % 10
        }
        guard sum % 10 == 0 else { throw .checkDigit }
        return text
    }
}

extension String {
    /// What follows `scheme` when the text's bytes begin with it; graphemes and canonical equivalence play no part.
    func droppingScheme(_ scheme: String) -> Substring? {
        guard utf8.starts(with: scheme.utf8) else { return nil }
        return Substring(utf8.dropFirst(scheme.utf8.count))
    }
}
