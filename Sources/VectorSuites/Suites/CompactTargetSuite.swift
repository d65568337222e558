import ByteCoding
import ModularArithmetic
import ProofOfWork

/// Compact targets: `Decode` groups (bits means target) and `Encode` groups (bits is the canonical form of target).
///
/// A null is the claim that there is no such target, or no such bits.
struct CompactTargetSuite: VectorSuite {
    static let schemas = [(schema: "compact-target.schema.json", profiles: ["bitcoin"])]

    struct Inputs {
        let bits: CompactTarget?
        let target: Natural?
    }

    private enum Kind: String {
        case decode = "Decode"
        case encode = "Encode"
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: CompactTargetSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .decode:
            return Inputs(bits: try test.compactTarget("bits"), target: try test.optionalNatural("target"))
        case .encode:
            let bits = try test.optionalBytes("bits")
            guard bits?.count ?? 4 == 4 else {
                throw .malformed(field: test.path("bits"), reason: "compact targets have 4 bytes")
            }
            return Inputs(
                bits: bits.map { CompactTarget(bits: UInt32(bigEndianBytes: $0)) }, target: try test.natural("target"))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(CompactTargetError) {
            switch kind {
            case .decode: return try inputs.bits?.target() == inputs.target ? nil : "target-mismatch"
            case .encode:
                return try inputs.target.map(CompactTarget.init(rounding:)) == inputs.bits ? nil : "bits-mismatch"
            }
        } catch {
            return error.code
        }
    }
}
