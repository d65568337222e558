public import ByteCoding
public import ModularArithmetic

/// A signing key: x in 1 ..< q with its public key y = g^x and proof of possession. x is wiped when the key dies.
public struct SigningKey: ~Copyable, Sendable {
    let x: SecretResidue
    /// The public half.
    public let verificationKey: VerificationKey

    /// A new key.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - label: The owner's label, at most 1024 bytes, bound into the proof.
    ///   - generator: Where x and the proof's nonce come from.
    /// - Complexity: Two constant-time exponentiations.
    public init(
        group: SchnorrGroup, label: String = "", using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        var x = group.q.secretRandom(using: &generator)
        while x.isZero { x = group.q.secretRandom(using: &generator) }
        try self.init(x, group: group, label: label, using: &generator)
    }

    /// The key whose exponent `bytes` spell at the group's scalar width, most significant first, with a new proof.
    ///
    /// - Throws: ``KeyError/secretOutOfRange`` unless 0 < x < q.
    public init(
        canonical bytes: borrowing SecretBytes, group: SchnorrGroup, label: String = "",
        using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        guard let x = group.q.secret(canonical: bytes), !x.isZero else { throw .secretOutOfRange }
        try self.init(x, group: group, label: label, using: &generator)
    }

    /// The key whose exponent is `bytes` and whose public half is known already.
    ///
    /// - Throws: ``KeyError/secretOutOfRange``, or ``KeyError/secretMismatch`` unless g^x = y.
    public init(canonical bytes: borrowing SecretBytes, verificationKey: VerificationKey) throws(KeyError) {
        let group = verificationKey.group
        guard let x = group.q.secret(canonical: bytes), !x.isZero else { throw .secretOutOfRange }
        guard group.publicPower(x) == verificationKey.y else { throw .secretMismatch }
        self.x = x
        self.verificationKey = verificationKey
    }

    private init(
        _ x: consuming SecretResidue, group: SchnorrGroup, label: String,
        using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        try VerificationKey.checkLabel(label)
        guard let y = group.publicPower(x) else { throw .secretOutOfRange }
        let hash = GroupHash(group)
        // All that the challenge binds: a repeated nonce under another group of the same q would give x away.
        let inputs = hash.parameters + [Array(label.utf8)]
        var draws = HedgedDraws(hash, x: x, inputs: inputs, using: &generator)
        let proof = ProofOfPossession.make(
            x: x, y: SubgroupMember(y), label: label, r: draws.secretScalar("pop"), in: hash)
        self.x = x
        verificationKey = VerificationKey(group: group, y: y, label: label, proof: proof)
    }

    /// x at the group's scalar width, most significant byte first: what a key file holds.
    public func secretBytes() -> SecretBytes { x.bigEndianBytes(count: verificationKey.group.scalarByteCount) }
}
