public import ModularArithmetic

/// A ring signature of Yuen, Esgin, Liu, Au and Ding (DualRing, 2021): one commitment for the whole ring.
///
///     R = g^z·Π yᵢ^cᵢ    Σ cᵢ mod q = H_q("companion", pre, R)
///     sign: R = g^r·Π_{i≠π} yᵢ^cᵢ, c_π = H_q(…) − Σ_{i≠π} cᵢ, z = r − c_π·x mod q    σ = (c₀ … cₙ₋₁, z)
///     preimage: pre (32 bytes, scheme "dualring"), R (element)
///
/// **Size.** ℓq·(n + 1) bytes: the challenges and z, big-endian, fixed width; as AOS. **Exponentiations.** sign n, verify
/// n + 1, half of AOS, and all but one of them in one product that shares its squarings.
///
/// **Proves** that the maker knows the key of one member, under the discrete logarithm assumption in the random oracle
/// model. **Anonymity** is unconditional: r and the other challenges map one to one onto the valid signatures, whoever
/// signs, so leaked keys name nobody.
///
/// **Not linkable, and it cannot be made so by a second equation.** One product for the ring says that *some*
/// combination of the keys is known, not which. With a tag h^z·τ^(Σ cᵢ) beside it, the holder of two keys solves three
/// linear equations for z and its two challenges and gets a valid signature under **any** tag (attack A19). Who needs
/// tags takes ``LSAGSignature`` or ``FranklinZhangSignature``. The paper's shorter form, which proves the sum with an
/// inner-product argument, is not here: in a Schnorr group an element is eight scalars long, so it pays beyond a
/// hundred members only, where ``GrothKohlweissSignature`` is shorter.
/// - SeeAlso: T. H. Yuen, M. F. Esgin, J. K. Liu, M. H. Au, Z. Ding, *DualRing: Generic Construction of Ring Signatures
///   with Efficient Instantiations*, CRYPTO 2021, §4.
public struct DualRingSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "dualring" }

    /// The group.
    public let group: Group
    /// c₀ … cₙ₋₁.
    public let challenges: [Scalar]
    /// z.
    public let response: Scalar

    init(group: Group, challenges: [Scalar], response: Scalar) {
        self.group = group
        self.challenges = challenges
        self.response = response
    }

    /// The signature for `ring` that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `wrongLength`, `challengeOutOfRange`, `responseOutOfRange`.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        var reader = try CompanionReader(bytes, elements: 0, scalars: ring.count + 1, in: ring.group)
        group = ring.group
        challenges = try reader.scalars(ring.count) { .challengeOutOfRange(index: $0) }
        response = try reader.scalars(1) { .responseOutOfRange(index: $0) }[0]
    }

    /// c₀ … cₙ₋₁ ‖ z.
    public func encoded() -> [UInt8] { (challenges + [response]).flatMap { group.encode($0) } }

    /// Whether the challenges add up to the hash.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: One product of n + 1 powers. Public values, variable time.
    public func verify(
        message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        try ring.checkFits(group, members: challenges.count)
        let transcript = CompanionTranscript(scheme: Self.scheme, ring: ring, context: context, message: message)
        let powers = zip(ring.elements, challenges).map { (base: $0, exponent: $1) }
        let commitment = group.multiPowerVariableTime([(group.generator, response)] + powers)
        guard group.sum(challenges) == transcript.challenge([commitment]) else { throw .ringEquation }
    }
}
