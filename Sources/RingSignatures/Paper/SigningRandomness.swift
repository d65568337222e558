public import ModularArithmetic

/// Where the steps of signing get their random values.
protocol SigningRandomness: ~Copyable {
    /// e in 1 ..< q: the exponent of E.
    mutating func ephemeral() throws(RingSignatureError) -> SecretResidue
    /// κ: what is added to e, without a recipient to derive it with.
    mutating func kappa() throws(RingSignatureError) -> SecretResidue
    /// ρ in 1 ..< q: the exponent of A1. Called again while A1 = E or A2 = 1.
    mutating func encryption() throws(RingSignatureError) -> SecretResidue
    /// k′: the nonce of the proof that A1, A2 encrypt the signer's key.
    mutating func encryptionNonce() throws(RingSignatureError) -> SecretResidue
    /// v in 1 ..< q: the exponent of U. Called again while U is E or A1.
    mutating func sealing() throws(RingSignatureError) -> SecretResidue
    /// u: the product that enters the chain after the signer.
    mutating func chainStart() throws(RingSignatureError) -> Residue
    /// αᵢ, βᵢ and, in an openable signature, γᵢ of the members other than the signer, in the order given.
    mutating func members(_ indices: [Int], isOpenable: Bool) throws(RingSignatureError) -> [MemberDraws]
    /// α, β, γ in the signer's place while the others' links are computed. They show in no result; that nobody knows them
    /// keeps the time of the batch from naming the place.
    mutating func standIn() throws(RingSignatureError) -> (Residue, Scalar, Scalar)
}

/// What is drawn for a member other than the signer.
struct MemberDraws: Sendable {
    let alpha: Residue
    let beta: Scalar
    let gamma: Scalar?
}

extension HedgedDraws: SigningRandomness where Group == SchnorrGroup {
    mutating func ephemeral() -> SecretResidue { nonzeroSecretScalar("e") }
    mutating func kappa() -> SecretResidue { secretScalar("kappa") }
    mutating func encryption() -> SecretResidue { nonzeroSecretScalar("rho") }
    mutating func encryptionNonce() -> SecretResidue { secretScalar("k'") }
    mutating func sealing() -> SecretResidue { nonzeroSecretScalar("v") }
    mutating func chainStart() -> Residue { residue("u") }
    mutating func members(_ indices: [Int], isOpenable: Bool) -> [MemberDraws] {
        // The counters that single draws would take, so that threads can draw side by side.
        let (source, width) = (source, isOpenable ? 3 : 2)
        let first = takeCounters(width * indices.count)
        return BatchPolicy.current.map(indices.count) { range in
            range.map { place in
                let counter = first + UInt64(width * place)
                return MemberDraws(
                    alpha: source.residue("alpha", counter), beta: source.scalar("beta", counter + 1),
                    gamma: isOpenable ? source.scalar("gamma", counter + 2) : nil)
            }
        }
    }
    mutating func standIn() -> (Residue, Scalar, Scalar) {
        (residue("stand-in"), scalar("stand-in"), scalar("stand-in"))
    }
}

/// Randomness that the caller chose, to make known answers again. Never for a signature that matters.
@_spi(Hazmat) public struct GivenSigningRandomness: Sendable {
    private let group: SchnorrGroup
    private let e, kappaValue, u: Natural
    private let alphas, betas, gammas: [Natural]
    private let kPrime: Natural?
    private var rho: Natural?
    private var v: Natural?

    /// The values of one signature; `kappa` is not used with a recipient, `rho`, `kPrime` and `gamma` only with an
    /// administrator, `v` only with a seal. The lists have one entry for each member; the signer's own is not used.
    public init(
        group: SchnorrGroup, e: Natural, kappa: Natural, u: Natural, rho: Natural? = nil, kPrime: Natural? = nil,
        v: Natural? = nil, alpha: [Natural], beta: [Natural], gamma: [Natural] = []
    ) {
        self.group = group
        self.e = e
        kappaValue = kappa
        self.u = u
        self.rho = rho
        self.v = v
        self.kPrime = kPrime
        alphas = alpha
        betas = beta
        gammas = gamma
    }
}

extension GivenSigningRandomness: SigningRandomness {
    mutating func ephemeral() throws(RingSignatureError) -> SecretResidue { try secret(e) }
    mutating func kappa() throws(RingSignatureError) -> SecretResidue { try secret(kappaValue) }
    mutating func encryption() throws(RingSignatureError) -> SecretResidue {
        defer { rho = nil }  // There is no second value to draw.
        return try secret(rho)
    }
    mutating func encryptionNonce() throws(RingSignatureError) -> SecretResidue { try secret(kPrime) }
    mutating func sealing() throws(RingSignatureError) -> SecretResidue {
        defer { v = nil }  // There is no second value to draw.
        return try secret(v)
    }
    mutating func chainStart() throws(RingSignatureError) -> Residue { try value(u, group.residue(_:)) }
    mutating func members(_ indices: [Int], isOpenable: Bool) throws(RingSignatureError) -> [MemberDraws] {
        var members: [MemberDraws] = []
        for index in indices {
            members.append(
                MemberDraws(
                    alpha: try value(alphas, index, group.residue(_:)), beta: try value(betas, index, group.scalar(_:)),
                    gamma: isOpenable ? try value(gammas, index, group.scalar(_:)) : nil))
        }
        return members
    }
    mutating func standIn() throws(RingSignatureError) -> (Residue, Scalar, Scalar) {
        (try value(1, group.residue(_:)), try value(0, group.scalar(_:)), try value(0, group.scalar(_:)))
    }

    private func secret(_ value: Natural?) throws(RingSignatureError) -> SecretResidue {
        guard let value, value < group.q.value else { throw .unusableRandomness }
        return group.q.secret(value)
    }

    private func value<T>(
        _ values: [Natural], _ index: Int, _ decode: (Natural) throws(GroupValueError) -> T
    ) throws(RingSignatureError) -> T {
        guard values.indices.contains(index) else { throw .unusableRandomness }
        return try value(values[index], decode)
    }

    private func value<T>(
        _ value: Natural, _ decode: (Natural) throws(GroupValueError) -> T
    ) throws(RingSignatureError) -> T {
        do { return try decode(value) } catch { throw .unusableRandomness }
    }
}
