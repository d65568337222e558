/// What a signer asks for besides the message.
public struct SigningOptions: Sendable {
    /// What the signature is for; bound into λ, and the only input of the linking base.
    public var context: [UInt8]
    /// Whether to publish the linking tag τ = h^x.
    public var isLinkable: Bool
    /// Who shall be able to find the signer without a proof of their own.
    public var recipient: VerificationKey?
    /// Who shall be able to open the signature.
    public var administrator: VerificationKey?
    /// With what to encrypt the message to the recipient, hiding both; `nil` for a signature that is not sealed.
    public var sealer: Sealer?

    /// Options; the default is base mode.
    public init(
        context: [UInt8] = [], isLinkable: Bool = false, recipient: VerificationKey? = nil,
        administrator: VerificationKey? = nil, sealer: Sealer? = nil
    ) {
        self.context = context
        self.isLinkable = isLinkable
        self.recipient = recipient
        self.administrator = administrator
        self.sealer = sealer
    }

    var mode: PaperMode {
        var mode: PaperMode = []
        if isLinkable { mode.insert(.link) }
        if administrator != nil { mode.insert(.open) }
        if recipient != nil { mode.insert(.designated) }
        if sealer != nil { mode.insert(.sealed) }
        return mode
    }
}

/// A signature and what its signer keeps to claim it later.
public struct ClaimableSignature: ~Copyable, Sendable {
    /// The signature.
    public let signature: RingSignature
    /// e, κ and the signer's place: as sensitive as the signing key.
    public let claimSecret: ClaimSecret
}

extension Ring {
    /// Signs `message` for the ring with the key of one member: Algorithm 1 of the smart-consensus paper, repaired.
    ///
    /// - Parameters:
    ///   - message: M, of any length.
    ///   - key: The signer's key; its public half must be in the ring.
    ///   - options: Context and modes.
    ///   - generator: Where the hedged nonces draw 32 bytes from.
    /// - Throws: ``RingSignatureError``: `signerNotInRing`, `groupMismatch`, `recipientIsAdministrator`; `modeMismatch` for
    ///   a seal without a recipient.
    /// - Complexity: About 2n exponentiations in base mode, 4n linkable, 7n openable, 9n both; n links are kept.
    ///   Everything that depends on x, the nonces or the signer's index S runs in constant time, save that the chain of
    ///   hashes starts at S + 1, so memory is read in an order that S rotates. Which members share a batch or a thread
    ///   does not depend on S. Threads and progress: ``ModularArithmetic/BatchPolicy``.
    public func sign(
        message: [UInt8], with key: borrowing SigningKey, options: SigningOptions = SigningOptions(),
        using generator: inout some RandomNumberGenerator
    ) throws(RingSignatureError) -> RingSignature {
        try signClaimably(message: message, with: key, options: options, using: &generator).signature
    }

    /// Signs with the system's generator.
    public func sign(
        message: [UInt8], with key: borrowing SigningKey, options: SigningOptions = SigningOptions()
    ) throws(RingSignatureError) -> RingSignature {
        var generator = SystemRandomNumberGenerator()
        return try sign(message: message, with: key, options: options, using: &generator)
    }

    /// Signs, and keeps what it takes to claim the signature later.
    ///
    /// Parameters and errors are those of ``sign(message:with:options:using:)``.
    public func signClaimably(
        message: [UInt8], with key: borrowing SigningKey, options: SigningOptions = SigningOptions(),
        using generator: inout some RandomNumberGenerator
    ) throws(RingSignatureError) -> ClaimableSignature {
        let hash = GroupHash(group)
        let inputs = [PaperSigner.digest(of: self, options, message, hash)]
        var draws = HedgedDraws(hash, x: key.x, inputs: inputs, using: &generator)
        let signer = try PaperSigner(ring: self, key: key, options: options, hash: hash)
        return try signer.sign(message: message, with: key, &draws)
    }

    /// Signs with randomness that the caller gives, to reproduce known answers.
    ///
    /// **Anybody who learns e and κ, or two signatures with the same nonces, has the signing key.**
    @_spi(Hazmat) public func signClaimably(
        message: [UInt8], with key: borrowing SigningKey, options: SigningOptions = SigningOptions(),
        randomness: GivenSigningRandomness
    ) throws(RingSignatureError) -> ClaimableSignature {
        let signer = try PaperSigner(ring: self, key: key, options: options, hash: GroupHash(group))
        var randomness = randomness
        return try signer.sign(message: message, with: key, &randomness)
    }
}
