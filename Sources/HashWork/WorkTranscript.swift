public import ByteCoding
import Hashing

/// Which of the two protocols is spoken.
public enum WorkProfile: String, Sendable, CaseIterable {
    /// The paper's own. Insecure.
    case literal
    /// Version 2, the repaired one: ``WorkParty``.
    case v2

    /// The steps of a whole run, in order.
    public var steps: [WorkStep] {
        switch self {
        case .literal: [.step1, .step2, .step7, .step8]
        case .v2:
            [.commitA, .commitB, .openA, .openB, .commitAnswerA, .commitAnswerB, .openAnswerA, .openAnswerB]
        }
    }
}

/// Every message of one run, for somebody who was not there.
///
///     {"schema":"ringwork/work-transcript/1","profile":…,"hash":…,"alice":…,"bob":…,"messages":[{session,step,value,k},…]}
///
/// ``verify(cost:)`` makes both chains again and says whether each side had reason to accept. It says nothing on who
/// made the work or when: nothing is signed, so two parties who agree, or one alone who plays both, can write a valid
/// transcript at any time. In version 2 that still takes the work; in the literal profile it does not, for the mirror
/// attack leaves a valid transcript.
public struct WorkTranscript: Equatable, Sendable {
    /// The document's schema.
    public static let schema = "ringwork/work-transcript/1"
    /// The most bytes of a document that is read.
    public static let documentByteLimit = 16384

    /// The protocol.
    public let profile: WorkProfile
    /// The work function.
    public let hash: WorkHash
    /// Alice's name and Bob's, as bound into the chains; `nil` in the literal profile, which binds none.
    public let names: Names?
    /// The messages in the order in which they were sent: all of a run, or its beginning.
    public let messages: [WorkMessage]

    /// The names of the two parties.
    public struct Names: Equatable, Sendable {
        /// Alice's.
        public let alice: String
        /// Bob's.
        public let bob: String

        /// Two names.
        public init(alice: String, bob: String) {
            self.alice = alice
            self.bob = bob
        }

        /// Names are what their bytes are: no other spelling of the same letters is the same name.
        public static func == (left: Names, right: Names) -> Bool {
            left.alice.utf8.elementsEqual(right.alice.utf8) && left.bob.utf8.elementsEqual(right.bob.utf8)
        }
    }

    /// What was said in a run of version 2.
    public init(hash: WorkHash, names: Names, messages: [WorkMessage]) {
        (profile, self.hash, self.names, self.messages) = (.v2, hash, names, messages)
    }

    /// What was said in a run of the paper's own protocol.
    @_spi(Literal) public init(literal hash: WorkHash, messages: [WorkMessage]) {
        (profile, self.hash, names, self.messages) = (.literal, hash, nil, messages)
    }
}

// MARK: - The document

extension WorkTranscript {
    /// The transcript that a document spells.
    ///
    /// - Throws: ``DocumentError``. Whether the messages fit together, ``verify(cost:)`` says.
    public init(document: [UInt8]) throws(DocumentError) {
        var reader = try DocumentReader(document: document, schema: Self.schema, limit: Self.documentByteLimit)
        guard let profile = WorkProfile(rawValue: try reader.string("profile")) else {
            throw .malformed(field: "profile", reason: "there is no such profile")
        }
        guard let hash = WorkHash(rawValue: try reader.string("hash")) else {
            throw .malformed(field: "hash", reason: "there is no such work function")
        }
        let (alice, bob) = (try reader.optionalString("alice"), try reader.optionalString("bob"))
        var messages: [WorkMessage] = []
        for var message in try reader.objects("messages") { messages.append(try WorkMessage(fields: &message)) }
        try reader.finish()
        switch (profile, alice, bob) {
        case (.v2, let alice?, let bob?):
            self.init(hash: hash, names: Names(alice: alice, bob: bob), messages: messages)
        case (.literal, nil, nil): self.init(literal: hash, messages: messages)
        case (.v2, nil, _), (.literal, .some, _):
            throw .malformed(field: "alice", reason: "a name is there exactly where the profile binds it")
        case (.v2, _, nil), (.literal, _, .some):
            throw .malformed(field: "bob", reason: "a name is there exactly where the profile binds it")
        }
    }

    /// The transcript as a document.
    public var document: JSONValue {
        [
            "schema": .string(Self.schema), "profile": .string(profile.rawValue), "hash": .string(hash.rawValue),
            "alice": JSONValue(names?.alice), "bob": JSONValue(names?.bob),
            "messages": .array(messages.map { .object($0.fields) }),
        ]
    }
}

// MARK: - Verification

/// Why a transcript is no run in which both sides accept.
public struct WorkTranscriptError: Error, Equatable, Sendable {
    /// What is wrong with a transcript.
    public enum Reason: Equatable, Sendable {
        /// The run stops before its last message.
        case incomplete(due: WorkStep)
        /// There are more messages than the protocol has.
        case tooManyMessages(expected: Int, actual: Int)
        /// A party would have ended the protocol at this message.
        case refused(WorkError)
    }

    /// What is wrong.
    public let reason: Reason
    /// The place in the list of messages, counted from 0, at which it shows: the number of messages where one is missing;
    /// `nil` where no message is at fault, but the names.
    public let index: Int?

    /// The reason, as reports and vectors spell it.
    public var code: String {
        switch reason {
        case .incomplete: "incomplete"
        case .tooManyMessages: "too-many-messages"
        case .refused(let error): error.code
        }
    }
}

