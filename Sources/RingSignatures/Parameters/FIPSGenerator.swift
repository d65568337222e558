public import ModularArithmetic

/// The generator g of FIPS 186-4 App. A.2: how it is made, and what can be checked of it.
///
///     unverifiable   g = h^((p−1)/q) mod p                                                       A.2.1, checked by A.2.2
///     verifiable     g = Hash(seed ‖ "ggen" ‖ index ‖ count)^((p−1)/q) mod p, the first above 1  A.2.3, checked by A.2.4
///
/// Whoever chooses h can know a relation between two generators; with the verifiable one nobody does. Nothing here checks
/// that p and q are prime: that is ``FIPSPrimes`` or ``SchnorrGroup``. Variable time; everything is public.
public enum FIPSGenerator {
    /// App. A.2.1: the generator that h gives, 1 < h < p − 1.
    ///
    /// - Throws: ``ParameterFault/outOfRange`` for another h, ``ParameterFault/noGenerator`` where h gives 1 or 0 and the
    ///   procedure asks for another h.
    public static func unverifiable(p: Natural, q: Natural, h: Natural) throws(ParameterFault) -> Natural {
        try check(p: p, q: q)
        guard h > 1, h < p - 1 else { throw .outOfRange }
        let g = h.powerVariableTime((p - 1) / q, modulo: p)
        guard g > 1 else { throw .noGenerator }
        return g
    }

    /// App. A.2.2, partial validation: 2 ≤ g ≤ p − 2 and g^q mod p = 1. It does not show how g was made.
    public static func validatePartially(_ g: Natural, p: Natural, q: Natural) throws(ParameterFault) {
        try check(p: p, q: q)
        guard g > 1, g < p - 1 else { throw .outOfRange }
        guard g.powerVariableTime(q, modulo: p) == 1 else { throw .gHasOtherOrder }
    }

    /// App. A.2.3: the generator of `index` that the seed gives.
    ///
    /// - Parameter seed: domain_parameter_seed, or firstseed ‖ pseed ‖ qseed of App. A.1.2, at most 1024 bytes.
    /// - Throws: ``ParameterFault/noGenerator`` where none of the 65,535 counts gives one, which no prime q does.
    public static func verifiable(
        p: Natural, q: Natural, seed: [UInt8], index: UInt8, hash: ApprovedHash = .sha256
    ) throws(ParameterFault) -> Natural {
        try check(p: p, q: q)
        do { try GroupGeneration.checkLength(seed) } catch { throw .generation(error) }
        let prefix = seed + Array("ggen".utf8) + [index]
        let g = ParameterSearch.firstGenerator(p: p, q: q) { count in
            hash.number(prefix + [UInt8(count >> 8), UInt8(count & 0xff)])
        }
        guard let g else { throw .noGenerator }
        return g
    }

    /// App. A.2.4: checks that g is the generator of `index` that the seed gives.
    ///
    /// - Throws: The first ``ParameterFault`` in the standard's order: range, g^q = 1, the seed's g.
    public static func validate(
        _ g: Natural, p: Natural, q: Natural, seed: [UInt8], index: UInt8, hash: ApprovedHash = .sha256
    ) throws(ParameterFault) {
        try validatePartially(g, p: p, q: q)
        guard try verifiable(p: p, q: q, seed: seed, index: index, hash: hash) == g else { throw .gMismatch }
    }

    private static func check(p: Natural, q: Natural) throws(ParameterFault) {
        guard p > 3, p.bitWidth <= Modulus.maximumBitWidth, q > 2, ((p - 1) % q).isZero else {
            throw .qDoesNotDividePMinusOne
        }
    }
}
