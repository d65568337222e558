import ModularArithmetic
import Testing

@Suite("Moduli") struct ModulusTests {
    @Test("what is no modulus") func refused() throws {
        for small in [Natural(0), 1, 2] { #expect(throws: ModulusError.tooSmall) { try Modulus(small) } }
        for even in [Natural(4), 6, Natural(1) << 64, Natural(1) << 20_000] {
            #expect(throws: ModulusError.even) { try Modulus(even) }
        }
        let limit = Natural(1) << Modulus.maximumBitWidth
        #expect(try Modulus(limit - 1).bitWidth == 16_384)
        #expect(throws: ModulusError.tooLarge(bits: 16_385, limit: 16_384)) { try Modulus(limit + 1) }
        for error in [ModulusError.even, .tooSmall, .tooLarge(bits: 3, limit: 2)] {
            #expect(!error.description.isEmpty)
        }
    }

    @Test("every shape that the tests mean to use is a modulus") func shapes() {
        #expect(moduli.count == 45)
        #expect(Set(moduli.map { ($0.bitWidth + 63) / 64 }).isSuperset(of: [1, 2, 3, 32, 48, 64]))
    }

    @Test("arithmetic is that of the numbers, reduced", arguments: moduli) func arithmetic(n: Modulus) {
        var generator = SplitMix64(7)
        for _ in 0..<12 {
            let (a, b) = (generator.natural(below: n.value), generator.natural(bits: n.bitWidth + 70))
            let r = n.reduce(b)
            #expect(r < n.value && ((b - r) % n.value).isZero)
            #expect(n.add(a, b) == (a + r) % n.value && n.multiply(a, b) == a * r % n.value)
            #expect(n.add(n.subtract(a, b), b) == a && n.subtract(b, b).isZero && n.subtract(a, b) < n.value)
            if let inverse = n.inverseVariableTime(b) { #expect(n.multiply(inverse, b) == 1) }
            #expect((n.inverseVariableTime(b) == nil) == (b.greatestCommonDivisor(n.value) != 1))
        }
        #expect(n.byteWidth == (n.bitWidth + 7) / 8)
    }

    @Test("every power and inverse of the table is Python's, on all three ways") func python() throws {
        let lines = PythonPowers.table.split(separator: "\n")
        #expect(lines.count == PythonPowers.count && lines.count > 40)
        for line in lines {
            let fields = line.split(separator: " ")
            try #require(fields.count == 5)
            let (b, e) = (try Natural(canonicalHex: String(fields[0])), try Natural(canonicalHex: String(fields[1])))
            let n = try Modulus(Natural(canonicalHex: String(fields[2])))
            let power = String(fields[3])
            #expect(n.powerVariableTime(b, e).hex == power)
            #expect(n.twoBasePowersVariableTime([.init(b, e, b, 0), .init(1, e, b, e)]).map(\.hex) == [power, power])
            // The exponent's own modulus: anything odd above it.
            let exponent = try Modulus((Natural(1) << (e.bitWidth + 2)) - 1).secret(e)
            #expect(n.power(b, exponent).declassified().hex == power)
            #expect((n.inverseVariableTime(b)?.hex ?? "-") == fields[4])
        }
    }

    @Test("powers of a batch are the powers, in their order", arguments: moduli.filter { $0.bitWidth < 300 })
    func batches(n: Modulus) {
        var generator = SplitMix64(8)
        let pairs = (0..<6).map { _ in (base: generator.natural(bits: 300), exponent: generator.natural(bits: 100)) }
        #expect(n.powersVariableTime(pairs) == pairs.map { n.powerVariableTime($0.base, $0.exponent) })
        #expect(n.powersVariableTime([]).isEmpty)
    }

    @Test("a product of two powers is two powers and a product", arguments: moduli) func twoBases(n: Modulus) {
        var generator = SplitMix64(9)
        var terms: [(Natural, Natural, Natural, Natural)] = (0..<(n.bitWidth > 1000 ? 3 : 25)).map { _ in
            let bits = [1, 4, 5, 63, 64, 65, 128, 200].randomElement(using: &generator) ?? 1
            return (
                generator.natural(bits: n.bitWidth + 9), generator.natural(bits: bits),
                generator.natural(below: n.value),
                generator.natural(bits: [1, bits, 130].randomElement(using: &generator) ?? 1)
            )
        }
        let (last, ones) = (n.value - 1, (Natural(1) << 129) - 1)
        terms += [
            (0, 0, 0, 0), (0, 5, 7, 0), (0, 0, 2, 1), (1, ones, 1, ones), (last, ones, last, ones), (last, 1, 0, 0),
            (last, 2, 2, 1), (2, ones, 2, ones), (n.value, 3, 2, 2), (n.value + 1, ones, 2, 16), (last, ones, 2, 1),
        ]
        let products = n.twoBasePowersVariableTime(terms.map { .init($0.0, $0.1, $0.2, $0.3) })
        let expected = terms.map { n.multiply(n.powerVariableTime($0.0, $0.1), n.powerVariableTime($0.2, $0.3)) }
        #expect(products == expected)
        #expect(n.twoBasePowersVariableTime([]).isEmpty)
    }

    @Test("every pair of small exponents, so every window", arguments: [3, 23, 47, 255] as [UInt64])
    func windows(n: UInt64) throws {
        let n = try Modulus(Natural(n))
        for base in UInt64(0)..<5 {
            let terms = (UInt64(0)..<70).flatMap { x in (UInt64(0)..<9).map { y in (x, y) } }
            let products = n.twoBasePowersVariableTime(
                terms.map { .init(Natural(base), Natural($0.0), Natural(base + 1), Natural($0.1)) })
            for (term, product) in zip(terms, products) {
                let a = (0..<term.0).reduce(Natural(1)) { power, _ in n.multiply(power, Natural(base)) }
                let b = (0..<term.1).reduce(a) { power, _ in n.multiply(power, Natural(base + 1)) }
                #expect(product == b)
            }
        }
    }
}