extension WorkTranscriptError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        let place = index.map { "message \($0): " } ?? ""
        return switch reason {
        case .incomplete(let due): "\(place)step \(due.rawValue) is missing"
        case .tooManyMessages(let expected, let actual):
            "\(place)there are \(actual) messages, and a run has \(expected)"
        case .refused(let error): place + error.description
        }
    }
}

extension WorkTranscript {
    /// Checks that this is a whole run in which both sides accept, by doing all of its work again.
    ///
    /// The messages are judged in their order, each as the party that received it does, so the index is that of the
    /// first message that a party would have refused. Both tests of the literal profile on the own chain (5a and 6a)
    /// belong to message 1, which brings the second of the two starting values.
    /// - Parameter cost: Counts the evaluations made.
    /// - Throws: ``WorkTranscriptError``.
    /// - Complexity: kA + kB evaluations of H, each at most 2¹⁴; 2 · max(kA, kB) in the literal profile, each below 2¹⁸.
    ///   Everything in a transcript is public, so times depend on it.
    public func verify(cost: inout WorkCost) throws(WorkTranscriptError) {
        if let names, names.alice.utf8.elementsEqual(names.bob.utf8) {
            throw WorkTranscriptError(reason: .refused(.reflected), index: nil)
        }
        var ends: (a: Digest, b: Digest)?
        for (index, step) in profile.steps.enumerated() {
            guard index < messages.count else {
                throw WorkTranscriptError(reason: .incomplete(due: step), index: index)
            }
            do throws(WorkError) {
                guard messages[index].step == step else {
                    throw .outOfOrder(expected: step, actual: messages[index].step)
                }
                if let names {
                    try check(index, names, cost: &cost)
                } else {
                    try checkLiteral(index, ends: &ends, cost: &cost)
                }
            } catch {
                throw WorkTranscriptError(reason: .refused(error), index: index)
            }
        }
        guard messages.count == profile.steps.count else {
            throw WorkTranscriptError(
                reason: .tooManyMessages(expected: profile.steps.count, actual: messages.count),
                index: profile.steps.count)
        }
    }

    /// Checks as ``verify(cost:)`` does, and counts nothing.
    public func verify() throws(WorkTranscriptError) {
        var cost = WorkCost()
        try verify(cost: &cost)
    }

    /// Judges a message of version 2; those before it have been judged.
    private func check(_ index: Int, _ names: Names, cost: inout WorkCost) throws(WorkError) {
        let message = messages[index]
        let role: WorkRole = index.isMultiple(of: 2) ? .alice : .bob
        if message.step.hasSession {
            let session = WorkBinding.session(commitA: messages[0].value, commitB: messages[1].value)
            guard message.session == session else { throw .sessionMismatch }
        }
        switch message.step {
        case .commitB: guard message.value != messages[0].value else { throw .reflected }
        case .commitAnswerB: guard message.value != messages[4].value else { throw .reflected }
        case .openA, .openB:
            let k = message.k ?? 0
            let opened = WorkBinding.commitment(role: role, salt: message.salt, value: message.opened, k: k)
            guard opened.bytes == messages[index - 2].value else { throw .commitmentMismatch(step: message.step) }
            try WorkParty.checkAmount(k)
            guard role == .alice || message.opened != messages[2].opened else { throw .reflected }
        case .openAnswerA, .openAnswerB:
            let opened = WorkBinding.answerCommitment(role: role, salt: message.salt, answer: message.opened)
            guard opened.bytes == messages[index - 2].value else { throw .commitmentMismatch(step: message.step) }
            guard message.opened == answer(of: role, names, cost: &cost) else { throw .wrongAnswer }
        case .commitA, .commitAnswerA, .step1, .step2, .step7, .step8: break
        }
    }

    /// The end of the chain that `prover` has to show, from both openings.
    private func answer(of prover: WorkRole, _ names: Names, cost: inout WorkCost) -> [UInt8] {
        let (a, b) = (messages[2], messages[3])
        let (kA, kB) = (a.k ?? 0, b.k ?? 0)
        let tag = WorkBinding.chainTag(
            prover: prover, session: a.session ?? [], proverName: prover == .alice ? names.alice : names.bob,
            verifierName: prover == .alice ? names.bob : names.alice, a0: a.opened, b0: b.opened, kA: kA, kB: kB)
        return prover == .alice
            ? WorkBinding.answer(tag: tag, start: b.opened, k: kB, hash: hash, cost: &cost)
            : WorkBinding.answer(tag: tag, start: a.opened, k: kA, hash: hash, cost: &cost)
    }

    /// Judges a message of the literal profile; those before it have been judged. `ends` holds both chains' ends from
    /// message 1 on.
    private func checkLiteral(
        _ index: Int, ends: inout (a: Digest, b: Digest)?, cost: inout WorkCost
    ) throws(WorkError) {
        let message = messages[index]
        guard message.session == messages[0].session else { throw .sessionMismatch }
        if let k = message.k { try LiteralProtocol.checkReceived(k) }
        if message.step == .step2 {
            let (a, b) = (LiteralProtocol.digest(messages[0].value), LiteralProtocol.digest(message.value))
            let (kA, kB) = (messages[0].k ?? 0, message.k ?? 0)
            let steps = max(kA, kB)
            ends = (
                try LiteralProtocol.chain(from: a, k: kA, steps: steps, avoiding: b, hash: hash, cost: &cost),
                try LiteralProtocol.chain(from: b, k: kB, steps: steps, avoiding: a, hash: hash, cost: &cost)
            )
        }
        guard let ends, message.k == nil else { return }
        guard message.value == (message.step == .step7 ? ends.b : ends.a).bytes else { throw .wrongAnswer }
    }
}
