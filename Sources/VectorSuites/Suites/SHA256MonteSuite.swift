import ByteCoding
import Hashing

/// NIST's Monte-Carlo tests of SHA-256: `Chain` groups. The files come from `make vectors-foreign`.
///
///     m₋₃ = m₋₂ = m₋₁ = seed      mᵢ = SHA-256(mᵢ₋₃ ‖ mᵢ₋₂ ‖ mᵢ₋₁), i = 0 … 999      digest = m₉₉₉
///
/// A digest is the seed of the next test.
/// - SeeAlso: The Secure Hash Algorithm Validation System (SHAVS), §6.4.
struct SHA256MonteSuite: VectorSuite {
    static let schemas = [(schema: "sha256-monte.schema.json", profiles: ["fips180-4"])]

    struct Inputs {
        let seed: [UInt8]
        let digest: [UInt8]
    }

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: SHA256MonteSuite?
    ) throws(VectorFileError) {
        guard type == "Chain" else { throw .unknownGroupType(type, schema: schema) }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        Inputs(seed: try test.bytes("seed", count: 32), digest: try test.bytes("digest", count: 32))
    }

    func run(_ inputs: Inputs) -> String? {
        var last = [inputs.seed, inputs.seed, inputs.seed]
        for _ in 0..<1000 { last = [last[1], last[2], SHA256.hash(last[0] + last[1] + last[2]).bytes] }
        return last[2] == inputs.digest ? nil : "digest-mismatch"
    }
}
