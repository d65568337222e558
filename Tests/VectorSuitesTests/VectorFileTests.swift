import ByteCoding
import ModularArithmetic
import Testing
import VectorSuites

@Suite("Vector files are read strictly") struct VectorFileTests {
    private static func refusal(_ value: JSONValue) -> VectorFileError? {
        do {
            _ = try VectorFile(value, stem: "x_test")
            return nil
        } catch { return error }
    }

    private static func isDocumentError(_ error: VectorFileError?) -> Bool {
        if case .document? = error { true } else { false }
    }

    @Test("each kind of damage, in every kind of file", arguments: Samples.paths)
    func damage(path: String) throws {
        let good = try Samples.small(path)
        let file = try VectorFile(good, stem: "x_test")
        let count = file.tests.count
        #expect(count >= 2)

        #expect(
            Self.refusal(good.mapping("numberOfTests") { _ in .integer(Int64(count) + 1) })
                == .wrongCount(stated: count + 1, actual: count))
        #expect(Self.refusal(good.mappingTests { $0.mapping("tcId") { _ in 7 } }) == .duplicateTest(tcID: 7))
        #expect(Self.refusal(good.mapping("schema") { _ in "no.schema.json" }) == .unknownSchema("no.schema.json"))
        #expect(
            Self.refusal(good.mapping("profile") { _ in "brownworth" })
                == .unknownProfile("brownworth", schema: file.schema))
        #expect(Self.refusal(good.mapping("testGroups") { _ in [] }) == .noTests)
        let empty = good.mapping("testGroups") { $0.mappingElements { $0.mapping("tests") { _ in [] } } }
        #expect(Self.refusal(empty) == .noTests)
        let otherType = good.mapping("testGroups") { $0.mappingElements { $0.mapping("type") { _ in "Other" } } }
        #expect(Self.refusal(otherType) == .unknownGroupType("Other", schema: file.schema))
        guard
            case .unexplainedFlag("Unheard", _)? = Self.refusal(
                good.mappingTests { $0.mapping("flags") { _ in ["Unheard"] } })
        else {
            Issue.record("an unexplained flag is accepted")
            return
        }

        // Fields too many and too few, at every level.
        let changes: [(JSONValue) -> JSONValue] = [
            { $0.adding("x", 1) },
            { $0.removing("header") },
            { $0.removing("notes") },
            { $0.mapping("formatVersion") { _ in 2 } },
            { $0.mapping("vectorVersion") { _ in "1.0" } },
            { $0.mapping("algorithm") { _ in "" } },
            { $0.mapping("testGroups") { $0.mappingElements { $0.adding("x", 1) } } },
            { $0.mapping("testGroups") { $0.mappingElements { $0.removing("source") } } },
            { $0.mapping("testGroups") { $0.mappingElements { $0.mapping("source") { $0.adding("x", 1) } } } },
            { $0.mappingTests { $0.adding("x", 1) } },
            { $0.mappingTests { $0.removing("comment") } },
            { $0.mappingTests { $0.removing("reason") } },
            { $0.mappingTests { $0.mapping("flags") { _ in [] } } },
            { $0.mappingTests { $0.mapping("tcId") { _ in 0 } } },
            { $0.mappingTests { $0.mapping("result") { _ in "acceptable" } } },
            { $0.mappingTests { $0.mapping("result") { _ in "valid" }.mapping("reason") { _ in "a-reason" } } },
            { $0.mappingTests { $0.mapping("result") { _ in "invalid" }.mapping("reason") { _ in .null } } },
            { $0.mappingTests { $0.mapping("result") { _ in "invalid" }.mapping("reason") { _ in "a reason" } } },
        ]
        for (index, change) in changes.enumerated() {
            #expect(Self.isDocumentError(Self.refusal(change(good))), "change \(index)")
        }
        // Each field of the inputs is needed.
        guard case .object(let root) = good,
            case .array(let groups)? = root.first(where: { $0.name == "testGroups" })?.value,
            case .object(let group)? = groups.first,
            case .array(let tests)? = group.first(where: { $0.name == "tests" })?.value,
            case .object(let fields)? = tests.first
        else {
            Issue.record("the file has no first test")
            return
        }
        #expect(fields.count > 5)
        for field in fields {
            #expect(Self.isDocumentError(Self.refusal(good.mappingTests { $0.removing(field.name) })), "\(field.name)")
        }
    }

    @Test("a text that is not JSON")
    func notJSON() {
        #expect(throws: VectorFileError.document(.json(.empty))) { try VectorFile([], stem: "x") }
        #expect(throws: VectorFileError.document(.json(.duplicateField(name: "a")))) {
            try VectorFile(Array(#"{"a":1,"a":2}"#.utf8), stem: "x")
        }
    }

    @Test("group parameters that are no group, and a signature of another group")
    func groups() throws {
        let path = try #require(Samples.paths.first { $0.contains("ring_paper_toy-47-23") })
        let good = try Samples.small(path)
        let composite = good.mapping("testGroups") {
            $0.mappingElements { $0.mapping("groupParameters") { $0.mapping("q") { _ in "15" } } }
        }
        #expect(Self.refusal(composite) == .group(.qIsPrime))
        let other = good.mappingTests { $0.mapping("signature") { $0.mapping("group") { _ in "rfc5114-1024-160" } } }
        #expect(Self.isDocumentError(Self.refusal(other)))
        let invalid = good.mappingTests {
            $0.mapping("signature") { $0.mapping("group") { $0.mapping("g") { _ in "5" } } }
        }
        #expect(Self.isDocumentError(Self.refusal(invalid)))
    }

    @Test("proofs of the wrong kind, and secrets that are no exponents")
    func ringProofs() throws {
        let path = try #require(Samples.paths.first { $0.contains("ring_proof_toy") })
        let good = try Samples.value(path)
        guard case .object(let root) = good,
            case .array(let groups)? = root.first(where: { $0.name == "testGroups" })?.value
        else {
            Issue.record("the file has no groups")
            return
        }
        /// The file with the first test of one group only, changed.
        func only(_ type: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
            let group = groups.first { group in
                if case .object(let fields) = group {
                    fields.contains { $0.name == "type" && $0.value == .string(type) }
                } else {
                    false
                }
            }
            let one = (group ?? .null).mapping("tests") { tests in
                if case .array(let list) = tests { .array(list.prefix(1).map(change)) } else { tests }
            }
            return good.mapping("testGroups") { _ in [one] }.mapping("numberOfTests") { _ in 1 }
        }
        let lambda = JSONValue.string(String(repeating: "00", count: 32))
        let unsealing: JSONValue = [
            "schema": "ringwork/ring-unsealing/1", "lambda": lambda, "Z": "2", "c": "1", "s": "1",
        ]
        let opening: JSONValue = [
            "schema": "ringwork/ring-opening/1", "lambda": lambda, "index": 0, "D": "2", "c": "1", "s": "1",
        ]
        #expect(Self.refusal(only("Proof") { $0 }) == nil)
        #expect(Self.refusal(only("Proof") { $0.mapping("unsealing") { _ in unsealing } }) == nil)
        let changes: [(JSONValue) -> JSONValue] = [
            { $0.mapping("unsealing") { _ in opening } },
            { $0.mapping("unsealing") { _ in unsealing }.mapping("proof") { _ in unsealing } },
            { $0.mapping("proof") { _ in .null } },
            { $0.mapping("proof") { $0.adding("x", 1) } },
            { $0.mapping("proof") { $0.mapping("schema") { _ in "ringwork/ring-signature/1" } } },
            { $0.mapping("proof") { $0.mapping("index") { _ in -1 } } },
            { $0.mapping("signature") { $0.mapping("sealed") { _ in ["U": "2"] } } },
        ]
        for (index, change) in changes.enumerated() {
            #expect(Self.isDocumentError(Self.refusal(only("Proof", change))), "change \(index)")
        }
        for index: JSONValue in ["0", -1, 4_294_967_296] {
            #expect(Self.isDocumentError(Self.refusal(only("Confirm") { $0.mapping("index") { _ in index } })))
        }
        #expect(Self.isDocumentError(Self.refusal(only("Stealth") { $0.mapping("index") { _ in .null } })))
        // A wrong index, a wrong message and a secret that is no exponent are never a pass.
        for (type, field, value, outcome) in [
            ("Confirm", "index", 9, VectorOutcome.Status.fail), ("Unseal", "message", "00", .fail),
            ("Confirm", "recipientSecret", "0", .error), ("Unseal", "recipientSecret", "17", .error),
            ("Stealth", "senderSecret", "17", .error), ("Stealth", "element", "0", .fail),
        ] as [(String, String, JSONValue, VectorOutcome.Status)] {
            let file = try VectorFile(only(type) { $0.mapping(field) { _ in value } }, stem: "x_test")
            #expect(file.run().map(\.outcome) == [outcome], "\(type) \(field)")
        }
    }

    @Test("a record that is no record is an error, and not a verdict")
    func recordError() throws {
        let path = try #require(Samples.paths.first { $0.contains("token_ringwork") })
        let broken = try Samples.small(path).mappingTests { $0.mapping("record") { $0.removing("schema") } }
        let outcomes = try VectorFile(broken, stem: "x_test").run()
        #expect(!outcomes.isEmpty && outcomes.allSatisfy { $0.outcome == .error && $0.got == nil && $0.reason != nil })
    }

    @Test("every error reads as a sentence")
    func descriptions() {
        let errors: [VectorFileError] = [
            .document(.missingField("a")), .unknownSchema("a"), .unknownProfile("a", schema: "b"),
            .unknownGroupType("a", schema: "b"), .noTests, .wrongCount(stated: 1, actual: 2), .duplicateTest(tcID: 1),
            .unexplainedFlag("a", tcID: 1), .group(.qIsPrime),
        ]
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}
