import ByteCoding
@_spi(Hazmat) @_spi(Literal) import HashWork
import Hashing
import Testing

private func bytes(_ first: UInt8) -> [UInt8] { (0..<32).map { first + UInt8($0) } }
private func filled(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }
private func message(_ session: [UInt8]?, _ step: WorkStep, _ value: [UInt8], _ k: Int? = nil) throws -> WorkMessage {
    try WorkMessage(session: session, step: step, value: value, k: k)
}

/// The parties of the known answers: kA = 20, kB = 17.
private func knownAlice(_ hash: WorkHash = .sha256d, name: String = "alice", peer: String = "bob") throws -> WorkParty {
    try WorkParty(
        role: .alice, name: name, peerName: peer, hash: hash, k: 20, value: bytes(0), salt: filled(1),
        answerSalt: filled(3))
}
private func knownBob(_ hash: WorkHash = .sha256d, name: String = "bob", peer: String = "alice") throws -> WorkParty {
    try WorkParty(
        role: .bob, name: name, peerName: peer, hash: hash, k: 17, value: bytes(32), salt: filled(2),
        answerSalt: filled(4))
}

/// The commitment that the known Bob sends, whatever his name.
private let knownCommitment = WorkBinding.commitment(role: .bob, salt: filled(2), value: bytes(32), k: 17).bytes

/// A cheating Bob who knows the published hashes, and chooses what he opens.
private struct Cheat {
    let commitA: [UInt8]
    let commitB: [UInt8]
    let value: [UInt8]
    let k: Int
    var session: [UInt8] { WorkBinding.session(commitA: commitA, commitB: commitB) }

    init(against alice: WorkParty, value: [UInt8], k: Int) {
        commitA = alice.firstMessages[0].value
        commitB = WorkBinding.commitment(role: .bob, salt: filled(9), value: value, k: k).bytes
        self.value = value
        self.k = k
    }

    func commit() throws -> WorkMessage { try message(nil, .commitB, commitB) }
    func open() throws -> WorkMessage { try message(session, .openB, filled(9) + value, k) }
    func commitAnswer(_ answer: [UInt8]) throws -> WorkMessage {
        let commitment = WorkBinding.answerCommitment(role: .bob, salt: filled(9), answer: answer)
        return try message(session, .commitAnswerB, commitment.bytes)
    }
    func openAnswer(_ answer: [UInt8]) throws -> WorkMessage { try message(session, .openAnswerB, filled(9) + answer) }
}

