import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// One kind of document, as a value and the function that reads it.
private struct Kind {
    let name: String
    let document: JSONValue
    /// Fields that may be `null`.
    let optional: Set<String>
    let read: ([UInt8]) throws(RingDocumentError) -> Void

    func fields() throws -> [JSONValue.Field] {
        guard case .object(let fields) = document else { throw DocumentError.missingField(name) }
        return fields
    }
}

extension JSONValue {
    fileprivate var bytes: [UInt8] { Array(compactText.utf8) }
}

@Suite("Documents of groups, keys, rings and signatures") struct DocumentTests {
    private static func named() throws -> NamedGroup {
        let made = try GroupGeneration.ringwork1(elementBits: 64, scalarBits: 32, seed: [1])
        let group = try SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t)
        let provenance = GroupProvenance(procedure: .ringwork1, seed: [1], counter: made.counter, index: 1)
        return NamedGroup(name: "small", group: group, provenance: provenance)
    }

    private static func kinds() throws -> [Kind] {
        let named = try named()
        let group = named.group
        let key = try group.key(5, label: "Dr \u{e9}")
        let (ring, _) = try group.ring(3)
        var signatures: [Kind] = []
        for mode in openModes + [[.designated, .sealed]] {
            var fields = try group.sign([1], mode: mode.subtracting(.sealed)).fields
            if mode.contains(.sealed) {
                fields.recipient = nil
                fields.sealed = .init(u: 5, ciphertext: [1, 2])
            }
            let document = SignatureDocument(group: named, fields: fields)
            signatures.append(
                Kind(
                    name: "signature \(mode.rawValue)", document: document.document,
                    optional: ["recipient", "administrator", "tau", "A1", "A2", "sealed"],
                    read: { (bytes) throws(RingDocumentError) in _ = try SignatureDocument(bytes) }))
            #expect(try SignatureDocument(document.document.bytes) == document)
        }
        return [
            Kind(
                name: "public key", document: PublicKeyDocument(group: named, key: key.verificationKey).document,
                optional: [], read: { (bytes) throws(RingDocumentError) in _ = try PublicKeyDocument(bytes) }),
            Kind(
                name: "key", document: SigningKeyDocument.document(key, group: named), optional: [],
                read: { (bytes) throws(RingDocumentError) in _ = try SigningKeyDocument.read(bytes) }),
            Kind(
                name: "ring", document: RingDocument(group: named, ring: ring).document, optional: [],
                read: { (bytes) throws(RingDocumentError) in _ = try RingDocument(bytes) }),
            Kind(
                name: "group", document: named.document, optional: ["t", "provenance"],
                read: { (bytes) throws(RingDocumentError) in
                    do { _ = try GroupClaim(JSONValue(parsing: bytes)) } catch let error as RingDocumentError {
                        throw error
                    } catch let error as JSONError {
                        throw .document(.json(error))
                    } catch {
                        preconditionFailure("no other error is thrown")
                    }
                }),
        ] + signatures
    }

    @Test("documents come back as they went out")
    func roundTrips() throws {
        let named = try Self.named()
        for group in [named, EmbeddedGroups.standard] {
            let key = try group.group.key(5, label: "Dr \u{e9}")
            let publicDocument = PublicKeyDocument(group: group, key: key.verificationKey)
            #expect(try PublicKeyDocument(publicDocument.document.bytes) == publicDocument)
            let secret = try SigningKeyDocument.read(SigningKeyDocument.document(key, group: group).bytes)
            #expect(secret.group == group)
            #expect(secret.key.key.verificationKey == key.verificationKey)
            #expect(secret.key.key.secretBytes().unprotectedCopy() == key.secretBytes().unprotectedCopy())
        }
        let ring = RingDocument(group: named, ring: try named.group.ring(4).ring)
        #expect(try RingDocument(ring.document.bytes) == ring)
        #expect(try GroupClaim(named.document).validated() == named)
        #expect(try NamedGroup(reference: named.reference) == named)
        for name in EmbeddedGroups.names {
            let embedded = try #require(EmbeddedGroups.named(name))
            #expect(try NamedGroup(reference: .string(name)) == embedded)
            #expect(try NamedGroup(reference: embedded.document) == embedded)
        }
    }

    @Test("a field missing, doubled, unknown, of the wrong kind or null, and another schema, are refused")
    func grammar() throws {
        let kinds = try Self.kinds()
        #expect(kinds.count == 13)
        for kind in kinds {
            try kind.read(kind.document.bytes)
            func refuses(_ error: DocumentError, _ document: JSONValue) {
                #expect(throws: RingDocumentError.document(error), "\(kind.name)") { try kind.read(document.bytes) }
            }
            let fields = try kind.fields()
            refuses(.unknownField("more"), .object(fields + [.init("more", .null)]))
            for (index, field) in fields.enumerated() {
                var changed = fields
                func set(_ value: JSONValue) -> JSONValue {
                    changed[index] = .init(field.name, value)
                    return .object(changed)
                }
                refuses(.json(.duplicateField(name: field.name)), .object(fields + [field]))
                var missing = fields
                missing.remove(at: index)
                if field.name == "schema" {
                    let expected = try #require(DocumentReader.schema(of: kind.document))
                    refuses(.wrongSchema(expected: expected, actual: nil), .object(missing))
                    refuses(
                        .wrongSchema(expected: expected, actual: "ringwork/other/1"), set("ringwork/other/1"))
                    continue
                }
                refuses(.missingField(field.name), .object(missing))
                let wrong: [JSONValue] = [true, 7] + (kind.optional.contains(field.name) ? [] : [.null])
                for value in wrong {
                    do {
                        try kind.read(set(value).bytes)
                        Issue.record("\(kind.name).\(field.name) was read from \(value)")
                    } catch {
                        guard case .document(.wrongKind(field.name, _, value.kind)) = error else {
                            Issue.record("\(kind.name).\(field.name) \(value): \(error)")
                            continue
                        }
                    }
                }
            }
            #expect(throws: RingDocumentError.self) { try kind.read([]) }
            #expect(throws: RingDocumentError.self) { try kind.read(JSONValue.array([]).bytes) }
        }
    }

    @Test("a number has one spelling, wherever it stands")
    func spelling() throws {
        var checked = 0
        for kind in try Self.kinds() {
            for (path, spelled) in Self.strings(in: kind.document, path: []) {
                guard let last = path.last(where: { Int($0) == nil }), last != "schema", last != "name",
                    last != "label", last != "scheme", last != "procedure"
                else { continue }
                let bytes = ["seed", "context", "ciphertext"].contains(last)
                for damaged in ["A" + spelled.dropFirst(), "0x1", "-1", " 1", bytes ? "1" : "0" + spelled, "+1"]
                    + (bytes ? [] : [""])
                {
                    let document = Self.replacing(kind.document, path[...], with: .string(damaged))
                    do {
                        try kind.read(document.bytes)
                        Issue.record("\(kind.name) \(path) was read from \(damaged)")
                    } catch {
                        guard case .document(.malformed) = error else {
                            Issue.record("\(kind.name) \(path) \(damaged): \(error)")
                            continue
                        }
                        checked += 1
                    }
                }
            }
        }
        #expect(checked > 1000)
    }

    @Test("values that fail a check are told from documents that are not the schema")
    func values() throws {
        let named = try Self.named()
        let group = named.group
        let key = try group.key(5)
        func edit(_ document: JSONValue, _ path: [String], _ value: JSONValue) -> [UInt8] {
            Self.replacing(document, path[...], with: value).bytes
        }
        let secret = SigningKeyDocument.document(key, group: named)
        let cases: [([String], JSONValue, KeyError)] = [
            (["x"], "0", .secretOutOfRange), (["x"], JSONValue(group.q.value), .secretOutOfRange),
            (["x"], JSONValue(group.q.value + 5), .secretOutOfRange), (["x"], "6", .secretMismatch),
            (["label"], "other", .proofMismatch), (["pop", "c"], JSONValue(group.q.value), .challengeOutOfRange),
            (["pop", "s"], JSONValue(group.q.value), .responseOutOfRange), (["y"], "1", .notInGroup),
        ]
        for (path, value, error) in cases {
            let expected = RingDocumentError.key(index: nil, error)
            #expect(throws: expected) { try SigningKeyDocument.read(edit(secret, path, value)) }
            #expect(expected.isValueFailure)
        }
        let (ring, _) = try group.ring(3)
        let document = RingDocument(group: named, ring: ring).document
        func keys(_ places: [Int]) -> JSONValue { .array(places.map { PublicKeyDocument.keyFields(ring.members[$0]) }) }
        let rings: [([Int], RingDocumentError)] = [
            ([1, 0, 2], .ringNotSorted(index: 1)), ([0, 2, 1], .ringNotSorted(index: 2)),
            ([0, 0], .ring(.duplicateKey(index: 1))), ([0], .ring(.ringTooSmall(members: 1))),
            ([], .ring(.ringTooSmall(members: 0))),
        ]
        for (places, error) in rings {
            #expect(throws: error) { try RingDocument(edit(document, ["keys"], keys(places))) }
        }
        #expect(throws: RingDocumentError.key(index: 1, .proofMismatch)) {
            try RingDocument(edit(document, ["keys", "1", "label"], "other"))
        }
        #expect(throws: RingDocumentError.unknownGroup(name: "none")) {
            let document = PublicKeyDocument(group: named, key: key.verificationKey).document
            return try PublicKeyDocument(edit(document, ["group"], "none"))
        }
        for (field, value, rule) in [
            ("p", group.p.value + 2, SchnorrGroupRule.pIsPrime), ("p", 4, .pIsUsable), ("q", 0, .qIsUsable),
            ("g", 1, .gHasOrderQ), ("t", 0, .tIsPrime),
        ] as [(String, Natural, SchnorrGroupRule)] {
            let reference = Self.replacing(named.document, [field], with: JSONValue(value))
            #expect(throws: RingDocumentError.group(rule)) { try NamedGroup(reference: reference) }
            #expect(try GroupClaim(reference).brokenRules.contains(rule))
        }
    }

    @Test("a signature of another scheme, or of a malformed provenance, is refused")
    func schemes() throws {
        let named = try Self.named()
        let document = SignatureDocument(group: named, fields: try named.group.sign([1]).fields).document
        for (path, value) in [
            (["scheme"], "lsag"), (["group", "provenance", "procedure"], "dice"),
            (["group", "provenance", "counter"], .integer(-1)), (["group", "provenance", "index"], .integer(256)),
            (["group", "provenance", "counter"], .integer(1 << 32)),
        ] as [([String], JSONValue)] {
            do {
                _ = try SignatureDocument(Self.replacing(document, path[...], with: value).bytes)
                Issue.record("\(path) was read from \(value)")
            } catch {
                guard case .document(.malformed(let field, _)) = error else {
                    Issue.record("\(path): \(error)")
                    continue
                }
                #expect(field == path.joined(separator: "."))
            }
        }
    }

    /// Every string of a document, with the way to it.
    private static func strings(in value: JSONValue, path: [String]) -> [(path: [String], text: String)] {
        switch value {
        case .string(let text): [(path, text)]
        case .array(let values): values.enumerated().flatMap { strings(in: $1, path: path + ["\($0)"]) }
        case .object(let fields): fields.flatMap { strings(in: $0.value, path: path + [$0.name]) }
        default: []
        }
    }

    private static func replacing(_ value: JSONValue, _ path: ArraySlice<String>, with new: JSONValue) -> JSONValue {
        guard let step = path.first else { return new }
        switch value {
        case .array(var values):
            let index = Int(step) ?? 0
            values[index] = replacing(values[index], path.dropFirst(), with: new)
            return .array(values)
        case .object(let fields):
            return .object(
                fields.map { $0.name == step ? .init(step, replacing($0.value, path.dropFirst(), with: new)) : $0 })
        default: return value
        }
    }
}
