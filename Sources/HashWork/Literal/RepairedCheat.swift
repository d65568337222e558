import Hashing

/// The attacks on the paper's protocol, carried over to version 2 in every way known to us. Each must be refused.
///
/// Bob knows all public hashes (``WorkBinding``) and may be given more than a real one has: to foresee a value, or to see
/// an answer before he commits to his own.
struct RepairedCheat<Generator: RandomNumberGenerator> {
    let hash: WorkHash
    let k: Int
    let offset: Int
    var rng: Generator

    typealias Attempt = WorkAttackReport.Attempt

    mutating func attempts(of attack: WorkAttack) throws(WorkError) -> [Attempt] {
        switch attack {
        case .mirror: [try openShifted(), try foresee()]
        case .replay: [try secondSession(), try otherLabel(), try reflect()]
        case .relay: [try passOn(), try openForCarol(), try helpfulCarol()]
        }
    }

    // MARK: - Mirror

    /// Bob has to commit before he knows a₀, and opens something else once he does.
    private mutating func openShifted() throws(WorkError) -> Attempt {
        var alice = try alice()
        let bob = Impostor(against: alice, value: random32(using: &rng), k: k - 1 - offset, rng: &rng)
        let openA = try alice.handle(bob.commit)[0]
        return attempt(
            "Bob commits to anything, and opens P^(2i+1)(a0)", .commitmentMismatch(step: .openB), on: &alice,
            [bob.open(shifted(openA.opened))])
    }

    /// A Bob who foresaw a₀ and who reads Alice's answer before he commits to his own.
    private mutating func foresee() throws(WorkError) -> Attempt {
        let value = random32(using: &rng)
        var alice = try alice(value: value)
        let bob = Impostor(against: alice, value: shifted(value), k: k - 1 - offset, rng: &rng)
        _ = try alice.handle(bob.commit)
        _ = try alice.handle(bob.open())
        var spied = alice
        let answer = try spied.handle(bob.commitAnswer([UInt8](repeating: 0, count: 32)))[0].opened
        let guess = SHA256.hash(answer).bytes
        return attempt(
            "Bob foresees a0, mirrors it, sees Alice's answer, and answers P of it", .wrongAnswer, on: &alice,
            [bob.commitAnswer(guess), bob.openAnswer(guess)])
    }

    /// P²ⁱ⁺¹ of a value, for P = SHA-256.
    private func shifted(_ value: [UInt8]) -> [UInt8] {
        SHA256.chain(LiteralProtocol.digest(value), times: 2 * offset + 1).bytes
    }

    // MARK: - Replay

    /// Session 2 is made to work from session 1's value for session 1's amount.
    private mutating func secondSession() throws(WorkError) -> Attempt {
        var first = try alice()
        let bob = Impostor(against: first, value: random32(using: &rng), k: k, rng: &rng)
        let a0 = try first.handle(bob.commit)[0].opened
        let worked = try answerOfSession(from: a0).opened
        _ = try first.handle(bob.open())
        return attempt(
            "Bob opens a0 of session 1 as his own in session 2, and brings her answer back", .wrongAnswer, on: &first,
            [bob.commitAnswer(worked), bob.openAnswer(worked)])
    }

    /// The same, with session 2's message itself.
    private mutating func otherLabel() throws(WorkError) -> Attempt {
        var first = try alice()
        let bob = Impostor(against: first, value: random32(using: &rng), k: k, rng: &rng)
        let a0 = try first.handle(bob.commit)[0].opened
        let worked = try answerOfSession(from: a0)
        _ = try first.handle(bob.open())
        _ = try first.handle(bob.commitAnswer(worked.opened))
        return attempt(
            "Bob brings the message of session 2 as it is", .sessionMismatch, on: &first,
            [WorkMessage(unchecked: worked.session, .openAnswerB, worked.value, nil)])
    }

    /// Bob sends Alice's own commitment back, whose opening she will show him.
    private mutating func reflect() throws(WorkError) -> Attempt {
        var alice = try alice()
        let commitment = alice.firstMessages[0].value
        return attempt(
            "Bob sends Alice's commitment back as his own", .reflected, on: &alice,
            [WorkMessage(unchecked: nil, .commitB, commitment, nil)])
    }

