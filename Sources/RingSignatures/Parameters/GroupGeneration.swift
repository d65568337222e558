import ByteCoding
public import ModularArithmetic

/// The numbers that a generation procedure put out, and the candidates it took.
public struct GeneratedGroup: Equatable, Sendable {
    /// The field's prime.
    public let p: Natural
    /// The subgroup's order.
    public let q: Natural
    /// The generator.
    public let g: Natural
    /// The prime with q = 2tu + 1, where the procedure gives one.
    public let t: Natural?
    /// How many candidates for p came before p.
    public let counter: Int
}

/// Why a procedure gives no group.
public enum GroupGenerationError: Error, Equatable, Sendable {
    /// The sizes are outside what the procedure is defined for.
    case unsupportedSizes(elementBits: Int, scalarBits: Int)
    /// The seed is too short for the procedure.
    case seedTooShort(bits: Int, needed: Int)
    /// The seed is longer than is worked with.
    case seedTooLong(bytes: Int, limit: Int)
    /// This seed's q is not prime: the procedure asks for another seed.
    case seedGivesNoPrime
    /// No p within the procedure's number of candidates: it asks for another seed.
    case tooManyCandidates(limit: Int)
}

/// Makes group parameters from a seed, so that nobody can have chosen them.
public enum GroupGeneration {
    /// The longest seed, in bytes: every candidate hashes it again.
    public static let maximumSeedByteCount = 1024
    /// The widest q of ``ringwork1(elementBits:scalarBits:seed:index:tCofactor:progress:)``, in bits.
    public static let maximumScalarBitWidth = 4096

    /// Our procedure, in the manner of FIPS 186-4 A.1.1.2 and A.2.3, with the t of the smart-consensus paper.
    ///
    /// With L = `elementBits`, N = `scalarBits`, integers in frames as 4 bytes big-endian, XOF as in ``FramedXOF``:
    ///
    ///     tᵢ = ⌈2^(N−2)/u⌉ + (OS2IP(XOF("group:t", L, N, seed, i; ⌈N/8⌉)) mod ⌊2^(N−2)/u⌋), lowest bit set
    ///     t = the first tᵢ, i = 0, 1, …, with tᵢ and 2utᵢ + 1 prime, the latter of N bits;   q = 2ut + 1
    ///     Xⱼ = 2^(L−1) + (OS2IP(XOF("group:p", L, N, seed, j; ⌈L/8⌉)) mod 2^(L−1));   pⱼ = Xⱼ − (Xⱼ mod 2q) + 1
    ///     p = the first pⱼ, j = 0, 1, …, ≥ 2^(L−1), prime, with q ∤ (pⱼ − 1)/q;   counter = j
    ///     g = the first (1 + OS2IP(XOF("group:g", L, N, seed, p, q, index₁, k₂; ⌈L/8⌉ + 16)) mod (p − 1))^((p−1)/q) ≠ 1
    ///
    /// with k = 1, 2, … in two bytes, p and q at their fixed widths.
    /// - Parameters:
    ///   - tCofactor: u. 1, which every embedded group has, leaves q − 1 no divisor between 2 and t. Another u ≥ 1 is for
    ///     checks of such groups of others; it is not stored, since it is (q − 1)/2t.
    ///   - progress: Called before each candidate for p with its number.
    /// - Throws: ``GroupGenerationError`` unless 8 ≤ N ≤ 4096, N + 2 ≤ L ≤ 16,384, 1 ≤ u, u of at most N − 6 bits, and the
    ///   seed has at most 1024 bytes.
    /// - Complexity: Seconds at 3072/256. Variable time; everything is public.
    public static func ringwork1(
        elementBits: Int, scalarBits: Int, seed: [UInt8], index: UInt8 = 1, tCofactor: UInt16 = 1,
        progress: (Int) -> Void = { _ in }
    ) throws(GroupGenerationError) -> GeneratedGroup {
        guard (8...maximumScalarBitWidth).contains(scalarBits), elementBits >= scalarBits + 2,
            elementBits <= Modulus.maximumBitWidth, tCofactor > 0,
            UInt16.bitWidth - tCofactor.leadingZeroBitCount <= scalarBits - 6
        else { throw .unsupportedSizes(elementBits: elementBits, scalarBits: scalarBits) }
        try checkLength(seed)
        let sizes = [UInt32(elementBits).bigEndianBytes, UInt32(scalarBits).bigEndianBytes, seed]
        let t = try firstT(bits: scalarBits, cofactor: tCofactor, sizes)
        let q = t * Natural(UInt64(tCofactor)) * 2 + 1
        let limit = candidateLimit(elementBits)
        let width = (elementBits + 7) / 8
        for counter in 0..<limit {
            progress(counter)
            let items = sizes + [UInt32(counter).bigEndianBytes]
            let drawn = Natural(bigEndianBytes: FramedXOF.bytes("group:p", items, count: width))
            guard let p = ParameterSearch.candidate(drawn, elementBits: elementBits, q: q) else { continue }
            let encodings = [p.bigEndianBytes(count: p.byteWidth), q.bigEndianBytes(count: q.byteWidth)]
            let g = ParameterSearch.firstGenerator(p: p, q: q) { k in
                let items = sizes + encodings + [[index], k.bigEndianBytes]
                return Natural(bigEndianBytes: FramedXOF.bytes("group:g", items, count: width + 16)) % (p - 1) + 1
            }
            guard let g else { preconditionFailure("a prime q that divides p - 1 has a generator") }
            return GeneratedGroup(p: p, q: q, g: g, t: t, counter: counter)
        }
        throw .tooManyCandidates(limit: limit)
    }

