import Support
import Testing

@_spi(Kernels) @testable import ModularArithmetic

@Suite("Products of many powers") struct MultiPowerTests {
    static let supported = PowerEngine.allCases.filter(\.isSupported)

    private static func pairs(_ count: Int, bits: Int, longest: Int, seed: UInt64) -> [(
        base: Natural, exponent: Natural
    )] {
        var rng = SplitMix64(seed)
        return (0..<count).map { index in
            // Some equal, some empty, some exponents all ones.
            let exponent: Natural =
                switch index % 7 {
                case 0: 0
                case 1: (Natural(1) << longest) - 1
                case 2: Natural(1) << (longest - 1)
                default: rng.natural(bits: longest)
                }
            return (index % 5 == 4 ? 3 : rng.natural(bits: bits + 3), exponent)
        }
    }

    @Test("buckets of every width give the product that single powers give", arguments: supported)
    func buckets(_ engine: PowerEngine) throws {
        for (bits, longest) in [(8, 3), (64, 64), (127, 40), (521, 130)] {
            let n = try Modulus((Natural(1) << bits) - 1, engine: engine)
            let pairs = Self.pairs(29, bits: bits, longest: longest, seed: UInt64(bits))
            let powers = pairs.map { $0.base.powerVariableTime($0.exponent, modulo: n.value) }
            for width in [1, 2, 3, 5, 7] {
                for count in [1, 8, 9, pairs.count] {
                    let plan = MultiPowerPlan(chunk: 8192, windowBits: width)
                    let expected = powers[..<count].reduce(n.reduce(1), n.multiply)
                    #expect(n.factor(Array(pairs[..<count]), plan) == expected, "\(bits) bits, \(width), \(count)")
                }
            }
        }
    }

    @Test("a product that is computed by buckets and in chunks keeps its value", arguments: [PowerEngine.gmp])
    func many(_ engine: PowerEngine) throws {
        let n = try Modulus((Natural(1) << 61) - 1, engine: engine)
        let pairs = Self.pairs(9000, bits: 61, longest: 20, seed: 3)
        let plan = MultiPowerPlan(terms: pairs.count, bits: 20, engine: engine)
        #expect(plan.windowBits != nil && plan.chunk < pairs.count)
        let expected = pairs.reduce(Natural(1)) {
            n.multiply($0, $1.base.powerVariableTime($1.exponent, modulo: n.value))
        }
        #expect(n.multiPowerVariableTime(pairs) == expected)
        #expect(n.multiPowerVariableTime([]) == 1 && n.multiPowerVariableTime([(5, 0)]) == 1)
    }

    @Test("few powers take tables, many take buckets, and wider ones the more there are") func plans() {
        for engine in [PowerEngine.gmp, .portableLanes] {
            var widths: [Int] = []
            for terms in [1, 8, 64, 200, 1000, 4000, 10_000] {
                widths.append(MultiPowerPlan(terms: terms, bits: 256, engine: engine).windowBits ?? 0)
            }
            #expect(widths == widths.sorted() && widths[0] == 0 && widths[6] >= 7, "\(widths)")
        }
    }

    @Test("a digit is that slice of bits") func digits() {
        let number = (Natural(0xfedc_ba98_7654_3210) << 64) + Natural(0x0123_4567_89ab_cdef)
        for width in 1...12 {
            for place in 0..<(150 / width) {
                let expected = (0..<width).reduce(0) { $0 | (number.bit(at: width * place + $1) ? 1 << $1 : 0) }
                #expect(number.digit(place, width: width) == expected)
            }
        }
    }
}
