/// The byte that says which field an item is, so that no field can be read as another.
public enum TokenTag: UInt8, Sendable, CaseIterable {
    /// What the record is about: `patient` or `provider`.
    case kind = 1
    /// A patient's family name.
    case family = 2
    /// One given name of a patient.
    case given = 3
    /// A patient's other name.
    case other = 4
    /// A patient's birth date.
    case birthDate = 5
    /// A patient's national identity number.
    case nationalID = 6
    /// A patient's health plan identifier.
    case plan = 7
    /// A provider's National Provider Identifier.
    case npi = 8
    /// A provider's name.
    case providerName = 9
    /// A provider's taxpayer identification number.
    case tin = 10
}

/// One field of a record as a token takes it in.
public struct TokenItem: Equatable, Sendable {
    /// Which field it is.
    public let tag: TokenTag
    /// The field's canonical spelling in UTF-8.
    public let field: [UInt8]

    init(_ tag: TokenTag, _ text: String) {
        self.tag = tag
        field = Array(text.utf8)
    }

    /// The tag byte, then the field.
    public var bytes: [UInt8] { [tag.rawValue] + field }
}

/// A record that has a token: ``Patient`` or ``Provider``.
public protocol TokenSubject: Sendable {
    /// The fields, in the order in which a token takes them in.
    var tokenItems: [TokenItem] { get }
}
