public import ModularArithmetic

/// A ring signature of Abe, Ohkubo and Suzuki (2002): a chain of Schnorr challenges, the shortest of the companions.
///
///     cᵢ₊₁ = H_q("companion", pre, i + 1, g^sᵢ·yᵢ^cᵢ)    s_π = u − c_π·x mod q    σ = (c₀, s₀ … sₙ₋₁)
///     preimage: pre (32 bytes, scheme "aos"), the index mod n (4 bytes), the commitment (element)
///     accept iff the chain that starts at c₀ ends at c₀
///
/// **Size.** ℓq·(n + 1) bytes: c₀ and the responses, big-endian, fixed width. **Exponentiations.** sign 2n − 1, verify
/// 2n.
///
/// **Proves** that the maker knows the key of one member, under the discrete logarithm assumption in the random oracle
/// model. **Anonymity** is unconditional: for every member the signatures have the same distribution, so leaked keys
/// name nobody. Two signatures of one member cannot be linked.
/// - SeeAlso: M. Abe, M. Ohkubo, K. Suzuki, *1-out-of-n Signatures from a Variety of Keys*, ASIACRYPT 2002, §5.
public struct AOSSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "aos" }

    /// The group.
    public let group: Group
    /// c₀, where the chain starts and ends.
    public let challenge: Scalar
    /// s₀ … sₙ₋₁.
    public let responses: [Scalar]

    init(group: Group, challenge: Scalar, responses: [Scalar]) {
        self.group = group
        self.challenge = challenge
        self.responses = responses
    }

    /// The signature for `ring` that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `wrongLength`, `challengeOutOfRange`, `responseOutOfRange`.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        var reader = try CompanionReader(bytes, elements: 0, scalars: ring.count + 1, in: ring.group)
        group = ring.group
        challenge = try reader.scalars(1) { .challengeOutOfRange(index: $0) }[0]
        responses = try reader.scalars(ring.count) { .responseOutOfRange(index: $0) }
    }

    /// c₀ ‖ s₀ … sₙ₋₁.
    public func encoded() -> [UInt8] { ([challenge] + responses).flatMap { group.encode($0) } }

    /// Whether the chain closes.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: n two-base exponentiations, one after the other. Public values, variable time.
    public func verify(
        message: [UInt8], context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        try Self.verify(each: [CompanionClaim(self, message: message, context: context, ring: ring)]).throwOnly()
    }

    /// Verifies many signatures side by side: for each, in order, `nil` or the error that
    /// ``verify(message:context:ring:)`` would throw. What one chain must do one after the other, many do together.
    public static func verify(each claims: [CompanionClaim<AOSSignature, Group>]) -> [CompanionError?] {
        CompanionBatch.verdicts(
            claims, check: { claim throws(CompanionError) in try claim.signature.checkFits(claim.ring) },
            holds: { claims, group in
                let chains = claims.map { claim in
                    let transcript = CompanionTranscript(
                        scheme: scheme, ring: claim.ring, context: claim.context, message: claim.message)
                    return (Chain(transcript, claim.ring), claim.signature.challenge, claim.signature.responses)
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

        init(_ transcript: CompanionTranscript<Group>, _ ring: CompanionRing<Group>) {
            self.transcript = transcript
            self.ring = ring
        }

        func terms(at index: Int, challenge: Scalar, response: Scalar) -> [TwoBasePower<Group.Element>] {
            [TwoBasePower(ring.group.generator, response, ring.members[index].y, challenge)]
        }

        func next(after index: Int, commitments: [Group.Element]) -> Scalar {
            transcript.challenge(at: (index + 1) % ring.count, commitments)
        }
    }
}
