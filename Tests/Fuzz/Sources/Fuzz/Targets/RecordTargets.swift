import ByteCoding
import Foundation
@_spi(Hazmat) @_spi(Literal) import HashWork
import Hashing
import Tokenization
import VectorSuites

/// Work messages, tokens, records of people, vector files.
let recordTargets: [FuzzTarget] = [
    FuzzTarget(name: "work-message") { bytes in
        let message = try WorkMessage(line: bytes)
        let line = Array(message.line.utf8)
        require(line.count < 400, "a line is longer than promised")
        require((try? WorkMessage(line: line)) == message, "decode ∘ encode is not the identity")
        require(
            (try JSONValue(parsing: line)).canonicalBytes == (try JSONValue(parsing: bytes)).canonicalBytes,
            "a message has two spellings")
    } seeds: {
        try WorkStep.allCases.map { step in
            let message = try WorkMessage(
                session: step.hasSession ? [UInt8](repeating: 1, count: 32) : nil, step: step,
                value: [UInt8](repeating: 2, count: step.valueByteCount), k: step.hasAmount ? 3 : nil)
            return Array(message.line.utf8)
        }
    },
    FuzzTarget(name: "work-transcript") { bytes in
        let transcript = try checkDocument(bytes) {
            try WorkTranscript(document: $0)
        } document: {
            $0.document
        }
        // A verdict, right or wrong, where the work is little.
        guard transcript.messages.allSatisfy({ $0.k ?? 0 <= 1024 }) else { return }
        var cost = WorkCost()
        do throws(WorkTranscriptError) { try transcript.verify(cost: &cost) } catch {
            require(!error.description.isEmpty, "a refusal has no text")
            require(error.index ?? 0 <= transcript.messages.count, "the refusal is at a message that is not there")
            return
        }
        require(transcript.messages.map(\.step) == transcript.profile.steps, "a valid run has other steps")
        require(cost.evaluations > 0, "a valid run was not worked through")
    } seeds: {
        try workTranscripts()
    },
    FuzzTarget(name: "token") { bytes in
        let token = try Token(parsing: String(decoding: bytes, as: UTF8.self))
        require(token.description.utf8.elementsEqual(bytes), "a token has two spellings")
        require(try Token(parsing: token.description) == token, "decode ∘ encode is not the identity")
    } seeds: {
        ["rw1", "rw1s"].map { Array(("\($0).0badcafe." + String(repeating: "1", count: 64)).utf8) }
    },
    FuzzTarget(name: "name") { bytes in
        let name = try CanonicalName(utf8: bytes)
        require((try? CanonicalName(utf8: name.bytes)) == name, "the canonical form is not a fixed point")
    } seeds: {
        [
            "Ada", "O\u{2019}Neill\u{2013}Strau\u{df}", " \u{ff21}\u{fb01}\u{3000}e\u{323}\u{301} ",
            "\u{1100}\u{1161}\u{11a8}",
        ]
        .map { Array($0.utf8) }
    },
    FuzzTarget(name: "patient") { bytes in
        let patient = try Patient(document: bytes)
        let written = patient.document.documentBytes
        let again = try? Patient(document: written)
        require(again == patient, "a canonical record is refused")
        require(again?.document.documentBytes == written, "the canonical form is not a fixed point")
        require(again?.tokenItems == patient.tokenItems, "a record has two tokens")
    } seeds: {
        try [
            Patient(
                family: "O'Brien", given: ["Ada", "Jos\u{e9}"], other: nil, birthDate: "2000-02-29",
                nationalID: "US-SSN:123-45-6789", plan: "AB-1:ID-2"),
            Patient(
                family: "\u{1e9e}\u{130}\u{3a3}", given: ["\u{ff21}\u{fb01}"], other: "e\u{301} \u{1100}\u{1161}",
                birthDate: "1800-01-01", nationalID: "US-SSN:001 01 0001", plan: "A:B"),
            Patient(
                family: "\u{3b1}\u{345}", given: ["x"], other: nil, birthDate: "2199-12-31",
                nationalID: "GB-NHS:943 476 5919", plan: "A:B"),
        ].map { $0.document.documentBytes }
            + [
                Array(
                    """
                    {"schema":"ringwork/patient/1","family":" \u{fb03}\u{345}\u{3a3} ","given":["a\u{30a}"],"other":"",
                    "birthDate":"1999-12-31","nationalId":"US-SSN:123 45 6789","plan":"A:B"}
                    """.utf8)
            ]
    },
    FuzzTarget(name: "provider") { bytes in
        let provider = try Provider(document: bytes)
        let written = provider.document.documentBytes
        let again = try? Provider(document: written)
        require(again == provider, "a canonical record is refused")
        require(again?.document.documentBytes == written, "the canonical form is not a fixed point")
    } seeds: {
        try ["EIN:12-3456789", "SSN:123-45-6789", "ITIN:912-70-1234"].map {
            try Provider(npi: "1234567893", name: "Dr. \u{ff21}da Example, M.D.", tin: $0).document.documentBytes
        }
    },
    FuzzTarget(name: "vector-file") { bytes in
        let file = try VectorFile(bytes, stem: "fuzz")
        require(!file.tests.isEmpty, "a file without tests was read")
        // A verdict, right or wrong, for the first few.
        for test in file.tests.prefix(4) { _ = test.run() }
    } seeds: {
        try vectorSeeds()
    },
]

