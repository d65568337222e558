import ByteCoding
@_spi(Literal) import HashWork
import Hashing
import Testing

private let session = [UInt8](repeating: 7, count: 32)

private func start(_ seed: UInt64) throws -> Digest {
    var rng = SplitMix(seed: seed)
    return try Digest(bytes: (0..<4).flatMap { _ in rng.next().bigEndianBytes })
}

private func message(_ step: WorkStep, _ value: Digest, k: Int? = nil, in session: [UInt8] = session) throws
    -> WorkMessage
{
    try WorkMessage(session: session, step: step, value: value.bytes, k: k)
}

private func mirror(hash: WorkHash, kA: Int, offset: Int = 0, respectingBounds: Bool = true) throws
    -> (alice: LiteralAlice, bob: MirrorBob, error: WorkError?)
{
    var alice = try LiteralAlice(hash: hash, k: kA, session: session, start: start(1))
    var bob = MirrorBob(offset: offset, respectingBounds: respectingBounds)
    do {
        _ = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        return (alice, bob, nil)
    } catch let error as WorkError { return (alice, bob, error) }
}

@Suite("Literal protocol") struct LiteralTests {
    @Test(
        "honest parties accept, and pay 2 max(kA, kB)", arguments: WorkHash.allCases, [(16, 16), (16, 65), (100, 17)])
    func honest(hash: WorkHash, amounts: (Int, Int)) throws {
        var rng = SplitMix(seed: 3)
        var alice = try LiteralAlice(hash: hash, k: amounts.0, using: &rng)
        var bob = try LiteralBob(hash: hash, k: amounts.1, using: &rng)
        #expect(bob.firstMessages.isEmpty)
        let said = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        #expect(said.map(\.step) == [.step1, .step2, .step7, .step8])
        #expect(alice.verdict == .accept && bob.verdict == .accept)
        let evaluations = 2 * max(amounts.0, amounts.1)
        #expect(alice.cost == bob.cost)
        #expect(alice.cost.evaluations == evaluations)
        #expect(alice.cost.sha256Calls == evaluations * (hash == .sha256 ? 1 : 2))
        // Against the definition: step 8 is H applied kA times to A0.
        var chain = try Digest(bytes: said[0].value)
        for _ in 0..<amounts.0 {
            chain = hash == .sha256 ? SHA256.hash(chain.bytes) : SHA256.doubleHash(chain.bytes)
        }
        #expect(said[3].value == chain.bytes)
    }

