import CKernels
import ModularArithmetic
import Support
import Testing

/// The lane kernels themselves, against each other and against plain arithmetic.
@Suite("Montgomery kernels") struct MontgomeryKernelTests {
    static let backends = Backend.all.filter { ck_lanes_is_supported($0.kernels) == 1 }

    /// A modulus in the kernel's form, and eight numbers a register.
    private final class Lanes {
        let blocks: Int
        let n: Natural
        private let limbs: UnsafeMutablePointer<UInt64>
        private let words: UnsafeMutablePointer<UInt64>
        var modulus: ck_lane_modulus

        init(_ n: Natural, blocks: Int) {
            (self.n, self.blocks) = (n, blocks)
            limbs = .allocate(capacity: 10 * blocks)
            words = UnsafeMutableRawPointer.allocate(byteCount: 8 * 80 * blocks * 22, alignment: 64)
                .bindMemory(to: UInt64.self, capacity: 80 * blocks * 22)
            words.initialize(repeating: 0, count: 80 * blocks * 22)
            for index in 0..<10 * blocks { limbs[index] = (n >> (52 * index) % Natural(1 << 52)).low }
            // Every power of 2 is a unit: the inverse of n modulo 2^52.
            let inverse = n.inverseVariableTime(modulo: Natural(1 << 52)) ?? 0
            modulus = ck_lane_modulus(
                blocks: blocks, limbs: UnsafePointer(limbs), negated_inverse: ((1 << 52) - inverse.low) % (1 << 52))
        }

        deinit {
            limbs.deallocate()
            words.deallocate()
        }

        /// Register i of 19; three more behind them are scratch.
        func register(_ i: Int) -> UnsafeMutablePointer<UInt64> { words + 80 * blocks * i }

        func set(_ i: Int, _ values: [Natural]) {
            for (lane, value) in values.enumerated() {
                let limbs = (0...(value.bitWidth / 64)).map { (value >> (64 * $0) % (Natural(1) << 64)).low }
                ck_lanes_split(register(i), lane, blocks, limbs, limbs.count)
            }
        }

        func values(_ i: Int) -> [Natural] {
            (0..<8).map { lane in
                var limbs = [UInt64](repeating: .max, count: (520 * blocks + 63) / 64)
                ck_lanes_join(&limbs, limbs.count, register(i), lane, blocks)
                return limbs.reversed().reduce(0) { ($0 << 64) + Natural($1) }
            }
        }

        func multiply(_ backend: Backend, _ a: Int, _ b: Int, into r: Int) {
            ck_lanes_multiply_on(backend.kernels, &modulus, register(r), register(a), register(b), register(19))
        }

        func square(_ backend: Backend, _ a: Int, _ times: Int, into r: Int) {
            ck_lanes_square_on(backend.kernels, &modulus, register(r), register(a), times, register(19))
        }
    }

    /// Odd numbers of at most 520·blocks − 2 bits: the largest, all ones, a bit and one, tiny, and random.
    private func moduli(_ blocks: Int, using rng: inout SplitMix64) -> [Natural] {
        let top = Natural(1) << (520 * blocks - 2)
        let random = rng.natural(bits: 520 * blocks - 3)
        return [top - 1, (top >> 1) + 1, top - (top >> 60) + 1, 3, random.isOdd && random > 2 ? random : random + 3]
            .map { $0.isOdd ? $0 : $0 + 1 }
    }

    @Test("a product of numbers below 2n is a·b/R modulo n, and below 2n, at every size", arguments: backends)
    func products(_ backend: Backend) throws {
        var rng = SplitMix64(31)
        for blocks in 1...Int(CK_LANE_MAXIMUM_BLOCKS) {
            let all = moduli(blocks, using: &rng)
            // All shapes at the first sizes, then one at each.
            for n in blocks <= 4 ? all : [all[blocks % all.count]] {
                let lanes = Lanes(n, blocks: blocks)
                let twice = n + n
                let a = [0, 1, n - 1, n, twice - 1, twice - 1] + (0..<2).map { _ in rng.natural(below: twice) }
                let b = [twice - 1, 1, n + 1, n, twice - 1, 0] + (0..<2).map { _ in rng.natural(below: twice) }
                lanes.set(0, a)
                lanes.set(1, b)
                #expect(lanes.values(0) == a)
                lanes.multiply(backend, 0, 1, into: 2)
                let radix = Natural(1) << (520 * blocks)
                for (product, (a, b)) in zip(lanes.values(2), zip(a, b)) {
                    #expect(product < twice && (product * radix) % n == a * b % n, "\(blocks) blocks, \(n.hex)")
                }
                lanes.multiply(backend, 0, 0, into: 2)
                lanes.square(backend, 0, 1, into: 3)
                #expect(lanes.values(2) == lanes.values(3))
                // Twice more, in place, the product with itself as well.
                lanes.square(backend, 3, 2, into: 3)
                for _ in 0..<2 { lanes.multiply(backend, 2, 2, into: 2) }
                #expect(lanes.values(2) == lanes.values(3))
            }
        }
    }

