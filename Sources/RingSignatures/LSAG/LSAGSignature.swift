public import ModularArithmetic

/// A linkable ring signature of Liu, Wei and Wong (2004): AOS with a tag that one key repeats within one context.
///
///     h = H_G("companion", parameters …, "lsag", "link", context)    τ = h^x
///     cᵢ₊₁ = H_q("companion", pre, i + 1, τ, g^sᵢ·yᵢ^cᵢ, h^sᵢ·τ^cᵢ)    s_π = u − c_π·x mod q
///     σ = (τ, c₀, s₀ … sₙ₋₁);  accept iff the chain that starts at c₀ ends at c₀
///     preimage: pre (32 bytes, scheme "lsag"), the index mod n (4 bytes), τ, both commitments (elements)
///
/// The tag depends on key and context alone: for one tag a ring, put the ring's identity in the context. The discrete
/// logarithm of h is unknown; with h = g^hash the tag would name the signer (attack A14).
///
/// **Size.** ℓp + ℓq·(n + 1) bytes. **Exponentiations.** sign 4n − 1 and H_G, verify 4n and H_G, and the tag's membership
/// test where the signature is decoded (a tag times −1 would count as another one: attack A15).
///
/// **Proves** that the maker knows the key x of one member, and that τ = h^x, under the discrete logarithm assumption in
/// the random oracle model. **Anonymity** rests on the decisional Diffie-Hellman assumption, **and is lost when keys
/// leak**: whoever has all x computes all tags.
/// - SeeAlso: J. Liu, V. Wei, D. Wong, *Linkable Spontaneous Anonymous Group Signature for Ad Hoc Groups*, ACISP 2004, §4.
public struct LSAGSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "lsag" }

    /// The group.
    public let group: Group
    /// τ; never 1.
    public let linkingTag: Group.Element
    /// c₀, where the chain starts and ends.
    public let challenge: Scalar
    /// s₀ … sₙ₋₁.
    public let responses: [Scalar]

    init(group: Group, linkingTag: Group.Element, challenge: Scalar, responses: [Scalar]) {
        self.group = group
        self.linkingTag = linkingTag
        self.challenge = challenge
        self.responses = responses
    }

    /// The signature for `ring` that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `wrongLength`, `tagNotInGroup`, `challengeOutOfRange`, `responseOutOfRange`.
    /// - Complexity: One membership test.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        var reader = try CompanionReader(bytes, elements: 1, scalars: ring.count + 1, in: ring.group)
        group = ring.group
        linkingTag = try reader.element(.tagNotInGroup)
        challenge = try reader.scalars(1) { .challengeOutOfRange(index: $0) }[0]
        responses = try reader.scalars(ring.count) { .responseOutOfRange(index: $0) }
    }

    /// τ ‖ c₀ ‖ s₀ … sₙ₋₁.
    public func encoded() -> [UInt8] {
        group.encode(linkingTag) + ([challenge] + responses).flatMap { group.encode($0) }
    }

    /// Whether one key made both, given that both are valid in one context.
    public func isLinked(to other: LSAGSignature) -> Bool { group == other.group && linkingTag == other.linkingTag }

    /// h, the base of every tag in a context.
    public static func base(context: [UInt8], in group: Group) -> Group.Element {
        CompanionTranscript.base(scheme: scheme, purpose: "link", [context], in: GroupHash(group))
    }

    /// Whether the chain closes.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: 2n two-base exponentiations, two at a time, and H_G. Public values, variable time.
    public func verify(
        message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        try Self.verify(each: [CompanionClaim(self, message: message, context: context, ring: ring)]).throwOnly()
    }

    /// Verifies many signatures side by side: for each, in order, `nil` or the error that
    /// ``verify(message:context:ring:)`` would throw. What one chain must do one after the other, many do together; the
    /// base of a context is hashed once.
    public static func verify(each claims: [CompanionClaim<LSAGSignature, Group>]) -> [CompanionError?] {
        CompanionBatch.verdicts(
            claims, check: { claim throws(CompanionError) in try claim.signature.checkFits(claim.ring) },
            holds: { claims, group in
                let bases = CompanionBatch.bases(of: claims, scheme: scheme, purpose: "link", in: group) {
                    [$0.context]
                }
                let chains = zip(claims, bases).map { claim, base in
                    let transcript = CompanionTranscript(
                        scheme: scheme, ring: claim.ring, context: claim.context, message: claim.message)
                    let chain = Chain(transcript, claim.ring, base: base, tag: claim.signature.linkingTag)
                    return (chain, claim.signature.challenge, claim.signature.responses)
                }
                return zip(claims, Chain.ends(of: chains, in: group)).map { $0.signature.challenge == $1 }
            })
    }

    private func checkFits(_ ring: CompanionRing<Group>) throws(CompanionError) {
        try ring.checkFits(group, members: responses.count)
    }

    /// The links of the chain.
    struct Chain: CommitmentChain {
        private let transcript: CompanionTranscript<Group>
        let ring: CompanionRing<Group>
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

        func terms(at index: Int, challenge: Scalar, response: Scalar) -> [TwoBasePower<Group.Element>] {
            [
                TwoBasePower(ring.group.generator, response, ring.members[index].y, challenge),
                TwoBasePower(base, response, tag, challenge),
            ]
        }

        func next(after index: Int, commitments: [Group.Element]) -> Scalar {
            transcript.challenge(at: (index + 1) % ring.count, [tag] + commitments)
        }
    }
}
