public import ByteCoding

/// What a provider's token is made of, every field in its one canonical spelling.
///
/// The paper's address is left out: it changes, and the token would change with it.
/// - SeeAlso: Smart-consensus paper §3.2.2.
public struct Provider: Equatable, Sendable {
    /// The National Provider Identifier: ten digits.
    public let npi: String
    /// The provider's name.
    public let name: CanonicalName
    /// The taxpayer identification number: `EIN:`, `SSN:` or `ITIN:` and nine digits.
    public let tin: String

    /// A provider whose fields are brought to their canonical spelling.
    ///
    /// - Parameters:
    ///   - npi: Ten digits, the first 1 or 2, the last a Luhn check digit over `80840` and the other nine. Luhn does
    ///     not see every exchange of neighbours: 09 and 90 pass alike.
    ///   - name: The name; see ``CanonicalName``.
    ///   - tin: `EIN:` with an optional hyphen after the two digits of a prefix that is in use, `SSN:` as a patient's
    ///     national id, or `ITIN:` 9xx with group 50-65, 70-88, 90-92 or 94-99.
    /// - Throws: ``TokenError`` for the first field that breaks a rule, in the order above.
    /// - Complexity: O(n log n) in the length of the name; takes time that depends on the fields.
    public init(npi: String, name: String, tin: String) throws(TokenError) {
        do { self.npi = try Identifiers.npi(npi) } catch { throw .npi(error) }
        self.name = try CanonicalName(name, field: "name")
        do { self.tin = try Identifiers.tin(tin) } catch { throw .tin(error) }
    }

    /// The provider that a `ringwork/provider/1` document describes.
    ///
    /// - Throws: ``RecordError``.
    public init(document bytes: [UInt8]) throws(RecordError) {
        let npi: String
        let name: String
        let tin: String
        do {
            var reader = try DocumentReader(document: bytes, schema: Self.schema)
            npi = try reader.string("npi")
            name = try reader.string("name")
            tin = try reader.string("tin")
            try reader.finish()
        } catch { throw .document(error) }
        do { try self.init(npi: npi, name: name, tin: tin) } catch { throw .value(error) }
    }

    /// The document's schema.
    public static let schema = "ringwork/provider/1"

    /// The provider as a `ringwork/provider/1` document.
    public var document: JSONValue {
        ["schema": .string(Self.schema), "npi": .string(npi), "name": .string(name.text), "tin": .string(tin)]
    }
}

extension Provider: TokenSubject {
    /// Kind, NPI, name, TIN.
    public var tokenItems: [TokenItem] {
        [TokenItem(.kind, "provider"), TokenItem(.npi, npi), TokenItem(.providerName, name.text), TokenItem(.tin, tin)]
    }
}
