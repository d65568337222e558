public import ModularArithmetic

/// Why a public key is refused.
public enum KeyError: Error, Equatable, Sendable {
    /// y is not an element of the group other than 1.
    case notInGroup
    /// The proof's challenge is not below q.
    case challengeOutOfRange
    /// The proof's response is not below q.
    case responseOutOfRange
    /// The proof does not hold for this key and label.
    case proofMismatch
    /// The label is longer than allowed.
    case labelTooLong(bytes: Int, limit: Int)
    /// The secret exponent is not in 1 ..< q.
    case secretOutOfRange
    /// The secret exponent is not the discrete logarithm of y.
    case secretMismatch

    /// The reason as a stable word, used by vectors and verdicts.
    public var code: String {
        switch self {
        case .notInGroup: "key-not-in-group"
        case .challengeOutOfRange: "c-out-of-range"
        case .responseOutOfRange: "s-out-of-range"
        case .proofMismatch: "proof-mismatch"
        case .labelTooLong: "label-too-long"
        case .secretOutOfRange: "x-out-of-range"
        case .secretMismatch: "x-mismatch"
        }
    }
}

/// A public key y = g^x whose owner has proved possession of x.
///
/// A value of this type has passed both checks; a bare number that claims to be a key is a `Natural`.
public struct VerificationKey: Hashable, Sendable {
    /// The group that y lives in.
    public let group: SchnorrGroup
    /// The key itself.
    public let y: GroupElement
    /// The owner's label, bound into the proof.
    public let label: String
    /// The proof of possession.
    public let proof: ProofOfPossession

    /// The longest label, in UTF-8 bytes.
    public static let maximumLabelByteCount = 1024

    /// The parts of a key as they come from outside, unchecked.
    public struct Claim: Hashable, Sendable {
        /// The number that claims to be the key.
        public let y: Natural
        /// The owner's label.
        public let label: String
        /// The proof's challenge.
        public let c: Natural
        /// The proof's response.
        public let s: Natural

        /// A claim.
        public init(y: Natural, label: String, c: Natural, s: Natural) {
            self.y = y
            self.label = label
            self.c = c
            self.s = s
        }
    }

    /// The key that `claim` names, checked: range, membership, proof.
    public init(checking claim: Claim, in group: SchnorrGroup) throws(KeyError) {
        self = try Self.check([claim], in: group)[0].get()
    }

    /// Many keys checked at once, in their order.
    ///
    /// - Complexity: A membership test and a two-base exponentiation for each key.
    public static func check(_ claims: [Claim], in group: SchnorrGroup) -> [Result<VerificationKey, KeyError>] {
        BatchPolicy.current.map(claims.count) { checkPiece(claims[$0], in: group) }
    }

    private static func checkPiece(
        _ claims: ArraySlice<Claim>, in group: SchnorrGroup
    ) -> [Result<VerificationKey, KeyError>] {
        let members = group.elements(claims.map(\.y))
        let parsed: [Result<VerificationKey, KeyError>] = zip(claims, members).map { claim, member in
            Result { () throws(KeyError) in try parse(claim, member, in: group) }
        }
        let candidates = parsed.compactMap { try? $0.get() }
        let proved = ProofOfPossession.check(
            candidates.map { ($0.proof, SubgroupMember($0.y), $0.label) }, in: GroupHash(group))
        var verdicts = proved.makeIterator()
        return parsed.map { result in
            result.flatMap { key in verdicts.next() == true ? .success(key) : .failure(.proofMismatch) }
        }
    }

    init(group: SchnorrGroup, y: GroupElement, label: String, proof: ProofOfPossession) {
        self.group = group
        self.y = y
        self.label = label
        self.proof = proof
    }

    private static func parse(
        _ claim: Claim, _ member: Result<GroupElement, GroupValueError>, in group: SchnorrGroup
    ) throws(KeyError) -> VerificationKey {
        try checkLabel(claim.label)
        guard case .success(let y) = member else { throw .notInGroup }
        guard let c = try? group.scalar(claim.c) else { throw .challengeOutOfRange }
        guard let s = try? group.scalar(claim.s) else { throw .responseOutOfRange }
        return VerificationKey(group: group, y: y, label: claim.label, proof: ProofOfPossession(c: c, s: s))
    }

    static func checkLabel(_ label: String) throws(KeyError) {
        guard label.utf8.count <= maximumLabelByteCount else {
            throw .labelTooLong(bytes: label.utf8.count, limit: maximumLabelByteCount)
        }
    }
}

extension KeyError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .notInGroup: "y is not in the group"
        case .challengeOutOfRange: "the challenge c of the proof of possession is not below q"
        case .responseOutOfRange: "the response s of the proof of possession is not below q"
        case .proofMismatch: "the proof of possession does not hold for this key and label"
        case .labelTooLong(let bytes, let limit): "the label has \(bytes) bytes, and at most \(limit) are allowed"
        case .secretOutOfRange: "the secret exponent must lie in 1 ..< q"
        case .secretMismatch: "the secret exponent does not belong to y"
        }
    }
}