/// A run of each profile with each hash; k is 16, so that verifying takes no time.
private func workTranscripts() throws -> [[UInt8]] {
    func bytes(_ first: UInt8) -> [UInt8] { (0..<32).map { first &+ $0 } }
    var seeds: [[UInt8]] = []
    for hash in WorkHash.allCases {
        var alice = try WorkParty(
            role: .alice, name: "a", peerName: "b", hash: hash, k: 16, value: bytes(0), salt: bytes(1),
            answerSalt: bytes(2))
        var bob = try WorkParty(
            role: .bob, name: "b", peerName: "a", hash: hash, k: 16, value: bytes(3), salt: bytes(4),
            answerSalt: bytes(5))
        let names = WorkTranscript.Names(alice: "a", bob: "b")
        seeds.append(
            WorkTranscript(hash: hash, names: names, messages: try exchange(&alice, &bob)).document.documentBytes)
        let zero = try Digest(bytes: bytes(0))
        var oldAlice = try LiteralAlice(hash: hash, k: 16, session: bytes(6), start: zero)
        var oldBob = try LiteralBob(hash: hash, k: 16, start: SHA256.hash(bytes(7)))
        seeds.append(
            WorkTranscript(literal: hash, messages: try exchange(&oldAlice, &oldBob)).document.documentBytes)
    }
    return seeds
}

/// One small file for each schema: the committed ones, cut to their first test.
private func vectorSeeds() throws -> [[UInt8]] {
    let root = URL(filePath: #filePath.components(separatedBy: "/Tests/Fuzz/")[0]).appending(path: "Vectors/v1")
    var seeds: [[UInt8]] = []
    var schemas: Set<String> = []
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    for name in names where name.hasSuffix(VectorFile.nameSuffix) {
        let value = try JSONValue(parsing: Array(Data(contentsOf: root.appending(path: name))))
        guard case .object(let fields) = value else { continue }
        let schema = fields.first { $0.name == "schema" }.map { $0.value.compactText } ?? ""
        guard schemas.insert(schema).inserted else { continue }
        let cut = JSONValue.object(
            fields.map { field in
                switch (field.name, field.value) {
                case ("numberOfTests", _): .init(field.name, 1)
                case ("testGroups", .array(let groups)): .init(field.name, .array(groups.prefix(1).map(firstTest)))
                default: field
                }
            })
        seeds.append(cut.documentBytes)
    }
    return seeds
}

private func firstTest(_ group: JSONValue) -> JSONValue {
    guard case .object(let fields) = group else { return group }
    return .object(
        fields.map { field in
            guard field.name == "tests", case .array(let tests) = field.value else { return field }
            return .init(field.name, .array(Array(tests.prefix(1))))
        })
}
