import ByteCoding
import ModularArithmetic
import Testing

@testable import VectorSuites

/// The suites of others' vectors, on a few of them; `make vectors-foreign` runs all.
@Suite("Foreign suites") struct ForeignSuiteTests {
    /// Runs one group of tests, each a list of inputs with the reason it must get.
    private static func check(
        _ schema: String, _ profile: String, _ type: String, _ parameters: [JSONValue.Field] = [],
        _ tests: [(inputs: JSONValue, reason: String?)]
    ) throws {
        var documents: [JSONValue] = []
        for (index, test) in tests.enumerated() {
            guard case .object(let inputs) = test.inputs else { continue }
            let head: [JSONValue.Field] = [
                .init("tcId", .integer(Int64(index + 1))), .init("comment", "a test"), .init("flags", ["Published"]),
            ]
            let verdict: [JSONValue.Field] = [
                .init("result", test.reason == nil ? "valid" : "invalid"), .init("reason", JSONValue(test.reason)),
            ]
            documents.append(.object(head + inputs + verdict))
        }
        let group: [JSONValue.Field] =
            [.init("type", .string(type)), .init("source", ["name": "a standard", "version": "1"])] + parameters
            + [.init("tests", .array(documents))]
        let file = try VectorFile(
            [
                "formatVersion": .integer(1), "vectorVersion": "1.0.0", "algorithm": "a test",
                "schema": .string(schema + ".schema.json"), "profile": .string(profile),
                "numberOfTests": .integer(Int64(tests.count)), "header": [],
                "notes": ["Published": ["bugType": "BASIC", "description": "a test"]],
                "testGroups": [.object(group)],
            ], stem: "x_test")
        let outcomes = file.run(workers: 1)
        #expect(outcomes.count == tests.count)
        for (outcome, test) in zip(outcomes, tests) {
            #expect(outcome.got == VectorVerdict(reason: test.reason), "\(test.inputs.compactText)")
        }
    }

    /// p = 47, q = 23, g = 4.
    private static let group = JSONValue.Field("groupParameters", ["p": "2f", "q": "17", "g": "4", "t": "b"])

    @Test("key pairs and shared secrets in a group small enough to reckon by hand")
    func keys() throws {
        // 4³ = 64 = 17 (mod 47).
        try Self.check(
            "discrete-log", "fips186-4", "KeyPair", [Self.group],
            [
                (["x": "3", "y": "11"], nil), (["x": "3", "y": "12"], "y-mismatch"), (["x": "0", "y": "1"], "x-range"),
                (["x": "17", "y": "1"], "x-range"), (["x": "1a", "y": "11"], "x-range"), (["x": "1", "y": "4"], nil),
            ])
        // 17² = 289 = 7 (mod 47); 5 is no power of 4.
        try Self.check(
            "discrete-log", "rfc5114", "SharedSecret", [Self.group],
            [
                (["x": "2", "y": "11", "shared": "7"], nil), (["x": "2", "y": "11", "shared": "8"], "shared-mismatch"),
                (["x": "0", "y": "11", "shared": "1"], "x-range"), (["x": "2", "y": "5", "shared": "19"], "y-order"),
                (["x": "2", "y": "1", "shared": "1"], "y-order"),
            ])
    }

    @Test("DSA signatures: every number of one, changed")
    func signatures() throws {
        // SHA-256("abc") begins with ba: its five leftmost bits are 23, so z = 23 = 0 (mod 23). k = 2: 4² = 16 = r, and
        // s = 2⁻¹ · (0 + 3 · 16) = 24 = 1 (mod 23).
        func signature(
            _ message: String = "616263", x: JSONValue = "3", y: JSONValue = "11", k: JSONValue = "2",
            r: JSONValue = "10", s: JSONValue = "1"
        ) -> JSONValue { ["msg": .string(message), "x": x, "y": y, "k": k, "r": r, "s": s] }
        try Self.check(
            "discrete-log", "fips186-4", "Signature", [.init("hash", "SHA-256"), Self.group],
            [
                (signature(), nil), (signature(""), "s-mismatch"), (signature(x: "4"), "y-mismatch"),
                (signature(x: "0"), "x-range"), (signature(y: "10"), "y-mismatch"), (signature(k: "3"), "r-mismatch"),
                (signature(k: "0"), "k-range"), (signature(k: "17"), "k-range"), (signature(r: "11"), "r-mismatch"),
                (signature(s: "2"), "s-mismatch"), (signature(s: "18"), "s-mismatch"),
            ])
    }

    @Test("the Monte-Carlo chain: NIST's first two digests")
    func monte() throws {
        let seed: JSONValue = "6d1e72ad03ddeb5de891e572e2396f8da015d899ef0e79503152d6010a3fe691"
        let first: JSONValue = "e93c330ae5447738c8aa85d71a6c80f2a58381d05872d26bdd39f1fcd4f2b788"
        let second: JSONValue = "2e78f8c8772ea7c9331d41ed3f9cdf27d8f514a99342ee766ee3b8b0d0b121c0"
        try Self.check(
            "sha256-monte", "fips180-4", "Chain", [],
            [
                (["seed": seed, "digest": first], nil), (["seed": first, "digest": second], nil),
                (["seed": seed, "digest": second], "digest-mismatch"),
            ])
    }

    @Test("HMAC and HKDF: RFC 4231 test case 2, RFC 5869 test case 3")
    func keyed() throws {
        let tag = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        func tagged(_ key: JSONValue, _ tag: String) -> JSONValue {
            ["key": key, "msg": "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "tag": .string(tag)]
        }
        try Self.check(
            "hmac-sha256", "rfc4231", "Tag", [],
            [
                (tagged("4a656665", tag), nil), (tagged("4a656666", tag), "tag-mismatch"),
                (tagged("4a656665", String(tag.reversed())), "tag-mismatch"),
            ])
        let output = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        func derived(_ info: JSONValue, _ output: String) -> JSONValue {
            [
                "key": "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "salt": "", "info": info,
                "output": .string(output),
            ]
        }
        try Self.check(
            "hkdf-sha256", "rfc5869", "Derivation", [],
            [
                (derived("", output), nil), (derived("", String(output.dropLast(2))), nil),
                (derived("00", output), "output-mismatch"), (derived("", output + "00"), "output-mismatch"),
            ])
    }

    @Test("groups of another type, and inputs that are none, are refused")
    func refused() {
        for (schema, profile) in [
            ("discrete-log", "fips186-4"), ("sha256-monte", "fips180-4"), ("hmac-sha256", "rfc4231"),
            ("hkdf-sha256", "rfc5869"), ("group-parameters", "fips186-4"),
        ] {
            #expect(throws: VectorFileError.unknownGroupType("Other", schema: schema + ".schema.json")) {
                try Self.check(schema, profile, "Other", [], [([:], nil)])
            }
        }
        #expect(throws: VectorFileError.group(.pIsPrime)) {
            let group = JSONValue.Field("groupParameters", ["p": "2d", "q": "b", "g": "4", "t": .null])
            try Self.check("discrete-log", "fips186-4", "KeyPair", [group], [(["x": "1", "y": "4"], nil)])
        }
        for (key, output) in [("", "00"), ("00", "")] {
            #expect(throws: VectorFileError.self) {
                let inputs: JSONValue = ["key": .string(key), "salt": "", "info": "", "output": .string(output)]
                try Self.check("hkdf-sha256", "rfc5869", "Derivation", [], [(inputs, nil)])
            }
        }
    }
}
