import ByteCoding
import ModularArithmetic
import RingSignatures
import Sealing

/// What is said about ring signatures: `Confirm`, `Proof`, `Link`, `Unseal` and `Stealth` groups.
///
/// The secrets in these files are keys of test groups.
struct RingProofSuite: VectorSuite {
    static let schemas = [(schema: "ring-proof.schema.json", profiles: ["ringwork-v1"])]

    enum Inputs {
        case confirm(RingSignatureFields, message: [UInt8], secret: Natural, index: Int?)
        case proof(RingSignatureFields, message: [UInt8], unsealing: ProofDocument?, ProofDocument)
        case link([Signed])
        case unseal(RingSignatureFields, secret: Natural, message: [UInt8])
        case stealth(StealthInputs)
    }

    /// A signature with its message and group.
    struct Signed {
        let group: SchnorrGroup
        let fields: RingSignatureFields
        let message: [UInt8]
    }

    /// Both sides of a stealth key.
    struct StealthInputs {
        let senderSecret, sender, recipientSecret, recipient: Natural
        let context: [UInt8]
        let index: UInt32
        let element: Natural
    }

    private enum Kind: String {
        case confirm = "Confirm"
        case proof = "Proof"
        case link = "Link"
        case unseal = "Unseal"
        case stealth = "Stealth"
    }

    private let kind: Kind
    private let group: SchnorrGroup

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: RingProofSuite?
    ) throws(VectorFileError) {
        guard let kind = Kind(rawValue: type) else { throw .unknownGroupType(type, schema: schema) }
        self.kind = kind
        group = try SchnorrGroup(parameters: &parameters, previous: previous?.group)
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .confirm:
            return .confirm(
                try test.signature("signature", of: group).fields, message: try test.bytes("message"),
                secret: try test.natural("recipientSecret"), index: try test.optionalIndex("index"))
        case .proof:
            let fields = try test.signature("signature", of: group).fields
            let unsealing = try test.optionalProof("unsealing")
            if let unsealing, !unsealing.isUnsealing {
                throw .malformed(field: test.path("unsealing"), reason: "it is another proof than an unsealing")
            }
            guard let proof = try test.optionalProof("proof") else {
                throw .malformed(field: test.path("proof"), reason: "there is no proof")
            }
            guard !proof.isUnsealing || unsealing == nil else {
                throw .malformed(field: test.path("unsealing"), reason: "the proof is itself an unsealing")
            }
            return .proof(fields, message: try test.bytes("message"), unsealing: unsealing, proof)
        case .link:
            var both: [Signed] = []
            for name in ["first", "second"] {
                let document = try test.signature(name, of: nil, validated: group)
                both.append(
                    Signed(
                        group: document.group.group, fields: document.fields, message: try test.bytes(name + "Message"))
                )
            }
            return .link(both)
        case .unseal:
            return .unseal(
                try test.signature("signature", of: group).fields, secret: try test.natural("recipientSecret"),
                message: try test.bytes("message"))
        case .stealth:
            return .stealth(
                StealthInputs(
                    senderSecret: try test.natural("senderSecret"), sender: try test.natural("sender"),
                    recipientSecret: try test.natural("recipientSecret"), recipient: try test.natural("recipient"),
                    context: try test.bytes("context"),
                    index: UInt32(try test.integer("index", in: 0...Int64(UInt32.max))),
                    element: try test.natural("element")))
        }
    }

    func run(_ inputs: Inputs) throws -> String? {
        do {
            switch inputs {
            case .confirm(let fields, let message, let secret, let index):
                let found = try RingSignature(checking: fields, in: group).confirm(message: message, with: key(secret))
                return found == index ? nil : "index-mismatch"
            case .proof(let fields, let message, let unsealing, let proof):
                let signature = try RingSignature(checking: fields, in: group)
                try proof.verify(signature, message: message, unsealing: unsealing?.unsealing(in: group))
                return nil
            case .link(let signed):
                var signatures: [RingSignature] = []
                for one in signed {
                    let signature = try RingSignature(checking: one.fields, in: one.group)
                    try signature.verify(message: one.message)
                    signatures.append(signature)
                }
                return try signatures[0].isLinked(to: signatures[1]) ? nil : "not-linked"
            case .unseal(let fields, let secret, let message):
                var generator = SystemRandomNumberGenerator()
                let signature = try RingSignature(checking: fields, in: group)
                let unsealed = try signature.unseal(with: key(secret), sealer: .oneTimeAES256GCM, using: &generator)
                // What was found convinces others too.
                try unsealed.signature.verify(message: unsealed.message, unsealing: unsealed.proof)
                return unsealed.message == message ? nil : "message-mismatch"
            case .stealth(let inputs): return try stealth(inputs)
            }
        } catch let error as RingSignatureError {
            return error.code
        } catch let error as ProofError {
            return error.code
        } catch let error as LinkError {
            return error.code
        } catch let error as KeyError {
            return error.code
        }
    }

    /// The key of a secret exponent in 1 ..< q; any other number is no input that a file may have.
    private func key(_ secret: Natural) throws -> SigningKey {
        guard secret < group.q.value, secret != 0 else { throw SecretOutOfRange() }
        var bytes = secret.bigEndianBytes(count: group.scalarByteCount)
        var generator = SystemRandomNumberGenerator()
        return try SigningKey(canonical: SecretBytes(wiping: &bytes), group: group, using: &generator)
    }

    private struct SecretOutOfRange: Error {}

    private func stealth(_ inputs: StealthInputs) throws -> String? {
        for y in [inputs.sender, inputs.recipient] {
            do { _ = try group.element(y) } catch { throw KeyError.notInGroup }
        }
        let sender = try key(inputs.senderSecret)
        let recipient = try key(inputs.recipientSecret)
        guard sender.verificationKey.y.value == inputs.sender, recipient.verificationKey.y.value == inputs.recipient
        else { throw KeyError.secretMismatch }
        let sent = try sender.stealthElement(
            for: recipient.verificationKey, context: inputs.context, index: inputs.index)
        var generator = SystemRandomNumberGenerator()
        let found = try recipient.stealthKey(
            from: sender.verificationKey, context: inputs.context, index: inputs.index, using: &generator)
        return sent.value == inputs.element && found.verificationKey.y == sent ? nil : "output-mismatch"
    }
}

