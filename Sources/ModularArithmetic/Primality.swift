import CGMP

extension Natural {
    /// Whether the number is prime, up to the error below.
    ///
    /// GMP runs trial division and a Baillie-PSW test, for which no composite that passes is known. GMP draws its own
    /// Miller-Rabin bases from a fixed seed, which an adversary can predict, so `rounds` further Miller-Rabin rounds
    /// with bases from `generator` follow: whatever the number, a composite passes with probability at most
    ///
    ///     4^(−rounds) = 2^(−64)        for the default of 32 rounds
    ///
    /// - Complexity: `rounds` + 2 exponentiations with a full-length exponent. Variable time: candidates are public.
    /// - SeeAlso: FIPS 186-4 App. C.3; Albrecht, Massimo, Paterson, Somorovsky, *Prime and Prejudice*, CCS 2018.
    public func isProbablePrime(rounds: Int = 32, using generator: inout some RandomNumberGenerator) -> Bool {
        guard passesBailliePSW else { return false }
        guard bitWidth > 64 else { return true }  // Baillie-PSW is exact below 2⁶⁴.
        return passesMillerRabin(rounds: rounds, using: &generator)
    }

    /// Miller-Rabin alone, `rounds` times with bases from `generator`: a composite passes with probability 4^(−rounds).
    ///
    /// A base a shows that n − 1 = 2^s · d, d odd, belongs to a composite n unless
    ///
    ///     a^d ≡ 1   or   a^(2^r · d) ≡ −1 for an r in 0 ..< s   (mod n)
    ///
    /// - SeeAlso: HAC algorithm 4.24.
    public func passesMillerRabin(rounds: Int = 32, using generator: inout some RandomNumberGenerator) -> Bool {
        guard self > 3, isOdd else { return self == 2 || self == 3 }
        let predecessor = self - 1
        let twos = predecessor.trailingZeroBitCount
        let odd = predecessor >> twos
        return (0..<rounds).allSatisfy { _ in
            let base = Natural.random(in: 2, upTo: predecessor, using: &generator)
            return isStrongProbablePrime(base: base, odd: odd, twos: twos, predecessor: predecessor)
        }
    }

    /// Whether the number is prime, up to 2⁻⁶⁴, with bases from the system's generator.
    public func isProbablePrime() -> Bool {
        var generator = SystemRandomNumberGenerator()
        return isProbablePrime(using: &generator)
    }

    /// GMP's trial division and Baillie-PSW test alone: what a search uses before it proves its find.
    public var passesBailliePSW: Bool { unsafe withMPZ { unsafe __gmpz_probab_prime_p($0, 24) != 0 } }

    /// A number in `lowest` ..< `bound`, with a bias below 2⁻¹²⁸.
    ///
    /// - Precondition: `lowest < bound`.
    public static func random(
        in lowest: Natural, upTo bound: Natural, using generator: inout some RandomNumberGenerator
    ) -> Natural {
        precondition(lowest < bound, "an empty range has no random number")
        let span = bound - lowest
        let limbs = (0..<span.limbs.count + 2).map { _ in generator.next() as UInt }
        return lowest + Natural(limbs: limbs) % span
    }

    private var trailingZeroBitCount: Int { unsafe Int(bitPattern: withMPZ { unsafe __gmpz_scan1($0, 0) }) }

    private func isStrongProbablePrime(base: Natural, odd: Natural, twos: Int, predecessor: Natural) -> Bool {
        var power = base.powerVariableTime(odd, modulo: self)
        if power == 1 || power == predecessor { return true }
        for _ in 1..<twos {
            power = power * power % self
            if power == predecessor { return true }
        }
        return false
    }
}
