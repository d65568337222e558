import ByteCoding
import Hashing
public import ModularArithmetic

/// The framed hashes that the literal reading and the attacks use.
typealias LiteralHash = GroupHash<SchnorrGroup>

/// Algorithm 1 of the smart-consensus paper (§3.2.3) as it is printed: **insecure**, for vectors, attacks and lessons.
///
/// | line | printed | here |
/// | --- | --- | --- |
/// | input | p, g_s; PK_S, PK_R; SK_S | `group`; `ring`, `recipient`; `secret` |
/// | 2 | λ ← Hash(M, g, PK_R) | ``lambda(message:ring:recipient:ephemeral:)`` |
/// | 3 | δ_S ← {0,1}^R | the result of closing the ring; the first thing drawn with an XOR glue |
/// | 4–5 | δᵢ ← rand(αᵢ, βᵢ), i ≠ S | α in 1 ..< p, β in 0 ..< q; verification asks for it only if ``LiteralReading/ranges`` |
/// | 6–7 | PKᵢ ≡ gᵢ(δᵢ), ζ ← ζ ∪ PKᵢ | ``trapdoor(_:key:lambda:index:)``; ζ as an ordered list |
/// | 9 | solve C_{λ,δ}(ζ) = δ_S | ``close(message:ring:recipient:at:ephemeral:fixing:invert:using:)`` |
/// | 10 | (α_S, B_S) = g_S⁻¹(PK_S) | ``invert(_:secret:nonce:lambda:index:)`` |
/// | 11 | σ | ``LiteralSignature`` |
/// | confirmation | two equations | ``confirmsAsPrinted(_:member:secret:)``, ``freeValue(_:member:recipient:)``, ``confirms(_:member:recipient:nonce:)`` |
///
/// The trapdoor is read as Nyberg and Rueppel's, f(α, β) = α·g^β·y^c mod p. Everything is variable-time, secrets included.
@_spi(Literal) public struct LiteralAlgorithm1: Sendable {
    /// p, q, g.
    public let group: SchnorrGroup
    /// The choices that the text leaves open.
    public let reading: LiteralReading
    let hash: LiteralHash

    /// The algorithm in one reading.
    ///
    /// - Precondition: the width of an XOR glue is a multiple of 16 and at most that of p.
    public init(_ group: SchnorrGroup, reading: LiteralReading = .printed) {
        if case .exclusiveOr(let bits) = reading.glue {
            precondition(bits > 0 && bits % 16 == 0 && bits <= group.p.bitWidth, "an XOR glue of unusable width")
        }
        self.group = group
        self.reading = reading
        hash = LiteralHash(group)
    }

    /// Line 2: λ = Hash(M, g, PK_R), 32 bytes of SHAKE256. It is called a key and made of public values.
    ///
    ///     unframed: M ‖ g ‖ PK_R [‖ E] [‖ p ‖ q ‖ y₀ ‖ …]      broken by A11
    ///     framed:   the same items, each behind its length
    public func lambda(
        message: [UInt8], ring: [Natural], recipient: Natural, ephemeral: Natural? = nil
    ) -> [UInt8] {
        var numbers = [group.g.value, recipient]
        if let ephemeral { numbers.append(ephemeral) }
        if reading.ring == .hashed { numbers += [group.p.value, group.q.value] + ring }
        let items = [message] + numbers.map { $0.bigEndianBytes(count: $0.byteWidth) }
        switch reading.encoding {
        case .unframed: return SHAKE256.hash(Array(items.joined()), count: 32)
        case .framed: return FramedXOF.bytes("literal-lambda", items, count: 32)
        }
    }

    /// Lines 6–7: the values PK₁ … PKₙ that the pairs give, in order.
    public func images(_ pairs: [LiteralSignature.Pair], ring: [Natural], lambda: [UInt8]) -> [Natural] {
        let p = group.p
        let terms = zip(pairs, ring).enumerated().map { index, member in
            let c = exponent(member.0.alpha, lambda: lambda, index: index)
            return Modulus.TwoBasePower(group.g.value, member.0.beta, member.1, c)
        }
        return zip(pairs, p.twoBasePowersVariableTime(terms)).map { p.multiply(p.reduce($0.alpha), $1) }
    }

    /// Line 6: Y = f(α, β) = α·g^β·y^c mod p, the printed gᵢ(δᵢ).
    public func trapdoor(_ pair: LiteralSignature.Pair, key y: Natural, lambda: [UInt8], index: Int) -> Natural {
        let c = exponent(pair.alpha, lambda: lambda, index: index)
        let powers = group.p.twoBasePowersVariableTime([.init(group.g.value, pair.beta, y, c)])
        return group.p.multiply(group.p.reduce(pair.alpha), powers[0])
    }

    /// Line 10: the pair with f(α, β) = Y, for who knows x; K is the nonce that the line does not mention.
    ///
    ///     α = Y·g^(−K) mod p      β = K − c·x mod q          the same K twice gives x away (A12), K itself too (A3)
    public func invert(
        _ target: Natural, secret x: Natural, nonce k: Natural, lambda: [UInt8], index: Int
    ) -> LiteralSignature.Pair {
        let (p, q) = (group.p, group.q)
        let alpha = p.multiply(target, p.powerVariableTime(group.g.value, q.subtract(0, k)))
        let c = exponent(alpha, lambda: lambda, index: index)
        return .init(alpha: alpha, beta: q.subtract(k, q.multiply(c, x)))
    }

    /// c, the exponent of y.
    public func exponent(_ alpha: Natural, lambda: [UInt8], index: Int) -> Natural {
        switch reading.exponent {
        case .alpha: return group.q.reduce(alpha)
        case .hashed(let bits):
            let c = hash.scalar("c", [lambda] + place(index) + [alpha.bigEndianBytes(count: width(alpha))]).value
            guard let bits else { return c }
            return c % (Natural(1) << bits)
        }
    }

    /// The place in the ring as a hash item, where the ring is hashed.
    func place(_ index: Int) -> [[UInt8]] { reading.ring == .hashed ? [UInt32(index).bigEndianBytes] : [] }

    /// ℓp, or more for an α that nobody keeps in range.
    private func width(_ alpha: Natural) -> Int { max(group.elementByteCount, alpha.byteWidth) }
}
