/// What a reader of Algorithm 1 has to decide, because the paper does not: one value for each open place.
///
/// ``printed`` takes the text at its word and adds nothing. ``careful`` makes each choice as the repaired scheme does;
/// what it still lacks is the element E (``LiteralSignature/ephemeral``) and the proof of possession.
@_spi(Literal) public struct LiteralReading: Hashable, Sendable {
    /// Whether something that the text does not ask for is checked.
    public enum Check: String, Sendable, CaseIterable {
        /// Nothing is checked: the text.
        case none
        /// Checked as in the repaired scheme.
        case checked
    }

    /// C of line 9. The paper names it and defines nothing.
    public enum Glue: Hashable, Sendable {
        /// z₀ = δ, zᵢ₊₁ = H_p("z", λ, zᵢ·Yᵢ), closed when zₙ = δ: δ goes in and comes out.
        case chained
        /// δ = ⊕ E_λ(Yᵢ mod 2^bits), E_λ a keyed permutation of `bits`-bit strings. Falls to linear algebra (A7) and to
        /// pairs of zeros (A10).
        case exclusiveOr(bits: Int)
        /// δ = H(λ, Y₀ … Yₙ₋₁): δ is not fed back, so anybody *sets* it (A6).
        case open
    }

    /// The exponent of y in the trapdoor of lines 6 and 10.
    public enum Exponent: Hashable, Sendable {
        /// c = α mod q: Nyberg and Rueppel's, the text's nearest reading. Keys can be shifted (A5), members framed (A18).
        case alpha
        /// c = H_q("c", λ, α), or its lowest `bits` bits; short ones let partial rings be merged (A21).
        case hashed(bits: Int?)
    }

    /// How the inputs of Hash(M, g, PK_R) are joined.
    public enum Encoding: String, Sendable, CaseIterable {
        /// One after the other, numbers in as many bytes as they need: the text. Bytes can move (A11).
        case unframed
        /// Each item behind its length.
        case framed
    }

    /// Whether hashes see which ring it is, and which place in it.
    public enum RingBinding: String, Sendable, CaseIterable {
        /// No: the text. Rings can be rotated (A4) and replaced (A5).
        case absent
        /// p, q and the keys in their order are in λ, the place is in every hash of a member.
        case hashed
    }

    /// 0 < α < p, 0 ≤ β < q, 0 < δ < p. Line 5 gives no domain: with `none` everybody inverts every trapdoor (A1, A10).
    public var ranges: Check
    /// sub(y) for every member and the recipient. With `none`, keys that nobody owns are members (A9).
    public var keys: Check
    /// C.
    public var glue: Glue
    /// c.
    public var exponent: Exponent
    /// Line 2's joining.
    public var encoding: Encoding
    /// Line 2's and line 6's sight of the ring.
    public var ring: RingBinding

    /// A reading.
    public init(ranges: Check, keys: Check, glue: Glue, exponent: Exponent, encoding: Encoding, ring: RingBinding) {
        self.ranges = ranges
        self.keys = keys
        self.glue = glue
        self.exponent = exponent
        self.encoding = encoding
        self.ring = ring
    }

    /// The text and nothing else, with the one glue that is not broken by itself.
    public static let printed = LiteralReading(
        ranges: .none, keys: .none, glue: .chained, exponent: .alpha, encoding: .unframed, ring: .absent)

    /// Every choice as in the repaired scheme.
    public static let careful = LiteralReading(
        ranges: .checked, keys: .checked, glue: .chained, exponent: .hashed(bits: nil), encoding: .framed, ring: .hashed
    )

    /// This reading with one choice changed.
    public func with<Choice>(_ choice: WritableKeyPath<LiteralReading, Choice>, _ value: Choice) -> LiteralReading {
        var reading = self
        reading[keyPath: choice] = value
        return reading
    }
}
