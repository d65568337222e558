import ByteCoding
import Hashing

/// HMAC-SHA-256 and HKDF-SHA-256: `Tag` and `Derivation` groups. The files come from `make vectors-foreign`.
struct KeyedHashSuite: VectorSuite {
    static let schemas = [
        (schema: "hmac-sha256.schema.json", profiles: ["rfc4231"]),
        (schema: "hkdf-sha256.schema.json", profiles: ["rfc5869"]),
    ]

    enum Inputs {
        case tag(key: [UInt8], message: [UInt8], tag: [UInt8])
        case derivation(key: [UInt8], salt: [UInt8], info: [UInt8], output: [UInt8])
    }

    private let isDerivation: Bool

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: KeyedHashSuite?
    ) throws(VectorFileError) {
        isDerivation = schema == "hkdf-sha256.schema.json"
        guard type == (isDerivation ? "Derivation" : "Tag") else { throw .unknownGroupType(type, schema: schema) }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        let key = try test.bytes("key")
        guard isDerivation else {
            return .tag(key: key, message: try test.bytes("msg"), tag: try test.bytes("tag", count: 32))
        }
        guard !key.isEmpty else { throw .malformed(field: test.path("key"), reason: "the key is empty") }
        let output = try test.bytes("output")
        guard (1...255 * 32).contains(output.count) else {
            throw .malformed(field: test.path("output"), reason: "1 to 8160 bytes can be derived")
        }
        return .derivation(key: key, salt: try test.bytes("salt"), info: try test.bytes("info"), output: output)
    }

    func run(_ inputs: Inputs) -> String? {
        switch inputs {
        case .tag(var key, let message, let tag):
            return HMACSHA256.tag(key: SecretBytes(wiping: &key), message: message).bytes == tag ? nil : "tag-mismatch"
        case .derivation(var key, let salt, let info, let output):
            let made = HKDFSHA256.derive(key: SecretBytes(wiping: &key), salt: salt, info: info, count: output.count)
            return made.unprotectedCopy() == output ? nil : "output-mismatch"
        }
    }
}
