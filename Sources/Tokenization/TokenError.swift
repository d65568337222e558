import ByteCoding

/// The rule that a field of a record breaks. Its text names the rule, never the value.
public enum TokenRule: String, Error, Equatable, Sendable, CaseIterable {
    /// The characters do not follow the field's pattern.
    case form = "the characters do not follow the pattern of the field"
    /// The scheme before the colon is not one that is known.
    case scheme = "the scheme before the colon is not one that is known"
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
    /// A name's bytes are not UTF-8.
    case nameUTF8(field: String)
    /// A name holds a control, format, private-use, surrogate or default-ignorable code point, a line or paragraph
    /// separator, or a code point that Unicode 14.0 has not assigned.
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
    /// No key at hand has the token's profile and key id.
    case keyUnknown(keyID: [UInt8])
    /// There is a key of this epoch already.
    case epochKnown(UInt64)
    /// There is no key of this epoch.
    case epochUnknown(UInt64)
    /// There is no key to make a token with.
    case noEpoch
    /// The text is not `rw1.` or `rw1s.`, eight hexadecimal digits, a full stop, 64 hexadecimal digits.
    case tokenSyntax
    /// A key is not 32 bytes, spelled as 64 lower-case hexadecimal digits.
    case keyLength

    /// The reason, as reports and vectors spell it.
    public var code: String {
        switch self {
        case .nameEmpty: "name-empty"
        case .nameUTF8: "name-utf8"
        case .nameCodePoint: "name-code-point"
        case .birthDate: "birth-date"
        case .nationalID: "national-id"
        case .plan: "plan"
        case .npi: "npi"
        case .tin: "tin"
        case .tokenMismatch: "token-mismatch"
        case .keyUnknown: "key-unknown"
        case .epochKnown: "epoch-known"
        case .epochUnknown: "epoch-unknown"
        case .noEpoch: "no-epoch"
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
        case .nameUTF8(let field): "\(field) is not UTF-8"
        case .nameCodePoint(let field):
            "\(field) holds a control, separator, format, private-use, ignorable or unassigned code point (Unicode 14.0)"
        case .birthDate(let rule): "birthDate: \(rule.rawValue)"
        case .nationalID(let rule): "nationalId: \(rule.rawValue)"
        case .plan(let rule): "plan: \(rule.rawValue)"
        case .npi(let rule): "npi: \(rule.rawValue)"
        case .tin(let rule): "tin: \(rule.rawValue)"
        case .tokenMismatch: "the token is not the token of this record under this key"
        case .keyUnknown(let keyID): "no key at hand makes tokens of this profile with the key id \(Hex.encode(keyID))"
        case .epochKnown(let epoch): "there is a key of epoch \(epoch) already"
        case .epochUnknown(let epoch): "there is no key of epoch \(epoch)"
        case .noEpoch: "there is no epoch to make a token in"
        case .tokenSyntax: "a token is rw1. or rw1s., 8 hexadecimal digits, a full stop and 64 hexadecimal digits"
        case .keyLength: "a token key is 32 bytes, spelled as 64 lower-case hexadecimal digits"
        }
    }
}
