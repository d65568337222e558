import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// Groups to test with, smallest first.
enum TestGroup: String, CaseIterable, Sendable {
    case p23, p47, k2

    var group: SchnorrGroup {
        get throws {
            switch self {
            case .p23: try SchnorrGroup(validating: 23, q: 11, g: 2, t: 5)
            case .p47: try SchnorrGroup(validating: 47, q: 23, g: 4, t: 11)
            case .k2: try KnownAnswer("K2").group()
            }
        }
    }
}

/// A generator that is broken: it gives one number only.
struct ConstantGenerator: RandomNumberGenerator {
    let value: UInt64
    init(_ value: UInt64 = 7) { self.value = value }
    func next() -> UInt64 { value }
}

extension SchnorrGroup {
    /// The key with exponent `x`.
    func key(_ x: Natural, label: String = "", seed: UInt64 = 1) throws -> SigningKey {
        var bytes = x.bigEndianBytes(count: scalarByteCount)
        var generator = SeededGenerator(seed: seed)
        return try SigningKey(
            canonical: SecretBytes(wiping: &bytes), group: self, label: label, using: &generator)
    }

    /// The ring of the keys 2, 3, … `size` + 1, with their exponents in the ring's order.
    func ring(_ size: Int) throws -> (ring: Ring, exponents: [Natural]) {
        let exponents = (0..<size).map { Natural(UInt64($0 + 2)) }
        let keys = try exponents.map { try key($0, label: "member").verificationKey }
        let ring = try Ring(keys)
        return (ring, try ring.members.map { member in exponents[try #require(keys.firstIndex(of: member))] })
    }

    /// Options for the flags, with the recipient of exponent 7 and the administrator of exponent 8.
    func options(_ mode: PaperMode, context: [UInt8] = [1, 2]) throws -> SigningOptions {
        SigningOptions(
            context: context, isLinkable: mode.contains(.link),
            recipient: mode.contains(.designated) ? try key(7).verificationKey : nil,
            administrator: mode.contains(.open) ? try key(8).verificationKey : nil)
    }

    /// A signature by the ring's member `index`.
    func sign(
        _ message: [UInt8], mode: PaperMode = [], size: Int = 3, index: Int = 0, context: [UInt8] = [1, 2],
        seed: UInt64 = 5
    ) throws -> RingSignature {
        let (ring, exponents) = try ring(size)
        var generator = SeededGenerator(seed: seed)
        return try ring.sign(
            message: message, with: key(exponents[index]), options: options(mode, context: context),
            using: &generator)
    }
}

/// All eight modes that are not sealed.
let openModes: [PaperMode] = (0..<8).map { PaperMode(rawValue: $0) }
