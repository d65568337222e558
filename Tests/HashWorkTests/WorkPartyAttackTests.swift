import ByteCoding
@_spi(Hazmat) import HashWork
import Testing

/// A party whose values follow from `seed`.
private func party(
    _ role: WorkRole, _ name: String, with peer: String, k: Int = 16, seed: UInt64
) throws -> WorkParty {
    var rng = SplitMix(seed: seed)
    return try WorkParty(role: role, name: name, peerName: peer, k: k, using: &rng)
}

private func relabelled(_ message: WorkMessage, _ session: [UInt8]?) throws -> WorkMessage {
    try WorkMessage(session: session, step: message.step, value: message.value, k: message.k)
}

/// Attempts on version 2 beyond the three attacks on the paper's protocol; and what it does not promise.
@Suite("Work party under attack") struct WorkPartyAttackTests {
    @Test("one party in both roles: Mallory has its Bob answer its own Alice")
    func roleSwap() throws {
        // Both sessions are one session, made of the victim's own two commitments; only the names tell them apart.
        var asAlice = try party(.alice, "victim", with: "mallory", seed: 1)
        var asBob = try party(.bob, "victim", with: "mallory", seed: 2)
        #expect(throws: WorkError.wrongAnswer) { try exchange(&asAlice, &asBob) }
        #expect(asBob.verdict == .abort(.wrongAnswer))
        #expect(asAlice.verdict == .pending)
    }

    @Test("a commitment of an earlier run, in the same role and in the other")
    func oldCommitments() throws {
        var (oldAlice, oldBob) = try (
            party(.alice, "alice", with: "bob", seed: 3), party(.bob, "bob", with: "alice", seed: 4)
        )
        let old = try exchange(&oldAlice, &oldBob)
        // Mallory as Bob commits to what Alice opened then, with her salt.
        var alice = try party(.alice, "alice", with: "bob", seed: 5)
        let borrowed = try WorkMessage(session: nil, step: .commitB, value: old[0].value, k: nil)
        let session = try alice.handle(borrowed)[0].session
        #expect(throws: WorkError.commitmentMismatch(step: .openB)) {
            try alice.handle(WorkMessage(session: session, step: .openB, value: old[2].value, k: old[2].k))
        }
        // Mallory as Bob says again all that Bob said.
        alice = try party(.alice, "alice", with: "bob", seed: 6)
        let fresh = try alice.handle(old[1])[0].session
        #expect(throws: WorkError.sessionMismatch) {
            var alice = alice
            return try alice.handle(old[3])
        }
        _ = try alice.handle(relabelled(old[3], fresh))
        _ = try alice.handle(relabelled(old[5], fresh))
        #expect(throws: WorkError.wrongAnswer) { try alice.handle(relabelled(old[7], fresh)) }
        // And as Alice, to a new Bob.
        var bob = try party(.bob, "bob", with: "alice", seed: 7)
        let commitB = try bob.handle(old[0])[0]
        let other = WorkBinding.session(commitA: old[0].value, commitB: commitB.value)
        _ = try bob.handle(relabelled(old[2], other))
        _ = try bob.handle(relabelled(old[4], other))
        #expect(throws: WorkError.wrongAnswer) { try bob.handle(relabelled(old[6], other)) }
    }

    @Test("a count opened other than committed, and the prover's view of another count")
    func counts() throws {
        for (k, claimed) in [(16, 17), (17, 16), (16, 16384)] {
            var alice = try party(.alice, "alice", with: "bob", seed: 8)
            var bob = try party(.bob, "bob", with: "alice", k: k, seed: 9)
            let openA = try alice.handle(bob.handle(alice.firstMessages[0])[0])[0]
            let openB = try bob.handle(openA)[0]
            #expect(throws: WorkError.commitmentMismatch(step: .openB)) {
                try alice.handle(WorkMessage(session: openB.session, step: .openB, value: openB.value, k: claimed))
            }
        }
    }

    @Test("opening early, or going on after a refusal, is out of order")
    func earlyAndLate() throws {
        var (alice, bob) = try (party(.alice, "a", with: "b", seed: 10), party(.bob, "b", with: "a", seed: 11))
        let said = try exchange(&alice, &bob)
        var early = try party(.alice, "a", with: "b", seed: 10)
        #expect(throws: WorkError.outOfOrder(expected: .commitB, actual: .openB)) { try early.handle(said[3]) }
        #expect(throws: WorkError.outOfOrder(expected: nil, actual: .commitB)) { try early.handle(said[1]) }
        var eager = try party(.bob, "b", with: "a", seed: 11)
        _ = try eager.handle(said[0])
        #expect(throws: WorkError.outOfOrder(expected: .openA, actual: .openAnswerA)) { try eager.handle(said[6]) }
    }

    // MARK: - What version 2 does not promise

    @Test("limit: between parties of the same two names a relay goes unseen")
    func sameNames() throws {
        // Carol calls herself bob, as the real Bob does; Bob hands every message on.
        var alice = try party(.alice, "alice", with: "bob", seed: 12)
        var carol = try party(.bob, "bob", with: "alice", seed: 13)
        try exchange(&alice, &carol)
        #expect(alice.verdict == .accept && carol.verdict == .accept)
    }

    @Test("limit: whoever moves second may leave with what it has learnt")
    func abort() throws {
        var (alice, bob) = try (party(.alice, "a", with: "b", seed: 14), party(.bob, "b", with: "a", seed: 15))
        // Bob sees a₀ and kA before he opens anything, and may come again until kA pleases him.
        let openA = try alice.handle(bob.handle(alice.firstMessages[0])[0])[0]
        #expect(openA.k == 16 && alice.cost.evaluations == 0)
        // And he has Alice's answer, and his own verdict, before he shows his.
        let commitAnswerA = try alice.handle(bob.handle(openA)[0])[0]
        let openAnswerA = try alice.handle(bob.handle(commitAnswerA)[0])[0]
        _ = try bob.handle(openAnswerA)
        #expect(bob.verdict == .accept)
        #expect(alice.verdict == .pending && alice.due == .openAnswerB)
        #expect(alice.cost.evaluations == 32)
    }
}
