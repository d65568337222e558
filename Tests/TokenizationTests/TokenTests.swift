import ByteCoding
import Hashing
import Testing
@_spi(Literal) import Tokenization

private let key = (0..<32).map { UInt8($0) }

private func tokenKey(_ bytes: [UInt8] = key) throws -> TokenKey {
    var bytes = bytes
    return try TokenKey(SecretBytes(wiping: &bytes))
}

private func tokenizer(
    purpose: String = "claims", tenant: String = "north-hospital", epoch: UInt64 = 7, profile: TokenProfile = .fast
) throws -> Tokenizer {
    Tokenizer(key: try tokenKey(), purpose: purpose, tenant: tenant, epoch: epoch, profile: profile)
}

private func patient(
    family: String = "O\u{2019}Neill\u{2013}Strau\u{00df}", given: [String] = ["Jose\u{0301}", " MARIA  del Mar "],
    other: String? = nil, birthDate: String = "1984-02-29", nationalID: String = "US-SSN:123-45-6789",
    plan: String = "ACME-1:PLAN-7"
) throws -> Patient {
    try Patient(
        family: family, given: given, other: other, birthDate: birthDate, nationalID: nationalID, plan: plan)
}

private let patientToken = "rw1.5309dfce.133b53f46591b408f9cdd4017f00b254581ce22433fe7e44920e3b3f3fc17034"

private let patientDocument = """
    {"schema":"ringwork/patient/1","family":"O’Neill–Strauß","given":["José","Maria del Mar"],"other":null,\
    "birthDate":"1984-02-29","nationalId":"US-SSN:123456789","plan":"ACME-1:PLAN-7"}
    """
private let providerDocument = """
    {"schema":"ringwork/provider/1","npi":"1234567893","name":"Dr. Ada Example, M.D.","tin":"EIN:12-3456789"}
    """

@Suite("Token") struct TokenTests {
    @Test("known answers, by an independent program")
    func knownAnswers() throws {
        #expect(try tokenizer().token(for: patient()).description == patientToken)
        #expect(
            try tokenizer().token(for: patient(other: "Peppe")).description
                == "rw1.5309dfce.43d738eda4e44f5badaf6393728f65942e51972f53fd453c4567a501b26b17a9")
        let provider = try Provider(npi: "1234567893", name: "Dr. \u{ff21}da Example, M.D.", tin: "EIN:12-3456789")
        #expect(
            try tokenizer(purpose: "", tenant: "", epoch: 0).token(for: provider).description
                == "rw1.2677a086.4c698b9ac829284fd75ab748f0795ceca1765e1ced07c0a77fbff7505128d106")
    }

    @Test("every field and every part of the key's name changes the token")
    func separation() throws {
        let patients = [
            try patient(), try patient(family: "Oneill"), try patient(given: ["José"]),
            try patient(given: ["José Maria del Mar"]), try patient(given: ["Maria del Mar", "José"]),
            try patient(given: ["José"], other: "Maria del Mar"), try patient(other: "X"),
            try patient(birthDate: "1984-02-28"), try patient(nationalID: "US-SSN:123456788"),
            try patient(plan: "ACME:1-PLAN-7"),
        ]
        var tokens = try tokenizer().tokens(for: patients).map(\.description)
        #expect(tokens[0] == patientToken)
        for other in try [
            tokenizer(purpose: "research").token(for: patients[0]), tokenizer(tenant: "south").token(for: patients[0]),
            tokenizer(epoch: 8).token(for: patients[0]),
            tokenizer(purpose: "claimsn", tenant: "orth-hospital").token(for: patients[0]),
        ] { tokens.append(other.description) }
        #expect(Set(tokens).count == 14)
        #expect(Set(tokens.map { $0.prefix(12) }).count == 5)
    }

    @Test("a batch is the tokens one by one")
    func batch() throws {
        let patients = try (0..<50).map { try patient(given: ["Given \($0)"]) }
        let maker = try tokenizer()
        let batch = maker.tokens(for: patients)
        #expect(batch.count == 50)
        for (patient, token) in zip(patients, batch) { #expect(maker.token(for: patient) == token) }
        #expect(Set(batch.map(\.description)).count == 50)
        #expect(batch[0].keyID == maker.keyID)
    }

    @Test("checking")
    func checking() throws {
        let maker = try tokenizer()
        let token = try Token(parsing: patientToken)
        try maker.check(token, of: patient())
        let mismatch = TokenError.tokenMismatch
        #expect(throws: mismatch) { try tokenizer().check(token, of: patient(family: "Other")) }
        #expect(throws: mismatch) { try tokenizer(epoch: 8).check(token, of: patient()) }
        let otherKeyID = try Token(parsing: "rw1.5309dfcf." + patientToken.suffix(64))
        #expect(throws: mismatch) { try tokenizer().check(otherKeyID, of: patient()) }
    }

    @Test("equality sees every bit")
    func equality() throws {
        let token = try Token(parsing: patientToken)
        let digits = Array(patientToken.utf8)
        for place in digits.indices where place > 3 && digits[place] != 0x2e {
            var changed = digits
            changed[place] = digits[place] == 0x30 ? 0x31 : 0x30
            #expect(try Token(parsing: String(decoding: changed, as: UTF8.self)) != token)
        }
        #expect(try Token(parsing: token.description) == token)
    }

    @Test("texts that are no token")
    func badTokens() {
        let tag = String(patientToken.suffix(64))
        var texts: [String] = ["", "rw1", "rw1..", String(patientToken.dropLast()), patientToken.uppercased()]
        texts += ["\(patientToken).", "\(patientToken)0", " \(patientToken)", "\(patientToken)\n"]
        texts += ["rw2.5309dfce.\(tag)", "rw1\u{301}.5309dfce.\(tag)", "RW1.5309dfce.\(tag)", "rw1:5309dfce:\(tag)"]
        texts += ["rw1S.5309dfce.\(tag)", "rw1ss.5309dfce.\(tag)", "rw1s", "rw1s.5309dfce", "rw1s.5309dfce.\(tag)0"]
        texts += ["rw1.5309dfc.\(tag)", "rw1.5309dfce0.\(tag)", "rw1.5309DFCE.\(tag)", "rw1.5309dfcg.\(tag)"]
        for text in texts { #expect(throws: TokenError.tokenSyntax, "\(text)") { try Token(parsing: text) } }
    }

    @Test("key files")
    func keyFiles() throws {
        for ending in ["", "\n"] {
            var text = Array((Hex.encode(key) + ending).utf8)
            let maker = Tokenizer(
                key: try TokenKey(wipingHex: &text), purpose: "claims", tenant: "north-hospital", epoch: 7)
            #expect(text.isEmpty)
            #expect(try maker.token(for: patient()).description == patientToken)
        }
        let hex = Hex.encode(key)
        for bad in [
            "", "\n", hex + "\n\n", hex + "\r\n", hex + "00", String(hex.dropLast()), String(hex.dropLast(2)),
            hex.uppercased(), hex.dropLast() + "g", " " + hex.dropLast(),
        ] {
            #expect(throws: TokenError.keyLength) {
                var text = Array(bad.utf8)
                _ = try TokenKey(wipingHex: &text)
            }
        }
        for count in [0, 31, 33] {
            #expect(throws: TokenError.keyLength) { _ = try TokenKey(SecretBytes(zeros: count)) }
        }
    }
}

