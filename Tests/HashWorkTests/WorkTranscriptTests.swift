import ByteCoding
import Foundation
@_spi(Hazmat) @_spi(Literal) import HashWork
import Hashing
import Testing

private func repaired(_ hash: WorkHash = .sha256d) throws -> WorkTranscript {
    var rng = SplitMix(seed: 41)
    var alice = try WorkParty(role: .alice, name: "ann", peerName: "ben", hash: hash, k: 20, using: &rng)
    var bob = try WorkParty(role: .bob, name: "ben", peerName: "ann", hash: hash, k: 17, using: &rng)
    return WorkTranscript(hash: hash, names: .init(alice: "ann", bob: "ben"), messages: try exchange(&alice, &bob))
}

private func literal(_ hash: WorkHash = .sha256d) throws -> WorkTranscript {
    var rng = SplitMix(seed: 42)
    var alice = try LiteralAlice(hash: hash, k: 20, using: &rng)
    var bob = try LiteralBob(hash: hash, k: 17, using: &rng)
    return WorkTranscript(literal: hash, messages: try exchange(&alice, &bob))
}

private func transcript(_ profile: WorkProfile) throws -> WorkTranscript {
    try profile == .v2 ? repaired() : literal()
}

/// The reason and the index with which a transcript is refused.
private func refusal(_ transcript: WorkTranscript) -> String {
    do throws(WorkTranscriptError) { try transcript.verify() } catch {
        return "\(error.code) \(error.index.map { "\($0)" } ?? "-")"
    }
    return "valid"
}

extension WorkTranscript {
    /// The same with other messages.
    fileprivate func with(_ change: (inout [WorkMessage]) throws -> Void) rethrows -> WorkTranscript {
        var messages = messages
        try change(&messages)
        guard let names else { return WorkTranscript(literal: hash, messages: messages) }
        return WorkTranscript(hash: hash, names: names, messages: messages)
    }

    /// The same on other terms.
    fileprivate func with(hash: WorkHash? = nil, names: Names? = nil) -> WorkTranscript {
        let hash = hash ?? self.hash
        guard let names = names ?? self.names else { return WorkTranscript(literal: hash, messages: messages) }
        return WorkTranscript(hash: hash, names: names, messages: messages)
    }
}

extension WorkMessage {
    fileprivate func with(
        session: [UInt8]? = nil, step: WorkStep? = nil, value: [UInt8]? = nil, k: Int? = nil
    ) throws -> WorkMessage {
        try WorkMessage(
            session: session ?? self.session, step: step ?? self.step, value: value ?? self.value, k: k ?? self.k)
    }
}

private func flipped(_ bytes: [UInt8], at bit: Int) -> [UInt8] {
    var bytes = bytes
    bytes[bit / 8] ^= 0x80 >> (bit % 8)
    return bytes
}

@Suite("Work transcript") struct WorkTranscriptTests {
    @Test("an honest run verifies, and comes back from its document", arguments: WorkProfile.allCases)
    func honest(profile: WorkProfile) throws {
        for hash in WorkHash.allCases {
            let record = try profile == .v2 ? repaired(hash) : literal(hash)
            var cost = WorkCost()
            try record.verify(cost: &cost)
            #expect(cost.evaluations == (profile == .v2 ? 37 : 40))
            #expect(record.messages.map(\.step) == profile.steps)
            let document = Array(record.document.documentText.utf8)
            #expect(document.count < WorkTranscript.documentByteLimit)
            #expect(try WorkTranscript(document: document) == record)
        }
    }

