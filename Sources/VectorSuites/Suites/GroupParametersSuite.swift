import ByteCoding
import ModularArithmetic
import RingSignatures

/// Group parameters: where p, q, g and t come from, and the rules that they keep.
///
/// Groups of FIPS 186-4 App. A: `PrimesGeneration` (A.1.1.2), `PrimesValidation` (A.1.1.3), `UnverifiableGenerator`
/// (A.2.1), `PartialValidation` (A.2.2) and `VerifiableGenerator` (A.2.3, A.2.4). Ours: `Provenance` (`ringwork-1`)
/// and `Rules`.
struct GroupParametersSuite: VectorSuite {
    static let schemas = [(schema: "group-parameters.schema.json", profiles: ["fips186-4", "ringwork-v1"])]

    enum Inputs {
        case generation(FIPSPrimes, seed: [UInt8])
        case validation(FIPSPrimes, seed: [UInt8])
        case unverifiable(p: Natural, q: Natural, h: Natural, g: Natural)
        case partial(p: Natural, q: Natural, g: Natural)
        case verifiable(p: Natural, q: Natural, g: Natural, seed: [UInt8], index: UInt8)
        case provenance(p: Natural, q: Natural, g: Natural, t: Natural?, GroupProvenance)
        case rules(p: Natural, q: Natural, g: Natural, t: Natural?)
    }

    private enum Kind {
        case generation(elementBits: Int, scalarBits: Int, ApprovedHash)
        case validation(ApprovedHash)
        case unverifiable
        case partial
        case verifiable(ApprovedHash)
        case provenance
        case rules
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: GroupParametersSuite?
    ) throws(VectorFileError) {
        let kind: Kind? = try reading { () throws(DocumentError) in
            switch type {
            case "PrimesGeneration":
                .generation(
                    elementBits: try parameters.count("elementBits"), scalarBits: try parameters.count("scalarBits"),
                    try parameters.choice("hash"))
            case "PrimesValidation": .validation(try parameters.choice("hash"))
            case "UnverifiableGenerator": .unverifiable
            case "PartialValidation": .partial
            case "VerifiableGenerator": .verifiable(try parameters.choice("hash"))
            case "Provenance": .provenance
            case "Rules": .rules
            default: nil
            }
        }
        guard let kind else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        let (p, q) = (try test.natural("p"), try test.natural("q"))
        switch kind {
        case .generation:
            return .generation(
                FIPSPrimes(p: p, q: q, counter: try test.count("counter")), seed: try test.bytes("seed"))
        case .validation:
            return .validation(
                FIPSPrimes(p: p, q: q, counter: try test.count("counter")), seed: try test.bytes("seed"))
        case .unverifiable: return .unverifiable(p: p, q: q, h: try test.natural("h"), g: try test.natural("g"))
        case .partial: return .partial(p: p, q: q, g: try test.natural("g"))
        case .verifiable:
            return .verifiable(
                p: p, q: q, g: try test.natural("g"), seed: try test.bytes("seed"), index: try test.index())
        case .provenance:
            return .provenance(
                p: p, q: q, g: try test.natural("g"), t: try test.optionalNatural("t"),
                GroupProvenance(
                    procedure: .ringwork1, seed: try test.bytes("seed"), counter: try test.count("counter"),
                    index: try test.index()))
        case .rules:
            return .rules(p: p, q: q, g: try test.natural("g"), t: try test.optionalNatural("t"))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        switch inputs {
        case .generation(let claim, let seed):
            guard case .generation(let elementBits, let scalarBits, let hash) = kind else { return nil }
            do {
                let made = try FIPSPrimes.generate(
                    elementBits: elementBits, scalarBits: scalarBits, seed: seed, hash: hash)
                if made.q != claim.q { return "q-mismatch" }
                if made.p != claim.p { return "p-mismatch" }
                return made.counter == claim.counter ? nil : "counter-mismatch"
            } catch { return error.code }
        case .rules(let p, let q, let g, let t):
            return SchnorrGroup.brokenRules(p: p, q: q, g: g, t: t).first?.code
        case .provenance(let p, let q, let g, let t, let provenance):
            do { try provenance.check(p: p, q: q, g: g, t: t) } catch { return error.code }
            return nil
        default:
            do { try check(inputs) } catch { return error.code }
            return nil
        }
    }

    private func check(_ inputs: Inputs) throws(ParameterFault) {
        switch (inputs, kind) {
        case (.validation(let claim, let seed), .validation(let hash)): try claim.validate(seed: seed, hash: hash)
        case (.unverifiable(let p, let q, let h, let g), _):
            guard try FIPSGenerator.unverifiable(p: p, q: q, h: h) == g else { throw .gMismatch }
        case (.partial(let p, let q, let g), _): try FIPSGenerator.validatePartially(g, p: p, q: q)
        case (.verifiable(let p, let q, let g, let seed, let index), .verifiable(let hash)):
            try FIPSGenerator.validate(g, p: p, q: q, seed: seed, index: index, hash: hash)
        default: preconditionFailure("a group reads inputs of its own kind")
        }
    }
}

extension DocumentReader {
    /// The index of a generator, one byte.
    fileprivate mutating func index() throws(DocumentError) -> UInt8 { UInt8(try integer("index", in: 0...255)) }
}
