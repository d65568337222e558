import ByteCoding
import Foundation
import ModularArithmetic

@_spi(Hazmat) @testable import RingSignatures

/// One of the project's own known answers K1 … K4, as published: numbers in hexadecimal, indices counted from 1.
struct KnownAnswer {
    let fields: [String: JSONValue]

    /// The known answer called `name`; K3 has the group, keys and ring of K2.
    static func named(_ name: String) throws -> KnownAnswer {
        guard name == "K3" else { return try KnownAnswer(name) }
        let shared = try KnownAnswer("K2").fields.filter { ["p", "q", "t", "g", "x"].contains($0.key) }
        return KnownAnswer(fields: shared.merging(try KnownAnswer(name).fields) { $1 })
    }

    private init(fields: [String: JSONValue]) { self.fields = fields }

    init(_ name: String) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Vectors/Generators/facts/ring-known-answers.json")
        var document = try DocumentReader(JSONValue(parsing: Array(Data(contentsOf: path))))
        guard case .object(let list) = try document.value(name) else { throw DocumentError.missingField(name) }
        fields = Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.value) })
    }

    func text(_ name: String) throws -> String {
        guard case .string(let text) = fields[name] else { throw DocumentError.missingField(name) }
        return text
    }

    func number(_ name: String) throws -> Natural { try Natural(canonicalHex: text(name)) }

    func optionalNumber(_ name: String) throws -> Natural? { fields[name] == nil ? nil : try number(name) }

    func numbers(_ name: String) throws -> [Natural] {
        guard case .array(let values) = fields[name] else { return [] }
        return try values.map {
            guard case .string(let text) = $0 else { throw DocumentError.missingField(name) }
            return try Natural(canonicalHex: text)
        }
    }

    func group() throws -> SchnorrGroup {
        try SchnorrGroup(validating: number("p"), q: number("q"), g: number("g"), t: number("t"))
    }

    func signingKey(_ x: Natural, label: String = "") throws -> SigningKey {
        let group = try group()
        var bytes = x.bigEndianBytes(count: group.scalarByteCount)
        var generator = SystemRandomNumberGenerator()
        return try SigningKey(
            canonical: SecretBytes(wiping: &bytes), group: group, label: label, using: &generator)
    }

    func verificationKey(_ name: String) throws -> VerificationKey? {
        guard let x = try optionalNumber(name) else { return nil }
        return try signingKey(x).verificationKey
    }

    func ring() throws -> Ring { try Ring(numbers("x").map { try signingKey($0).verificationKey }) }

    func message() throws -> [UInt8] { Array(try text("M").utf8) }

    func options() throws -> SigningOptions {
        let flags = PaperMode(rawValue: UInt8(try text("flags"), radix: 16) ?? 0)
        return SigningOptions(
            context: Array(try text("ctx").utf8), isLinkable: flags.contains(.link),
            recipient: flags.contains(.designated) ? try verificationKey("x_R") : nil,
            administrator: flags.contains(.open) ? try verificationKey("x_A") : nil)
    }

    func randomness() throws -> GivenSigningRandomness {
        GivenSigningRandomness(
            group: try group(), e: try number("e"), kappa: try number("kappa"), u: try number("u"),
            rho: try optionalNumber("rho"), kPrime: try optionalNumber("kp"), alpha: try numbers("alpha"),
            beta: try numbers("beta"), gamma: try numbers("gamma"))
    }

    func sign() throws -> RingSignature {
        let place = Int(try text("S"), radix: 16) ?? 0
        return try ring().sign(
            message: message(), with: signingKey(numbers("x")[place - 1]), options: options(),
            randomness: randomness())
    }

    /// The signature as published.
    func published() throws -> RingSignatureFields {
        let options = try options()
        var fields = RingSignatureFields(
            ring: try numbers("y"), context: options.context, ephemeral: try number("E"), delta: try number("delta"),
            alpha: try numbers("alpha"), beta: try numbers("beta"))
        fields.recipient = options.recipient == nil ? nil : try number("yR")
        fields.administrator = options.administrator == nil ? nil : try number("hA")
        fields.linkingTag = try optionalNumber("tau")
        fields.opening1 = try optionalNumber("A1")
        fields.opening2 = try optionalNumber("A2")
        fields.gamma = try numbers("gamma")
        return fields
    }
}
