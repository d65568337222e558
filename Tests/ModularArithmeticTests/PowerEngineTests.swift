import CKernels
@_spi(Kernels) import ModularArithmetic
import Testing

@Suite("Power engines") struct PowerEngineTests {
    static let supported = PowerEngine.allCases.filter(\.isSupported)

    // Which engines the tests below reach on this processor.

    @Test("GMP and the portable lanes are tested")
    func portable() { #expect(Set(Self.supported).isSuperset(of: [.gmp, .portableLanes])) }
    @Test(
        "the AVX-512 lanes are tested",
        .enabled(if: PowerEngine.avx512Lanes.isSupported, "this processor has no AVX-512 IFMA"))
    func avx512() {}

    @Test("dispatch takes lanes only where the kernel is enabled") func dispatch() {
        #expect([.gmp, .avx512Lanes].contains(PowerEngine.preferred))
        #expect((PowerEngine.preferred == .avx512Lanes) == (ck_lanes_backend() == CK_AVX512))
        if ck_backend_is_enabled(CK_AVX512) == 0 { #expect(PowerEngine.preferred == .gmp) }
    }

    /// Moduli of this many bits: all ones, a power of two and one, just below a power of two, and random ones.
    private func shapes(_ bits: Int, _ rng: inout SplitMix64) -> [Natural] {
        let top = Natural(1) << bits
        let random = Natural.random(in: top >> 1, upTo: top, using: &rng)
        let shapes = [top - 1, (top >> 1) + 1, top - (top >> Swift.min(bits - 1, 59)) + 1, random.isOdd ? random : random - 1]
        return shapes.filter { $0.isOdd && $0 > 2 }
    }

    /// Bit widths: around every block of lanes up to four, around every limb of 64 bits up to two, and a few.
    private static let widths: [Int] =
        [2, 3, 8, 52, 53, 63, 64, 65, 104, 127, 128, 129, 512, 1024]
        + (1...4).flatMap { blocks in (-3...1).map { 520 * blocks + $0 } }

    @Test("powers, products and batches of every size agree with mpz_powm", arguments: supported)
    func batches(_ engine: PowerEngine) throws {
        var rng = SplitMix64(41)
        for bits in Self.widths {
            for (shape, value) in shapes(bits, &rng).enumerated() {
                let n = try Modulus(value, engine: engine)
                let count = (bits + 5 * shape) % 18
                let longest = [1, 5, 40, bits / 3 + 70][shape % 4]
                let pairs = (0..<count).map { _ in
                    (base: rng.natural(bits: bits + 3), exponent: rng.natural(bits: longest))
                }
                let plain = pairs.map { $0.base.powerVariableTime($0.exponent, modulo: value) }
                #expect(n.powersVariableTime(pairs) == plain, "\(bits) bits, \(count)")
                #expect(n.multiPowerVariableTime(pairs) == plain.reduce(n.reduce(1), n.multiply), "\(bits) bits, \(count)")
                let terms = pairs.indices.map { i in
                    let j = (i + 1) % count
                    return Modulus.TwoBasePower(pairs[i].base, pairs[i].exponent, pairs[j].base, pairs[j].exponent)
                }
                #expect(
                    n.twoBasePowersVariableTime(terms)
                        == plain.indices.map { n.multiply(plain[$0], plain[($0 + 1) % count]) }, "\(bits) bits, \(count)")
            }
        }
    }
}