    /// FIPS 186-4 App. A.1.1.2 (p and q: ``FIPSPrimes``) and A.2.3 (verifiable g: ``FIPSGenerator``).
    ///
    /// - Parameters:
    ///   - elementBits: L.
    ///   - scalarBits: N, at most the bits of the hash.
    ///   - seed: domain_parameter_seed, at least N bits and at most 1024 bytes.
    ///   - index: The generator's index.
    ///   - hash: The hash function. Group documents have SHA-256 only.
    ///   - progress: Called before each candidate for p with its number.
    /// - Throws: ``GroupGenerationError``.
    public static func fips186(
        elementBits: Int, scalarBits: Int, seed: [UInt8], index: UInt8 = 1, hash: ApprovedHash = .sha256,
        progress: (Int) -> Void = { _ in }
    ) throws(GroupGenerationError) -> GeneratedGroup {
        let primes = try FIPSPrimes.generate(
            elementBits: elementBits, scalarBits: scalarBits, seed: seed, hash: hash, progress: progress)
        let (p, q) = (primes.p, primes.q)
        do {
            let g = try FIPSGenerator.verifiable(p: p, q: q, seed: seed, index: index, hash: hash)
            return GeneratedGroup(p: p, q: q, g: g, t: nil, counter: primes.counter)
        } catch {
            preconditionFailure("a prime q that divides p - 1 has a generator, and the seed was checked: \(error)")
        }
    }

    /// The first t with 2tu + 1 of `bits` bits and both prime.
    private static func firstT(
        bits: Int, cofactor: UInt16, _ sizes: [[UInt8]]
    ) throws(GroupGenerationError) -> Natural {
        let limit = 64 * bits * bits
        let u = Natural(UInt64(cofactor))
        let span = (Natural(1) << (bits - 2)) / u
        let lowest = ((Natural(1) << (bits - 2)) + u - 1) / u
        for counter in 0..<UInt32(limit) {
            let bytes = FramedXOF.bytes("group:t", sizes + [counter.bigEndianBytes], count: (bits + 7) / 8)
            let drawn = lowest + Natural(bigEndianBytes: bytes) % span
            let t = drawn.isOdd ? drawn : drawn + 1
            let q = t * u * 2 + 1
            guard q.bitWidth == bits, t.passesBailliePSW, q.passesBailliePSW else { continue }
            if t.isProbablePrime(), q.isProbablePrime() { return t }
        }
        throw .tooManyCandidates(limit: limit)
    }

    static func checkLength(_ seed: [UInt8]) throws(GroupGenerationError) {
        guard seed.count <= maximumSeedByteCount else {
            throw .seedTooLong(bytes: seed.count, limit: maximumSeedByteCount)
        }
    }

    /// A p is found after about L·ln 2 candidates; this many fail with a negligible probability.
    private static func candidateLimit(_ elementBits: Int) -> Int { 64 * elementBits }
}

extension GroupGenerationError {
    /// The error as a stable word.
    public var code: String {
        switch self {
        case .unsupportedSizes: "sizes"
        case .seedTooShort: "seed-too-short"
        case .seedTooLong: "seed-too-long"
        case .seedGivesNoPrime: "q-prime"
        case .tooManyCandidates: "too-many-candidates"
        }
    }
}

extension GroupGenerationError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .unsupportedSizes(let elementBits, let scalarBits):
            "the procedure is not defined for \(elementBits)/\(scalarBits) bits"
        case .seedTooShort(let bits, let needed): "the seed has \(bits) bits, and at least \(needed) are needed"
        case .seedTooLong(let bytes, let limit): "the seed has \(bytes) bytes, and at most \(limit) are worked with"
        case .seedGivesNoPrime: "the seed gives a q that is not prime; the procedure asks for another seed"
        case .tooManyCandidates(let limit): "none of \(limit) candidates will do; the procedure asks for another seed"
        }
    }
}
