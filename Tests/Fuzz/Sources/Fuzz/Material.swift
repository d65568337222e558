import ByteCoding
import ModularArithmetic
import RingSignatures
import Sealing

/// Groups, keys and signatures that the seeds and properties are made from: the same on every run.
struct Material: Sendable {
    let group: NamedGroup
    let ring: Ring
    private let exponents: [UInt64]

    static let message = Array("message".utf8)
    static let context: [UInt8] = [1, 2]
    /// The recipient's and the administrator's exponents.
    private static let others: (recipient: UInt64, administrator: UInt64) = (7, 8)

    /// p = 23, q = 11: every number is often right by chance, so the deepest checks are reached.
    static let toy = made(23, 11, 2, t: 5, name: "toy")
    /// p of 256, q of 128 bits: nothing is right by chance.
    static let wide: Material = {
        do {
            let made = try GroupGeneration.ringwork1(elementBits: 256, scalarBits: 128, seed: [1])
            return Material.made(made.p, made.q, made.g, t: made.t, name: "wide")
        } catch { fatalError("no group: \(error)") }
    }()

    private static func made(_ p: Natural, _ q: Natural, _ g: Natural, t: Natural?, name: String) -> Material {
        do {
            let group = NamedGroup(
                name: name, group: try SchnorrGroup(validating: p, q: q, g: g, t: t), provenance: nil)
            let exponents: [UInt64] = [2, 3, 4]
            let keys = try exponents.map { try key(group, $0).verificationKey }
            let ring = try Ring(keys)
            let sorted = ring.members.map { member in exponents[keys.firstIndex(of: member) ?? 0] }
            return Material(group: group, ring: ring, exponents: sorted)
        } catch { fatalError("no ring: \(error)") }
    }

    static func key(_ group: NamedGroup, _ x: UInt64) throws -> SigningKey {
        var bytes = Natural(x).bigEndianBytes(count: group.group.scalarByteCount)
        var generator = CountingGenerator(state: x)
        return try SigningKey(
            canonical: SecretBytes(wiping: &bytes), group: group.group, label: "m\(x)", using: &generator)
    }

    /// The key of the ring's first member.
    func signer() throws -> SigningKey { try Self.key(group, exponents[0]) }
    func recipient() throws -> SigningKey { try Self.key(group, Self.others.recipient) }
    func administrator() throws -> SigningKey { try Self.key(group, Self.others.administrator) }

    /// A signature in the mode of the flags; `nil` where a tiny group has no room for it.
    func sign(_ mode: PaperMode, seed: UInt64 = 5) throws -> ClaimableSignature {
        let options = SigningOptions(
            context: Self.context, isLinkable: mode.contains(.link),
            recipient: mode.contains(.designated) ? try recipient().verificationKey : nil,
            administrator: mode.contains(.open) ? try administrator().verificationKey : nil,
            sealer: mode.contains(.sealed) ? aes : nil)
        var generator = CountingGenerator(state: seed)
        return try ring.signClaimably(message: Self.message, with: signer(), options: options, using: &generator)
    }

    /// Base, and everything at once, and what lies between.
    static let modes: [PaperMode] = [
        [], .link, .open, .designated, [.link, .open, .designated], [.designated, .sealed],
    ]
}

/// SplitMix64: seeds must be the same on every run.
struct CountingGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}

/// AES-256-GCM with twelve zero nonce bytes.
let aes = Sealer(
    seal: { key, message, data in
        try? AEAD.aes256GCM.seal(message, key: key, nonce: [UInt8](repeating: 0, count: 12), associatedData: data)
    },
    open: { key, ciphertext, data in
        try? AEAD.aes256GCM.open(ciphertext, key: key, nonce: [UInt8](repeating: 0, count: 12), associatedData: data)
    })
