import ByteCoding
import Hashing
public import ModularArithmetic

/// The numbers that a generation procedure put out, and the candidates it took.
public struct GeneratedGroup: Equatable, Sendable {
    /// The field's prime.
    public let p: Natural
    /// The subgroup's order.
    public let q: Natural
    /// The generator.
    public let g: Natural
    /// The prime with q = 2t + 1, where the procedure gives one.
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
    /// The widest q of ``ringwork1(elementBits:scalarBits:seed:index:)``, in bits.
    public static let maximumScalarBitWidth = 4096

    /// Our procedure, in the manner of FIPS 186-4 A.1.1.2 and A.2.3, with the t of the smart-consensus paper.
    ///
    /// With L = `elementBits`, N = `scalarBits`, integers in frames as 4 bytes big-endian, XOF as in ``FramedXOF``:
    ///
    ///     tᵢ = 2^(N−2) + (OS2IP(XOF("group:t", L, N, seed, i; ⌈N/8⌉)) mod 2^(N−2)), lowest bit set
    ///     t = the first tᵢ, i = 0, 1, …, with tᵢ and 2tᵢ + 1 prime;   q = 2t + 1
    ///     Xⱼ = 2^(L−1) + (OS2IP(XOF("group:p", L, N, seed, j; ⌈L/8⌉)) mod 2^(L−1));   pⱼ = Xⱼ − (Xⱼ mod 2q) + 1
    ///     p = the first pⱼ, j = 0, 1, …, ≥ 2^(L−1), prime, with q ∤ (pⱼ − 1)/q;   counter = j
    ///     g = the first (1 + OS2IP(XOF("group:g", L, N, seed, p, q, index₁, k₂; ⌈L/8⌉ + 16)) mod (p − 1))^((p−1)/q) ≠ 1
    ///
    /// with k = 1, 2, … in two bytes, p and q at their fixed widths.
    /// - Parameter progress: Called before each candidate for p with its number.
    /// - Throws: ``GroupGenerationError`` unless 8 ≤ N ≤ 4096, N + 2 ≤ L ≤ 16,384, and the seed has at most 1024 bytes.
    /// - Complexity: Seconds at 3072/256. Variable time; everything is public.
    public static func ringwork1(
        elementBits: Int, scalarBits: Int, seed: [UInt8], index: UInt8 = 1, progress: (Int) -> Void = { _ in }
    ) throws(GroupGenerationError) -> GeneratedGroup {
        guard (8...maximumScalarBitWidth).contains(scalarBits), elementBits >= scalarBits + 2,
            elementBits <= Modulus.maximumBitWidth
        else { throw .unsupportedSizes(elementBits: elementBits, scalarBits: scalarBits) }
        try checkLength(seed)
        let sizes = [UInt32(elementBits).bigEndianBytes, UInt32(scalarBits).bigEndianBytes, seed]
        let t = try firstT(bits: scalarBits, sizes)
        let q = t * 2 + 1
        let limit = candidateLimit(elementBits)
        let width = (elementBits + 7) / 8
        for counter in 0..<limit {
            progress(counter)
            let items = sizes + [UInt32(counter).bigEndianBytes]
            let drawn = Natural(bigEndianBytes: FramedXOF.bytes("group:p", items, count: width))
            guard let p = candidate(drawn, elementBits: elementBits, q: q) else { continue }
            let encodings = [p.bigEndianBytes(count: p.byteWidth), q.bigEndianBytes(count: q.byteWidth)]
            let g = firstGenerator(p: p, q: q) { k in
                let items = sizes + encodings + [[index], k.bigEndianBytes]
                return Natural(bigEndianBytes: FramedXOF.bytes("group:g", items, count: width + 16)) % (p - 1) + 1
            }
            return GeneratedGroup(p: p, q: q, g: g, t: t, counter: counter)
        }
        throw .tooManyCandidates(limit: limit)
    }