/// Each slow token costs its 0.4 s: these tests make two.
@Suite("Slow token") struct SlowTokenTests {
    @Test("known answer, by an independent program; neither profile takes the other's tokens")
    func slow() throws {
        let slow = try tokenizer(profile: .slow)
        let token = slow.token(for: try patient())
        #expect(token.description == "rw1s.2d3211e9.59ffdf98f82cac5e80c3990b2820ac74953512aa271475b7152db54185fafe17")
        #expect(token.profile == .slow && token.keyID == slow.keyID)
        #expect(try Token(parsing: token.description) == token)
        try slow.check(token, of: patient())
        // Refused by profile and key id, before anything is computed.
        #expect(throws: TokenError.tokenMismatch) { try tokenizer().check(token, of: patient()) }
        #expect(throws: TokenError.tokenMismatch) {
            try tokenizer(profile: .slow).check(Token(parsing: patientToken), of: patient())
        }
        let renamed = try Token(parsing: "rw1" + token.description.dropFirst(4))
        #expect(renamed != token)
        #expect(throws: TokenError.tokenMismatch) { try tokenizer().check(renamed, of: patient()) }
        #expect(throws: TokenError.tokenMismatch) { try tokenizer(profile: .slow).check(renamed, of: patient()) }
    }

    @Test("the profiles' keys differ")
    func separation() throws {
        var ids: Set<[UInt8]> = []
        for profile in TokenProfile.allCases {
            for epoch in 7...8 as ClosedRange<UInt64> {
                ids.insert(try tokenizer(epoch: epoch, profile: profile).keyID)
            }
        }
        #expect(ids.count == 4)
    }
}

@Suite("Record documents") struct RecordTests {
    @Test("documents give the records, and come back")
    func roundTrip() throws {
        let patient = try Patient(document: Array(patientDocument.utf8))
        #expect(try tokenizer().token(for: patient).description == patientToken)
        #expect(try Patient(document: Array(patient.document.documentText.utf8)) == patient)
        let provider = try Provider(document: Array(providerDocument.utf8))
        #expect(provider.tin == "EIN:123456789")
        #expect(try Provider(document: Array(provider.document.documentText.utf8)) == provider)
        let other = patientDocument.replacing("\"other\":null", with: "\"other\":\"\"")
        #expect(try Patient(document: Array(other.utf8)) == patient)
    }

