import ByteCoding
import Tokenization

/// Keyed tokens and what they are made of.
///
/// `Patient` and `Provider` groups: `token` is the record's. The record is checked first, in the order of its items, then
/// the token's syntax, then its value; the token names its profile. `Match` groups: `epoch` is the one among the keys in
/// which the token was made. `Name` groups: `canonical` is the canonical form of the name that the bytes spell.
struct TokenSuite: VectorSuite {
    static let schemas = [(schema: "token.schema.json", profiles: ["ringwork-v1"])]

    enum Inputs {
        case token(Subject, key: [UInt8], epoch: UInt64)
        case match(Subject, keys: [(epoch: UInt64, key: [UInt8])], epoch: UInt64?)
        case name(raw: [UInt8], canonical: [UInt8])
    }

    /// A record, and the token that claims to be its own.
    struct Subject {
        let record: [UInt8]
        let purpose: String
        let tenant: String
        let token: String
    }

    private enum Kind: String {
        case patient = "Patient"
        case provider = "Provider"
        case match = "Match"
        case name = "Name"
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: TokenSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        guard kind != .name else {
            return .name(raw: try test.bytes("utf8"), canonical: try test.bytes("canonical"))
        }
        let subject = Subject(
            record: Array(try test.value("record").compactText.utf8), purpose: try test.string("purpose"),
            tenant: try test.string("tenant"), token: try test.string("token"))
        guard kind == .match else {
            return .token(
                subject, key: try test.bytes("key", count: 32), epoch: UInt64(try test.count("epoch")))
        }
        var keys: [(epoch: UInt64, key: [UInt8])] = []
        for var key in try test.objects("keys") {
            keys.append((UInt64(try key.count("epoch")), try key.bytes("key", count: 32)))
            try key.finish()
        }
        // -1 where the token must match no epoch.
        let epoch = try test.integer("epoch", in: -1...largestCount)
        return .match(subject, keys: keys, epoch: UInt64(exactly: epoch))
    }

    /// - Throws: ``RecordError/document(_:)``: a record that is not a record at all is no test.
    func run(_ inputs: Inputs) throws -> String? {
        do {
            switch inputs {
            case .name(let raw, let canonical):
                return try CanonicalName(utf8: raw).bytes == canonical ? nil : "name-mismatch"
            case .token(let subject, let key, let epoch):
                let person = try record(subject.record)
                let token = try Token(parsing: subject.token)
                let tokenizer = Tokenizer(
                    key: try tokenKey(key), purpose: subject.purpose, tenant: subject.tenant, epoch: epoch,
                    profile: token.profile)
                try check(token, of: person, with: tokenizer)
                return nil
            case .match(let subject, let keys, let epoch):
                let person = try record(subject.record)
                let token = try Token(parsing: subject.token)
                var keyset = TokenKeyset(purpose: subject.purpose, tenant: subject.tenant)
                for entry in keys {
                    try keyset.add(epoch: entry.epoch, key: try tokenKey(entry.key), profile: token.profile)
                }
                return try keyset.epoch(of: token, for: person) == epoch ? nil : "epoch-mismatch"
            }
        } catch RecordError.value(let error) {
            return error.code
        } catch let error as TokenError {
            return error.code
        }
    }

    /// The record, of the group's kind; in `Match` groups a patient.
    private func record(_ document: [UInt8]) throws(RecordError) -> any TokenSubject {
        kind == .provider ? try Provider(document: document) : try Patient(document: document)
    }

    private func tokenKey(_ bytes: [UInt8]) throws(TokenError) -> TokenKey {
        var bytes = bytes
        return try TokenKey(SecretBytes(wiping: &bytes))
    }

    private func check(
        _ token: Token, of person: some TokenSubject, with tokenizer: borrowing Tokenizer
    ) throws(TokenError) { try tokenizer.check(token, of: person) }
}