    /// The message that opens Alice's answer in a session of its own, in which Bob's value is `value`.
    private mutating func answerOfSession(from value: [UInt8]) throws(WorkError) -> WorkMessage {
        var alice = try alice()
        let bob = Impostor(against: alice, value: value, k: k, rng: &rng)
        _ = try alice.handle(bob.commit)
        _ = try alice.handle(bob.open())
        return try alice.handle(bob.commitAnswer([UInt8](repeating: 0, count: 32)))[0]
    }

    // MARK: - Relay

    /// Carol, who speaks to Bob, sees an answer made for Bob by Alice, and not for her by Bob.
    private mutating func passOn() throws(WorkError) -> Attempt {
        var (alice, carol) = (try alice(), try carol())
        do { try exchange(&alice, &carol) } catch {}  // Carol's verdict holds the reason.
        return Attempt(
            what: "Bob passes every message on: Carol is to accept Alice's answer", verdict: carol.verdict,
            expected: .wrongAnswer)
    }

    /// Carol has refused, so Bob has her commitment and nothing that opens it.
    private mutating func openForCarol() throws(WorkError) -> Attempt {
        var (alice, carol) = (try alice(), try carol())
        do { try exchange(&alice, &carol) } catch {}
        let opening = random32(using: &rng) + random32(using: &rng)
        return attempt(
            "Bob opens Carol's commitment to her answer by himself", .commitmentMismatch(step: .openAnswerB),
            on: &alice,
            [WorkMessage(unchecked: alice.session, .openAnswerB, opening, nil)])
    }

    /// A Carol who works in her own name, and opens her answer whatever came before.
    private mutating func helpfulCarol() throws(WorkError) -> Attempt {
        let value = random32(using: &rng)
        var alice = try alice(value: value)
        let bob = Impostor(against: alice, value: random32(using: &rng), k: k, rng: &rng)
        _ = try alice.handle(bob.commit)
        _ = try alice.handle(bob.open())
        let tag = WorkBinding.chainTag(
            prover: .bob, session: bob.session, proverName: "carol", verifierName: "bob", a0: value, b0: bob.value,
            kA: k, kB: k)
        var cost = WorkCost()
        let answer = WorkBinding.answer(tag: tag, start: value, k: k, hash: hash, cost: &cost)
        return attempt(
            "Carol works in her own name, and opens her answer unasked", .wrongAnswer, on: &alice,
            [bob.commitAnswer(answer), bob.openAnswer(answer)])
    }

    // MARK: - Parties

    private mutating func alice(value: [UInt8]? = nil) throws(WorkError) -> WorkParty {
        try WorkParty(
            role: .alice, name: "alice", peerName: "bob", hash: hash, k: k, value: value ?? random32(using: &rng),
            salt: random32(using: &rng), answerSalt: random32(using: &rng))
    }

    private mutating func carol() throws(WorkError) -> WorkParty {
        try WorkParty(role: .bob, name: "carol", peerName: "bob", hash: hash, k: k, using: &rng)
    }

    private func attempt(
        _ what: String, _ expected: WorkError, on alice: inout WorkParty, _ messages: [WorkMessage]
    ) -> Attempt {
        for message in messages {
            do { _ = try alice.handle(message) } catch { break }  // Alice's verdict holds the reason.
        }
        return Attempt(what: what, verdict: alice.verdict, expected: expected)
    }
}

/// A Bob of version 2 who sends what he likes, well-formed.
private struct Impostor {
    let value: [UInt8]
    let session: [UInt8]
    let commit: WorkMessage
    private let k: Int
    private let salt: [UInt8]

    init(against alice: WorkParty, value: [UInt8], k: Int, rng: inout some RandomNumberGenerator) {
        salt = random32(using: &rng)
        let commitment = WorkBinding.commitment(role: .bob, salt: salt, value: value, k: k).bytes
        commit = WorkMessage(unchecked: nil, .commitB, commitment, nil)
        session = WorkBinding.session(commitA: alice.firstMessages[0].value, commitB: commitment)
        self.value = value
        self.k = k
    }

    /// The opening, of the value that was committed to or of another.
    func open(_ other: [UInt8]? = nil) -> WorkMessage {
        WorkMessage(unchecked: session, .openB, salt + (other ?? value), k)
    }

    func commitAnswer(_ answer: [UInt8]) -> WorkMessage {
        let commitment = WorkBinding.answerCommitment(role: .bob, salt: salt, answer: answer).bytes
        return WorkMessage(unchecked: session, .commitAnswerB, commitment, nil)
    }

    func openAnswer(_ answer: [UInt8]) -> WorkMessage {
        WorkMessage(unchecked: session, .openAnswerB, salt + answer, nil)
    }
}
