import ByteCoding
import ModularArithmetic
import ProofOfWork

/// What targets stand for: `Work`, `Difficulty` and `Probability` groups, and `ChainWork` groups, which add up the work of
/// so many blocks at each of several targets.
struct ChainWorkSuite: VectorSuite {
    static let schemas = [(schema: "chain-work.schema.json", profiles: ["bitcoin"])]

    struct Inputs {
        let bits: [CompactTarget]
        let blocks: Int
        /// Work, or a fraction's two numbers.
        let claimed: [Natural]
    }

    private enum Kind: String {
        case work = "Work"
        case difficulty = "Difficulty"
        case probability = "Probability"
        case chainWork = "ChainWork"
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: ChainWorkSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .work:
            return Inputs(bits: [try test.compactTarget("bits")], blocks: 1, claimed: [try test.natural("work")])
        case .difficulty, .probability:
            return Inputs(
                bits: [try test.compactTarget("bits")], blocks: 1,
                claimed: [try test.natural("numerator"), try test.natural("denominator")])
        case .chainWork:
            var bits: [CompactTarget] = []
            for (index, bytes) in try test.byteStrings("bits").enumerated() {
                guard bytes.count == 4 else {
                    throw .malformed(
                        field: "\(test.path("bits"))[\(index)]", reason: "compact targets have 4 bytes")
                }
                bits.append(CompactTarget(bits: UInt32(bigEndianBytes: bytes)))
            }
            return Inputs(bits: bits, blocks: try test.count("blocks"), claimed: [try test.natural("work")])
        }
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(CompactTargetError) {
            var targets: [Natural] = []
            for bits in inputs.bits { targets.append(try bits.target()) }
            switch kind {
            case .work, .chainWork:
                let blocks = Natural(UInt64(inputs.blocks))
                let work = targets.reduce(Natural(0)) { $0 + expectedWork(target: $1) * blocks }
                return [work] == inputs.claimed ? nil : "work-mismatch"
            case .difficulty:
                return difficulty(target: targets[0]).isSpelled(inputs.claimed) ? nil : "difficulty-mismatch"
            case .probability:
                return acceptanceProbability(target: targets[0]).isSpelled(inputs.claimed)
                    ? nil : "probability-mismatch"
            }
        } catch {
            return error.code
        }
    }
}

extension Ratio {
    fileprivate func isSpelled(_ numbers: [Natural]) -> Bool { numbers == [numerator, denominator] }
}