    @Test(
        "documents that are refused",
        arguments: [
            (#""plan":"ACME-1:PLAN-7""#, #""plan":null"#), (#","plan":"ACME-1:PLAN-7""#, ""),
            (#""other":null,"#, ""), (#""other":null"#, #""other":1"#), (#""other":null"#, #""other":null,"x":1"#),
            ("patient/1", "provider/1"), (#"["José","Maria del Mar"]"#, #""José""#),
            (#"["José","Maria del Mar"]"#, "[1]"), (#""family":"#, #""family":"x","family":"#), ("}", ""),
        ])
    func refusedPatients(part: String, replacement: String) throws {
        let changed = patientDocument.replacing(part, with: replacement)
        try #require(changed != patientDocument)
        let error = #expect(throws: RecordError.self) { try Patient(document: Array(changed.utf8)) }
        #expect(error?.code == "document")
    }

    @Test(
        "documents that are not UTF-8, or name surrogates",
        arguments: [
            [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], [0xc0, 0xaf], [0xc1, 0x81],
            [0xe0, 0x80, 0xaf], [0xf0, 0x80, 0x80, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80],
            [0xc3],
            [0xe2, 0x82], [0xff], [0xfe, 0xff], Array(#"\ud800"#.utf8), Array(#"\udc00"#.utf8),
            Array(#"\udc00\ud800"#.utf8),
            Array(#"\ud800A"#.utf8),
        ] as [[UInt8]])
    func badEncodings(damage: [UInt8]) throws {
        var document = Array(patientDocument.utf8)
        let place = try #require(patientDocument.utf8.firstRange(of: Array("Neill".utf8)))
        let offset = patientDocument.utf8.distance(from: patientDocument.utf8.startIndex, to: place.lowerBound)
        document.insert(contentsOf: damage, at: offset)
        let error = #expect(throws: RecordError.self) { try Patient(document: document) }
        #expect(error?.code == "document")
        guard damage[0] != 0x5c else { return }
        let name = #expect(throws: TokenError.self) {
            try CanonicalName(utf8: [0x41] + damage + [0x42], field: "family")
        }
        #expect(name == .nameUTF8(field: "family"))
    }

    @Test("names in UTF-8 are the names")
    func names() throws {
        for text in ["José", "\u{1F600}", "\u{D7FB}\u{E9}", "\u{10348}"] {
            #expect(try CanonicalName(utf8: Array(text.utf8)) == CanonicalName(text))
        }
        #expect(throws: TokenError.nameEmpty(field: "name")) { try CanonicalName(utf8: []) }
    }

    @Test("documents whose values are refused")
    func refusedValues() throws {
        for (part, replacement, error) in [
            ("1984-02-29", "1985-02-29", TokenError.birthDate(.day)),
            (#"["José","Maria del Mar"]"#, "[]", .nameEmpty(field: "given")),
            ("US-SSN:123456789", "US-SSN:666456789", .nationalID(.area)),
        ] {
            let changed = patientDocument.replacing(part, with: replacement)
            #expect(throws: RecordError.value(error)) { try Patient(document: Array(changed.utf8)) }
        }
        let provider = providerDocument.replacing("1234567893", with: "1234567890")
        #expect(throws: RecordError.value(.npi(.checkDigit))) { try Provider(document: Array(provider.utf8)) }
        #expect(throws: RecordError.document(.missingField("tin"))) {
            let short = providerDocument.replacing(#","tin":"EIN:12-3456789""#, with: "")
            return try Provider(document: Array(short.utf8))
        }
    }
}

@Suite("Literal token") struct LiteralTokenTests {
    @Test("known answers")
    func knownAnswers() throws {
        #expect(
            try LiteralToken(patient()).description
                == "insecure:80ca354c79d9af53b51588a3aaac2b38438dfef8dea2477cfc6b8e13d9690b84")
        #expect(
            LiteralToken(fields: ["AnnaB", "1990-01-01"]).digest.hex
                == "b59e0e848e71d2cab3940153a3033dee8577e531669da02abd62241c6e19a895")
        let fields = ["AnnaB", "1990-01-01"]
        #expect(
            LiteralToken(fields: fields, double: true).digest == SHA256.hash(LiteralToken(fields: fields).digest.bytes))
    }

    @Test("two people, one literal token; two keyed tokens")
    func ambiguity() throws {
        #expect(LiteralToken(fields: ["AnnaB", "1990-01-01"]) == LiteralToken(fields: ["Anna", "B1990-01-01"]))
        let people = try [
            patient(family: "Anna", given: ["Bell"]), patient(family: "AnnaB", given: ["ell"]),
            patient(family: "AnnaB", given: ["e", "ll"]), patient(family: "AnnaB", given: ["e"], other: "ll"),
        ]
        #expect(Set(people.map { LiteralToken($0) }).count == 1)
        #expect(Set(people.map { LiteralToken($0, double: true) }).count == 1)
        #expect(Set(try tokenizer().tokens(for: people).map(\.description)).count == 4)
    }
}
