import ByteCoding
import ModularArithmetic
import Support

@_spi(Hazmat) @testable import RingSignatures

/// One companion scheme over one group, as the tests see it: bytes in, bytes out.
struct CompanionScheme<G: PrimeOrderGroup> {
    let name: String
    /// The elements and, for n members, the scalars of a signature.
    let elements: Int
    let scalars: (Int) -> Int
    /// Exponentiations of signing and verifying, membership tests not among them.
    let signCount: (Int) -> Int
    let verifyCount: (Int) -> Int
    let sign:
        (CompanionRing<G>, borrowing RingSecret<G>, [UInt8], [UInt8], inout SeededGenerator) throws(CompanionError)
            -> [UInt8]
    let verify: ([UInt8], CompanionRing<G>, [UInt8], [UInt8]) throws(CompanionError) -> Void
    let decode: ([UInt8], CompanionRing<G>) throws(CompanionError) -> [UInt8]
    let given: (CompanionRing<G>, borrowing RingSecret<G>, GivenCompanionRandomness) throws(CompanionError) -> [UInt8]
    /// The lists that one signature draws for all members, and its nonce.
    let lists: [String]
    let nonce: String
    /// The challenges among the scalars, which stand first; all but n where nothing else is said.
    var challenges: ((Int) -> Int)?
    /// Powers with secret exponents and bases hashed for a signature; of a tag's, or nothing's, where nothing is said.
    var secretPowers: Int?
    var bases: Int?
    /// Whether the element belongs to one message, and not to all in a context.
    var elementIsPerMessage = false

    static var all: [CompanionScheme] { [aos, lsag, franklinZhang, fujisakiSuzuki, cds, dualRing] }

    static var fujisakiSuzuki: CompanionScheme {
        CompanionScheme(
            name: "Fujisaki-Suzuki", elements: 1, scalars: { 2 * $0 }, signCount: { 4 * $0 }, verifyCount: { 4 * $0 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                try ring.signFujisakiSuzuki(message: message, issue: context, with: key, using: &generator).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try FujisakiSuzukiSignature(decoding: bytes, for: ring)
                    .verify(message: message, issue: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in
                try FujisakiSuzukiSignature(decoding: bytes, for: ring).encoded()
            },
            given: { ring, key, randomness throws(CompanionError) in
                try ring.signFujisakiSuzuki(message: [7], issue: [], with: key, randomness: randomness).encoded()
            },
            lists: ["c", "z"], nonce: "w", secretPowers: 4, bases: 2, elementIsPerMessage: true)
    }

    /// With one signer.
    static var cds: CompanionScheme {
        CompanionScheme(
            name: "CDS", elements: 0, scalars: { 2 * $0 }, signCount: { 2 * $0 - 1 }, verifyCount: { 2 * $0 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                var signers = CDSSigners<G>()
                try signers.add(key)
                return try ring.signCDS(
                    message: message, with: signers, threshold: 1, context: context, using: &generator
                ).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try CDSSignature(decoding: bytes, threshold: 1, for: ring)
                    .verify(message: message, threshold: 1, context: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in
                try CDSSignature(decoding: bytes, threshold: 1, for: ring).encoded()
            },
            given: { ring, key, randomness throws(CompanionError) in
                var signers = CDSSigners<G>()
                try signers.add(key)
                return try ring.signCDS(message: [7], with: signers, threshold: 1, randomness: randomness).encoded()
            },
            lists: ["c", "s"], nonce: "w")
    }

    static var dualRing: CompanionScheme {
        CompanionScheme(
            name: "DualRing", elements: 0, scalars: { $0 + 1 }, signCount: { $0 }, verifyCount: { $0 + 1 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                try ring.signDualRing(message: message, with: key, context: context, using: &generator).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try DualRingSignature(decoding: bytes, for: ring)
                    .verify(message: message, context: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in
                try DualRingSignature(decoding: bytes, for: ring).encoded()
            },
            given: { ring, key, randomness throws(CompanionError) in
                try ring.signDualRing(message: [7], with: key, randomness: randomness).encoded()
            },
            lists: ["c"], nonce: "r", challenges: { $0 })
    }

    static var aos: CompanionScheme {
        CompanionScheme(
            name: "AOS", elements: 0, scalars: { $0 + 1 }, signCount: { 2 * $0 - 1 }, verifyCount: { 2 * $0 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                try ring.signAOS(message: message, with: key, context: context, using: &generator).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try AOSSignature(decoding: bytes, for: ring).verify(message: message, context: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in try AOSSignature(decoding: bytes, for: ring).encoded() },
            given: { ring, key, randomness throws(CompanionError) in
                try ring.signAOS(message: [7], with: key, randomness: randomness).encoded()
            },
            lists: ["s"], nonce: "u")
    }

    static var lsag: CompanionScheme {
        CompanionScheme(
            name: "LSAG", elements: 1, scalars: { $0 + 1 }, signCount: { 4 * $0 - 1 }, verifyCount: { 4 * $0 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                try ring.signLSAG(message: message, with: key, context: context, using: &generator).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try LSAGSignature(decoding: bytes, for: ring).verify(message: message, context: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in try LSAGSignature(decoding: bytes, for: ring).encoded() },
            given: { ring, key, randomness throws(CompanionError) in
                try ring.signLSAG(message: [7], with: key, randomness: randomness).encoded()
            },
            lists: ["s"], nonce: "u")
    }

    static var franklinZhang: CompanionScheme {
        CompanionScheme(
            name: "Franklin-Zhang", elements: 1, scalars: { 2 * $0 }, signCount: { 4 * $0 - 1 },
            verifyCount: { 4 * $0 },
            sign: { ring, key, message, context, generator throws(CompanionError) in
                try ring.signFranklinZhang(message: message, with: key, context: context, using: &generator).encoded()
            },
            verify: { bytes, ring, message, context throws(CompanionError) in
                try FranklinZhangSignature(decoding: bytes, for: ring)
                    .verify(message: message, context: context, ring: ring)
            },
            decode: { bytes, ring throws(CompanionError) in
                try FranklinZhangSignature(decoding: bytes, for: ring).encoded()
            },
            given: { ring, key, randomness throws(CompanionError) in
                try ring.signFranklinZhang(message: [7], with: key, randomness: randomness).encoded()
            },
            lists: ["c", "t"], nonce: "w")
    }
}

/// Keys with known exponents.
struct CompanionKeys<G: PrimeOrderGroup> {
    let group: G
    let exponents: [Natural]

    func secret(_ x: Natural) throws -> RingSecret<G> {
        var bytes = x.bigEndianBytes(count: group.scalarByteCount)
        var generator = SeededGenerator(seed: 11)
        return try RingSecret(
            canonical: SecretBytes(wiping: &bytes), group: group, label: "key \(x)", using: &generator)
    }

    func ring() throws -> CompanionRing<G> { try CompanionRing(exponents.map { try secret($0).ringKey }) }

    /// `count` keys whose exponents are spread over the group.
    static func spread(_ count: Int, in group: G, seed: UInt64 = 5) -> CompanionKeys {
        var generator = SeededGenerator(seed: seed)
        var exponents: [Natural] = []
        while exponents.count < count {
            let x = group.order.secretRandom(using: &generator).declassified()
            if !x.isZero, !exponents.contains(x) { exponents.append(x) }
        }
        return CompanionKeys(group: group, exponents: exponents)
    }
}