    @Test("version 2: every damage has its reason and its place")
    func damagedRepaired() throws {
        let good = try repaired()
        // The places at which a bit of each value shows, by message: in its first half and in its last.
        let places = [
            "session-mismatch 2", "session-mismatch 2", "commitment-mismatch 2", "commitment-mismatch 3",
            "commitment-mismatch 6", "commitment-mismatch 7", "commitment-mismatch 6", "commitment-mismatch 7",
        ]
        for (index, message) in good.messages.enumerated() {
            for bit in [0, 8 * message.value.count - 1] {
                let damaged = try good.with { $0[index] = try message.with(value: flipped(message.value, at: bit)) }
                #expect(refusal(damaged) == places[index])
            }
            if let session = message.session {
                let damaged = try good.with { $0[index] = try message.with(session: flipped(session, at: 100)) }
                #expect(refusal(damaged) == "session-mismatch \(index)")
            }
            if let k = message.k {
                let damaged = try good.with { $0[index] = try message.with(k: k + 1) }
                #expect(refusal(damaged) == "commitment-mismatch \(index)")
            }
        }
        #expect(refusal(good.with(hash: .sha256)) == "wrong-answer 6")
        // Each side's chain has both names.
        #expect(refusal(good.with(names: .init(alice: "anna", bob: "ben"))) == "wrong-answer 6")
        #expect(refusal(good.with(names: .init(alice: "ann", bob: "beo"))) == "wrong-answer 6")
        #expect(refusal(good.with(names: .init(alice: "ben", bob: "ann"))) == "wrong-answer 6")
        #expect(refusal(good.with(names: .init(alice: "annb", bob: "en"))) == "wrong-answer 6")
        #expect(refusal(good.with(names: .init(alice: "ann", bob: "ann"))) == "reflected -")
    }

    @Test("the literal profile: every damage has its reason and its place")
    func damagedLiteral() throws {
        let good = try literal()
        let places = ["wrong-answer 3", "wrong-answer 2", "wrong-answer 2", "wrong-answer 3"]
        for (index, message) in good.messages.enumerated() {
            for bit in [0, 255] {
                let damaged = try good.with { $0[index] = try message.with(value: flipped(message.value, at: bit)) }
                #expect(refusal(damaged) == places[index])
            }
            let session = flipped(try #require(message.session), at: 9)
            let damaged = try good.with { $0[index] = try message.with(session: session) }
            #expect(refusal(damaged) == "session-mismatch \(max(1, index))")
            if let k = message.k {
                for (k, reason) in [
                    (k + 1, places[index]), (0, places[index]), (1 << 18, "k-too-large \(index)"),
                    (.max, "k-too-large \(index)"),
                ] {
                    #expect(try refusal(good.with { $0[index] = try message.with(k: k) }) == reason)
                }
            }
        }
        #expect(refusal(good.with(hash: .sha256)) == "wrong-answer 2")
        // 5a, and 6a: either start on the other's chain.
        var cost = WorkCost()
        for (from, to) in [(0, 1), (1, 0)] {
            let link = WorkHash.sha256d.evaluate(
                WorkHash.sha256d.evaluate(good.messages[from].value, cost: &cost).bytes, cost: &cost)
            let damaged = try good.with { $0[to] = try $0[to].with(value: link.bytes) }
            #expect(refusal(damaged) == "self-chain 1")
        }
        // The label is nothing but a label.
        let relabelled = try good.with { messages in
            messages = try messages.map { try $0.with(session: [UInt8](repeating: 1, count: 32)) }
        }
        #expect(refusal(relabelled) == "valid")
    }

    @Test("a run that stops, goes on, or is out of order", arguments: WorkProfile.allCases)
    func shape(profile: WorkProfile) throws {
        let good = try transcript(profile)
        for count in 0..<good.messages.count {
            #expect(refusal(good.with { $0.removeLast($0.count - count) }) == "incomplete \(count)")
            #expect(refusal(good.with { $0.remove(at: count) }) == outOfOrderOrShort(good, without: count))
        }
        let count = good.messages.count
        #expect(refusal(good.with { $0.append($0[0]) }) == "too-many-messages \(count)")
        for index in 1..<count {
            #expect(refusal(good.with { $0.swapAt(index - 1, index) }) == "out-of-order \(index - 1)")
        }
        #expect(
            try refusal(transcript(profile == .v2 ? .literal : .v2).with { $0 = good.messages }) == "out-of-order 0")
    }

    private func outOfOrderOrShort(_ good: WorkTranscript, without index: Int) -> String {
        index == good.messages.count - 1 ? "incomplete \(index)" : "out-of-order \(index)"
    }

