/// A cheating Bob with two sessions open, with one Alice or with two: each one's work answers the other. He computes no
/// hash at all, whatever H is.
///
/// He sends each Alice the other's starting value and amount as his own; her step 7 is then the other's step 8:
///
///     session 1   B₀ = A₀′,  kB = kA′     Alice's step 7 is H^kA′(A₀′) = A′ at kA′
///     session 2   B₀′ = A₀,  kB′ = kA     Alice's step 7 is H^kA(A₀) = A at kA: his step 8 of session 1
@_spi(Literal) public struct ReplayBob: Sendable {
    private var first: WorkMessage?
    private var second: WorkMessage?

    /// A cheat who has heard of no session yet.
    public init() {}

    /// Takes in a message of either session.
    ///
    /// - Returns: Nothing after the first step 1; both steps 2 after the second; after each step 7 the other session's
    ///   step 8.
    /// - Throws: ``WorkError/outOfOrder(expected:actual:)`` for a third session or another step,
    ///   ``WorkError/sessionMismatch`` for a step 7 of neither.
    public mutating func handle(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        guard let first else {
            guard message.step == .step1 else { throw .outOfOrder(expected: .step1, actual: message.step) }
            first = message
            return []
        }
        guard let second else {
            guard message.step == .step1 else { throw .outOfOrder(expected: .step1, actual: message.step) }
            second = message
            return [
                WorkMessage(unchecked: first.session, .step2, message.value, message.k),
                WorkMessage(unchecked: message.session, .step2, first.value, first.k),
            ]
        }
        guard message.step == .step7 else { throw .outOfOrder(expected: .step7, actual: message.step) }
        if message.session == first.session {
            return [WorkMessage(unchecked: second.session, .step8, message.value, nil)]
        }
        guard message.session == second.session else { throw .sessionMismatch }
        return [WorkMessage(unchecked: first.session, .step8, message.value, nil)]
    }
}
