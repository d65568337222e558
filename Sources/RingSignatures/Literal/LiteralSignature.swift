public import ModularArithmetic

/// Line 11: σ ← {M, Λ, δ_S, {(α₁, B₁), …}}. Numbers without any promise about their range.
@_spi(Literal) public struct LiteralSignature: Hashable, Sendable {
    /// δᵢ of line 5: the pair that a member's trapdoor takes.
    public struct Pair: Hashable, Sendable {
        /// α.
        public var alpha: Natural
        /// β, which line 11 prints as B.
        public var beta: Natural

        /// A pair.
        public init(alpha: Natural, beta: Natural) {
            self.alpha = alpha
            self.beta = beta
        }
    }

    /// M, in clear.
    public var message: [UInt8]
    /// Λ: the members' keys.
    public var ring: [Natural]
    /// δ_S.
    public var delta: Natural
    /// (αᵢ, βᵢ).
    public var pairs: [Pair]
    /// E, which the paper does not have. Attacks on half-repaired forms use it; in the text it is absent.
    public var ephemeral: Natural?

    /// A signature.
    public init(message: [UInt8], ring: [Natural], delta: Natural, pairs: [Pair], ephemeral: Natural? = nil) {
        self.message = message
        self.ring = ring
        self.delta = delta
        self.pairs = pairs
        self.ephemeral = ephemeral
    }
}
