import ByteCoding
@_spi(Hazmat) @_spi(Literal) import HashWork
import Hashing

/// The Alice/Bob hash work: `AliceVerdict` groups as printed; `ChainV2`, `CommitmentV2` and `PartyV2` groups as repaired;
/// `Transcript` groups for both, and the lines of the wire in `MessageLine` groups.
///
/// In the literal profile the attacks flagged `PROTOCOL_BREAK` are valid: the printed protocol accepts them.
struct HashWorkSuite: VectorSuite {
    static let schemas = [(schema: "hash-work.schema.json", profiles: ["paper-literal", "ringwork-v1"])]

    enum Inputs {
        case alice(Alice)
        case chain(Chain)
        case commitment(role: WorkRole, salt: [UInt8], value: [UInt8], k: Int, commitment: [UInt8])
        case party(Party)
        case transcript(document: [UInt8], index: Int?)
        case line([UInt8])
    }

    /// Alice's view of a run: what she has, receives (b₀, kB, step 8) and sends (step 7; empty where she aborts).
    struct Alice {
        let start: Digest
        let k: Int
        let peer: [UInt8]
        let peerK: Int
        let step7: [UInt8]
        let step8: [UInt8]
    }

    /// One prover's chain.
    struct Chain {
        let prover: WorkRole
        let session: [UInt8]
        let proverName: String
        let verifierName: String
        let a0: [UInt8]
        let b0: [UInt8]
        let kA: Int
        let kB: Int
        let hash: WorkHash
        let answer: [UInt8]
    }

    /// A party's view of a run of version 2: what it is made of, receives and sends, line by line.
    struct Party {
        let role: WorkRole
        let name: String
        let peerName: String
        let hash: WorkHash
        let k: Int
        let value: [UInt8]
        let salt: [UInt8]
        let answerSalt: [UInt8]
        let received: [String]
        let sent: [String]
    }

