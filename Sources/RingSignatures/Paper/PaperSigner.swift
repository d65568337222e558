import ByteCoding
import ModularArithmetic

/// The steps of the repaired Algorithm 1 for one signer, ring and set of options.
///
///     1  E = g^e   [link] τ = h^x   [open] A1 = g^ρ, A2 = h_A^ρ·y_S   [sealed] U = g^v
///     2  κ = H_q("kappa", λ, E, y_R^e, y_S, y_R), or random without a recipient;   K = e + κ
///     3  V_S = [link] h^K   [open] g^k′, h_A^k′
///     4  z_{S+1} = H_p("z", λ, S, u, V_S)
///     5  the links of all others, chained from S + 1 round to S
///     6  Y_S = u·z_S⁻¹
///     7  α_S = Y_S·g^(−K)   β_S = K − c_S·x   [open] γ_S = k′ − c_S·ρ
///     8  δ = z₀, after the signer's own link has been computed as a verifier computes it
struct PaperSigner {
    private let hash: GroupHash<SchnorrGroup>
    private let members: Ring
    private let ring: [GroupElement]
    private let options: SigningOptions
    private let signerIndex: Int

    /// Step 0: checks what the verifier will.
    init(ring: Ring, key: borrowing SigningKey, options: SigningOptions, hash: GroupHash<SchnorrGroup>)
        throws(RingSignatureError)
    {
        let others = [options.recipient, options.administrator].compactMap { $0 }
        guard key.verificationKey.group == ring.group, others.allSatisfy({ $0.group == ring.group }) else {
            throw .groupMismatch
        }
        if let recipient = options.recipient, recipient.y == options.administrator?.y {
            throw .recipientIsAdministrator
        }
        // Every member is compared, so that the time does not say where the search ended.
        let own = key.verificationKey.y
        let place = ring.elements.enumerated().reduce(-1) { $1.element == own ? $1.offset : $0 }
        guard place >= 0 else { throw .signerNotInRing }
        guard options.mode.isValid else { throw .modeMismatch }
        signerIndex = place
        members = ring
        self.ring = ring.elements
        self.options = options
        self.hash = hash
    }

    /// The digest of all inputs that hedged nonces depend on.
    static func digest(of ring: Ring, _ options: SigningOptions, _ message: [UInt8], _ hash: GroupHash<SchnorrGroup>)
        -> [UInt8]
    {
        let items =
            hash.parameters + [[options.mode.rawValue]] + ring.elements.map { hash.encode($0) }
            + [options.recipient, options.administrator].map { $0.map { hash.encode($0.y) } ?? [] }
            + [options.context, message]
        return FramedXOF.bytes("signing-inputs", items, count: 32)
    }

