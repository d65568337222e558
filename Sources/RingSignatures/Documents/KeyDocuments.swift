public import ByteCoding
import ModularArithmetic

/// A key of a named group, as its files carry it.
public struct PublicKeyDocument: Hashable, Sendable {
    /// The group, with the name under which the file carries it.
    public let group: NamedGroup
    /// The key.
    public let key: VerificationKey

    static let schema = "ringwork/ring-public-key/1"

    /// A key file's contents.
    public init(group: NamedGroup, key: VerificationKey) {
        self.group = group
        self.key = key
    }

    /// `ringwork/ring-public-key/1`: {group, y, label, pop}.
    public var document: JSONValue {
        guard case .object(let fields) = Self.keyFields(key) else { preconditionFailure("a key is an object") }
        return .object(
            [.init("schema", .string(Self.schema)), .init("group", group.reference)] + fields)
    }

    /// Reads a public key file; grammar, group, membership and proof are checked.
    public init(_ bytes: [UInt8]) throws(RingDocumentError) { self = try Self.read(each: [bytes])[0].get() }

    /// Reads many public key files, in their order: keys of one group are checked in one batch, and a group that comes
    /// again is not validated again.
    public static func read(each files: [[UInt8]]) -> [Result<PublicKeyDocument, RingDocumentError>] {
        var known: SchnorrGroup?
        let claims = files.map { bytes in
            let claim = Result { () throws(RingDocumentError) in try unchecked(bytes, validated: known) }
            if case .success(let claim) = claim { known = claim.group.group }
            return claim
        }
        var keys = [Result<VerificationKey, KeyError>?](repeating: nil, count: files.count)
        var places: [SchnorrGroup: [(place: Int, claim: VerificationKey.Claim)]] = [:]
        for (place, claim) in claims.enumerated() {
            guard case .success(let claim) = claim else { continue }
            places[claim.group.group, default: []].append((place, claim.key))
        }
        for (group, places) in places {
            BatchPolicy.current.rounds(places.count) { round in
                let part = places[round]
                for (entry, key) in zip(part, VerificationKey.check(part.map(\.claim), in: group)) {
                    keys[entry.place] = key
                }
            }
        }
        return zip(claims, keys).map { claim, key in
            claim.flatMap { claim in
                guard let key else { preconditionFailure("the key of every claim was checked") }
                return key.map { PublicKeyDocument(group: claim.group, key: $0) }.mapError { .key(index: nil, $0) }
            }
        }
    }

    /// The parts of a file, only the group checked.
    private static func unchecked(
        _ bytes: [UInt8], validated: SchnorrGroup?
    ) throws(RingDocumentError) -> (group: NamedGroup, key: VerificationKey.Claim) {
        var reader = try reading { () throws(DocumentError) in
            try DocumentReader(document: bytes, schema: Self.schema)
        }
        let reference = try reading { () throws(DocumentError) in try reader.value("group") }
        let group = try NamedGroup(reference: reference, validated: validated)
        let claim = try reading { () throws(DocumentError) in try Self.claim(&reader) }
        return (group, claim)
    }

    /// {y, label, pop}: a key without its group, as rings list them.
    static func keyFields(_ key: VerificationKey) -> JSONValue {
        [
            "y": JSONValue(key.y.value), "label": .string(key.label),
            "pop": ["c": JSONValue(key.proof.c.value), "s": JSONValue(key.proof.s.value)],
        ]
    }

    /// Reads {y, label, pop}, and nothing else.
    static func claim(_ reader: inout DocumentReader) throws(DocumentError) -> VerificationKey.Claim {
        let y = try reader.natural("y")
        let label = try reader.string("label")
        var pop = try reader.object("pop")
        let claim = VerificationKey.Claim(y: y, label: label, c: try pop.natural("c"), s: try pop.natural("s"))
        try pop.finish()
        try reader.finish()
        return claim
    }
}

/// `ringwork/ring-key/1`: {group, x, y, label, pop}, a secret file.
///
/// The text of such a file passes through Swift strings, which cannot be wiped; the key made from it can and is.
public enum SigningKeyDocument {
    static let schema = "ringwork/ring-key/1"

    /// The document of `key`.
    public static func document(_ key: borrowing SigningKey, group: NamedGroup) -> JSONValue {
        guard case .object(let fields) = PublicKeyDocument.keyFields(key.verificationKey) else {
            preconditionFailure("a key is an object")
        }
        let x = Natural(bigEndianBytes: key.secretBytes().unprotectedCopy())
        return .object(
            [.init("schema", .string(schema)), .init("group", group.reference), .init("x", JSONValue(x))] + fields)
    }

    /// Reads a key file; grammar, group, membership, proof and g^x = y are checked.
    public static func read(_ bytes: [UInt8]) throws(RingDocumentError) -> (group: NamedGroup, key: SigningKeyBox) {
        var reader = try reading { () throws(DocumentError) in try DocumentReader(document: bytes, schema: schema) }
        let reference = try reading { () throws(DocumentError) in try reader.value("group") }
        let group = try NamedGroup(reference: reference)
        let x = try reading { () throws(DocumentError) in try reader.natural("x") }
        let claim = try reading { () throws(DocumentError) in try PublicKeyDocument.claim(&reader) }
        do throws(KeyError) {
            let key = try VerificationKey(checking: claim, in: group.group)
            guard x < group.group.q.value else { throw .secretOutOfRange }
            var secret = x.bigEndianBytes(count: group.group.scalarByteCount)
            let signingKey = try SigningKey(canonical: SecretBytes(wiping: &secret), verificationKey: key)
            return (group, SigningKeyBox(signingKey))
        } catch {
            throw .key(index: nil, error)
        }
    }
}

/// A signing key behind a reference, for places that need to copy what holds it: tuples, arrays, closures.
public final class SigningKeyBox: Sendable {
    /// The key.
    public let key: SigningKey

    /// Takes the key over.
    public init(_ key: consuming SigningKey) { self.key = key }
}
