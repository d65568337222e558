public import ModularArithmetic

/// A ring signature of logarithmic size, for research: Groth and Kohlweiss's proof that one of N = 2^m commitments
/// opens to 0 (2015), with the linking tag of Triptych (2020).
///
///     h = H_G("companion", parameters …, scheme, "commit")    U = H_G("companion", parameters …, scheme, "link", context)
///     J = U^(1/x)    ℓⱼ the bits of the signer's place, lowest first    aⱼ, rⱼ, sⱼ, tⱼ, ρₖ at random    j, k in 0 ..< m
///     Lⱼ = h^ℓⱼ·g^rⱼ    Aⱼ = h^aⱼ·g^sⱼ    Bⱼ = h^(ℓⱼ·aⱼ)·g^tⱼ    Dₖ = Π yᵢ^pᵢₖ·g^ρₖ    Yₖ = J^ρₖ
///     pᵢ(X) = Π fⱼ[bit j of i],  fⱼ[1] = ℓⱼ·X + aⱼ,  fⱼ[0] = X − fⱼ[1];  pᵢₖ its coefficients, degree m for π only
///     ξ = H_q("companion", pre, h, U, J, L₀ …, A₀ …, B₀ …, D₀ …, Y₀ …)
///     fⱼ = ℓⱼ·ξ + aⱼ    αⱼ = rⱼ·ξ + sⱼ    βⱼ = rⱼ·(ξ − fⱼ) + tⱼ    z = x·ξ^m − Σ ρₖ·ξ^k    all mod q
///     σ = (J, L₀ … Lₘ₋₁, D₁ … Dₘ₋₁, Y₁ … Yₘ₋₁, ξ, f₀ …, α₀ …, β₀ …, z)
///     preimage: pre (32 bytes, scheme "groth-kohlweiss"), h, U, J, then L, A, B, D, Y (elements), m each
///
/// The verifier computes what is not sent, each from the equation that it stands in, and compares ξ with the hash:
///
///     Aⱼ = h^fⱼ·g^αⱼ·Lⱼ^−ξ    Bⱼ = g^βⱼ·Lⱼ^(fⱼ−ξ)    D₀ = Π yᵢ^pᵢ(ξ)·Π_{k>0} Dₖ^−ξ^k·g^−z    Y₀ = U^ξ^m·Π_{k>0} Yₖ^−ξ^k·J^−z
///
/// The papers send all commitments and not ξ, which is as sound, allows several signatures to be verified in one
/// product, and costs 2m + 2 elements more and their membership tests; size is what this scheme is for.
///
/// **The ring has a power of two members, and is refused otherwise.** To fill it up by repeating a key is not offered: N
/// would then count places and not suspects, the repeated member would have to choose one of its places by a rule that
/// every implementation must share, and a mistake in it shows who signed. Fill up with other people's keys, or take a
/// smaller ring.
///
/// **Size.** ℓp·(3m − 1) + ℓq·(3m + 2) bytes. **Exponentiations.** sign m·(N + 8) + 1 and H_G twice, verify
/// N + 7m + 1 and H_G twice, and 3m − 1 membership tests where the signature is decoded.
///
/// **Proves** that the maker knows the key x of one member, and that J = U^(1/x), under the discrete logarithm
/// assumption in the random oracle model, with a reduction that loses more than LSAG's: it rewinds m + 1 times. The
/// logarithm of h to g must be unknown, or the bits are free. **Anonymity** rests on the decisional Diffie-Hellman
/// assumption for the tag alone, everything else hides unconditionally; **it is lost when keys leak**: whoever has all
/// x computes all tags. J depends on key and context alone.
/// - SeeAlso: J. Groth, M. Kohlweiss, *One-out-of-Many Proofs: Or How to Leak a Secret and Spend a Coin*, EUROCRYPT 2015,
///   §3; S. Noether, B. Goodell, *Triptych*, 2020, ePrint 2020/018, §3.
public struct GrothKohlweissSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "groth-kohlweiss" }

    /// The group.
    public let group: Group
    /// J; never 1.
    public let linkingTag: Group.Element
    /// L₀ … Lₘ₋₁.
    public let bitCommitments: [Group.Element]
    /// D₁ … Dₘ₋₁.
    public let ringCommitments: [Group.Element]
    /// Y₁ … Yₘ₋₁.
    public let tagCommitments: [Group.Element]
    /// ξ.
    public let challenge: Scalar
    /// f₀ … fₘ₋₁.
    public let bitResponses: [Scalar]
    /// α₀ … αₘ₋₁.
    public let bitOpenings: [Scalar]
    /// β₀ … βₘ₋₁.
    public let productOpenings: [Scalar]
    /// z.
    public let keyResponse: Scalar

    init(
        group: Group, linkingTag: Group.Element, bitCommitments: [Group.Element], ringCommitments: [Group.Element],
        tagCommitments: [Group.Element], challenge: Scalar, bitResponses: [Scalar], bitOpenings: [Scalar],
        productOpenings: [Scalar], keyResponse: Scalar
    ) {
        self.group = group
        self.linkingTag = linkingTag
        self.bitCommitments = bitCommitments
        self.ringCommitments = ringCommitments
        self.tagCommitments = tagCommitments
        self.challenge = challenge
        self.bitResponses = bitResponses
        self.bitOpenings = bitOpenings
        self.productOpenings = productOpenings
        self.keyResponse = keyResponse
    }

    /// The signature for `ring` that `bytes` spell; the equations are not checked.
    ///
    /// - Throws: ``CompanionError``: `parameterOutOfRange` where the ring is not a power of two, `wrongLength`,
    ///   `tagNotInGroup`, `elementNotInGroup` counting L, D and Y in one row, `challengeOutOfRange`, `responseOutOfRange`
    ///   counting f, α, β and z in one row.
    /// - Complexity: 3m − 1 membership tests.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        let m = try ring.depth()
        var reader = try CompanionReader(bytes, elements: 3 * m - 1, scalars: 3 * m + 2, in: ring.group)
        group = ring.group
        linkingTag = try reader.element(.tagNotInGroup)
        let elements = try reader.elements(3 * m - 2)
        bitCommitments = Array(elements[..<m])
        ringCommitments = Array(elements[m..<2 * m - 1])
        tagCommitments = Array(elements[(2 * m - 1)...])
        challenge = try reader.scalars(1) { .challengeOutOfRange(index: $0) }[0]
        let responses = try reader.scalars(3 * m + 1) { .responseOutOfRange(index: $0) }
        bitResponses = Array(responses[..<m])
        bitOpenings = Array(responses[m..<2 * m])
        productOpenings = Array(responses[2 * m..<3 * m])
        keyResponse = responses[3 * m]
    }

    /// J ‖ L ‖ D₁ … ‖ Y₁ … ‖ ξ ‖ f ‖ α ‖ β ‖ z.
    public func encoded() -> [UInt8] {
        let elements = [linkingTag] + bitCommitments + ringCommitments + tagCommitments
        let scalars = [challenge] + bitResponses + bitOpenings + productOpenings + [keyResponse]
        return elements.flatMap { group.encode($0) } + scalars.flatMap { group.encode($0) }
    }

    /// Whether one key made both, given that both are valid in one context.
    public func isLinked(to other: GrothKohlweissSignature) -> Bool {
        group == other.group && linkingTag == other.linkingTag
    }

    /// U, the base of every tag in a context.
    public static func base(context: [UInt8], in group: Group) -> Group.Element {
        CompanionTranscript.base(scheme: scheme, purpose: "link", [context], in: GroupHash(group))
    }

    /// h, the second base of the commitments.
    public static func commitmentBase(in group: Group) -> Group.Element {
        CompanionTranscript.base(scheme: scheme, purpose: "commit", [], in: GroupHash(group))
    }

    /// Whether ξ is the hash of the commitments.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: One product of N + m powers, one of m + 1, and 2m small ones; H_G twice. Public values, variable
    ///   time.
    public func verify(
        message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        let m = bitCommitments.count
        try ring.checkFits(group, members: 1 << m)
        let equation = Equation(
            CompanionTranscript(scheme: Self.scheme, ring: ring, context: context, message: message),
            h: Self.commitmentBase(in: group), base: Self.base(context: context, in: group), tag: linkingTag)
        let (g, h) = (group.generator, equation.h)
        func negated(_ scalar: Scalar) -> Scalar { group.subtract(group.scalar(reducing: 0), scalar) }
        let powers = (0..<m).reduce(into: [group.scalar(reducing: 1)]) { list, k in
            list.append(group.multiply(list[k], challenge))
        }
        var products = [powers[0]]
        for f in bitResponses {
            let other = group.subtract(challenge, f)
            products = products.map { group.multiply($0, other) } + products.map { group.multiply($0, f) }
        }
        let a = (0..<m).map { j in
            group.multiPowerVariableTime([
                (h, bitResponses[j]), (g, bitOpenings[j]), (bitCommitments[j], negated(challenge)),
            ])
        }
        let b = group.twoBasePowersVariableTime(
            (0..<m).map { j in
                TwoBasePower(
                    g, productOpenings[j], bitCommitments[j], group.subtract(bitResponses[j], challenge))
            })
        let weights = powers[1..<m].map(negated)
        let keyTerms = zip(ring.elements, products).map { (base: $0, exponent: $1) }
        let d = group.multiPowerVariableTime(
            keyTerms + zip(ringCommitments, weights).map { (base: $0, exponent: $1) } + [(g, negated(keyResponse))])
        let y = group.multiPowerVariableTime(
            [(equation.base, powers[m])] + zip(tagCommitments, weights).map { (base: $0, exponent: $1) }
                + [(linkingTag, negated(keyResponse))])
        let expected = equation.challenge(
            bitCommitments: bitCommitments, a: a, b: b, d: [d] + ringCommitments, y: [y] + tagCommitments)
        guard challenge == expected else { throw .ringEquation }
    }

    /// What is hashed.
    struct Equation {
        private let transcript: CompanionTranscript<Group>
        /// h.
        let h: Group.Element
        /// U.
        let base: Group.Element
        /// J.
        let tag: Group.Element

        init(
            _ transcript: CompanionTranscript<Group>, h: Group.Element, base: Group.Element, tag: Group.Element
        ) {
            self.transcript = transcript
            self.h = h
            self.base = base
            self.tag = tag
        }

        /// ξ.
        func challenge(
            bitCommitments: [Group.Element], a: [Group.Element], b: [Group.Element], d: [Group.Element],
            y: [Group.Element]
        ) -> Scalar {
            transcript.challenge([h, base, tag] + bitCommitments + a + b + d + y)
        }
    }
}

extension CompanionRing {
    /// m where n = 2^m; refuses every other n.
    func depth() throws(CompanionError) -> Int {
        guard count & (count - 1) == 0 else { throw .parameterOutOfRange(name: "ring size") }
        return count.trailingZeroBitCount
    }
}
