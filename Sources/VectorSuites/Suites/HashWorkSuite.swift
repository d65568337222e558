import ByteCoding
@_spi(Literal) import HashWork
import Hashing

/// The Alice/Bob hash work: `AliceVerdict` groups as printed, `ChainV2` and `CommitmentV2` groups as repaired.
///
/// In the literal profile the attacks flagged `PROTOCOL_BREAK` are valid: the printed protocol accepts them.
struct HashWorkSuite: VectorSuite {
    static let schemas = [(schema: "hash-work.schema.json", profiles: ["paper-literal", "ringwork-v1"])]

    enum Inputs {
        case alice(Alice)
        case chain(Chain)
        case commitment(role: WorkRole, salt: [UInt8], value: [UInt8], k: Int, commitment: [UInt8])
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

    private enum Kind {
        case aliceVerdict(WorkHash)
        case chain
        case commitment
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
        }
    }

    func run(_ inputs: Inputs) throws -> String? {
        switch (inputs, kind) {
        case (.alice(let alice), .aliceVerdict(let hash)): return try verdict(of: alice, hash: hash)
        case (.chain(let chain), _): return verdict(of: chain)
        case (.commitment(let role, let salt, let value, let k, let commitment), _):
            let right = WorkTranscript.commitment(role: role, salt: salt, value: value, k: k)
            return right.bytes == commitment ? nil : "commitment-mismatch"
        case (.alice, _): preconditionFailure("the inputs are of the group's kind")
        }
    }

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
        let tag = WorkTranscript.chainTag(
            prover: test.prover, session: test.session, proverName: test.proverName, verifierName: test.verifierName,
            a0: test.a0, b0: test.b0, kA: test.kA, kB: test.kB)
        let (start, k) = test.prover == .bob ? (test.a0, test.kA) : (test.b0, test.kB)
        var cost = WorkCost()
        let answer = WorkTranscript.answer(tag: tag, start: start, k: k, hash: test.hash, cost: &cost)
        return answer == test.answer ? nil : WorkError.wrongAnswer.code
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
