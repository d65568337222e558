import ByteCoding
import ModularArithmetic
import Testing
import VectorSuites

@Suite("Companion vector files are read strictly") struct CompanionFileTests {
    private static func small(_ name: String) throws -> JSONValue {
        try Samples.small(#require(Samples.paths.first { $0.contains(name) }))
    }

    private static func refusal(_ value: JSONValue) -> VectorFileError? {
        do {
            _ = try VectorFile(value, stem: "x_test")
            return nil
        } catch { return error }
    }

    private static func expectDocumentError(_ value: JSONValue, _ what: Comment) {
        guard case .document? = refusal(value) else {
            Issue.record("\(what): \(String(describing: refusal(value)))")
            return
        }
    }

    private static func mappingGroups(_ file: JSONValue, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        file.mapping("testGroups") { $0.mappingElements(change) }
    }

    @Test("groups: a curve that nobody knows, numbers that break a rule, keys that are incomplete")
    func groups() throws {
        let curve = try Self.small("ring_lsag_secp256k1")
        let schnorr = try Self.small("ring_lsag_toy")
        #expect(Self.refusal(curve) == nil && Self.refusal(schnorr) == nil)
        Self.expectDocumentError(
            Self.mappingGroups(curve) { $0.mapping("groupParameters") { _ in ["curve": "secp256r1"] } }, "no such curve"
        )
        Self.expectDocumentError(
            Self.mappingGroups(curve) { $0.mapping("groupParameters") { $0.adding("p", "2f") } }, "curve and numbers")
        Self.expectDocumentError(
            Self.mappingGroups(schnorr) { $0.mapping("groupParameters") { $0.removing("t") } }, "no t")
        #expect(
            Self.refusal(Self.mappingGroups(schnorr) { $0.mapping("groupParameters") { $0.mapping("g") { _ in "5" } } })
                == .group(.gHasOrderQ))
        Self.expectDocumentError(Self.mappingGroups(schnorr) { $0.removing("keys") }, "no keys")
        Self.expectDocumentError(
            Self.mappingGroups(schnorr) { $0.mapping("keys") { $0.mappingElements { $0.removing("label") } } },
            "no label")
        Self.expectDocumentError(
            Self.mappingGroups(schnorr) { $0.mapping("keys") { $0.mappingElements { $0.adding("x", "01") } } },
            "a secret")
    }

    @Test("group types that belong to another scheme")
    func groupTypes() throws {
        for (name, type) in [
            ("ring_aos_toy", "Link"), ("ring_cds_toy", "Trace"), ("ring_lsag_toy", "Trace"),
            ("ring_fujisaki_suzuki_toy", "Link"), ("ring_aos_toy", "Key"), ("ring_key_toy", "Verify"),
        ] {
            let other = Self.mappingGroups(try Self.small(name)) { $0.mapping("type") { _ in .string(type) } }
            guard case .unknownGroupType(type, _)? = Self.refusal(other) else {
                Issue.record("\(name) with a \(type) group")
                continue
            }
        }
    }

    @Test("tests: places, signers, randomness, relations")
    func tests() throws {
        let aos = try Self.small("ring_aos_toy")
        let lsag = try Self.small("ring_lsag_toy")
        let traceable = try Self.small("ring_fujisaki_suzuki_toy")
        let threshold = try Self.small("ring_cds_toy")
        let changes: [(String, JSONValue, (JSONValue) -> JSONValue)] = [
            ("a place beyond the keys", aos, { $0.mapping("ring") { _ in [0, 99] } }),
            ("a negative place", aos, { $0.mapping("ring") { _ in [0, -1] } }),
            ("a place that is text", aos, { $0.mapping("ring") { _ in [0, "1"] } }),
            ("no signer", aos, { $0.mapping("signers") { _ in [] } }),
            ("two signers", aos, { $0.mapping("signers") { _ in [["key": 0, "x": "01"], ["key": 1, "x": "02"]] } }),
            ("a signer beyond the keys", aos, { $0.mapping("signers") { _ in [["key": 99, "x": "01"]] } }),
            ("a list of randomness missing", aos, { $0.mapping("randomness") { $0.removing("s") } }),
            ("a list of randomness too many", aos, { $0.mapping("randomness") { $0.adding("t", []) } }),
            ("no threshold", threshold, { $0.removing("threshold") }),
            ("a threshold where there is none", aos, { $0.adding("threshold", 1) }),
            ("a negative threshold", threshold, { $0.mapping("threshold") { _ in -1 } }),
            ("half linked", lsag, { $0.mapping("relation") { _ in "half" } }),
            ("a double signer of LSAG", lsag, { $0.mapping("relation") { _ in "double-signer" } }),
            (
                "linked, and a member", traceable,
                { $0.mapping("relation") { _ in "linked" }.mapping("member") { _ in 1 } }
            ),
            ("double signer, and no member", traceable, { $0.mapping("relation") { _ in "double-signer" } }),
            (
                "a member beyond the keys", traceable,
                {
                    $0.mapping("relation") { _ in "double-signer" }.mapping("member") { _ in 99 }
                }
            ),
        ]
        for (what, file, change) in changes {
            Self.expectDocumentError(file.mappingTests(change), Comment(rawValue: what))
        }
    }

    @Test("tests whose parts contradict each other are errors, and not verdicts")
    func contradictions() throws {
        let file = try Self.small("ring_lsag_toy")
        for (what, change): (String, (JSONValue) -> JSONValue) in [
            ("other fields", { $0.mapping("fields") { $0.mapping("c") { _ in "ff" } } }),
            ("no fields", { $0.mapping("fields") { _ in .null } }),
            (
                "another key's secret",
                { $0.mapping("signers") { $0.mappingElements { $0.mapping("key") { $0 == 0 ? 1 : 0 } } } }
            ),
        ] {
            let outcomes = try VectorFile(file.mappingTests(change), stem: "x_test").run()
            #expect(outcomes.contains { $0.outcome == .error && $0.got == nil }, Comment(rawValue: what))
            #expect(!outcomes.contains { $0.outcome == .fail }, Comment(rawValue: what))
        }
    }
}
