public import ByteCoding

/// Why a record document is refused.
public enum RecordError: Error, Equatable, Sendable {
    /// The document does not follow its schema.
    case document(DocumentError)
    /// A field breaks a rule.
    case value(TokenError)

    /// The reason, as reports and vectors spell it; `document` for a document that is not the schema.
    public var code: String {
        switch self {
        case .document: "document"
        case .value(let error): error.code
        }
    }
}

extension RecordError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .document(let error): error.description
        case .value(let error): error.description
        }
    }
}

/// What a patient's token is made of, every field in its one canonical spelling.
///
/// - SeeAlso: Smart-consensus paper §3.2.2: name, date of birth, national identity number, health plan identifier.
public struct Patient: Equatable, Sendable {
    /// The family name.
    public let family: CanonicalName
    /// The given names in their order, at least one.
    public let given: [CanonicalName]
    /// Any other name, or `nil`.
    public let other: CanonicalName?
    /// The birth date, `YYYY-MM-DD`.
    public let birthDate: String
    /// The national identity number: its scheme, a colon, the number; see ``NationalIDScheme``.
    public let nationalID: String
    /// The health plan identifier: `ISSUER:ID`.
    public let plan: String

    /// A patient whose fields are brought to their canonical spelling.
    ///
    /// - Parameters:
    ///   - family: The family name; see ``CanonicalName``.
    ///   - given: The given names, at least one.
    ///   - other: Any other name; `nil` and `""` both mean none.
    ///   - birthDate: `YYYY-MM-DD`, a Gregorian day, years 1800 … 2199.
    ///   - nationalID: A scheme, a colon, and a number by the rules of ``NationalIDScheme``.
    ///   - plan: `ISSUER:ID`, both 1 … 64 of `A … Z`, `0 … 9`, `-`.
    ///   - schemes: The schemes of national ids that are known.
    /// - Throws: ``TokenError`` for the first field that breaks a rule, in the order above.
    /// - Complexity: O(n log n) in the length of the names; takes time that depends on the fields.
    public init(
        family: String, given: [String], other: String?, birthDate: String, nationalID: String, plan: String,
        schemes: [NationalIDScheme] = NationalIDScheme.known
    ) throws(TokenError) {
        self.family = try CanonicalName(family, field: "family")
        guard !given.isEmpty else { throw .nameEmpty(field: "given") }
        var names: [CanonicalName] = []
        for (index, name) in given.enumerated() { names.append(try CanonicalName(name, field: "given[\(index)]")) }
        self.given = names
        if let other, !other.isEmpty {
            self.other = try CanonicalName(other, field: "other")
        } else {
            self.other = nil
        }
        do { self.birthDate = try Identifiers.birthDate(birthDate) } catch { throw .birthDate(error) }
        do { self.nationalID = try NationalIDScheme.canonical(nationalID, schemes: schemes) } catch {
            throw .nationalID(error)
        }
        do { self.plan = try Identifiers.plan(plan) } catch { throw .plan(error) }
    }

    /// The patient that a `ringwork/patient/1` document describes.
    ///
    /// - Parameter schemes: The schemes of national ids that are known.
    /// - Throws: ``RecordError``.
    public init(
        document bytes: [UInt8], schemes: [NationalIDScheme] = NationalIDScheme.known
    ) throws(RecordError) {
        let family: String
        let given: [String]
        let other: String?
        let birthDate: String
        let nationalID: String
        let plan: String
        do {
            var reader = try DocumentReader(document: bytes, schema: Self.schema)
            family = try reader.string("family")
            given = try reader.strings("given")
            other = try reader.optionalString("other")
            birthDate = try reader.string("birthDate")
            nationalID = try reader.string("nationalId")
            plan = try reader.string("plan")
            try reader.finish()
        } catch { throw .document(error) }
        do {
            try self.init(
                family: family, given: given, other: other, birthDate: birthDate, nationalID: nationalID, plan: plan,
                schemes: schemes)
        } catch { throw .value(error) }
    }

    /// The document's schema.
    public static let schema = "ringwork/patient/1"

    /// The patient as a `ringwork/patient/1` document. Personal data: for the person's own records only.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema), "family": .string(family.text),
            "given": .array(given.map { .string($0.text) }), "other": JSONValue(other?.text),
            "birthDate": .string(birthDate), "nationalId": .string(nationalID), "plan": .string(plan),
        ]
    }
}

extension Patient: TokenSubject {
    /// Kind, family, given names, other, birth date, national id, plan.
    public var tokenItems: [TokenItem] {
        [TokenItem(.kind, "patient"), TokenItem(.family, family.text)]
            + given.map { TokenItem(.given, $0.text) }
            + (other.map { [TokenItem(.other, $0.text)] } ?? [])
            + [TokenItem(.birthDate, birthDate), TokenItem(.nationalID, nationalID), TokenItem(.plan, plan)]
    }
}
