import ByteCoding
import Tokenization

/// Keyed tokens: `Patient` and `Provider` groups. A test is valid when `token` is the record's.
///
/// The record is checked first, in the order of its items, then the token's syntax, then its value.
struct TokenSuite: VectorSuite {
    static let schemas = [(schema: "token.schema.json", profiles: ["ringwork-v1"])]

    struct Inputs {
        let record: [UInt8]
        let key: [UInt8]
        let purpose: String
        let tenant: String
        let epoch: UInt64
        let token: String
    }

    private enum Kind: String {
        case patient = "Patient"
        case provider = "Provider"
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: TokenSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        Inputs(
            record: Array(try test.value("record").compactText.utf8), key: try test.bytes("key", count: 32),
            purpose: try test.string("purpose"), tenant: try test.string("tenant"),
            epoch: UInt64(try test.count("epoch")), token: try test.string("token"))
    }

    /// - Throws: ``RecordError/document(_:)``: a record that is not a record at all is no test.
    func run(_ inputs: Inputs) throws -> String? {
        do {
            switch kind {
            case .patient: try check(inputs, Patient(document: inputs.record))
            case .provider: try check(inputs, Provider(document: inputs.record))
            }
            return nil
        } catch RecordError.value(let error) {
            return error.code
        } catch let error as TokenError {
            return error.code
        }
    }

    private func check(_ inputs: Inputs, _ subject: some TokenSubject) throws(TokenError) {
        let token = try Token(parsing: inputs.token)
        var bytes = inputs.key
        let key = try TokenKey(SecretBytes(wiping: &bytes))
        let tokenizer = Tokenizer(key: key, purpose: inputs.purpose, tenant: inputs.tenant, epoch: inputs.epoch)
        try tokenizer.check(token, of: subject)
    }
}
