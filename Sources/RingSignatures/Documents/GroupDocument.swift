public import ByteCoding
public import ModularArithmetic

/// `ringwork/group/1`: {name, p, q, g, t, provenance}.
extension NamedGroup {
    static let schema = "ringwork/group/1"

    /// The group as a document of its own.
    public var document: JSONValue {
        let provenance: JSONValue =
            provenance.map {
                [
                    "procedure": .string($0.procedure.rawValue), "seed": .string(Hex.encode($0.seed)),
                    "counter": .integer(Int64($0.counter)), "index": .integer(Int64($0.index)),
                ]
            } ?? .null
        return [
            "schema": .string(Self.schema), "name": .string(name), "p": JSONValue(group.p.value),
            "q": JSONValue(group.q.value), "g": JSONValue(group.g.value), "t": JSONValue(group.t),
            "provenance": provenance,
        ]
    }

    /// The `group` field of other documents: the name of an embedded group, or the whole document.
    public var reference: JSONValue { isEmbedded ? .string(name) : document }

    /// The group that a `group` field means. A whole document is validated in full, unless its numbers are those of
    /// `validated`.
    public init(
        reference: JSONValue, path: String = "group", validated: SchnorrGroup? = nil
    ) throws(RingDocumentError) {
        switch reference {
        case .string(let name):
            guard let group = EmbeddedGroups.named(name) else { throw .unknownGroup(name: name) }
            self = group
        case .object:
            self = try GroupClaim(reference, path: path).validated(known: validated)
        default:
            throw .document(
                .wrongKind(field: path, expected: "group name or group document", actual: reference.kind))
        }
    }
}

/// The numbers of a group document, unchecked: what `group check` names the broken rules of.
public struct GroupClaim: Sendable {
    /// The document's name for the group.
    public let name: String
    /// What claims to be the field's prime.
    public let p: Natural
    /// What claims to be the order.
    public let q: Natural
    /// What claims to be the generator.
    public let g: Natural
    /// What claims to be a prime factor of q − 1.
    public let t: Natural?
    /// Where the numbers are said to come from.
    public let provenance: GroupProvenance?

    /// Reads a `ringwork/group/1` document; its grammar is checked, its numbers are not.
    public init(_ value: JSONValue, path: String = "") throws(RingDocumentError) {
        self = try reading { () throws(DocumentError) in
            var reader = try DocumentReader(value, path: path)
            try reader.checkSchema(NamedGroup.schema)
            let claim = GroupClaim(
                name: try reader.string("name"), p: try reader.natural("p"), q: try reader.natural("q"),
                g: try reader.natural("g"), t: try reader.optionalNatural("t"),
                provenance: try Self.provenance(&reader))
            try reader.finish()
            return claim
        }
    }

    /// Every rule that the numbers break.
    public var brokenRules: [SchnorrGroupRule] { SchnorrGroup.brokenRules(p: p, q: q, g: g, t: t) }

    /// The group, when its numbers keep all rules. The provenance is not checked here: it says who could have cheated, not
    /// whether the group works.
    ///
    /// - Parameter known: A group that was validated before, and is not again.
    public func validated(known: SchnorrGroup? = nil) throws(RingDocumentError) -> NamedGroup {
        if let known, known.p.value == p, known.q.value == q, known.g.value == g, known.t == t {
            return NamedGroup(name: name, group: known, provenance: provenance)
        }
        // A document that repeats an embedded group was validated by the tests.
        if let embedded = EmbeddedGroups.named(name), embedded.group.p.value == p, embedded.group.q.value == q,
            embedded.group.g.value == g, embedded.group.t == t
        {
            return NamedGroup(name: name, group: embedded.group, provenance: provenance)
        }
        do {
            let group = try SchnorrGroup(validating: p, q: q, g: g, t: t)
            return NamedGroup(name: name, group: group, provenance: provenance)
        } catch {
            throw .group(error)
        }
    }

    private init(name: String, p: Natural, q: Natural, g: Natural, t: Natural?, provenance: GroupProvenance?) {
        self.name = name
        self.p = p
        self.q = q
        self.g = g
        self.t = t
        self.provenance = provenance
    }

    private static func provenance(_ reader: inout DocumentReader) throws(DocumentError) -> GroupProvenance? {
        guard var fields = try reader.optionalObject("provenance") else { return nil }
        let name = try fields.string("procedure")
        guard let procedure = GroupProvenance.Procedure(rawValue: name) else {
            throw .malformed(field: fields.path("procedure"), reason: "no procedure is called \u{22}\(name)\u{22}")
        }
        let seed = try fields.bytes("seed")
        guard seed.count <= GroupProvenance.maximumSeedByteCount else {
            throw .malformed(
                field: fields.path("seed"),
                reason: "the seed has \(seed.count) bytes, and at most \(GroupProvenance.maximumSeedByteCount) are read"
            )
        }
        let provenance = GroupProvenance(
            procedure: procedure, seed: seed,
            counter: Int(try fields.integer("counter", in: 0...Int64(UInt32.max))),
            index: UInt8(try fields.integer("index", in: 0...255)))
        try fields.finish()
        return provenance
    }
}
