public import ByteCoding
public import ModularArithmetic

/// A signing key of any group of prime order: x in 1 ..< q with its ``RingKey``. x is wiped when the key dies.
///
/// What ``SigningKey`` is for the paper's scheme, for the companions.
public struct RingSecret<Group: PrimeOrderGroup>: ~Copyable, Sendable {
    let x: SecretResidue
    /// The public half.
    public let ringKey: RingKey<Group>

    /// A new key.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - label: The owner's label, at most 1024 bytes, bound into the proof.
    ///   - generator: Where x and the proof's nonce come from.
    /// - Complexity: Two constant-time exponentiations.
    public init(
        group: Group, label: String = "", using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        var x = group.order.secretRandom(using: &generator)
        while x.isZero { x = group.order.secretRandom(using: &generator) }
        try self.init(x, group: group, label: label, using: &generator)
    }

    /// The key whose exponent `bytes` spell at the group's scalar width, most significant first, with a new proof.
    ///
    /// - Throws: ``KeyError/secretOutOfRange`` unless 0 < x < q.
    public init(
        canonical bytes: borrowing SecretBytes, group: Group, label: String = "",
        using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        guard let x = group.order.secret(canonical: bytes), !x.isZero else { throw .secretOutOfRange }
        try self.init(x, group: group, label: label, using: &generator)
    }

    init(_ x: consuming SecretResidue, ringKey: RingKey<Group>) {
        self.x = x
        self.ringKey = ringKey
    }

    private init(
        _ x: consuming SecretResidue, group: Group, label: String, using generator: inout some RandomNumberGenerator
    ) throws(KeyError) {
        try VerificationKey.checkLabel(label)
        let y = group.power(group.generator, x)
        let hash = GroupHash(group)
        var draws = HedgedDraws(hash, x: x, inputs: [Array(label.utf8)], using: &generator)
        let proof = ProofOfPossession.make(x: x, y: y, label: label, r: draws.secretScalar("pop"), in: hash)
        self.init(x, ringKey: RingKey(group: group, y: y, label: label, proof: proof))
    }

    /// x at the group's scalar width, most significant byte first: what a key file holds.
    public func secretBytes() -> SecretBytes { x.bigEndianBytes(count: ringKey.group.scalarByteCount) }
}

extension RingSecret where Group == SchnorrGroup {
    /// The same key, for the companions.
    public init(_ key: borrowing SigningKey) {
        let q = key.verificationKey.group.q
        self.init(q.add(key.x, q.secret(0)), ringKey: RingKey(key.verificationKey))
    }
}