    private enum Kind {
        case aliceVerdict(WorkHash)
        case chain
        case commitment
        case party
        case transcript
        case line
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: HashWorkSuite?
    ) throws(VectorFileError) {
        switch type {
        case "AliceVerdict":
            kind = .aliceVerdict(try reading { () throws(DocumentError) in try parameters.choice("hash") })
        case "ChainV2": kind = .chain
        case "CommitmentV2": kind = .commitment
        case "PartyV2": kind = .party
        case "Transcript": kind = .transcript
        case "MessageLine": kind = .line
        default: throw .unknownGroupType(type, schema: schema)
        }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .aliceVerdict:
            let start = try test.bytes("a0", count: Digest.byteCount)
            guard let digest = try? Digest(bytes: start) else { preconditionFailure("32 bytes are a digest") }
            return .alice(
                Alice(
                    start: digest, k: try test.count("kA"), peer: try test.bytes("b0", count: Digest.byteCount),
                    peerK: try test.count("kB"), step7: try test.bytes("step7"), step8: try test.bytes("step8")))
        case .chain:
            return .chain(
                Chain(
                    prover: try Self.role(&test), session: try test.bytes("session", count: 32),
                    proverName: try test.string("prover"), verifierName: try test.string("verifier"),
                    a0: try test.bytes("a0", count: 32), b0: try test.bytes("b0", count: 32),
                    kA: try test.count("kA"), kB: try test.count("kB"), hash: try test.choice("hash"),
                    answer: try test.bytes("answer")))
        case .commitment:
            return .commitment(
                role: try Self.role(&test), salt: try test.bytes("salt", count: 32),
                value: try test.bytes("value", count: 32), k: try test.count("k"),
                commitment: try test.bytes("commitment"))
        case .party:
            return .party(
                Party(
                    role: try Self.role(&test), name: try test.string("name"), peerName: try test.string("peerName"),
                    hash: try test.choice("hash"), k: try test.count("k"), value: try test.bytes("value", count: 32),
                    salt: try test.bytes("salt", count: 32), answerSalt: try test.bytes("answerSalt", count: 32),
                    received: try test.strings("received"), sent: try test.strings("sent")))
        case .transcript:
            let document = Array(try test.string("document").utf8)
            let index = try test.value("index")
            switch index {
            case .null: return .transcript(document: document, index: nil)
            case .integer(let number): return .transcript(document: document, index: Int(number))
            default: throw .wrongKind(field: test.path("index"), expected: "number or null", actual: index.kind)
            }
        case .line: return .line(try test.bytes("line"))
        }
    }

    func run(_ inputs: Inputs) throws -> String? {
        switch (inputs, kind) {
        case (.alice(let alice), .aliceVerdict(let hash)): return try verdict(of: alice, hash: hash)
        case (.chain(let chain), _): return verdict(of: chain)
        case (.commitment(let role, let salt, let value, let k, let commitment), _):
            let right = WorkBinding.commitment(role: role, salt: salt, value: value, k: k)
            return right.bytes == commitment ? nil : "commitment-mismatch"
        case (.party(let party), _): return try verdict(of: party)
        case (.transcript(let document, let index), _): return verdict(of: document, index: index)
        case (.line(let line), _):
            do throws(DocumentError) { _ = try WorkMessage(line: line) } catch { return Self.schemaReason }
            return nil
        case (.alice, _): preconditionFailure("the inputs are of the group's kind")
        }
    }

    /// The reason for text that is not of its schema.
    private static let schemaReason = "schema"

    /// Plays Bob's messages to Alice. Another step 7 than the test's is a reason of its own, which no test expects.
    private func verdict(of test: Alice, hash: WorkHash) throws -> String? {
        let session = [UInt8](repeating: 0, count: 32)
        var sent: [UInt8] = []
        var reason: String?
        do {
            var alice = try LiteralAlice(hash: hash, k: test.k, session: session, start: test.start)
            let step2 = try WorkMessage(session: session, step: .step2, value: test.peer, k: test.peerK)
            sent = try alice.handle(step2).flatMap(\.value)
            if test.step8.count == WorkStep.step8.valueByteCount {
                _ = try alice.handle(WorkMessage(session: session, step: .step8, value: test.step8, k: nil))
            } else {
                // No such message can be written: an answer of another length is no answer.
                reason = WorkError.wrongAnswer.code
            }
        } catch let error as WorkError {
            reason = error.code
        }
        return sent == test.step7 ? reason : "step7-mismatch"
    }

    /// Bounds first, lower before upper, as a party of version 2 enforces them on both amounts; then the answer.
    private func verdict(of test: Chain) -> String? {
        let amounts = WorkParty.amounts
        let (least, most) = (min(test.kA, test.kB), max(test.kA, test.kB))
        guard least >= amounts.lowerBound else {
            return WorkError.kTooSmall(k: least, minimum: amounts.lowerBound).code
        }
        guard most <= amounts.upperBound else { return WorkError.kTooLarge(k: most, maximum: amounts.upperBound).code }
        let tag = WorkBinding.chainTag(
            prover: test.prover, session: test.session, proverName: test.proverName, verifierName: test.verifierName,
            a0: test.a0, b0: test.b0, kA: test.kA, kB: test.kB)
        let (start, k) = test.prover == .bob ? (test.a0, test.kA) : (test.b0, test.kB)
        var cost = WorkCost()
        let answer = WorkBinding.answer(tag: tag, start: start, k: k, hash: test.hash, cost: &cost)
        return answer == test.answer ? nil : WorkError.wrongAnswer.code
    }

    /// Gives the party one line after another. Other lines sent than the test's are a reason of their own.
    private func verdict(of test: Party) throws -> String? {
        var party = try WorkParty(
            role: test.role, name: test.name, peerName: test.peerName, hash: test.hash, k: test.k, value: test.value,
            salt: test.salt, answerSalt: test.answerSalt)
        var sent = party.firstMessages
        var reason: String?
        do {
            for line in test.received { sent += try party.handle(WorkMessage(line: Array(line.utf8))) }
            if party.verdict != .accept { reason = party.verdict.code }
        } catch let error as WorkError {
            reason = error.code
        } catch is DocumentError {
            reason = Self.schemaReason
        }
        return sent.map(\.line) == test.sent ? reason : "sent-mismatch"
    }

    /// Another index than the test's is a reason of its own.
    private func verdict(of document: [UInt8], index: Int?) -> String? {
        let transcript: WorkTranscript
        do throws(DocumentError) { transcript = try WorkTranscript(document: document) } catch {
            return Self.schemaReason
        }
        do throws(WorkTranscriptError) { try transcript.verify() } catch {
            return error.index == index ? error.code : "index-mismatch"
        }
        return nil
    }

    private static func role(_ test: inout DocumentReader) throws(DocumentError) -> WorkRole {
        let name = try test.string("role")
        switch name {
        case "alice": return .alice
        case "bob": return .bob
        default: throw .malformed(field: test.path("role"), reason: "there is no role \u{22}\(name)\u{22}")
        }
    }
}
