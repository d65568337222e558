import ModularArithmetic
import Testing

@Suite("Primality") struct PrimalityTests {
    @Test("below 2,500 as the sieve says, by both tests") func sieve() {
        var generator = SplitMix64(5)
        var composite = Set<Int>([0, 1])
        for n in 2..<50 { composite.formUnion(stride(from: n * n, to: 2500, by: n)) }
        for n in 0..<2500 {
            let value = Natural(UInt64(n))
            #expect(value.isProbablePrime() == !composite.contains(n), "\(n)")
            #expect(value.passesMillerRabin(rounds: 20, using: &generator) == !composite.contains(n), "\(n)")
        }
    }

    @Test("Mersenne numbers", arguments: 2..<260) func mersenne(exponent: Int) {
        let primes: Set = [2, 3, 5, 7, 13, 17, 19, 31, 61, 89, 107, 127]
        #expect(((Natural(1) << exponent) - 1).isProbablePrime() == primes.contains(exponent))
    }

    @Test("large primes, and their neighbours") func large() {
        for prime in [
            (Natural(1) << 521) - 1, (Natural(1) << 607) - 1, (Natural(1) << 255) - 19, (Natural(1) << 64) - 59,
        ] {
            #expect(prime.isProbablePrime() && prime.passesBailliePSW)
            #expect(
                !(prime + 2).isProbablePrime() && !(prime * prime).isProbablePrime() && !(prime + 1).isProbablePrime())
        }
    }

    /// OEIS A002997; the last is Chernick's (6k + 1)(12k + 1)(18k + 1) with k = 4,194,421, whose factors Python found prime.
    @Test("Carmichael numbers", arguments: ["231", "451", "6c1", "9a1", "b05", "19c9", "22cf", "14406f288b626f0b4d71"])
    func carmichael(hex: String) throws {
        let n = try Natural(canonicalHex: hex)
        #expect(Natural(2).powerVariableTime(n - 1, modulo: n) == 1, "a Fermat test to base 2 is fooled")
        #expect(!n.isProbablePrime() && !n.passesBailliePSW)
    }

    /// OEIS A014233: the smallest strong pseudoprimes to the first 9, 12 and 13 prime bases.
    @Test(
        "strong pseudoprimes to the first primes",
        arguments: [("351591274f9af9fb", 9), ("437ae92817f9fc85b7e5", 12), ("2be6951adc5b22410a5fd", 13)])
    func pseudoprimes(hex: String, fooled: Int) throws {
        let n = try Natural(canonicalHex: hex)
        let bases: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
        #expect(bases.prefix(fooled).allSatisfy { passes(n, base: $0) })
        #expect(!bases.allSatisfy { passes(n, base: $0) })
        try expectComposite(n)
    }

    /// F. Arnault, *Constructing Carmichael numbers which are strong pseudoprimes to several bases*, J. Symbolic
    /// Computation 20 (1995): 397 digits, p · (313(p − 1) + 1) · (353(p − 1) + 1), a pseudoprime to every prime below 307.
    @Test("Arnault's number fools the 62 smallest prime bases and not random ones") func arnault() throws {
        let p = try number(
            """
            2acf5bff060d5cb98a808aef25df948beef3f7c06c5c5c9efed1e53d19363db74537f89d3cadcc9be464335664ed21d0b6dbc736e0e23
            """)
        let n = p * (313 * (p - 1) + 1) * (353 * (p - 1) + 1)
        #expect(n.decimal.utf8.count == 397 && p.isProbablePrime())
        let primes = (2..<307).filter { n in (2..<n).allSatisfy { n % $0 != 0 } }
        #expect(primes.count == 62 && primes.allSatisfy { passes(n, base: UInt64($0)) })
        #expect(!passes(n, base: 307))
        try expectComposite(n)
    }

    @Test("squares of the Wieferich primes, pseudoprimes to base 2") func wieferich() throws {
        for p in [Natural(1093), Natural(3511)] {
            #expect(passes(p * p, base: 2))
            try expectComposite(p * p)
        }
    }

    @Test("random rounds are run for what passes Baillie-PSW above 2⁶⁴, and only then") func rounds() {
        for (n, words) in [
            ((Natural(1) << 127) - 1, 32 * 4), ((Natural(1) << 61) - 1, 0), ((Natural(1) << 127) + 1, 0),
        ] {
            var script = Script()
            #expect(n.isProbablePrime(using: &script) == (n != (Natural(1) << 127) + 1))
            #expect(script.drawn == words)
        }
    }

    /// Whether one Miller-Rabin round with `base` is passed: the range starts at 2, so the script says base − 2.
    private func passes(_ n: Natural, base: UInt64) -> Bool {
        var script = Script(words: [base - 2])
        return n.passesMillerRabin(rounds: 1, using: &script)
    }

    private func expectComposite(_ n: Natural) throws {
        var generator = SplitMix64(6)
        #expect(!n.passesBailliePSW && !n.isProbablePrime() && !n.passesMillerRabin(using: &generator))
    }
}
