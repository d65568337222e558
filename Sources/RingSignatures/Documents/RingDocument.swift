public import ByteCoding
import ModularArithmetic

/// `ringwork/ring/1`: {group, keys[{y, label, pop}]}, y ascending.
public struct RingDocument: Hashable, Sendable {
    /// The group, with the name under which the file carries it.
    public let group: NamedGroup
    /// The ring.
    public let ring: Ring

    static let schema = "ringwork/ring/1"

    /// A ring file's contents.
    public init(group: NamedGroup, ring: Ring) {
        self.group = group
        self.ring = ring
    }

    /// The ring as a document.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema), "group": group.reference,
            "keys": .array(ring.members.map(PublicKeyDocument.keyFields)),
        ]
    }

    /// Reads a ring file; every key's membership and proof is checked, and that the keys are distinct and ascend.
    public init(_ bytes: [UInt8]) throws(RingDocumentError) {
        var reader = try reading { () throws(DocumentError) in
            try DocumentReader(document: bytes, schema: Self.schema)
        }
        let reference = try reading { () throws(DocumentError) in try reader.value("group") }
        group = try NamedGroup(reference: reference)
        let claims = try reading { () throws(DocumentError) in
            var claims: [VerificationKey.Claim] = []
            for var key in try reader.objects("keys") { claims.append(try PublicKeyDocument.claim(&key)) }
            try reader.finish()
            return claims
        }
        guard claims.count <= Ring.defaultMemberLimit else {
            throw .ring(.ringTooLarge(members: claims.count, limit: Ring.defaultMemberLimit))
        }
        var keys: [VerificationKey] = []
        // In pieces: a ring that is refused costs no more than the keys up to the bad one, and a few.
        let group = group.group
        try BatchPolicy.current.rounds(claims.count, of: Ring.pieceMemberCount) { piece throws(RingDocumentError) in
            for (index, result) in zip(piece, VerificationKey.check(Array(claims[piece]), in: group)) {
                do throws(KeyError) { keys.append(try result.get()) } catch { throw .key(index: index, error) }
            }
        }
        do { ring = try Ring(keys) } catch { throw .ring(error) }
        for index in keys.indices.dropFirst() where keys[index].y.value < keys[index - 1].y.value {
            throw .ringNotSorted(index: index)
        }
    }
}
