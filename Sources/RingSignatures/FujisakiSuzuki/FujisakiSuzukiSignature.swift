import ByteCoding
public import ModularArithmetic

/// A traceable ring signature of Fujisaki and Suzuki (2007): who signs two messages for one issue names itself.
///
///     h = H_G("companion", parameters …, scheme, "link", issue, n, y₀ … yₙ₋₁)
///     A₀ = H_G("companion", parameters …, scheme, "message", issue, n, y₀ … yₙ₋₁, M)
///     A₁ = (h^x / A₀)^(1/(π + 1))    σⱼ = A₀·A₁^(j + 1), so that σ_π = h^x
///     aⱼ = g^zⱼ·yⱼ^cⱼ    bⱼ = h^zⱼ·σⱼ^cⱼ    Σ cⱼ mod q = H_q("companion", pre, h, A₀, A₁, a₀, b₀ … aₙ₋₁, bₙ₋₁)
///     c_π = H_q(…) − Σ_{j≠π} cⱼ    z_π = w − c_π·x mod q    σ = (A₁, c₀ … cₙ₋₁, z₀ … zₙ₋₁)
///     preimage: pre (32 bytes, scheme "fujisaki-suzuki", the issue as context), h, A₀, A₁, then the commitments, n pairs
///
/// The tags lie on a line through A₀ at 0, which nobody chose, and h^x at the signer's place; places count from 1 there,
/// since at 0 there would be no tag. A second message has another line through the same point, and two lines that
/// differ meet at one place at most: ``trace(message:against:message:issue:ring:)``. n is below q, so all places have
/// inverses: a ring has at most q − 1 distinct keys.
///
/// An issue belongs to one ring: h has both in it, and signatures for different rings, or different issues, have nothing
/// to do with each other.
///
/// **Size.** ℓp + 2·ℓq·n bytes. **Exponentiations.** sign 4n and H_G twice, verify 4n and H_G twice, and A₁'s membership
/// test where the signature is decoded. The n tags are a running product, n multiplications.
///
/// **Proves** that the maker knows the key x of one member j, and that σⱼ = h^x, under the discrete logarithm assumption
/// in the random oracle model; hence that nobody else is named by a trace. **Anonymity** of those who sign once an issue
/// rests on the decisional Diffie-Hellman assumption, **and is lost when keys leak**: whoever has x computes h^x and
/// finds it among the tags, or not. So can each member for itself: who shows that its h^x is not σⱼ clears itself.
/// - SeeAlso: E. Fujisaki, K. Suzuki, *Traceable Ring Signature*, PKC 2007, §4.
public struct FujisakiSuzukiSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "fujisaki-suzuki" }

    /// The group.
    public let group: Group
    /// A₁, the slope of the line of tags; never 1.
    public let slope: Group.Element
    /// c₀ … cₙ₋₁.
    public let challenges: [Scalar]
    /// z₀ … zₙ₋₁.
    public let responses: [Scalar]

    init(group: Group, slope: Group.Element, challenges: [Scalar], responses: [Scalar]) {
        self.group = group
        self.slope = slope
        self.challenges = challenges
        self.responses = responses
    }

    /// The signature for `ring` that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `wrongLength`, `tagNotInGroup` for A₁, `challengeOutOfRange`, `responseOutOfRange`.
    /// - Complexity: One membership test.
    public init(decoding bytes: [UInt8], for ring: CompanionRing<Group>) throws(CompanionError) {
        var reader = try CompanionReader(bytes, elements: 1, scalars: 2 * ring.count, in: ring.group)
        group = ring.group
        slope = try reader.element(.tagNotInGroup)
        challenges = try reader.scalars(ring.count) { .challengeOutOfRange(index: $0) }
        responses = try reader.scalars(ring.count) { .responseOutOfRange(index: $0) }
    }

    /// A₁ ‖ c₀ … cₙ₋₁ ‖ z₀ … zₙ₋₁.
    public func encoded() -> [UInt8] {
        group.encode(slope) + (challenges + responses).flatMap { group.encode($0) }
    }

    /// h, the base of every tag for an issue and a ring.
    public static func base(issue: [UInt8], ring: CompanionRing<Group>) -> Group.Element {
        CompanionTranscript.base(
            scheme: scheme, purpose: "link", [issue] + ring.transcriptItems, in: GroupHash(ring.group))
    }

    /// A₀, where the line of tags of one message starts.
    public static func origin(message: [UInt8], issue: [UInt8], ring: CompanionRing<Group>) -> Group.Element {
        CompanionTranscript.base(
            scheme: scheme, purpose: "message", [issue] + ring.transcriptItems + [message], in: GroupHash(ring.group))
    }

    /// Whether the challenges add up to the hash.
    ///
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `ringEquation`.
    /// - Complexity: 2n two-base exponentiations in one batch, and H_G twice. Public values, variable time.
    public func verify(message: [UInt8], issue: [UInt8], ring: CompanionRing<Group>) throws(CompanionError) {
        try Self.verify(each: [CompanionClaim(self, message: message, context: issue, ring: ring)]).throwOnly()
    }

    /// Verifies many signatures in one batch, the issue of each as its claim's context: for each, in order, `nil` or the
    /// error that ``verify(message:issue:ring:)`` would throw.
    public static func verify(each claims: [CompanionClaim<FujisakiSuzukiSignature, Group>]) -> [CompanionError?] {
        CompanionBatch.verdicts(
            claims, check: { claim throws(CompanionError) in try claim.signature.checkFits(claim.ring) },
            holds: { claims, group in
                let bases = CompanionBatch.bases(of: claims, scheme: scheme, purpose: "link", in: group) {
                    [$0.context] + $0.ring.transcriptItems
                }
                let origins = CompanionTranscript.bases(
                    scheme: scheme, purpose: "message",
                    claims.map { [$0.context] + $0.ring.transcriptItems + [$0.message] }, in: GroupHash(group))
                let equations = zip(claims, zip(bases, origins)).map { claim, points in
                    let transcript = CompanionTranscript(
                        scheme: scheme, ring: claim.ring, context: claim.context, message: claim.message)
                    return Equation(
                        transcript, claim.ring, base: points.0, origin: points.1, slope: claim.signature.slope)
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
        private let origin: Group.Element
        private let slope: Group.Element
        /// σ₀ … σₙ₋₁.
        private let tags: [Group.Element]

        init(
            _ transcript: CompanionTranscript<Group>, _ ring: CompanionRing<Group>, base: Group.Element,
            origin: Group.Element, slope: Group.Element
        ) {
            self.transcript = transcript
            self.ring = ring
            self.base = ring.group.prepared(base, uses: ring.count)
            self.origin = origin
            self.slope = slope
            tags = ring.group.line(from: origin, slope: slope, count: ring.count)
        }

        /// aⱼ and bⱼ of the members at `places`, one after the other, as terms.
        func terms(
            _ places: [Int], _ challenges: [Scalar], _ responses: [Scalar]
        ) -> [TwoBasePower<Group.Element>] {
            let g = ring.group.generator
            return places.flatMap {
                [
                    TwoBasePower(g, responses[$0], ring.members[$0].y, challenges[$0]),
                    TwoBasePower(base, responses[$0], tags[$0], challenges[$0]),
                ]
            }
        }

        /// The hash that the challenges add up to.
        func challenge(_ commitments: [Group.Element]) -> Scalar {
            transcript.challenge([base, origin, slope] + commitments)
        }
    }
}

extension CompanionRing {
    /// n in 4 bytes, then y₀ … yₙ₋₁.
    fileprivate var transcriptItems: [[UInt8]] { [UInt32(count).bigEndianBytes] + encodings }
}

extension PrimeOrderGroup {
    /// origin·slope^(j + 1) for j in 0 ..< count, as a running product.
    func line(from origin: Element, slope: Element, count: Int) -> [Element] {
        var points: [Element] = []
        var point = origin
        for _ in 0..<count {
            point = multiply(point, slope)
            points.append(point)
        }
        return points
    }
}
