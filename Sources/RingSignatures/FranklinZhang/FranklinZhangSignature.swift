public import ModularArithmetic

/// A unique ring signature of Franklin and Zhang (2012), in the form of the Möbius mixing contract: linkable, and
/// computed for all members in parallel.
///
///     h = H_G("companion", parameters …, "franklin-zhang", "link", context)    τ = h^x
///     aⱼ = g^tⱼ·yⱼ^cⱼ    bⱼ = h^tⱼ·τ^cⱼ    Σ cⱼ mod q = H_q("companion", pre, h, τ, a₀, b₀ … aₙ₋₁, bₙ₋₁)
///     c_π = H_q(…) − Σ_{j≠π} cⱼ    t_π = w − c_π·x mod q    σ = (τ, c₀ … cₙ₋₁, t₀ … tₙ₋₁)
///     preimage: pre (32 bytes, scheme "franklin-zhang"), h, τ, then the commitments (elements), n pairs
///
/// The tag depends on key and context alone; a mixing contract puts its own identity and the ring's in the context.
///
/// **Size.** ℓp + 2·ℓq·n bytes: almost twice LSAG's, for one batch of exponentiations instead of a chain.
/// **Exponentiations.** sign 4n − 1 and H_G, verify 4n and H_G, and the tag's membership test where the signature is
/// decoded. Möbius reduces c and t modulo q in silence, which gives one signature many spellings; here they are below q.
///
/// **Proves** that the maker knows the key x of one member, and that τ = h^x, under the discrete logarithm assumption in
/// the random oracle model. **Anonymity** rests on the decisional Diffie-Hellman assumption, **and is lost when keys
/// leak**: whoever has all x computes all tags.
/// - SeeAlso: M. Franklin, H. Zhang, *Unique Ring Signatures: A Practical Construction*, FC 2013; S. Meiklejohn,
///   R. Mercer, *Möbius: Trustless Tumbling for Transaction Privacy*, PoPETs 2018.
public struct FranklinZhangSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "franklin-zhang" }

    /// The group.
    public let group: Group
    /// τ; never 1.
    public let linkingTag: Group.Element
    /// c₀ … cₙ₋₁.
    public let challenges: [Scalar]
    /// t₀ … tₙ₋₁.
    public let responses: [Scalar]

    init(group: Group, linkingTag: Group.Element, challenges: [Scalar], responses: [Scalar]) {
        self.group = group
        self.linkingTag = linkingTag
        self.challenges = challenges
        self.responses = responses
    }

    /// The signature for `ring` that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `wrongLength`, `tagNotInGroup`, `challengeOutOfRange`, `responseOutOfRange`.
    /// - Complexity: One membership test.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        var reader = try CompanionReader(bytes, elements: 1, scalars: 2 * ring.count, in: ring.group)
        group = ring.group
        linkingTag = try reader.element(.tagNotInGroup)
        challenges = try reader.scalars(ring.count) { .challengeOutOfRange(index: $0) }
        responses = try reader.scalars(ring.count) { .responseOutOfRange(index: $0) }
    }

    /// τ ‖ c₀ … cₙ₋₁ ‖ t₀ … tₙ₋₁.
    public func encoded() -> [UInt8] {
        group.encode(linkingTag) + (challenges + responses).flatMap { group.encode($0) }
    }

    /// Whether one key made both, given that both are valid in one context.
    public func isLinked(to other: FranklinZhangSignature) -> Bool {
        group == other.group && linkingTag == other.linkingTag
    }

    /// h, the base of every tag in a context.
    public static func base(context: [UInt8], in group: Group) -> Group.Element {
        CompanionTranscript.base(scheme: scheme, purpose: "link", [context], in: GroupHash(group))
    }

    /// Whether the challenges add up to the hash.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: 2n two-base exponentiations in one batch, and H_G. Public values, variable time.
    public func verify(
        message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        try Self.verify(each: [CompanionClaim(self, message: message, context: context, ring: ring)]).throwOnly()
    }

    /// Verifies many signatures in one batch: for each, in order, `nil` or the error that
    /// ``verify(message:context:ring:)`` would throw. The base of a context is hashed once.
    public static func verify(each claims: [CompanionClaim<FranklinZhangSignature, Group>]) -> [CompanionError?] {
        CompanionBatch.verdicts(
            claims, check: { claim throws(CompanionError) in try claim.signature.checkFits(claim.ring) },
            holds: { claims, group in
                let bases = CompanionBatch.bases(of: claims, scheme: scheme, purpose: "link", in: group) {
                    [$0.context]
                }
                let equations = zip(claims, bases).map { claim, base in
                    let transcript = CompanionTranscript(
                        scheme: scheme, ring: claim.ring, context: claim.context, message: claim.message)
                    return Equation(transcript, claim.ring, base: base, tag: claim.signature.linkingTag)
                }
                let terms = zip(claims, equations).map { claim, equation in
                    let (challenges, responses) = (claim.signature.challenges, claim.signature.responses)
                    return equation.terms(Array(challenges.indices), challenges, responses)
                }
                let commitments = group.twoBasePowersVariableTime(each: terms)
                return zip(zip(claims, equations), commitments).map { pair, commitments in
                    group.sum(pair.0.signature.challenges) == pair.1.challenge(commitments)
                }
            })
    }

    private func checkFits(_ ring: CompanionRing<Group>) throws(CompanionError) {
        try ring.checkFits(group, members: responses.count)
    }

    /// The sides of the equation.
    struct Equation {
        private let transcript: CompanionTranscript<Group>
        private let ring: CompanionRing<Group>
        private let base: Group.Element
        private let tag: Group.Element

        init(
            _ transcript: CompanionTranscript<Group>, _ ring: CompanionRing<Group>, base: Group.Element,
            tag: Group.Element
        ) {
            self.transcript = transcript
            self.ring = ring
            self.base = ring.group.prepared(base, uses: ring.count)
            self.tag = ring.group.prepared(tag, uses: ring.count)
        }

        /// aⱼ and bⱼ of the members at `places`, one after the other, as terms.
        func terms(
            _ places: [Int], _ challenges: [Scalar], _ responses: [Scalar]
        ) -> [TwoBasePower<Group.Element>] {
            let g = ring.group.generator
            return places.flatMap {
                [
                    TwoBasePower(g, responses[$0], ring.members[$0].y, challenges[$0]),
                    TwoBasePower(base, responses[$0], tag, challenges[$0]),
                ]
            }
        }

        /// The hash that the challenges add up to.
        func challenge(_ commitments: [Group.Element]) -> Scalar {
            transcript.challenge([base, tag] + commitments)
        }
    }
}
