/// The rule that a field of a record breaks. Its text names the rule, never the value.
public enum TokenRule: String, Error, Equatable, Sendable, CaseIterable {
    /// The characters do not follow the field's pattern.
    case form = "the characters do not follow the pattern of the field"
    /// The year is outside the range.
    case year = "the year is outside 1800 to 2199"
    /// There is no such day in the Gregorian calendar.
    case day = "the Gregorian calendar has no such day"
    /// The first three digits are never given out.
    case area = "the area number is never given out"
    /// The middle two digits are never given out.
    case group = "the group number is never given out"
    /// The last four digits are zero.
    case serial = "the serial number is never given out"
    /// The employer prefix is never given out.
    case prefix = "the prefix is never given out"
    /// The check digit does not fit the other digits.
    case checkDigit = "the check digit does not fit the other digits"
}

/// Why a record, a key or a token is refused. No case carries personal data.
public enum TokenError: Error, Equatable, Sendable {
    /// A required name has no characters, or only spaces.
    case nameEmpty(field: String)
    /// A name holds a control, format, private-use or surrogate code point, a line or paragraph separator, or a code
    /// point that Unicode 14.0 has not assigned.
    case nameCodePoint(field: String)
    /// The birth date is refused.
    case birthDate(TokenRule)
    /// The national identity number is refused.
    case nationalID(TokenRule)
    /// The health plan identifier is refused.
    case plan(TokenRule)
    /// The National Provider Identifier is refused.
    case npi(TokenRule)
    /// The taxpayer identification number is refused.
    case tin(TokenRule)
    /// The token is not the one of this record under this key.
    case tokenMismatch
    /// The text is not `rw1.`, eight hexadecimal digits, a full stop, 64 hexadecimal digits.
    case tokenSyntax
    /// A key is not 32 bytes, spelled as 64 lower-case hexadecimal digits.
    case keyLength

    /// The reason, as reports and vectors spell it.
    public var code: String {
        switch self {
        case .nameEmpty: "name-empty"
        case .nameCodePoint: "name-code-point"
        case .birthDate: "birth-date"
        case .nationalID: "national-id"
        case .plan: "plan"
        case .npi: "npi"
        case .tin: "tin"
        case .tokenMismatch: "token-mismatch"
        case .tokenSyntax: "token-syntax"
        case .keyLength: "key-length"
        }
    }
}

extension TokenError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .nameEmpty(let field): "\(field) has no characters"
        case .nameCodePoint(let field):
            "\(field) holds a control, separator, format, private-use or unassigned code point (Unicode 14.0)"
        case .birthDate(let rule): "birthDate: \(rule.rawValue)"
        case .nationalID(let rule): "nationalId: \(rule.rawValue)"
        case .plan(let rule): "plan: \(rule.rawValue)"
        case .npi(let rule): "npi: \(rule.rawValue)"
        case .tin(let rule): "tin: \(rule.rawValue)"
        case .tokenMismatch: "the token is not the token of this record under this key"
        case .tokenSyntax: "a token is rw1., 8 hexadecimal digits, a full stop and 64 hexadecimal digits"
        case .keyLength: "a token key is 32 bytes, spelled as 64 lower-case hexadecimal digits"
        }
    }
}
