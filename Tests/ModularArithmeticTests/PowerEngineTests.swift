import CKernels
@_spi(Kernels) import ModularArithmetic
import Testing

@Suite("Power engines") struct PowerEngineTests {
    // Which engines the tests below reach on this processor.

    @Test("GMP and the portable lanes are tested")
    func portable() { #expect(Set(engines).isSuperset(of: [.gmp, .portableLanes])) }
    @Test(
        "the AVX-512 lanes are tested",
        .enabled(if: PowerEngine.avx512Lanes.isSupported, "this processor has no AVX-512 IFMA"))
    func avx512() { #expect(engines.contains(.avx512Lanes)) }

    @Test("dispatch takes lanes only where the kernel is enabled") func dispatch() {
        #expect([.gmp, .avx512Lanes].contains(PowerEngine.preferred) && PowerEngine.preferred.isSupported)
        #expect((PowerEngine.preferred == .avx512Lanes) == (ck_lanes_backend() == CK_AVX512))
        if ck_backend_is_enabled(CK_AVX512) == 0 { #expect(PowerEngine.preferred == .gmp) }
    }

    @Test("moduli are equal whatever their engine") func equality() throws {
        let moduli = try engines.map { try Modulus(23, engine: $0) }
        #expect(Set(moduli).count == 1 && moduli.allSatisfy { $0 == moduli[0] })
    }

    // MARK: - Batches of public powers

    /// Bit widths around every block of lanes up to three, around limbs, and tiny ones.
    private static let widths: [Int] =
        [2, 3, 8, 52, 53, 63, 64, 65, 104, 127, 128, 129, 256, 512, 1024]
        + [520, 1040, 1560].flatMap { (top: Int) -> [Int] in [top - 3, top - 2, top - 1, top, top + 1] }

    /// Moduli of this many bits: all ones, 2^k + 1, just below 2^k, and a random one.
    private func shapes(_ bits: Int, using rng: inout SplitMix64) -> [Natural] {
        let top = Natural(1) << bits
        let half = top >> 1
        let random = Natural.random(in: half, upTo: top, using: &rng)
        let shapes: [Natural] = [top - 1, half + 1, top - 59 % half, random.isOdd ? random : random - 1]
        return shapes.filter { $0.isOdd && $0 > 2 }
    }

    @Test("powers, two-base powers and products, 0 to 17 at once, agree with mpz_powm", arguments: engines)
    func batches(_ engine: PowerEngine) throws {
        var rng = SplitMix64(41)
        for (index, bits) in Self.widths.enumerated() {
            for (shape, value) in shapes(bits, using: &rng).enumerated() {
                let n = try Modulus(value, engine: engine)
                let count = (4 * index + shape) % 18
                let longest = [1, 5, 40, 90][shape]
                let pairs = (0..<count).map { _ in
                    (base: rng.natural(bits: bits + 3), exponent: rng.natural(bits: longest))
                }
                let plain = pairs.map { $0.base.powerVariableTime($0.exponent, modulo: value) }
                #expect(n.powersVariableTime(pairs) == plain, "\(value.hex), \(count)")
                let product = plain.reduce(1) { n.multiply($0, $1) }
                #expect(n.multiPowerVariableTime(pairs) == product, "\(value.hex), \(count)")
                let terms = pairs.indices.map { i in
                    let (a, b) = (pairs[i], pairs[count - 1 - i])
                    return Modulus.TwoBasePower(a.base, a.exponent, b.base, b.exponent)
                }
                let products = plain.indices.map { n.multiply(plain[$0], plain[count - 1 - $0]) }
                #expect(n.twoBasePowersVariableTime(terms) == products, "\(value.hex), \(count)")
            }
        }
    }

    @Test("every power and product of Python's table", arguments: engines) func python(_ engine: PowerEngine) throws {
        for line in PythonPowers.table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            let (b, e) = (try Natural(canonicalHex: String(fields[0])), try Natural(canonicalHex: String(fields[1])))
            let n = try Modulus(Natural(canonicalHex: String(fields[2])), engine: engine)
            #expect(n.powersVariableTime([(b, e), (1, e), (b, 0)]).map(\.hex) == [String(fields[3]), "1", "1"])
        }
    }

    @Test("exponents of every kind, alone, mixed and all the same", arguments: engines)
    func exponents(_ engine: PowerEngine) throws {
        let n = try Modulus((Natural(1) << 255) - 19, engine: engine)
        var exponents: [Natural] = [0, 1, 2, 3, n.value, n.value - 1, (Natural(1) << 300) - 1, Natural(1) << 299]
        exponents += [15, 16, 17, 64, 128, 255, 256].map { Natural(1) << $0 }
        for exponent in exponents {
            let power = n.powerVariableTime(7, exponent)
            for count in [2, 8, 9] {
                let pairs = [(base: Natural, exponent: Natural)](repeating: (7, exponent), count: count)
                #expect(n.powersVariableTime(pairs) == [Natural](repeating: power, count: count))
            }
        }
        let pairs = exponents.map { (base: Natural(7), exponent: $0) }
        #expect(n.powersVariableTime(pairs) == exponents.map { n.powerVariableTime(7, $0) })
        #expect(n.powersVariableTime(pairs.reversed()) == exponents.reversed().map { n.powerVariableTime(7, $0) })
    }

    @Test("the largest modulus, and sizes between", arguments: engines) func large(_ engine: PowerEngine) throws {
        var rng = SplitMix64(42)
        for bits in [2048, 3072, 4096, 8192, Modulus.maximumBitWidth] {
            let random = Natural.random(in: 1, upTo: Natural(1) << (bits - 1), using: &rng)
            for value in [(Natural(1) << bits) - 1, random.isOdd ? random : random + 1] {
                let n = try Modulus(value, engine: engine)
                let pairs: [(base: Natural, exponent: Natural)] = [(n.value - 1, 3), (rng.natural(below: n.value), 5)]
                #expect(n.powersVariableTime(pairs) == pairs.map { n.powerVariableTime($0.base, $0.exponent) })
            }
        }
    }

    @Test("a product of more powers than one pass takes", arguments: engines)
    func manyPowers(_ engine: PowerEngine) throws {
        var rng = SplitMix64(43)
        let n = try Modulus((Natural(1) << 127) - 1, engine: engine)
        for count in [255, 256, 257, 520] {
            let pairs = (0..<count).map { _ in (base: rng.natural(bits: 130), exponent: rng.natural(bits: 20)) }
            let plain = n.powersVariableTime(pairs).reduce(1) { n.multiply($0, $1) }
            #expect(n.multiPowerVariableTime(pairs) == plain)
        }
    }
}

/// The engines that this processor can run.
let engines = PowerEngine.allCases.filter(\.isSupported)
