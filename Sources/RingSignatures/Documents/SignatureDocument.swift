public import ByteCoding
public import ModularArithmetic

/// `ringwork/ring-signature/1` of the scheme `paper`: the fields of a signature with its group.
public struct SignatureDocument: Hashable, Sendable {
    /// The group, with the name under which the file carries it.
    public let group: NamedGroup
    /// The numbers; their grammar is checked, their values are not.
    public let fields: RingSignatureFields

    static let schema = "ringwork/ring-signature/1"
    private static let scheme = "paper"

    /// A signature file's contents.
    public init(group: NamedGroup, fields: RingSignatureFields) {
        self.group = group
        self.fields = fields
    }

    /// The signature as a document.
    public var document: JSONValue {
        let sealed: JSONValue =
            fields.sealed.map { ["U": JSONValue($0.u), "ciphertext": .string(Hex.encode($0.ciphertext))] } ?? .null
        return [
            "schema": .string(Self.schema), "scheme": .string(Self.scheme), "group": group.reference,
            "ring": JSONValue(fields.ring), "context": .string(Hex.encode(fields.context)),
            "recipient": JSONValue(fields.recipient), "administrator": JSONValue(fields.administrator),
            "E": JSONValue(fields.ephemeral), "delta": JSONValue(fields.delta), "alpha": JSONValue(fields.alpha),
            "beta": JSONValue(fields.beta), "tau": JSONValue(fields.linkingTag), "A1": JSONValue(fields.opening1),
            "A2": JSONValue(fields.opening2), "gamma": JSONValue(fields.gamma), "sealed": sealed,
        ]
    }

    /// Reads a signature file. The group is validated, and nothing else about the numbers:
    /// ``RingSignature/init(checking:in:knownRing:memberLimit:)`` does that.
    public init(_ bytes: [UInt8]) throws(RingDocumentError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw .document(.json(error)) }
        try self.init(value)
    }

    /// Reads a signature that is part of another document.
    ///
    /// - Parameters:
    ///   - value: The document.
    ///   - path: Where it stands in the other document, for errors.
    ///   - validated: A group that was validated before; a group document of the same numbers is not validated again.
    public init(
        _ value: JSONValue, path: String = "", validated: SchnorrGroup? = nil
    ) throws(RingDocumentError) {
        // The whole grammar first: a group is costly to validate.
        let (reference, fields) = try reading { () throws(DocumentError) in
            var reader = try DocumentReader(value, path: path)
            try reader.checkSchema(Self.schema)
            let scheme = try reader.string("scheme")
            guard scheme == Self.scheme else {
                throw DocumentError.malformed(
                    field: reader.path("scheme"), reason: "no scheme is called \u{22}\(scheme)\u{22}")
            }
            let reference = try reader.value("group")
            var fields = RingSignatureFields(
                ring: try reader.naturals("ring"), context: try reader.bytes("context"),
                ephemeral: try reader.natural("E"), delta: try reader.natural("delta"),
                alpha: try reader.naturals("alpha"), beta: try reader.naturals("beta"))
            fields.recipient = try reader.optionalNatural("recipient")
            fields.administrator = try reader.optionalNatural("administrator")
            fields.linkingTag = try reader.optionalNatural("tau")
            fields.opening1 = try reader.optionalNatural("A1")
            fields.opening2 = try reader.optionalNatural("A2")
            fields.gamma = try reader.naturals("gamma")
            if var sealed = try reader.optionalObject("sealed") {
                fields.sealed = .init(u: try sealed.natural("U"), ciphertext: try sealed.bytes("ciphertext"))
                try sealed.finish()
            }
            try reader.finish()
            return (reference, fields)
        }
        group = try NamedGroup(
            reference: reference, path: path.isEmpty ? "group" : path + ".group", validated: validated)
        self.fields = fields
    }
}