    func sign(
        message: [UInt8], with key: borrowing SigningKey, _ randomness: inout some SigningRandomness & ~Copyable
    ) throws(RingSignatureError) -> ClaimableSignature {
        let (group, p, q, s) = (hash.group, hash.group.p, hash.group.q, signerIndex)

        let e = try randomness.ephemeral()
        guard let ephemeral = group.publicPower(e) else { throw .unusableRandomness }
        let linkingBase =
            options.isLinkable
            ? group.prepared(SubgroupMember(PaperStatement.linkingBase(options.context, hash)), uses: ring.count) : nil
        let linkingTag = linkingBase.flatMap { GroupElement(group.power($0, key.x)) }
        let encryption = try encrypt(key.verificationKey.y, ephemeral: ephemeral, &randomness)
        let seal = try seal(message, avoiding: [ephemeral, encryption.first], &randomness)
        let statement = PaperStatement(
            hash: hash, mode: options.mode, ring: ring, context: options.context, message: message,
            recipientItem: seal?.recipientItem ?? options.recipient.map { hash.encode($0.y) } ?? [],
            ephemeral: ephemeral, linkingTag: linkingTag,
            administrator: options.administrator?.y, opening1: encryption.first, opening2: encryption.second,
            linkingBase: linkingBase)

        let kappa: SecretResidue
        if let recipient = options.recipient?.y {
            kappa = Self.kappa(
                statement, ephemeral: ephemeral, shared: p.power(recipient.value, e), member: ring[s],
                recipient: recipient)
        } else {
            kappa = try randomness.kappa()
        }
        let k = q.add(e, kappa)

        var extra: [Natural] = []
        if let base = statement.linkingBase { extra.append(group.power(base, k).value) }
        if let administrator = statement.administrator {
            extra.append(group.power(group.generator, encryption.nonce).value)
            extra.append(group.power(administrator, encryption.nonce).value)
        }

        let u = try randomness.chainStart()
        let chain = try close(statement, after: u, extra: extra, &randomness)

        guard let inverse = p.inverseVariableTime(chain.end.value) else {
            preconditionFailure("a unit modulo a prime has an inverse")
        }
        let y = p.multiply(u.value, inverse)
        let alphaValue = p.multiply(y, group.power(group.generator, q.negate(k)).value)
        let alpha: Residue
        do { alpha = try group.residue(alphaValue) } catch { preconditionFailure("a product of units is a unit") }
        let challenge = q.secret(statement.challenge(s, alpha).value)
        let beta = q.subtract(k, q.multiply(challenge, key.x)).declassified()
        let gamma = q.subtract(encryption.nonce, q.multiply(challenge, encryption.rho)).declassified()
        try check(
            statement, alpha: alpha, beta: beta, gamma: gamma, isOpenable: options.administrator != nil, y: y,
            extra: extra)

        var fields = RingSignatureFields(
            ring: ring.map(\.value), context: options.context, ephemeral: ephemeral.value, delta: chain.first.value,
            alpha: chain.alpha.map(\.value), beta: chain.beta.map(\.value))
        fields.alpha[s] = alpha.value
        fields.beta[s] = beta
        fields.linkingTag = linkingTag?.value
        fields.recipient = seal == nil ? options.recipient?.y.value : nil
        fields.sealed = seal?.sealed
        if let administrator = options.administrator?.y {
            fields.administrator = administrator.value
            fields.opening1 = encryption.first?.value
            fields.opening2 = encryption.second?.value
            fields.gamma = chain.gamma.map(\.value)
            fields.gamma[s] = gamma
        }
        return ClaimableSignature(
            signature: try RingSignature(checking: fields, in: group, knownRing: members, memberLimit: ring.count),
            claimSecret: ClaimSecret(lambda: statement.lambda, index: s, e: e, kappa: kappa))
    }

    /// Computes the signer's own link from the finished values, as a verifier will, and compares.
    ///
    /// A fault in the secret computations is caught before it is published. And the variable-time powers of one signature
    /// are now those of all n members: their total says nothing about which one was left out.
    private func check(
        _ statement: PaperStatement, alpha: Residue, beta: Natural, gamma: Natural, isOpenable: Bool, y: Natural,
        extra: [Natural]
    ) throws(RingSignatureError) {
        let group = hash.group
        let scalars = (group.scalar(reducing: beta), isOpenable ? group.scalar(reducing: gamma) : nil)
        let link = statement.links([(signerIndex, alpha, scalars.0, scalars.1)])[0]
        guard link.y == y, link.extra == extra else { throw .fault }
    }

    /// κ = H_q("kappa", λ, E, D, yᵢ, y_R) with D = y_R^e = E^x_R.
    static func kappa(
        _ statement: PaperStatement, ephemeral: GroupElement, shared: borrowing SecretResidue, member: GroupElement,
        recipient: GroupElement
    ) -> SecretResidue {
        let hash = statement.hash
        return hash.secretScalar(
            "kappa", [statement.lambda, hash.encode(ephemeral)],
            framedSecret: shared.bigEndianBytes(count: hash.group.elementByteCount).framed(),
            [hash.encode(member), hash.encode(recipient)])
    }