    @Test("what parties refuse, a transcript cannot show")
    func refused() throws {
        let good = try repaired()
        let salt = [UInt8](repeating: 1, count: 32)
        let start = [UInt8](repeating: 2, count: 32)
        func changed(k: Int, value: [UInt8]) throws -> WorkTranscript {
            let commitB = WorkBinding.commitment(role: .bob, salt: salt, value: value, k: k).bytes
            let session = WorkBinding.session(commitA: good.messages[0].value, commitB: commitB)
            return try good.with { messages in
                messages[1] = try messages[1].with(value: commitB)
                for index in 2..<8 { messages[index] = try messages[index].with(session: session) }
                messages[3] = try messages[3].with(value: salt + value, k: k)
            }
        }
        #expect(try refusal(changed(k: 16, value: start)) == "wrong-answer 6")
        #expect(try refusal(changed(k: 15, value: start)) == "k-too-small 3")
        #expect(try refusal(changed(k: 16385, value: start)) == "k-too-large 3")
        #expect(try refusal(changed(k: 16, value: Array(good.messages[2].value.suffix(32)))) == "reflected 3")
        #expect(try refusal(good.with { $0[1] = try $0[1].with(value: $0[0].value) }) == "reflected 1")
        #expect(try refusal(good.with { $0[5] = try $0[5].with(value: $0[4].value) }) == "reflected 5")
    }

    @Test("the mirror attack leaves a valid literal transcript")
    func mirror() throws {
        var rng = SplitMix(seed: 43)
        var alice = try LiteralAlice(hash: .sha256d, k: 64, using: &rng)
        var bob = MirrorBob(offset: 2)
        let record = WorkTranscript(literal: .sha256d, messages: try exchange(&alice, &bob))
        #expect(refusal(record) == "valid")
        #expect(bob.cost.sha256Calls == 6)
    }

    @Test(
        "documents that are refused",
        arguments: [
            (#""profile":"v2""#, #""profile":"v3""#), (#""profile":"v2""#, #""profile":"literal""#),
            (#""hash":"sha256d""#, #""hash":"sha512""#), (#""alice":"ann""#, #""alice":null"#),
            (#""bob":"ben""#, #""bob":null"#), (#""bob":"ben""#, #""bob":7"#), (#""alice":"ann","#, ""),
            (#""alice":"ann""#, #""alice":"ann","alice":"ann""#), (#""hash""#, #""carol":"c","hash""#),
            ("work-transcript/1", "work-transcript/2"), (#""messages":["#, #""messages":[7,"#),
            (#""step":"openA""#, #""step":"open""#), (#""step":"openA""#, #""step":"commitA""#),
            (#""k":20"#, #""k":null"#), (#""k":20"#, #""k":-20"#), (#""k":20"#, #""k":"20""#),
            (#""k":20"#, #""k":20,"x":1"#), (#""session":null"#, #""session":"""#),
            (#""messages""#, #""schema":"ringwork/work/1","messages""#),
        ])
    func documents(part: String, replacement: String) throws {
        let text = try repaired().document.compactText
        let range = try #require(text.range(of: part), "the document no longer holds \(part)")
        let changed = text.replacingCharacters(in: range, with: replacement)
        #expect(throws: DocumentError.self) { try WorkTranscript(document: Array(changed.utf8)) }
    }

    @Test("an error in a message names the message; a document has a largest size; names are bytes")
    func details() throws {
        let text = try repaired().document.compactText
        let changed = Array(text.replacing(#""k":17"#, with: #""k":null"#).utf8)
        #expect(throws: DocumentError.malformed(field: "messages[3].k", reason: "step openB needs a number")) {
            try WorkTranscript(document: changed)
        }
        let limit = WorkTranscript.documentByteLimit
        let padded = Array(text.utf8) + [UInt8](repeating: 0x20, count: limit - text.utf8.count)
        #expect(throws: Never.self) { try WorkTranscript(document: padded) }
        #expect(throws: DocumentError.json(.tooLarge(bytes: limit + 1, limit: limit))) {
            try WorkTranscript(document: padded + [0x20])
        }
        let composed = WorkTranscript.Names(alice: "\u{e9}", bob: "b")
        #expect(composed != WorkTranscript.Names(alice: "e\u{301}", bob: "b"))
    }

    @Test("errors have a sentence with the place")
    func sentences() throws {
        let good = try repaired()
        let cases = [
            (good.with { $0.removeLast() }, "message 7: step openAnswerB is missing"),
            (good.with { $0.append($0[0]) }, "message 8: there are 9 messages, and a run has 8"),
            (good.with { $0.swapAt(0, 1) }, "message 0: step commitB came where step commitA was due"),
        ]
        for (record, sentence) in cases {
            do throws(WorkTranscriptError) { try record.verify() } catch { #expect(error.description == sentence) }
        }
    }
}
