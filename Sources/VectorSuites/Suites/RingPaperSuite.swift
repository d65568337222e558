import ByteCoding
import ModularArithmetic
import RingSignatures

/// Ring signatures of the smart-consensus paper, repaired: `Verify`, `ProofOfPossession` and `Hash` groups.
///
/// A file's group is validated once, however many of its tests name it.
struct RingPaperSuite: VectorSuite {
    static let schemas = [(schema: "ring-paper.schema.json", profiles: ["ringwork-v1"])]

    enum Inputs {
        case verify(message: [UInt8], RingSignatureFields)
        case possession(VerificationKey.Claim)
        case hash(HashFunction, tag: String, items: [[UInt8]], output: Natural)
    }

    /// The framed hashes, as the files call them.
    enum HashFunction: String {
        case scalar = "Hq"
        case shortScalar = "Hc"
        case residue = "Hp"
        case element = "HG"
        case lambda
    }

    private enum Kind: String {
        case verify = "Verify"
        case possession = "ProofOfPossession"
        case hash = "Hash"
    }

    private let kind: Kind
    private let group: SchnorrGroup

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: RingPaperSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
        group = try SchnorrGroup(parameters: &parameters, previous: previous?.group)
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .verify:
            let fields = try test.signature("signature", of: group).fields
            return .verify(message: try test.bytes("message"), fields)
        case .possession:
            return .possession(
                VerificationKey.Claim(
                    y: try test.natural("y"), label: try test.string("label"), c: try test.natural("c"),
                    s: try test.natural("s")))
        case .hash:
            let function: HashFunction = try test.choice("function")
            var items = try test.byteStrings("items")
            if function == .element {
                // The library's H_G takes in p, q and g by itself; the files list all items.
                let parameters = GroupHash(group).parameters
                guard items.starts(with: parameters) else {
                    throw .malformed(field: test.path("items"), reason: "the items of HG begin with p, q and g")
                }
                items.removeFirst(parameters.count)
            }
            return .hash(function, tag: try test.string("tag"), items: items, output: try test.natural("output"))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        switch inputs {
        case .verify(let message, let fields):
            do {
                try RingSignature(checking: fields, in: group).verify(message: message)
                return nil
            } catch { return error.code }
        case .possession(let claim):
            do {
                _ = try VerificationKey(checking: claim, in: group)
                return nil
            } catch { return error.code }
        case .hash(let function, let tag, let items, let output):
            return value(function, tag, items) == output ? nil : "output-mismatch"
        }
    }

    private func value(_ function: HashFunction, _ tag: String, _ items: [[UInt8]]) -> Natural {
        let hash = GroupHash(group)
        return switch function {
        case .scalar: hash.scalar(tag, items).value
        case .shortScalar: hash.shortScalar(tag, items).value
        case .residue: hash.residue(tag, items).value
        case .element: hash.element(tag, items).value
        case .lambda: Natural(bigEndianBytes: FramedXOF.bytes(tag, items, count: 32))
        }
    }
}