    /// The encryption of the signer's key to the administrator, and what proves it; zeros without an administrator.
    private struct Encryption: ~Copyable {
        let first: GroupElement?
        let second: GroupElement?
        let rho: SecretResidue
        let nonce: SecretResidue
    }

    private func encrypt(
        _ y: GroupElement, ephemeral: GroupElement, _ randomness: inout some SigningRandomness & ~Copyable
    ) throws(RingSignatureError) -> Encryption {
        let (group, p) = (hash.group, hash.group.p)
        guard let administrator = options.administrator?.y else {
            return Encryption(first: nil, second: nil, rho: group.q.secret(0), nonce: group.q.secret(0))
        }
        while true {
            let rho = try randomness.encryption()
            let mask = p.power(administrator.value, rho)
            let second = p.multiply(mask, p.secret(y.value)).declassified()
            guard let first = group.publicPower(rho), first != ephemeral, let second = try? group.element(second) else {
                continue
            }
            return Encryption(first: first, second: second, rho: rho, nonce: try randomness.encryptionNonce())
        }
    }

    /// U with the ciphertext, and what stands in λ for the recipient; `nil` without a seal.
    private func seal(
        _ message: [UInt8], avoiding others: [GroupElement?], _ randomness: inout some SigningRandomness & ~Copyable
    ) throws(RingSignatureError) -> (sealed: RingSignatureFields.Sealed, recipientItem: [UInt8])? {
        guard let sealer = options.sealer, let recipient = options.recipient?.y else { return nil }
        while true {
            let v = try randomness.sealing()
            guard let u = hash.group.publicPower(v), !others.contains(u) else { continue }
            let values = SealedValues(recipient: recipient, sealingElement: u, hash: hash)
            let z = hash.group.p.power(recipient.value, v)
            let data = values.associatedData(ring: ring, context: options.context)
            guard let ciphertext = sealer.seal(values.key(z), message, data) else { throw .messageTooLong }
            return (.init(u: u.value, ciphertext: ciphertext), values.recipientItem(z))
        }
    }

    /// What the chain leaves: z₀, z_S, and the values of all others (the signer's places hold a stand-in).
    private struct Chain {
        let first: Residue
        let end: Residue
        let alpha: [Residue]
        let beta: [Scalar]
        let gamma: [Scalar]
    }

    /// Closes the ring from the member after the signer round to the signer.
    ///
    /// The links are those of all places in the order of the ring, the signer's own with values that nobody learns and
    /// thrown away: which members share a batch, a lane or a thread does not depend on S. Only the chain, which hashes,
    /// starts at S + 1.
    private func close(
        _ statement: PaperStatement, after u: Residue, extra: [Natural],
        _ randomness: inout some SigningRandomness & ~Copyable
    ) throws(RingSignatureError) -> Chain {
        let (n, s, isOpenable) = (ring.count, signerIndex, options.administrator != nil)
        var alpha = [Residue](repeating: u, count: n)
        var beta = [Scalar](repeating: hash.group.scalar(reducing: 0), count: n)
        var gamma = beta
        let others = (1..<n).map { (s + $0) % n }
        for (index, values) in zip(others, try randomness.members(others, isOpenable: isOpenable)) {
            (alpha[index], beta[index]) = (values.alpha, values.beta)
            if let value = values.gamma { gamma[index] = value }
        }
        (alpha[s], beta[s], gamma[s]) = try randomness.standIn()
        let links = BatchPolicy.current.fold(n, into: [PaperLink]()) { [alpha, beta, gamma] range in
            statement.links(range.map { ($0, alpha[$0], beta[$0], isOpenable ? gamma[$0] : nil) })
        } consume: { links, _, part in
            links += part
        }
        var z = statement.next(after: s, product: u.value, extra: extra)
        var first = z
        for index in others {
            if index == 0 { first = z }
            z = statement.next(after: index, z: z, link: links[index])
        }
        return Chain(first: s == 0 ? z : first, end: z, alpha: alpha, beta: beta, gamma: gamma)
    }
}
