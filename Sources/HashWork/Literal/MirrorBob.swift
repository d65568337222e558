import Hashing

/// A cheating Bob against the paper's protocol with H = SHA-256d: he is accepted for 2i + 2 calls of SHA-256, whatever
/// kA is.
///
/// With P = SHA-256 and H = P∘P, the odd powers of P on A₀ are a second chain that never meets Alice's even ones:
///
///     B₀ = P²ⁱ⁺¹(A₀),  kB = kA − 1 − i
///     b  = H^kB(B₀) = P^(2kA−1)(A₀)          Alice's own step 7
///     P(b) = P^(2kA)(A₀) = H^kA(A₀)          Bob's step 8
///
/// The answer is P(b) for every i, as the exponent of b does not depend on it; P²ⁱ⁺¹(b), which may look more natural, is
/// right for i = 0 only. Against H = SHA-256 the same B₀ is Alice's own A₂ᵢ₊₁, and her step 5a ends the protocol, or the
/// answer is wrong where Bob went as far as kA and beyond.
/// - SeeAlso: Dodis, Ristenpart, Steinberger, Tessaro, *To Hash or Not to Hash Again?* (CRYPTO 2012), §3.
@_spi(Literal) public struct MirrorBob: Sendable {
    /// What Bob spent: SHA-256 calls; he evaluates no H.
    public private(set) var cost = WorkCost()
    private let offset: Int
    private let respectingBounds: Bool
    private var due: WorkStep? = .step1

    /// A cheat who starts `offset` evaluations of H further along.
    ///
    /// - Parameters:
    ///   - offset: i, at least 0.
    ///   - respectingBounds: Whether to give up when kB would be below the paper's 2⁴. No party of the paper checks it.
    public init(offset: Int = 0, respectingBounds: Bool = true) {
        precondition(offset >= 0, "an offset is not negative")
        self.offset = offset
        self.respectingBounds = respectingBounds
    }

    /// Takes in Alice's next message.
    ///
    /// - Returns: Step 2 after step 1; step 8 after step 7.
    /// - Throws: ``WorkError/kTooSmall(k:minimum:)`` where kA leaves no room for kB, and
    ///   ``WorkError/outOfOrder(expected:actual:)``.
    /// - Complexity: 2i + 2 calls of SHA-256 in all.
    public mutating func handle(_ message: WorkMessage) throws(WorkError) -> [WorkMessage] {
        guard message.step == due else { throw .outOfOrder(expected: due, actual: message.step) }
        var value = LiteralProtocol.digest(message.value)
        if message.step == .step1 {
            let (k, below) = (message.k ?? 0).subtractingReportingOverflow(1 + offset)
            let minimum = respectingBounds ? LiteralProtocol.amounts.lowerBound : 0
            guard !below, k >= minimum else { throw .kTooSmall(k: k, minimum: minimum) }
            for _ in 0..<2 * offset + 1 { value = callOnce(value) }
            due = .step7
            return [WorkMessage(unchecked: message.session, .step2, value.bytes, k)]
        }
        due = nil
        return [WorkMessage(unchecked: message.session, .step8, callOnce(value).bytes, nil)]
    }

    private mutating func callOnce(_ value: Digest) -> Digest {
        cost.sha256Calls += 1
        return SHA256.hash(value.bytes)
    }
}