extension Sealer {
    /// AES-256-GCM with twelve zero nonce bytes: a sealed signature uses each key once.
    fileprivate static let oneTimeAES256GCM = Sealer(
        seal: { key, message, data in
            try? AEAD.aes256GCM.seal(
                message, key: key, nonce: [UInt8](repeating: 0, count: AEAD.nonceByteCount), associatedData: data)
        },
        open: { key, ciphertext, data in
            try? AEAD.aes256GCM.open(
                ciphertext, key: key, nonce: [UInt8](repeating: 0, count: AEAD.nonceByteCount), associatedData: data)
        })
}

extension ProofDocument {
    fileprivate var isUnsealing: Bool { if case .unsealing = self { true } else { false } }
}

extension DocumentReader {
    /// A proof document, or `nil` where the field is `null`.
    fileprivate mutating func optionalProof(_ name: String) throws(DocumentError) -> ProofDocument? {
        let value = try value(name)
        return value == .null ? nil : try ProofDocument(value, path: path(name))
    }

    /// A member's index, or `nil` where the field is `null`.
    fileprivate mutating func optionalIndex(_ name: String) throws(DocumentError) -> Int? {
        switch try value(name) {
        case .null: return nil
        case .integer(let index) where (0...Int64(UInt32.max)).contains(index): return Int(index)
        default: throw .malformed(field: path(name), reason: "it is neither an index nor null")
        }
    }
}
