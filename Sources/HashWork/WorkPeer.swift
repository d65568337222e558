/// A side of the hash-work protocol, honest or not: a state machine that takes messages in and gives messages out.
public protocol WorkPeer {
    /// What this side sends before it has received anything.
    var firstMessages: [WorkMessage] { get }

    /// Takes in the peer's next message.
    ///
    /// - Returns: What to send.
    mutating func handle(_ message: WorkMessage) throws(WorkError) -> [WorkMessage]
}

extension WorkPeer {
    /// Nothing: most sides wait for Alice.
    public var firstMessages: [WorkMessage] { [] }
}

/// A side that judges its peer, counts its own cost, and says what it waits for.
public protocol WorkSide: WorkPeer {
    /// How the protocol stands.
    var verdict: WorkVerdict { get }
    /// The evaluations made so far.
    var cost: WorkCost { get }
    /// The step that the peer has to send next; `nil` when the protocol has ended.
    var due: WorkStep? { get }
}

extension WorkParty: WorkSide {}
@_spi(Literal) extension LiteralAlice: WorkSide {}
@_spi(Literal) extension LiteralBob: WorkSide {}
@_spi(Literal) extension MirrorBob: WorkPeer {}

/// Carries messages between two sides until neither has anything to send.
///
/// - Returns: Every message, in the order sent.
/// - Throws: The first ``WorkError`` of either side, which has then ended the protocol.
@discardableResult
public func exchange(
    _ alice: inout some WorkPeer, _ bob: inout some WorkPeer
) throws(WorkError) -> [WorkMessage] {
    var transcript: [WorkMessage] = []
    var toBob = alice.firstMessages
    var toAlice = bob.firstMessages
    while !toBob.isEmpty || !toAlice.isEmpty {
        let (forBob, forAlice) = (toBob, toAlice)
        (toBob, toAlice) = ([], [])
        transcript += forBob + forAlice
        for message in forBob { toAlice += try bob.handle(message) }
        for message in forAlice { toBob += try alice.handle(message) }
    }
    return transcript
}
