import ByteCoding
import Hashing

/// SHA-256 and SHA-256d: `Digest` groups. A test is valid when `digest` is the digest of `msg`, in internal order.
struct SHA256Suite: VectorSuite {
    static let schemas = [
        (schema: "sha256.schema.json", profiles: ["fips180-4"]), (schema: "sha256d.schema.json", profiles: ["bitcoin"]),
    ]

    struct Inputs {
        let message: [UInt8]
        let digest: [UInt8]
    }

    private let isDouble: Bool

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: SHA256Suite?
    ) throws(VectorFileError) {
        guard type == "Digest" else { throw .unknownGroupType(type, schema: schema) }
        isDouble = schema == "sha256d.schema.json"
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        Inputs(message: try test.bytes("msg"), digest: try test.bytes("digest"))
    }

    func run(_ inputs: Inputs) -> String? {
        guard let claimed = try? Digest(bytes: inputs.digest) else { return "digest-length" }
        let digest = isDouble ? SHA256.doubleHash(inputs.message) : SHA256.hash(inputs.message)
        return digest == claimed ? nil : "digest-mismatch"
    }
}