    @Test("the published vector")
    func publishedVector() throws {
        let a0 = try Digest(bytes: (0..<32).map { UInt8($0) })
        var alice = try LiteralAlice(hash: .sha256d, k: 1024, session: session, start: a0)
        var bob = MirrorBob()
        let said = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        #expect(
            said.map { Hex.encode($0.value) } == [
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd",
                "c5083ef82820f0cc52a4fd675a257290a41b8345914f452a2eb578a82409f231",
                "033136e4eda83756821060835ac33305ffbcdcc6ecd3fcbdfdc45b9d608749df",
            ])
        #expect(said.map(\.k) == [1024, 1023, nil, nil])
        #expect(alice.verdict == .accept)
        #expect(alice.cost.sha256Calls == 4096)
        #expect(bob.cost.sha256Calls == 2 && bob.cost.evaluations == 0)
    }

    @Test("the published end of the chain with SHA-256")
    func publishedSingle() throws {
        let a0 = try Digest(bytes: (0..<32).map { UInt8($0) })
        var alice = try LiteralAlice(hash: .sha256, k: 1024, session: session, start: a0)
        var bob = try LiteralBob(hash: .sha256, k: 16, start: start(5))
        let said = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        #expect(Hex.encode(said[3].value) == "014f68f1316b596d8f66923bacb9555f83e22c9887068760371c5b3f299e464b")
    }

    @Test("an amount of 2^18 is refused, and of one less is not; no lower bound")
    func amounts() throws {
        for k in [1 << 18, 1 << 40, Int.max] {
            var bob = try LiteralBob(hash: .sha256, k: 16, start: start(1))
            #expect(throws: WorkError.kTooLarge(k: k, maximum: (1 << 18) - 1)) {
                try bob.handle(message(.step1, start(2), k: k))
            }
            #expect(bob.verdict.code == "k-too-large")
            var alice = try LiteralAlice(hash: .sha256, k: 16, session: session, start: start(2))
            #expect(throws: WorkError.kTooLarge(k: k, maximum: (1 << 18) - 1)) {
                try alice.handle(message(.step2, start(1), k: k))
            }
        }
        var bob = try LiteralBob(hash: .sha256, k: 16, start: start(1))
        #expect(try bob.handle(message(.step1, start(2), k: (1 << 18) - 1)).count == 1)
        for k in [0, 1, 15] {
            var alice = try LiteralAlice(hash: .sha256, k: 16, session: session, start: start(2))
            #expect(try alice.handle(message(.step2, start(1), k: k)).count == 1)
        }
        for (k, error) in [
            (15, WorkError.kTooSmall(k: 15, minimum: 16)), (16385, WorkError.kTooLarge(k: 16385, maximum: 16384)),
        ] {
            #expect(throws: error) { try LiteralAlice(hash: .sha256, k: k, session: session, start: .zero) }
            #expect(throws: error) { try LiteralBob(hash: .sha256, k: k, start: .zero) }
        }
    }

    @Test("the own chain at the peer's value ends the protocol", arguments: WorkHash.allCases)
    func selfChain(hash: WorkHash) throws {
        let own = try start(4)
        var cost = WorkCost()
        var link = own
        for step in 1...18 {
            // The loop runs to max(k, peer's k) = 17: A₁₇ itself is never compared.
            var alice = try LiteralAlice(hash: hash, k: 17, session: session, start: own)
            var bob = try LiteralBob(hash: hash, k: 17, start: own)
            _ = try bob.handle(message(.step1, link, k: 16))
            if step <= 17 {
                #expect(throws: WorkError.selfChain(step: step)) { try alice.handle(message(.step2, link, k: 16)) }
                #expect(throws: WorkError.selfChain(step: step)) { try bob.handle(message(.step7, own)) }
                #expect(alice.verdict.code == "self-chain" && bob.verdict.code == "self-chain")
            } else {
                #expect(try alice.handle(message(.step2, link, k: 16)).count == 1)
            }
            link = hash.evaluate(link.bytes, cost: &cost)
        }
    }

    @Test("wrong answers")
    func wrongAnswers() throws {
        var alice = try LiteralAlice(hash: .sha256d, k: 16, session: session, start: start(1))
        var bob = try LiteralBob(hash: .sha256d, k: 16, start: start(2))
        let step2 = try bob.handle(alice.firstMessages[0])
        _ = try alice.handle(step2[0])
        // As printed, Bob answers before he looks.
        let step8 = try bob.handle(message(.step7, start(9)))
        #expect(step8.count == 1)
        #expect(bob.verdict == .abort(.wrongAnswer))
        #expect(throws: WorkError.wrongAnswer) { try alice.handle(message(.step8, start(9))) }
        #expect(alice.verdict.code == "wrong-answer")
        #expect(throws: WorkError.outOfOrder(expected: nil, actual: .step8)) { try alice.handle(step8[0]) }
        #expect(alice.verdict == .abort(.wrongAnswer))
    }

    @Test("other steps and other sessions")
    func order() throws {
        let other = [UInt8](repeating: 8, count: 32)
        for step in [WorkStep.step1, .step7, .step8] {
            var alice = try LiteralAlice(hash: .sha256, k: 16, session: session, start: start(1))
            #expect(throws: WorkError.outOfOrder(expected: .step2, actual: step)) {
                try alice.handle(message(step, start(2), k: step == .step1 ? 16 : nil))
            }
            #expect(alice.verdict.code == "out-of-order")
        }
        var alice = try LiteralAlice(hash: .sha256, k: 16, session: session, start: start(1))
        #expect(throws: WorkError.sessionMismatch) { try alice.handle(message(.step2, start(2), k: 16, in: other)) }
        #expect(alice.verdict.code == "session-mismatch")
        var bob = try LiteralBob(hash: .sha256, k: 16, start: start(2))
        _ = try bob.handle(message(.step1, start(1), k: 16))
        #expect(throws: WorkError.sessionMismatch) { try bob.handle(message(.step7, start(1), in: other)) }
    }

    @Test("mirror: accepted for 2i + 2 calls when H is SHA-256d", arguments: [17, 64, 1000], [0, 1, 5])
    func mirrorAccepted(kA: Int, offset: Int) throws {
        let run = try mirror(hash: .sha256d, kA: kA, offset: offset, respectingBounds: kA >= 17 + offset)
        #expect(run.alice.verdict == .accept)
        #expect(run.bob.cost.sha256Calls == 2 * offset + 2)
        #expect(run.bob.cost.evaluations == 0)
    }

    @Test("mirror: caught when H is SHA-256", arguments: [17, 64, 1000])
    func mirrorCaught(kA: Int) throws {
        let run = try mirror(hash: .sha256, kA: kA)
        #expect(run.error == .selfChain(step: 2))
        #expect(run.alice.verdict.code == "self-chain")
    }

    @Test("mirror: the lower bound moves it to kA = 17, and nobody checks the bound")
    func mirrorBounds() throws {
        let bounded = try mirror(hash: .sha256d, kA: 16)
        #expect(bounded.error == .kTooSmall(k: 15, minimum: 16))
        #expect(bounded.alice.verdict == .pending)
        #expect(try mirror(hash: .sha256d, kA: 16, respectingBounds: false).alice.verdict == .accept)
        #expect(try mirror(hash: .sha256d, kA: 16, offset: 16, respectingBounds: false).error?.code == "k-too-small")
    }

    @Test(
        "sessions of one Alice answer each other: 0 hashes for Bob", arguments: WorkHash.allCases, [(64, 64), (16, 90)])
    func relay(hash: WorkHash, amounts: (Int, Int)) throws {
        var rng = SplitMix(seed: 11)
        var alices = [
            try LiteralAlice(hash: hash, k: amounts.0, using: &rng),
            try LiteralAlice(hash: hash, k: amounts.1, using: &rng),
        ]
        let sessions = alices.map { $0.firstMessages[0].session }
        var bob = ReplayBob()
        #expect(try bob.handle(alices[0].firstMessages[0]).isEmpty)
        var pending = try bob.handle(alices[1].firstMessages[0])
        while let next = pending.first {
            pending.removeFirst()
            let place = try #require(sessions.firstIndex(of: next.session))
            for reply in try alices[place].handle(next) { pending += try bob.handle(reply) }
        }
        #expect(alices.map(\.verdict) == [.accept, .accept])
    }

    @Test("passing every message on to Carol: 0 hashes", arguments: WorkHash.allCases)
    func passThrough(hash: WorkHash) throws {
        var rng = SplitMix(seed: 12)
        var alice = try LiteralAlice(hash: hash, k: 50, using: &rng)
        var carol = try LiteralBob(hash: hash, k: 40, using: &rng)
        let carolSession = [UInt8](repeating: 3, count: 32)
        let aliceSession = alice.firstMessages[0].session
        let relabelled = { (message: WorkMessage, session: [UInt8]?) in
            try WorkMessage(session: session, step: message.step, value: message.value, k: message.k)
        }
        // Bob in the middle changes nothing but the label of the session.
        _ = try converse(alice.firstMessages) { message in
            try carol.handle(relabelled(message, carolSession)).map { try relabelled($0, aliceSession) }
        } alice: {
            try alice.handle($0)
        }
        #expect(alice.verdict == .accept && carol.verdict == .accept)
    }

    @Test("cheats refuse other steps")
    func cheatsOrder() throws {
        var bob = MirrorBob()
        #expect(throws: WorkError.outOfOrder(expected: .step1, actual: .step7)) {
            try bob.handle(message(.step7, .zero))
        }
        var relay = ReplayBob()
        #expect(throws: WorkError.outOfOrder(expected: .step1, actual: .step7)) {
            try relay.handle(message(.step7, .zero))
        }
        _ = try relay.handle(message(.step1, .zero, k: 16))
        #expect(throws: WorkError.outOfOrder(expected: .step1, actual: .step7)) {
            try relay.handle(message(.step7, .zero))
        }
        _ = try relay.handle(message(.step1, .zero, k: 16, in: [UInt8](repeating: 1, count: 32)))
        #expect(throws: WorkError.outOfOrder(expected: .step7, actual: .step1)) {
            try relay.handle(message(.step1, .zero, k: 16))
        }
        #expect(throws: WorkError.sessionMismatch) {
            try relay.handle(message(.step7, .zero, in: [UInt8](repeating: 2, count: 32)))
        }
    }
}