    /// FIPS 186-4 App. A.1.1.2 (p and q, SHA-256) and A.2.3 (verifiable g).
    ///
    ///     q = 2^(N−1) + U + 1 − (U mod 2),  U = SHA-256(seed) mod 2^(N−1)
    ///     W = Σ Vⱼ·2^(256j),  Vⱼ = SHA-256(seed + offset + j mod 2^seedlen);   X = W + 2^(L−1);  p = X − (X mod 2q) + 1
    ///     g = SHA-256(seed ‖ "ggen" ‖ index ‖ count)^((p−1)/q) mod p
    ///
    /// - Parameters:
    ///   - elementBits: L.
    ///   - scalarBits: N, at most 256: the hash is SHA-256.
    ///   - seed: domain_parameter_seed, at least N bits and at most 1024 bytes.
    ///   - index: The generator's index.
    ///   - progress: Called before each candidate for p with its number.
    /// - Throws: ``GroupGenerationError``.
    public static func fips186(
        elementBits: Int, scalarBits: Int, seed: [UInt8], index: UInt8 = 1, progress: (Int) -> Void = { _ in }
    ) throws(GroupGenerationError) -> GeneratedGroup {
        guard (8...256).contains(scalarBits), elementBits >= scalarBits + 2, elementBits <= Modulus.maximumBitWidth
        else { throw .unsupportedSizes(elementBits: elementBits, scalarBits: scalarBits) }
        try checkLength(seed)
        guard 8 * seed.count >= scalarBits else { throw .seedTooShort(bits: 8 * seed.count, needed: scalarBits) }
        let u = number(SHA256.hash(seed)).lowBits(scalarBits - 1)
        let base = (Natural(1) << (scalarBits - 1)) + u
        let q = u.isOdd ? base : base + 1
        guard q.isProbablePrime() else { throw .seedGivesNoPrime }

        let pieces = (elementBits + 255) / 256
        let seedNumber = Natural(bigEndianBytes: seed)
        var offset: UInt64 = 1
        for counter in 0..<4 * elementBits {
            progress(counter)
            let messages = (0..<UInt64(pieces)).map { j in
                (seedNumber + Natural(offset + j)).lowBits(8 * seed.count).bigEndianBytes(count: seed.count)
            }
            offset += UInt64(pieces)
            let w = SHA256.hashMany(messages).reversed().reduce(Natural(0)) { ($0 << 256) + number($1) }
            guard let p = candidate(w, elementBits: elementBits, q: q) else { continue }
            let g = firstGenerator(p: p, q: q) { count in
                number(SHA256.hash(seed + Array("ggen".utf8) + [index] + count.bigEndianBytes))
            }
            return GeneratedGroup(p: p, q: q, g: g, t: nil, counter: counter)
        }
        throw .tooManyCandidates(limit: 4 * elementBits)
    }

    /// The prime p ≡ 1 (mod 2q) just below 2^(L−1) + (drawn mod 2^(L−1)), if that is one.
    private static func candidate(_ drawn: Natural, elementBits: Int, q: Natural) -> Natural? {
        let x = (Natural(1) << (elementBits - 1)) + drawn.lowBits(elementBits - 1)
        let p = x - x % (q * 2) + 1
        guard p.bitWidth == elementBits, p.passesBailliePSW, p.isProbablePrime() else { return nil }
        return ((p - 1) / q % q).isZero ? nil : p
    }

    private static func firstT(bits: Int, _ sizes: [[UInt8]]) throws(GroupGenerationError) -> Natural {
        let limit = 64 * bits * bits
        for counter in 0..<UInt32(limit) {
            let bytes = FramedXOF.bytes("group:t", sizes + [counter.bigEndianBytes], count: (bits + 7) / 8)
            let drawn = (Natural(1) << (bits - 2)) + Natural(bigEndianBytes: bytes).lowBits(bits - 2)
            let t = drawn.isOdd ? drawn : drawn + 1
            let q = t * 2 + 1
            if t.passesBailliePSW, q.passesBailliePSW, t.isProbablePrime(), q.isProbablePrime() { return t }
        }
        throw .tooManyCandidates(limit: limit)
    }

    private static func firstGenerator(p: Natural, q: Natural, _ draw: (UInt16) -> Natural) -> Natural {
        var count: UInt16 = 1
        while true {
            let g = draw(count).powerVariableTime((p - 1) / q, modulo: p)
            if g > 1 { return g }
            count += 1
        }
    }

    private static func checkLength(_ seed: [UInt8]) throws(GroupGenerationError) {
        guard seed.count <= maximumSeedByteCount else {
            throw .seedTooLong(bytes: seed.count, limit: maximumSeedByteCount)
        }
    }

    /// A p is found after about L·ln 2 candidates; this many fail with a negligible probability.
    private static func candidateLimit(_ elementBits: Int) -> Int { 64 * elementBits }

    private static func number(_ digest: Digest) -> Natural { Natural(bigEndianBytes: digest.bytes) }
}

extension Natural {
    fileprivate func lowBits(_ count: Int) -> Natural { self % (Natural(1) << count) }
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
