import ByteCoding
import ModularArithmetic
@_spi(Hazmat) import RingSignatures

/// A companion signature as the vectors need it: every scheme read, made, checked and spelled in the same way.
protocol CompanionVectorSignature<Group>: Sendable {
    associatedtype Group: PrimeOrderGroup

    static func decode(
        _ bytes: [UInt8], _ statement: CompanionStatement, _ ring: CompanionRing<Group>
    ) throws(CompanionError) -> Self

    /// Signs with the secret exponents of one key, or of as many as the threshold says.
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self

    func verify(_ statement: CompanionStatement, _ ring: CompanionRing<Group>) throws(CompanionError)

    func encoded() -> [UInt8]

    /// The values by the names that the files give them, in the order of the encoding.
    var fields: JSONValue { get }

    /// What equal or different tags say; `nil` for a scheme without.
    func relation(to other: Self) -> CompanionTrace?
}

extension CompanionVectorSignature {
    func relation(to other: Self) -> CompanionTrace? { nil }

    /// The key with the exponent `x`. Its proof, which nobody sees, may take any randomness.
    static func secret(_ x: [UInt8], in group: Group) throws -> RingSecret<Group> {
        var bytes = x
        var generator = SystemRandomNumberGenerator()
        return try RingSecret(canonical: SecretBytes(wiping: &bytes), group: group, using: &generator)
    }
}

/// The schemes that are read for a ring alone and verified for a message and a context, under the same names.
protocol ContextVectorSignature: CompanionVectorSignature {
    init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError)

    func verify(message: [UInt8], context: [UInt8], ring: CompanionRing<Group>) throws(CompanionError)
}

extension ContextVectorSignature {
    static func decode(
        _ bytes: [UInt8], _ statement: CompanionStatement, _ ring: CompanionRing<Group>
    ) throws(CompanionError) -> Self {
        try Self(decoding: bytes, for: ring)
    }

    func verify(_ statement: CompanionStatement, _ ring: CompanionRing<Group>) throws(CompanionError) {
        try verify(message: statement.message, context: statement.context, ring: ring)
    }
}

/// Fixed-width hexadecimal.
extension PrimeOrderGroup {
    fileprivate func text(_ scalar: Scalar) -> JSONValue { .string(Hex.encode(encode(scalar))) }
    fileprivate func text(_ scalars: [Scalar]) -> JSONValue { .array(scalars.map { text($0) }) }
    fileprivate func text(_ element: Element) -> JSONValue { .string(Hex.encode(encode(element))) }
    fileprivate func text(_ elements: [Element]) -> JSONValue { .array(elements.map { text($0) }) }
}

extension AOSSignature: ContextVectorSignature {
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signAOS(
            message: statement.message, with: secret(secrets[0], in: ring.group), context: statement.context,
            randomness: randomness)
    }

    var fields: JSONValue { ["c": group.text(challenge), "s": group.text(responses)] }
}

extension LSAGSignature: ContextVectorSignature {
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signLSAG(
            message: statement.message, with: secret(secrets[0], in: ring.group), context: statement.context,
            randomness: randomness)
    }

    var fields: JSONValue {
        ["tau": group.text(linkingTag), "c": group.text(challenge), "s": group.text(responses)]
    }

    func relation(to other: Self) -> CompanionTrace? { isLinked(to: other) ? .linked : .independent }
}

extension FranklinZhangSignature: ContextVectorSignature {
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signFranklinZhang(
            message: statement.message, with: secret(secrets[0], in: ring.group), context: statement.context,
            randomness: randomness)
    }

    var fields: JSONValue {
        ["tau": group.text(linkingTag), "c": group.text(challenges), "t": group.text(responses)]
    }

    func relation(to other: Self) -> CompanionTrace? { isLinked(to: other) ? .linked : .independent }
}

extension FujisakiSuzukiSignature: CompanionVectorSignature {
    static func decode(
        _ bytes: [UInt8], _ statement: CompanionStatement, _ ring: CompanionRing<Group>
    ) throws(CompanionError) -> Self {
        try Self(decoding: bytes, for: ring)
    }

    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signFujisakiSuzuki(
            message: statement.message, issue: statement.context, with: secret(secrets[0], in: ring.group),
            randomness: randomness)
    }

    func verify(_ statement: CompanionStatement, _ ring: CompanionRing<Group>) throws(CompanionError) {
        try verify(message: statement.message, issue: statement.context, ring: ring)
    }

    var fields: JSONValue { ["A1": group.text(slope), "c": group.text(challenges), "z": group.text(responses)] }
}

extension CDSSignature: CompanionVectorSignature {
    static func decode(
        _ bytes: [UInt8], _ statement: CompanionStatement, _ ring: CompanionRing<Group>
    ) throws(CompanionError) -> Self {
        try Self(decoding: bytes, threshold: statement.threshold, for: ring)
    }

    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        var signers = CDSSigners<Group>()
        for x in secrets { try signers.add(secret(x, in: ring.group)) }
        return try ring.signCDS(
            message: statement.message, with: signers, threshold: statement.threshold, context: statement.context,
            randomness: randomness)
    }

    func verify(_ statement: CompanionStatement, _ ring: CompanionRing<Group>) throws(CompanionError) {
        try verify(
            message: statement.message, threshold: statement.threshold, context: statement.context, ring: ring)
    }

    var fields: JSONValue { ["f": group.text(polynomial), "s": group.text(responses)] }
}

extension DualRingSignature: ContextVectorSignature {
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signDualRing(
            message: statement.message, with: secret(secrets[0], in: ring.group), context: statement.context,
            randomness: randomness)
    }

    var fields: JSONValue { ["c": group.text(challenges), "z": group.text(response)] }
}

extension GrothKohlweissSignature: ContextVectorSignature {
    static func sign(
        _ statement: CompanionStatement, _ ring: CompanionRing<Group>, _ secrets: [[UInt8]],
        _ randomness: GivenCompanionRandomness
    ) throws -> Self {
        try ring.signGrothKohlweiss(
            message: statement.message, with: secret(secrets[0], in: ring.group), context: statement.context,
            randomness: randomness)
    }

    var fields: JSONValue {
        [
            "J": group.text(linkingTag), "L": group.text(bitCommitments), "D": group.text(ringCommitments),
            "Y": group.text(tagCommitments), "xi": group.text(challenge), "f": group.text(bitResponses),
            "alpha": group.text(bitOpenings), "beta": group.text(productOpenings), "z": group.text(keyResponse),
        ]
    }

    func relation(to other: Self) -> CompanionTrace? { isLinked(to: other) ? .linked : .independent }
}
