import ByteCoding
import ModularArithmetic
import RingSignatures
import Sealing

/// Keys of one Schnorr group, the same in every run.
struct RingFixture {
    let group: SchnorrGroup
    let keys: [SigningKeyBox]

    init(bits: Int, members: Int, _ settings: RunSettings) throws {
        group = try EmbeddedGroup.withModulus(bits: bits)
        var generator = settings.generator(for: "ring-keys-\(bits)")
        var keys: [SigningKeyBox] = []
        // A recipient and an administrator besides the members.
        for _ in 0..<members + 2 { keys.append(SigningKeyBox(try SigningKey(group: group, using: &generator))) }
        self.keys = keys
    }
}

/// A ring of the paper's scheme with a signature in one mode.
struct PaperRing {
    /// What is added to the base: one thing, except that a sealed signature is designated as well.
    enum Mode: String, CaseIterable {
        case base, link, open, designated, sealed
    }

    let mode: Mode
    let ring: Ring
    let signer: SigningKeyBox
    let recipient: SigningKeyBox
    let administrator: SigningKeyBox
    let message = Array("a prescription that one of the ring has written".utf8)
    let options: SigningOptions
    let signature: RingSignature
    /// What a verifier needs of a sealed signature.
    private let unsealed: RingSignature.Unsealed?

    init(_ fixture: RingFixture, members: Int, mode: Mode) throws {
        self.mode = mode
        recipient = fixture.keys[0]
        administrator = fixture.keys[1]
        let keys = fixture.keys[2..<2 + members]
        ring = try Ring(keys.map { $0.key.verificationKey })
        signer = keys[keys.startIndex + members / 3]
        options = SigningOptions(
            context: Array("bench".utf8), isLinkable: mode == .link,
            recipient: mode == .designated || mode == .sealed ? recipient.key.verificationKey : nil,
            administrator: mode == .open ? administrator.key.verificationKey : nil,
            sealer: mode == .sealed ? Self.sealer : nil)
        signature = try ring.sign(message: message, with: signer.key, options: options)
        var generator = SystemRandomNumberGenerator()
        unsealed =
            mode == .sealed ? try signature.unseal(with: recipient.key, sealer: Self.sealer, using: &generator) : nil
    }

    /// Signs with fresh randomness.
    func sign() throws -> RingSignature { try ring.sign(message: message, with: signer.key, options: options) }

    /// Verifies as anybody can; a sealed signature with what its recipient has published.
    func verify() throws {
        if let unsealed {
            try unsealed.signature.verify(message: message, unsealing: unsealed.proof)
        } else {
            try signature.verify(message: message)
        }
    }

    /// The bytes of the signature, its ring not counted.
    var byteCount: Int {
        signature.fields.encoded(in: ring.group).count - ring.members.count * ring.group.elementByteCount
    }

    private static let sealer = Sealer(
        seal: { key, message, data in
            try? AEAD.aes256GCM.seal(message, key: key, nonce: nonce, associatedData: data)
        },
        open: { key, message, data in
            try? AEAD.aes256GCM.open(message, key: key, nonce: nonce, associatedData: data)
        })
    private static let nonce = [UInt8](repeating: 0, count: AEAD.nonceByteCount)
}

/// The companion schemes.
enum CompanionScheme: String, CaseIterable {
    case aos, lsag
    case franklinZhang = "franklin-zhang"
    case fujisakiSuzuki = "fujisaki-suzuki"
    case cds, dualring
    case grothKohlweiss = "groth-kohlweiss"

    /// Whether the members' powers do not wait for one another, so that kernels work on many at once.
    var isBatched: Bool { [.franklinZhang, .fujisakiSuzuki, .cds].contains(self) }
}

/// A ring of a companion scheme with a signature, in any group.
struct SignedCompanionRing {
    let scheme: CompanionScheme
    let sign: () throws -> Void
    let verify: () throws -> Void
    let byteCount: Int

    init<Group: PrimeOrderGroup>(
        _ scheme: CompanionScheme, _ group: Group, members: Int, _ settings: RunSettings
    ) throws {
        var generator = settings.generator(for: "companion-keys")
        var keys: [RingSecretBox<Group>] = []
        for _ in 0..<members { keys.append(RingSecretBox(try RingSecret(group: group, using: &generator))) }
        try self.init(scheme, CompanionRing(keys.map(\.ringKey)), signer: keys[members / 3])
    }

    init<Group>(_ scheme: CompanionScheme, _ ring: CompanionRing<Group>, signer: RingSecretBox<Group>) throws {
        let message = Array("a prescription that one of the ring has written".utf8)
        let context = Array("bench".utf8)
        var generator = SystemRandomNumberGenerator()
        self.scheme = scheme
        switch scheme {
        case .aos:
            let sign = { try ring.signAOS(message: message, with: signer.key, context: context, using: &generator) }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, context: context, ring: ring) }
        case .lsag:
            let sign = { try ring.signLSAG(message: message, with: signer.key, context: context, using: &generator) }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, context: context, ring: ring) }
        case .franklinZhang:
            let sign = {
                try ring.signFranklinZhang(message: message, with: signer.key, context: context, using: &generator)
            }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, context: context, ring: ring) }
        case .fujisakiSuzuki:
            let sign = {
                try ring.signFujisakiSuzuki(message: message, issue: context, with: signer.key, using: &generator)
            }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, issue: context, ring: ring) }
        case .cds:
            var signers = CDSSigners<Group>()
            try signers.add(signer.key)
            let box = SignersBox(signers)
            let sign = {
                try ring.signCDS(
                    message: message, with: box.signers, threshold: 1, context: context, using: &generator)
            }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, threshold: 1, context: context, ring: ring) }
        case .dualring:
            let sign = {
                try ring.signDualRing(message: message, with: signer.key, context: context, using: &generator)
            }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, context: context, ring: ring) }
        case .grothKohlweiss:
            let sign = {
                try ring.signGrothKohlweiss(message: message, with: signer.key, context: context, using: &generator)
            }
            let signature = try sign()
            (self.sign, byteCount) = ({ keep(try sign()) }, signature.encoded().count)
            verify = { try signature.verify(message: message, context: context, ring: ring) }
        }
    }
}

/// A key in an array, which cannot hold what is not copyable.
final class RingSecretBox<Group: PrimeOrderGroup>: Sendable {
    let key: RingSecret<Group>
    init(_ key: consuming RingSecret<Group>) { self.key = key }

    var ringKey: RingKey<Group> { key.ringKey }
}

private final class SignersBox<Group: PrimeOrderGroup>: Sendable {
    let signers: CDSSigners<Group>
    init(_ signers: consuming CDSSigners<Group>) { self.signers = signers }
}
