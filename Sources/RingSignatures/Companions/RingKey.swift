public import ModularArithmetic

/// A public key y = g^x of any group of prime order whose owner has proved possession of x.
///
/// What ``VerificationKey`` is for the paper's scheme, for the companions; the proof is the same, so a key of a Schnorr
/// group is both. A value of this type has passed both checks, membership and proof.
public struct RingKey<Group: PrimeOrderGroup>: Hashable, Sendable {
    /// The group that y lives in.
    public let group: Group
    /// The key itself; never 1.
    public let y: Group.Element
    /// The owner's label, bound into the proof.
    public let label: String
    /// The proof of possession.
    public let proof: ProofOfPossession

    /// The parts of a key as they come from outside, unchecked: fixed-width encodings.
    public struct Claim: Hashable, Sendable {
        /// The bytes that claim to be the key.
        public let y: [UInt8]
        /// The owner's label.
        public let label: String
        /// The proof's challenge.
        public let c: [UInt8]
        /// The proof's response.
        public let s: [UInt8]

        /// A claim.
        public init(y: [UInt8], label: String, c: [UInt8], s: [UInt8]) {
            self.y = y
            self.label = label
            self.c = c
            self.s = s
        }
    }

    /// The key that `claim` names, checked: encoding, membership, proof.
    public init(checking claim: Claim, in group: Group) throws(KeyError) {
        self = try Self.check([claim], in: group)[0].get()
    }

    /// Many keys checked at once, in their order.
    ///
    /// - Complexity: A membership test and a two-base exponentiation for each key.
    public static func check(_ claims: [Claim], in group: Group) -> [Result<RingKey, KeyError>] {
        BatchPolicy.current.map(claims.count) { checkPiece(claims[$0], in: group) }
    }

    private static func checkPiece(_ claims: ArraySlice<Claim>, in group: Group) -> [Result<RingKey, KeyError>] {
        let members = group.decode(each: claims.map(\.y))
        let parsed: [Result<RingKey, KeyError>] = zip(claims, members).map { claim, member in
            Result { () throws(KeyError) in try parse(claim, member, in: group) }
        }
        let candidates = parsed.compactMap { try? $0.get() }
        let proved = ProofOfPossession.check(candidates.map { ($0.proof, $0.y, $0.label) }, in: GroupHash(group))
        var verdicts = proved.makeIterator()
        return parsed.map { result in
            result.flatMap { key in verdicts.next() == true ? .success(key) : .failure(.proofMismatch) }
        }
    }

    /// The parts as they are published.
    public var claim: Claim {
        Claim(y: group.encode(y), label: label, c: group.encode(proof.c), s: group.encode(proof.s))
    }

    init(group: Group, y: Group.Element, label: String, proof: ProofOfPossession) {
        self.group = group
        self.y = y
        self.label = label
        self.proof = proof
    }

    private static func parse(
        _ claim: Claim, _ member: Result<Group.Element, GroupValueError>, in group: Group
    ) throws(KeyError) -> RingKey {
        try VerificationKey.checkLabel(claim.label)
        guard case .success(let y) = member else { throw .notInGroup }
        guard let c = try? group.decodeScalar(claim.c) else { throw .challengeOutOfRange }
        guard let s = try? group.decodeScalar(claim.s) else { throw .responseOutOfRange }
        return RingKey(group: group, y: y, label: claim.label, proof: ProofOfPossession(c: c, s: s))
    }
}

extension RingKey where Group == SchnorrGroup {
    /// The same key, checked already.
    public init(_ key: VerificationKey) {
        self.init(group: key.group, y: SubgroupMember(key.y), label: key.label, proof: key.proof)
    }
}
