public import ModularArithmetic

/// The primes p and q of FIPS 186-4 App. A.1.1, and the number of candidates for p that came before p.
///
///     q = 2^(N−1) + U + 1 − (U mod 2),  U = Hash(seed) mod 2^(N−1)
///     W = Σ Vⱼ·2^(outlen·j),  Vⱼ = Hash(seed + offset + j mod 2^seedlen);   X = W mod 2^(L−1) + 2^(L−1);   p = X − (X mod 2q) + 1
///
/// FIPS 186-4 approves (L, N) of ``approvedSizes``; other sizes are worked with, as vectors and lessons need them. The
/// Shawe-Taylor construction of App. A.1.2 is not implemented.
public struct FIPSPrimes: Equatable, Sendable {
    /// The field's prime.
    public let p: Natural
    /// The subgroup's order.
    public let q: Natural
    /// How many candidates for p came before p.
    public let counter: Int

    /// The pairs (L, N) that FIPS 186-4 §4.2 approves.
    public static let approvedSizes = [(1024, 160), (2048, 224), (2048, 256), (3072, 256)]

    /// Numbers that claim to be made by the procedure; ``validate(seed:hash:)`` tells.
    public init(p: Natural, q: Natural, counter: Int) {
        self.p = p
        self.q = q
        self.counter = counter
    }

    /// App. A.1.1.2: the primes that `seed` gives.
    ///
    /// - Parameters:
    ///   - elementBits: L.
    ///   - scalarBits: N, 8 … the bits of the hash, below L − 1.
    ///   - seed: domain_parameter_seed, at least N bits and at most 1024 bytes.
    ///   - hash: The hash function.
    ///   - progress: Called before each candidate for p with its number.
    /// - Complexity: About L·ln 2 candidates; seconds at 3072 bits. Variable time; everything is public.
    public static func generate(
        elementBits: Int, scalarBits: Int, seed: [UInt8], hash: ApprovedHash = .sha256,
        progress: (Int) -> Void = { _ in }
    ) throws(GroupGenerationError) -> FIPSPrimes {
        try check(elementBits: elementBits, scalarBits: scalarBits, seed: seed, hash: hash)
        let q = order(scalarBits: scalarBits, seed: seed, hash: hash)
        guard q.isProbablePrime() else { throw .seedGivesNoPrime }
        let limit = 4 * elementBits
        guard
            let (p, counter) = firstPrime(
                elementBits: elementBits, q: q, seed: seed, hash: hash, limit: limit, progress: progress)
        else { throw .tooManyCandidates(limit: limit) }
        return FIPSPrimes(p: p, q: q, counter: counter)
    }

    /// App. A.1.1.3: checks that `seed` gives these primes after ``counter`` candidates.
    ///
    /// - Throws: The first ``ParameterFault`` in this order: counter, sizes and seed; q | p − 1; q from the seed; q prime; p
    ///   prime; p and its counter from the seed. The standard does not order its checks; with this order the reasons are
    ///   those that NIST's files give.
    /// - Complexity: As ``generate(elementBits:scalarBits:seed:hash:progress:)``, up to ``counter``.
    public func validate(seed: [UInt8], hash: ApprovedHash = .sha256) throws(ParameterFault) {
        let (elementBits, scalarBits) = (p.bitWidth, q.bitWidth)
        do { try Self.check(elementBits: elementBits, scalarBits: scalarBits, seed: seed, hash: hash) } catch {
            throw .generation(error)
        }
        guard (0..<4 * elementBits).contains(counter) else { throw .counterOutOfRange(counter) }
        guard ((p - 1) % q).isZero else { throw .qDoesNotDividePMinusOne }
        guard q == Self.order(scalarBits: scalarBits, seed: seed, hash: hash) else { throw .qMismatch }
        guard q.isProbablePrime() else { throw .generation(.seedGivesNoPrime) }
        guard p.isProbablePrime() else { throw .pIsNotPrime }
        let found = Self.firstPrime(elementBits: elementBits, q: q, seed: seed, hash: hash, limit: counter + 1)
        guard let found, found.p == p else { throw .pMismatch }
        guard found.counter == counter else { throw .counterMismatch(expected: found.counter) }
    }

    private static func check(
        elementBits: Int, scalarBits: Int, seed: [UInt8], hash: ApprovedHash
    ) throws(GroupGenerationError) {
        guard (8...hash.bitWidth).contains(scalarBits), elementBits >= scalarBits + 2,
            elementBits <= Modulus.maximumBitWidth
        else { throw .unsupportedSizes(elementBits: elementBits, scalarBits: scalarBits) }
        try GroupGeneration.checkLength(seed)
        guard 8 * seed.count >= scalarBits else { throw .seedTooShort(bits: 8 * seed.count, needed: scalarBits) }
    }

    /// Steps 6 and 7: the q of a seed, prime or not.
    private static func order(scalarBits: Int, seed: [UInt8], hash: ApprovedHash) -> Natural {
        let u = hash.number(seed).lowBits(scalarBits - 1)
        let base = (Natural(1) << (scalarBits - 1)) + u
        return u.isOdd ? base : base + 1
    }

    /// Step 11: the first p of the first `limit` candidates.
    private static func firstPrime(
        elementBits: Int, q: Natural, seed: [UInt8], hash: ApprovedHash, limit: Int, progress: (Int) -> Void = { _ in }
    ) -> (p: Natural, counter: Int)? {
        let pieces = (elementBits + hash.bitWidth - 1) / hash.bitWidth
        let seedNumber = Natural(bigEndianBytes: seed)
        for counter in 0..<limit {
            progress(counter)
            let offset = 1 + counter * pieces
            let w = (0..<pieces).reversed().reduce(Natural(0)) { w, j in
                let input = (seedNumber + Natural(UInt64(offset + j))).lowBits(8 * seed.count)
                return (w << hash.bitWidth) + hash.number(input.bigEndianBytes(count: seed.count))
            }
            if let p = ParameterSearch.candidate(w, elementBits: elementBits, q: q) { return (p, counter) }
        }
        return nil
    }
}