    @Test("every kernel gives the same limbs", arguments: backends) func same(_ backend: Backend) throws {
        let portable = try #require(Backend.named("portable"))
        var rng = SplitMix64(32)
        for blocks in [1, 2, 3, 6, 13] {
            for n in moduli(blocks, using: &rng) {
                let lanes = Lanes(n, blocks: blocks)
                lanes.set(0, (0..<8).map { _ in rng.natural(below: n + n) })
                lanes.set(1, (0..<8).map { _ in rng.natural(below: n + n) })
                lanes.multiply(backend, 0, 1, into: 2)
                lanes.multiply(portable, 0, 1, into: 3)
                let words = 80 * blocks
                #expect((0..<words).allSatisfy { lanes.register(2)[$0] == lanes.register(3)[$0] })
                #expect((0..<words).allSatisfy { lanes.register(2)[$0] >> 52 == 0 })
            }
        }
    }

    @Test("a selection is the entry of each lane's digit, and 0 where no entry has it", arguments: backends)
    func selections(_ backend: Backend) {
        var rng = SplitMix64(33)
        for blocks in [1, 4] {
            let lanes = Lanes(3, blocks: blocks)
            for entry in 0..<16 {
                for word in 0..<80 * blocks { lanes.register(entry)[word] = rng.next() }
            }
            for entries in [4, 8, 16] {
                let digits = (0..<8).map { _ in UInt64.random(in: 0...UInt64(entries), using: &rng) }
                ck_lanes_select_on(
                    backend.kernels, lanes.register(17), lanes.register(0), entries, digits, blocks)
                for word in 0..<80 * blocks {
                    let digit = Int(digits[word % 8])
                    #expect(lanes.register(17)[word] == (digit < entries ? lanes.register(digit)[word] : 0))
                }
            }
        }
    }

    @Test("picked lanes are those at their addresses") func picks() {
        var rng = SplitMix64(34)
        let lanes = Lanes(3, blocks: 2)
        for word in 0..<160 * 3 { lanes.register(0)[word] = rng.next() }
        for stride in [1, 8] {
            let offsets = (0..<8).map { _ in Int.random(in: 0..<160, using: &rng) }
            let from = offsets.map { Optional(UnsafePointer(lanes.register(0) + $0)) }
            ck_lanes_pick(lanes.register(5), from, stride, 2)
            for limb in 0..<20 {
                for lane in 0..<8 {
                    #expect(lanes.register(5)[8 * limb + lane] == lanes.register(0)[offsets[lane] + stride * limb])
                }
            }
        }
    }

    @Test("numbers go in and out of lanes, and what does not fit is left out") func conversions() {
        var rng = SplitMix64(35)
        for blocks in [1, 2, 32] {
            let lanes = Lanes(3, blocks: blocks)
            for bits in [1, 51, 52, 53, 63, 64, 65, 416, 519, 520] {
                let values = (0..<8).map { _ in rng.natural(bits: bits) }
                lanes.set(0, values)
                #expect(lanes.values(0) == values)
            }
            lanes.set(0, [Natural](repeating: (Natural(1) << (520 * blocks + 9)) - 1, count: 8))
            #expect(lanes.values(0).allSatisfy { $0 == (Natural(1) << (520 * blocks)) - 1 })
            var low: UInt64 = 0
            ck_lanes_join(&low, 1, lanes.register(0), 3, blocks)
            #expect(low == .max)
        }
    }
}

extension Natural {
    /// The number, which is below 2⁶⁴.
    fileprivate var low: UInt64 { bigEndianBytes(count: 8).reduce(0) { $0 << 8 | UInt64($1) } }
}
