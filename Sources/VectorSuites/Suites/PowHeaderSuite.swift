import ByteCoding
import Hashing
import ProofOfWork

/// Block headers: `HeaderCheck` groups.
///
/// A test is valid when the header has 80 bytes and the hash (display order), its bits name a target, and the hash
/// meets it; the checks come in this order.
struct PowHeaderSuite: VectorSuite {
    static let schemas = [(schema: "pow-header.schema.json", profiles: ["bitcoin"])]

    struct Inputs {
        let header: [UInt8]
        let displayHash: [UInt8]
    }

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: PowHeaderSuite?
    ) throws(VectorFileError) {
        guard type == "HeaderCheck" else { throw .unknownGroupType(type, schema: schema) }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        Inputs(header: try test.bytes("header"), displayHash: try test.bytes("hash", count: Digest.byteCount))
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(ProofOfWorkError) {
            let header = try BlockHeader(bytes: inputs.header)
            guard header.id.bytes == inputs.displayHash.reversed() else { return "hash-mismatch" }
            try header.checkProofOfWork()
            return nil
        } catch {
            return error.code
        }
    }
}
