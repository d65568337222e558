import ByteCoding
import ModularArithmetic
import RingSignatures

/// Key pairs, DSA signatures with their nonce given, and Diffie-Hellman secrets: others' vectors for the mathematics that
/// the ring signatures share. Groups `KeyPair`, `Signature`, `SharedSecret`; the files come from `make vectors-foreign`.
///
///     y = g^x mod p      r = (g^k mod p) mod q      s = k⁻¹·(z + x·r) mod q      shared = y^x mod p
///
/// z is the leftmost min(N, outlen) bits of the message's hash (FIPS 186-4 §4.6). This is here to check numbers, in
/// variable time, and is no signature scheme of the library.
struct DiscreteLogSuite: VectorSuite {
    static let schemas = [(schema: "discrete-log.schema.json", profiles: ["fips186-4", "rfc5114"])]

    enum Inputs {
        case keyPair(x: Natural, y: Natural)
        case signature(message: [UInt8], x: Natural, y: Natural, k: Natural, r: Natural, s: Natural)
        case sharedSecret(x: Natural, y: Natural, shared: Natural)
    }

    private enum Kind {
        case keyPair
        case signature(ApprovedHash)
        case sharedSecret
    }

    private let kind: Kind
    private let group: SchnorrGroup

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: DiscreteLogSuite?
    ) throws(VectorFileError) {
        let kind: Kind? = try reading { () throws(DocumentError) in
            switch type {
            case "KeyPair": .keyPair
            case "Signature": .signature(try parameters.choice("hash"))
            case "SharedSecret": .sharedSecret
            default: nil
            }
        }
        guard let kind else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
        group = try SchnorrGroup(parameters: &parameters, previous: previous?.group)
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        let (x, y) = (try test.natural("x"), try test.natural("y"))
        return switch kind {
        case .keyPair: .keyPair(x: x, y: y)
        case .signature:
            .signature(
                message: try test.bytes("msg"), x: x, y: y, k: try test.natural("k"), r: try test.natural("r"),
                s: try test.natural("s"))
        case .sharedSecret: .sharedSecret(x: x, y: y, shared: try test.natural("shared"))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        switch inputs {
        case .keyPair(let x, let y): return keyFault(x: x, y: y)
        case .sharedSecret(let x, let y, let shared):
            guard (1..<group.q.value).contains(x) else { return "x-range" }
            guard (try? group.element(y)) != nil else { return "y-order" }
            return group.p.powerVariableTime(y, x) == shared ? nil : "shared-mismatch"
        case .signature(let message, let x, let y, let k, let r, let s):
            guard case .signature(let hash) = kind else { return nil }
            if let fault = keyFault(x: x, y: y) { return fault }
            guard (1..<group.q.value).contains(k), let inverse = group.q.inverseVariableTime(k) else {
                return "k-range"
            }
            guard group.q.reduce(group.p.powerVariableTime(group.g.value, k)) == r else { return "r-mismatch" }
            let digest = Natural(bigEndianBytes: hash.hash(message))
            let z = digest >> max(0, hash.bitWidth - group.q.bitWidth)
            return group.q.multiply(inverse, group.q.add(z, x * r)) == s ? nil : "s-mismatch"
        }
    }

    private func keyFault(x: Natural, y: Natural) -> String? {
        guard (1..<group.q.value).contains(x) else { return "x-range" }
        return group.p.powerVariableTime(group.g.value, x) == y ? nil : "y-mismatch"
    }
}