@Suite("Work party, version 2") struct WorkPartyTests {
    @Test(
        "known answers, by an independent program",
        arguments: [
            (
                WorkHash.sha256, "f67d36b21471467edfbbcb202352a401d3e110d690cadf9b6b4c5f367c97dd14",
                "10f30cd42840cd8d8500fe97dacf720eb1637145ef24d75a09701accc3a700fa",
                "72f3e47e3f37139b8d7e3e6f5094a96adf372dc26a2cdf0a4692e15204df3e66",
                "eae628ea82c620228f397716273e3e9e434eb31776fd1a42f6cf397b0188e6cd"
            ),
            (
                WorkHash.sha256d, "ef5ff8665b092626cf37346d87c05571561dba775870b99c8c89c7ef798257b5",
                "1325e0059a68a56b95e77ef8e45a0cf2b7a07e1e9369c7f61dc65ca55bcc4c95",
                "7ea0b6656ff0d027634c2728c725ad7bbc0cbd840330ee80a0c741d432762652",
                "cc27caed1801d5cda4560d5acf96e021659452ed0942b71d74dc9a90e96c71aa"
            ),
        ])
    func knownAnswers(hash: WorkHash, answerA: String, answerB: String, commitA: String, commitB: String) throws {
        var alice = try knownAlice(hash)
        var bob = try knownBob(hash)
        let said = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        #expect(
            said.map(\.step) == [
                .commitA, .commitB, .openA, .openB, .commitAnswerA, .commitAnswerB, .openAnswerA, .openAnswerB,
            ])
        #expect(
            said.map { Hex.encode($0.value) } == [
                "db00d0b7a433c9d3e01445949ba7d957b07a57e2d83589cd7998a58b27cf87b7",
                "b3ec70e40184cf38701aed94a1d5373f60ddaecc860689c12fdff62db3fd59cd",
                Hex.encode(filled(1) + bytes(0)), Hex.encode(filled(2) + bytes(32)), commitA, commitB,
                Hex.encode(filled(3)) + answerA, Hex.encode(filled(4)) + answerB,
            ])
        let session = try Hex.decode("dde4cba74f57990a58de58cb7dc98a110381304b55613b0c1f69d35037cb34d0")
        #expect(said.map(\.session) == [nil, nil] + [[UInt8]?](repeating: session, count: 6))
        #expect(said.map(\.k) == [nil, nil, 20, 17, nil, nil, nil, nil])
        #expect(alice.verdict == .accept && bob.verdict == .accept)
        #expect(alice.cost.evaluations == 37 && bob.cost == alice.cost)
        #expect(alice.cost.sha256Calls == 37 * hash.callsPerEvaluation)
    }

    @Test("honest parties accept, bounds included", arguments: [(16, 16), (16, 300), (16384, 16)])
    func honest(amounts: (Int, Int)) throws {
        var rng = SplitMix(seed: 21)
        var alice = try WorkParty(role: .alice, name: "a", peerName: "b", hash: .sha256, k: amounts.0, using: &rng)
        var bob = try WorkParty(role: .bob, name: "b", peerName: "a", hash: .sha256, k: amounts.1, using: &rng)
        #expect(bob.firstMessages.isEmpty)
        _ = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        #expect(alice.verdict == .accept && bob.verdict == .accept)
        #expect(alice.cost.evaluations == amounts.0 + amounts.1)
    }

    @Test("the system's generator gives another value each time")
    func systemGenerator() throws {
        let first = try WorkParty(role: .alice, name: "a", peerName: "b", k: 16)
        let second = try WorkParty(role: .alice, name: "a", peerName: "b", k: 16)
        #expect(first.firstMessages != second.firstMessages)
    }

    @Test("own amounts and names")
    func ownParameters() {
        var rng = SplitMix(seed: 1)
        for (k, error) in [
            (15, WorkError.kTooSmall(k: 15, minimum: 16)), (-1, .kTooSmall(k: -1, minimum: 16)),
            (16385, .kTooLarge(k: 16385, maximum: 16384)),
        ] {
            #expect(throws: error) { try WorkParty(role: .bob, name: "a", peerName: "b", k: k, using: &rng) }
        }
        #expect(throws: WorkError.reflected) {
            try WorkParty(role: .bob, name: "same", peerName: "same", k: 16, using: &rng)
        }
    }

    @Test("the peer's amounts are checked on both sides")
    func peerAmounts() throws {
        for (k, error) in [
            (0, WorkError.kTooSmall(k: 0, minimum: 16)), (15, .kTooSmall(k: 15, minimum: 16)),
            (16385, .kTooLarge(k: 16385, maximum: 16384)), (Int.max, .kTooLarge(k: .max, maximum: 16384)),
        ] {
            var alice = try knownAlice()
            let cheat = Cheat(against: alice, value: bytes(50), k: k)
            _ = try alice.handle(cheat.commit())
            #expect(throws: error) { try alice.handle(cheat.open()) }
            #expect(alice.verdict == .abort(error))
            #expect(alice.cost.evaluations == 0)

            var bob = try knownBob()
            let commitA = WorkBinding.commitment(role: .alice, salt: filled(5), value: bytes(50), k: k).bytes
            let commitB = try bob.handle(message(nil, .commitA, commitA))[0].value
            let session = WorkBinding.session(commitA: commitA, commitB: commitB)
            #expect(throws: error) { try bob.handle(message(session, .openA, filled(5) + bytes(50), k)) }
        }
    }

    @Test("what is opened must be what was committed to")
    func commitments() throws {
        let opened = filled(9) + bytes(50)
        for (value, k) in [(opened, 17), (filled(8) + bytes(50), 16), (filled(9) + bytes(51), 16)] {
            var alice = try knownAlice()
            let cheat = Cheat(against: alice, value: bytes(50), k: 16)
            _ = try alice.handle(cheat.commit())
            #expect(throws: WorkError.commitmentMismatch(step: .openB)) {
                try alice.handle(message(cheat.session, .openB, value, k))
            }
            #expect(alice.verdict.code == "commitment-mismatch")
        }
        var alice = try knownAlice()
        var bob = try knownBob()
        let openA = try alice.handle(bob.handle(alice.firstMessages[0])[0])
        let commitAnswerA = try alice.handle(bob.handle(openA[0])[0])
        let openAnswerA = try alice.handle(bob.handle(commitAnswerA[0])[0])[0]
        var changed = openAnswerA.value
        changed[40] ^= 1
        #expect(throws: WorkError.commitmentMismatch(step: .openAnswerA)) {
            try bob.handle(message(openAnswerA.session, .openAnswerA, changed))
        }
        #expect(bob.verdict == .abort(.commitmentMismatch(step: .openAnswerA)))
    }

    @Test("reflections are refused")
    func reflections() throws {
        var alice = try knownAlice()
        #expect(throws: WorkError.reflected) {
            try alice.handle(message(nil, .commitB, alice.firstMessages[0].value))
        }
        // Bob commits to Alice's own value, which he cannot know before step openA.
        alice = try knownAlice()
        let cheat = Cheat(against: alice, value: bytes(0), k: 16)
        _ = try alice.handle(cheat.commit())
        #expect(throws: WorkError.reflected) { try alice.handle(cheat.open()) }
        alice = try knownAlice()
        let other = Cheat(against: alice, value: bytes(50), k: 16)
        _ = try alice.handle(other.commit())
        let commitAnswerA = try alice.handle(other.open())[0].value
        // Alice compares with the commitment that she sent, not with one of Bob's role.
        #expect(throws: WorkError.reflected) {
            try alice.handle(message(other.session, .commitAnswerB, commitAnswerA))
        }
    }

    @Test("a wrong answer is refused, and Bob does not give his own away")
    func wrongAnswers() throws {
        var alice = try knownAlice()
        let cheat = Cheat(against: alice, value: bytes(50), k: 16)
        _ = try alice.handle(cheat.commit())
        _ = try alice.handle(cheat.open())
        _ = try alice.handle(cheat.commitAnswer(filled(0)))
        #expect(throws: WorkError.wrongAnswer) { try alice.handle(cheat.openAnswer(filled(0))) }
        #expect(alice.verdict.code == "wrong-answer")

        var bob = try knownBob()
        let commitA = WorkBinding.commitment(role: .alice, salt: filled(5), value: bytes(50), k: 16).bytes
        let commitB = try bob.handle(message(nil, .commitA, commitA))[0].value
        let session = WorkBinding.session(commitA: commitA, commitB: commitB)
        _ = try bob.handle(message(session, .openA, filled(5) + bytes(50), 16))
        let commitment = WorkBinding.answerCommitment(role: .alice, salt: filled(5), answer: filled(0)).bytes
        _ = try bob.handle(message(session, .commitAnswerA, commitment))
        #expect(throws: WorkError.wrongAnswer) {
            try bob.handle(message(session, .openAnswerA, filled(5) + filled(0)))
        }
    }

    @Test("every message but the one that is due is refused, at every point", arguments: [WorkRole.alice, .bob])
    func order(role: WorkRole) throws {
        var alice = try knownAlice()
        var bob = try knownBob()
        let said = try converse(alice.firstMessages) {
            try bob.handle($0)
        } alice: {
            try alice.handle($0)
        }
        let received = said.enumerated().filter { ($0.offset % 2 == 0) == (role == .bob) }.map(\.element)
        for before in 0...received.count {
            for step in WorkStep.allCases {
                var party = try role == .alice ? knownAlice() : knownBob()
                for message in received.prefix(before) { _ = try party.handle(message) }
                let due = before < received.count ? received[before].step : nil
                guard step != due else { continue }
                let session: [UInt8]? = step.hasSession ? said[2].session : nil
                let value = [UInt8](repeating: 0, count: step.valueByteCount)
                let wrong = try message(session, step, value, step.hasAmount ? 16 : nil)
                #expect(throws: WorkError.outOfOrder(expected: due, actual: step)) { try party.handle(wrong) }
                #expect(party.verdict == (due == nil ? .accept : .abort(.outOfOrder(expected: due, actual: step))))
                if let due {
                    // An ended party takes nothing more, not even what was due.
                    #expect(throws: WorkError.outOfOrder(expected: nil, actual: due)) {
                        try party.handle(received[before])
                    }
                }
            }
        }
    }

    @Test("another session")
    func otherSession() throws {
        var alice = try knownAlice()
        let cheat = Cheat(against: alice, value: bytes(50), k: 16)
        _ = try alice.handle(cheat.commit())
        #expect(throws: WorkError.sessionMismatch) {
            try alice.handle(message(filled(0), .openB, filled(9) + bytes(50), 16))
        }
        #expect(alice.verdict.code == "session-mismatch")
    }

    @Test("parties with different names, roles or hashes do not accept")
    func disagreement() throws {
        let pairs = try [
            (knownAlice(), knownBob(name: "bobby")), (knownAlice(), knownBob(peer: "alicia")),
            (knownAlice(.sha256), knownBob(.sha256d)),
        ]
        for pair in pairs {
            var (alice, bob) = pair
            #expect(throws: WorkError.wrongAnswer) {
                try converse(alice.firstMessages) {
                    try bob.handle($0)
                } alice: {
                    try alice.handle($0)
                }
            }
            #expect(alice.verdict == .pending && bob.verdict == .abort(.wrongAnswer))
        }
    }

    @Test("mirror fails: the value is committed to too early, and the chain has no shifted twin")
    func mirror() throws {
        // Bob commits blindly, and then wants to open P(a0).
        var alice = try knownAlice()
        let blind = Cheat(against: alice, value: bytes(50), k: 19)
        let openA = try alice.handle(blind.commit())[0]
        let shifted = SHA256.hash(openA.value.suffix(32)).bytes
        #expect(throws: WorkError.commitmentMismatch(step: .openB)) {
            try alice.handle(message(blind.session, .openB, filled(9) + shifted, 19))
        }
        // Even a Bob who foresaw a0, and who may see Alice's answer before he commits to his own, is refused.
        alice = try knownAlice()
        let foreseeing = Cheat(against: alice, value: SHA256.hash(bytes(0)).bytes, k: 19)
        _ = try alice.handle(foreseeing.commit())
        _ = try alice.handle(foreseeing.open())
        var spy = alice
        let answer = try spy.handle(foreseeing.commitAnswer(filled(0)))[0].value.suffix(32)
        let guess = SHA256.hash(answer).bytes
        _ = try alice.handle(foreseeing.commitAnswer(guess))
        #expect(throws: WorkError.wrongAnswer) { try alice.handle(foreseeing.openAnswer(guess)) }
    }

    @Test("a parallel session does Bob's work for another session only", arguments: WorkHash.allCases)
    func parallelSession(hash: WorkHash) throws {
        var first = try knownAlice(hash)
        var rng = SplitMix(seed: 5)
        var second = try WorkParty(role: .alice, name: "alice", peerName: "bob", hash: hash, k: 20, using: &rng)
        let opening = Cheat(against: first, value: bytes(50), k: 16)
        let a0 = Array(try first.handle(opening.commit())[0].value.suffix(32))
        // Bob opens a second session with the first one's value and amount as his own.
        let copy = Cheat(against: second, value: a0, k: 20)
        _ = try second.handle(copy.commit())
        _ = try second.handle(copy.open())
        let worked = Array(try second.handle(copy.commitAnswer(filled(0)))[0].value.suffix(32))
        // And brings her answer to the first session.
        _ = try first.handle(opening.open())
        _ = try first.handle(opening.commitAnswer(worked))
        #expect(throws: WorkError.wrongAnswer) { try first.handle(opening.openAnswer(worked)) }
        #expect(first.verdict.code == "wrong-answer")
    }

    @Test("passing every message on to Carol fails: Alice names Bob, and Carol names herself")
    func relay() throws {
        var alice = try knownAlice()
        var carol = try knownBob(name: "carol", peer: "bob")
        #expect(throws: WorkError.wrongAnswer) {
            try converse(alice.firstMessages) {
                try carol.handle($0)
            } alice: {
                try alice.handle($0)
            }
        }
        // Also where Carol lets Alice's answer pass: her own is for Bob, and Alice refuses it.
        alice = try knownAlice()
        let session = WorkBinding.session(
            commitA: alice.firstMessages[0].value, commitB: knownCommitment)
        let tag = WorkBinding.chainTag(
            prover: .bob, session: session, proverName: "carol", verifierName: "bob", a0: bytes(0), b0: bytes(32),
            kA: 20, kB: 17)
        var cost = WorkCost()
        let answer = WorkBinding.answer(tag: tag, start: bytes(0), k: 20, hash: .sha256d, cost: &cost)
        let commitment = WorkBinding.answerCommitment(role: .bob, salt: filled(4), answer: answer).bytes
        _ = try alice.handle(message(nil, .commitB, knownCommitment))
        _ = try alice.handle(message(session, .openB, filled(2) + bytes(32), 17))
        _ = try alice.handle(message(session, .commitAnswerB, commitment))
        #expect(throws: WorkError.wrongAnswer) {
            try alice.handle(message(session, .openAnswerB, filled(4) + answer))
        }
    }

    @Test("errors have their code and a sentence")
    func codes() {
        let cases: [(WorkError, String)] = [
            (.kTooSmall(k: 1, minimum: 16), "k-too-small"), (.kTooLarge(k: 1, maximum: 16), "k-too-large"),
            (.selfChain(step: 1), "self-chain"), (.wrongAnswer, "wrong-answer"),
            (.outOfOrder(expected: nil, actual: .step1), "out-of-order"), (.sessionMismatch, "session-mismatch"),
            (.commitmentMismatch(step: .openA), "commitment-mismatch"), (.reflected, "reflected"),
        ]
        for (error, code) in cases {
            #expect(error.code == code)
            #expect(WorkVerdict.abort(error).code == code)
            #expect(error.description.contains(" "))
        }
        #expect([WorkVerdict.pending.code, WorkVerdict.accept.code] == ["pending", "accept"])
        #expect(
            WorkError.outOfOrder(expected: .step2, actual: .step7).description
                == "step 7 came where step 2 was due")
    }
}
