import ByteCoding
public import ModularArithmetic

/// A threshold ring signature of Cramer, Damgård and Schoenmakers (1994): t of n members signed, and nobody sees which.
///
///     f a polynomial over Z_q of degree ≤ n − t,    cᵢ = f(i + 1),    aᵢ = g^sᵢ·yᵢ^cᵢ
///     f(0) = H_q("companion", pre, t, a₀ … aₙ₋₁)    σ = (f(0), f(1) … f(n − t), s₀ … sₙ₋₁)
///     sign: cⱼ, sⱼ of the n − t others at random; these and f(0) fix f; sᵢ = wᵢ − cᵢ·xᵢ mod q for the t signers
///     preimage: pre (32 bytes, scheme "cds"), t (4 bytes), then the commitments (elements)
///
/// The degree is not checked, it is in the encoding: n − t + 1 values are sent, and they fix one polynomial of that
/// degree. Who knows t − 1 keys must choose n − t + 1 challenges before the hash, and these fix f(0). For t = 1 the
/// challenges are as free as in AOS; for t = n all are f(0), and the ring hides nothing.
///
/// t is bound and not sent: the verifier says what it wants. A signature by t members is not one by fewer. Distinct keys
/// are not distinct persons: a member with two keys counts twice.
///
/// **Size.** ℓq·(2n − t + 1) bytes, big-endian, fixed width. **Exponentiations.** sign 2n − t, verify 2n; and t·(n − t)
/// multiplications modulo q, a few times.
///
/// **Proves** that the makers know the keys of t members, under the discrete logarithm assumption in the random oracle
/// model. **Anonymity** is unconditional: every set of t members makes every valid signature equally often, so leaked
/// keys name nobody. Signatures cannot be linked.
/// - SeeAlso: R. Cramer, I. Damgård, B. Schoenmakers, *Proofs of Partial Knowledge and Simplified Design of Witness Hiding
///   Protocols*, CRYPTO 1994, §4; as a ring signature, E. Bresson, J. Stern, M. Szydlo, CRYPTO 2002.
public struct CDSSignature<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The name that the transcript has.
    public static var scheme: String { "cds" }

    /// The group.
    public let group: Group
    /// f(0) … f(n − t): n − t + 1 values, which fix f.
    public let polynomial: [Scalar]
    /// s₀ … sₙ₋₁.
    public let responses: [Scalar]

    init(group: Group, polynomial: [Scalar], responses: [Scalar]) {
        self.group = group
        self.polynomial = polynomial
        self.responses = responses
    }

    /// The signature for `ring` by `threshold` of its members that `bytes` spell; the equation is not checked.
    ///
    /// - Throws: ``CompanionError``: `parameterOutOfRange` for a threshold that is not in 1 ... n, `wrongLength`,
    ///   `challengeOutOfRange` for a value of f, `responseOutOfRange`.
    public init(decoding bytes: [UInt8], threshold: Int, for ring: CompanionRing<Group>) throws(CompanionError) {
        try ring.checkThreshold(threshold)
        let values = ring.count - threshold + 1
        var reader = try CompanionReader(bytes, elements: 0, scalars: values + ring.count, in: ring.group)
        group = ring.group
        polynomial = try reader.scalars(values) { .challengeOutOfRange(index: $0) }
        responses = try reader.scalars(ring.count) { .responseOutOfRange(index: $0) }
    }

    /// f(0) … f(n − t) ‖ s₀ … sₙ₋₁.
    public func encoded() -> [UInt8] { (polynomial + responses).flatMap { group.encode($0) } }

    /// t.
    public var threshold: Int { responses.count + 1 - polynomial.count }

    /// Whether f(0) is the hash.
    ///
    /// - Parameter threshold: t, exactly: a signature by another number of members is refused.
    /// - Throws: ``CompanionError``: `groupMismatch`, `memberCountMismatch`, `parameterOutOfRange` for the threshold,
    ///   `ringEquation`.
    /// - Complexity: n two-base exponentiations in one batch, and O(t·(n − t)) multiplications modulo q, which dominate
    ///   beyond a few thousand members: who verifies strangers' rings limits n. Public values, variable time.
    public func verify(
        message: [UInt8], threshold: Int, context: [UInt8] = [], ring: CompanionRing<Group>
    ) throws(CompanionError) {
        try ring.checkFits(group, members: responses.count)
        try ring.checkThreshold(threshold)
        guard threshold == self.threshold else { throw .parameterOutOfRange(name: "threshold") }
        let transcript = CompanionTranscript(scheme: Self.scheme, ring: ring, context: context, message: message)
        let equation = Equation(transcript, ring, threshold: threshold)
        let padding = [Scalar](repeating: polynomial[0], count: threshold)
        let values = CDSPolynomial(upTo: ring.count, in: group)
            .completed(polynomial + padding, missing: Array(polynomial.count...ring.count))
        let commitments = equation.commitments(
            Array(ring.members.indices), Array(values.dropFirst()), responses)
        guard polynomial[0] == equation.challenge(commitments) else { throw .ringEquation }
    }

    /// The sides of the equation.
    struct Equation {
        private let transcript: CompanionTranscript<Group>
        private let ring: CompanionRing<Group>
        private let threshold: Int

        init(_ transcript: CompanionTranscript<Group>, _ ring: CompanionRing<Group>, threshold: Int) {
            self.transcript = transcript
            self.ring = ring
            self.threshold = threshold
        }

        /// aᵢ of the members at `places`.
        func commitments(_ places: [Int], _ challenges: [Scalar], _ responses: [Scalar]) -> [Group.Element] {
            let g = ring.group.generator
            return ring.group.twoBasePowersVariableTime(
                each: [places.map { TwoBasePower(g, responses[$0], ring.members[$0].y, challenges[$0]) }])[0]
        }

        /// The hash that f(0) is.
        func challenge(_ commitments: [Group.Element]) -> Scalar {
            transcript.challenge(
                [UInt32(threshold).bigEndianBytes] + commitments.map { transcript.hash.encode($0) })
        }
    }
}

extension CompanionRing {
    /// Refuses a threshold that is not in 1 ... n.
    func checkThreshold(_ threshold: Int) throws(CompanionError) {
        guard (1...count).contains(threshold) else { throw .parameterOutOfRange(name: "threshold") }
    }
}
