public import ModularArithmetic

/// The numbers of a paper-ring signature as they come from outside: nothing about them has been checked.
///
/// Names are those of the paper and of the repaired scheme; lists are indexed by ring position, from 0.
public struct RingSignatureFields: Hashable, Sendable {
    /// y₀ … yₙ₋₁, in the order that λ binds.
    public var ring: [Natural]
    /// What the signature is for, chosen by the application; the linking base depends on it.
    public var context: [UInt8]
    /// y_R, in a designated signature.
    public var recipient: Natural?
    /// h_A, in an openable signature.
    public var administrator: Natural?
    /// E = g^e.
    public var ephemeral: Natural
    /// δ_S, where the chain starts and ends.
    public var delta: Natural
    /// αᵢ.
    public var alpha: [Natural]
    /// βᵢ.
    public var beta: [Natural]
    /// τ = h^x, in a linkable signature.
    public var linkingTag: Natural?
    /// A1 = g^ρ, in an openable signature.
    public var opening1: Natural?
    /// A2 = h_A^ρ·y_S, in an openable signature.
    public var opening2: Natural?
    /// γᵢ, in an openable signature; empty in any other.
    public var gamma: [Natural]
    /// U and the ciphertext, in a sealed signature.
    public var sealed: Sealed?

    /// The sealed part of a signature whose message only the recipient can read.
    public struct Sealed: Hashable, Sendable {
        /// U = g^v.
        public var u: Natural
        /// The encrypted message and its tag.
        public var ciphertext: [UInt8]

        /// A sealed part.
        public init(u: Natural, ciphertext: [UInt8]) {
            self.u = u
            self.ciphertext = ciphertext
        }
    }

    /// The fields of a base-mode signature; the others are set afterwards.
    public init(
        ring: [Natural], context: [UInt8], ephemeral: Natural, delta: Natural, alpha: [Natural], beta: [Natural]
    ) {
        self.ring = ring
        self.context = context
        self.ephemeral = ephemeral
        self.delta = delta
        self.alpha = alpha
        self.beta = beta
        gamma = []
    }
}
