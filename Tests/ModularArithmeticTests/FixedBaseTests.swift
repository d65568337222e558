@_spi(Kernels) import ModularArithmetic
import Testing

@Suite("Fixed bases") struct FixedBaseTests {
    /// Exponents of at most `bits` bits, the edges first, and some that the tables do not serve.
    private func exponents(_ bits: Int, _ count: Int, using rng: inout SplitMix64) -> [Natural] {
        let top = Natural(1) << bits
        let edges: [Natural] = [0, 1, 2, top - 1, top >> 1, (top >> 1) - 1, top, top + 1, (top << 70) - 1]
        return edges + (0..<count).map { _ in rng.natural(bits: bits) }
    }

    @Test("powers of a base with tables are the powers, for every base and length of exponent", arguments: engines)
    func powers(_ engine: PowerEngine) throws {
        var rng = SplitMix64(51)
        for value: Natural in [3, 255, (Natural(1) << 127) - 1, (Natural(1) << 518) - 1, (Natural(1) << 519) + 1] {
            let n = try Modulus(value, engine: engine)
            for (base, bits) in [(Natural(2), 1), (value - 1, 63), (0, 64), (value + 5, 100), (1, 129)] {
                let fixed = FixedBase(base, modulus: n, exponentBits: bits)
                #expect(fixed.value == n.reduce(base) && fixed.modulus == n && fixed.exponentBits == bits)
                let exponents = exponents(bits, 4, using: &rng)
                let plain = exponents.map { n.powerVariableTime(base, $0) }
                #expect(n.powersVariableTime(fixed, exponents) == plain, "\(value.hex) \(base.hex) \(bits)")
                for (exponent, power) in zip(exponents, plain) {
                    // The exponent's own modulus, of as many limbs as it needs.
                    let secret = try Modulus((Natural(1) << (exponent.bitWidth + 2)) - 1).secret(exponent)
                    #expect(n.power(fixed, secret).declassified() == power)
                }
            }
            #expect(n.powersVariableTime(FixedBase(2, modulus: n, exponentBits: 8), []).isEmpty)
        }
    }

    @Test("two-base powers with tables for none, one or both, in any mixture", arguments: engines)
    func twoBases(_ engine: PowerEngine) throws {
        var rng = SplitMix64(52)
        for value: Natural in [47, (Natural(1) << 255) - 19] {
            let n = try Modulus(value, engine: engine)
            let (g, h) = (Natural(5), rng.natural(below: value))
            // Tables of other shapes in one batch.
            let (gTable, hTable) = (
                FixedBase(g, modulus: n, exponentBits: 128), FixedBase(h, modulus: n, exponentBits: 130)
            )
            for count in [1, 2, 7, 8, 9, 17, 30] {
                let bases = (0..<count).map { _ in rng.natural(bits: 256) }
                let (x, y) = (exponents(128, count, using: &rng), exponents(128, count, using: &rng))
                let terms = bases.indices.map { i -> Modulus.TwoBasePower in
                    switch (i + count) % 4 {
                    case 0: .init(gTable, x[i], bases[i], y[i])
                    case 1: .init(gTable, x[i], hTable, y[i])
                    case 2: .init(hTable, x[i], gTable, y[i])
                    default: .init(g, x[i], h, y[i])
                    }
                }
                let plain = bases.indices.map { i in
                    let (a, b) = [(g, bases[i]), (g, h), (h, g), (g, h)][(i + count) % 4]
                    return n.multiply(n.powerVariableTime(a, x[i]), n.powerVariableTime(b, y[i]))
                }
                #expect(n.twoBasePowersVariableTime(terms) == plain, "\(count)")
            }
        }
    }

    @Test("a base is its number and modulus, whatever its tables") func equality() throws {
        let (n, m) = (try Modulus(23), try Modulus(47))
        let base = FixedBase(2, modulus: n, exponentBits: 8)
        #expect(base == FixedBase(25, modulus: n, exponentBits: 9))
        #expect(base != FixedBase(3, modulus: n, exponentBits: 8) && base != FixedBase(2, modulus: m, exponentBits: 8))
        #expect(Set([base, FixedBase(25, modulus: n, exponentBits: 9)]).count == 1)
    }

    @Test("a base whose tables are another engine's is computed without them", arguments: engines)
    func otherEngine(_ engine: PowerEngine) throws {
        let value = (Natural(1) << 127) - 1
        let base = FixedBase(3, modulus: try Modulus(value, engine: engine), exponentBits: 64)
        let exponents: [Natural] = [0, 5, (Natural(1) << 64) - 1]
        for other in engines {
            let n = try Modulus(value, engine: other)
            let plain = exponents.map { n.powerVariableTime(3, $0) }
            #expect(n.powersVariableTime(base, exponents) == plain)
            #expect(n.twoBasePowersVariableTime(exponents.map { .init(base, $0, base, 0) }) == plain)
            #expect(n.power(base, n.secret(exponents[2])).declassified() == plain[2])
        }
    }

    @Test("many threads read one table", arguments: engines) func threads(_ engine: PowerEngine) async throws {
        let n = try Modulus((Natural(1) << 127) - 1, engine: engine)
        let base = FixedBase(3, modulus: n, exponentBits: 64)
        let exponents = (UInt64(0)..<20).map { Natural(0x1234_5678_9abc_def0 + $0) }
        let plain = exponents.map { n.powerVariableTime(3, $0) }
        let results = await withTaskGroup(of: [Natural].self) { group in
            for _ in 0..<8 { group.addTask { n.powersVariableTime(base, exponents) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 8 && results.allSatisfy { $0 == plain })
    }

    @Test("another modulus and an impossible length are refused") func misuse() async {
        await #expect(processExitsWith: .failure) {
            _ = FixedBase(2, modulus: try Modulus(23), exponentBits: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = FixedBase(2, modulus: try Modulus(23), exponentBits: Modulus.maximumBitWidth + 1)
        }
        await #expect(processExitsWith: .failure) {
            let base = FixedBase(2, modulus: try Modulus(23), exponentBits: 8)
            _ = try Modulus(47).powersVariableTime(base, [3])
        }
        await #expect(processExitsWith: .failure) {
            let base = FixedBase(2, modulus: try Modulus(23), exponentBits: 8)
            _ = try Modulus(47).power(base, try Modulus(11).secret(3))
        }
    }
}
