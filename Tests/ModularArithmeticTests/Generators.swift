import ModularArithmetic

/// SplitMix64: the tests' seeded generator, so that a failure comes back.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// A generator that says what it was told, then zeros, and counts.
struct Script: RandomNumberGenerator {
    var words: [UInt64] = []
    var drawn = 0

    mutating func next() -> UInt64 {
        defer { drawn += 1 }
        return drawn < words.count ? words[drawn] : 0
    }
}

extension SplitMix64 {
    /// A number of at most `bits` bits: 0, 1, 2^k, 2^k ± 1, limbs of zeros and ones, or anything.
    mutating func natural(bits: Int) -> Natural {
        let power = Natural(1) << Int.random(in: 0..<bits, using: &self)
        return switch Int.random(in: 0..<10, using: &self) {
        case 0: 0
        case 1: 1
        case 2: power
        case 3: power - 1
        case 4: bits > 1 && power.bitWidth < bits ? power + 1 : power
        case 5: (Natural(1) << bits) - 1
        case 6: limbsOfZerosAndOnes(bits: bits)
        default: Natural.random(in: 0, upTo: Natural(1) << bits, using: &self)
        }
    }

    /// A number below `bound`: 0, 1, 2, the last two, the middle, an edge, or anything.
    mutating func natural(below bound: Natural) -> Natural {
        switch Int.random(in: 0..<10, using: &self) {
        case 0: 0
        case 1: 1
        case 2: bound - 1
        case 3: bound - 2
        case 4: bound >> 1
        case 5: natural(bits: bound.bitWidth) % bound
        case 6: limbsOfZerosAndOnes(bits: bound.bitWidth) % bound
        default: Natural.random(in: 0, upTo: bound, using: &self)
        }
    }

    private mutating func limbsOfZerosAndOnes(bits: Int) -> Natural {
        let bytes = (0..<(bits + 63) / 64).flatMap { _ in
            [UInt8](repeating: Bool.random(using: &self) ? 255 : 0, count: 8)
        }
        return Natural(bigEndianBytes: bytes) % (Natural(1) << bits)
    }
}

/// Moduli of 1, 2, 3, 32, 48 and 64 limbs: small ones, all ones, one bit over a limb, a low limb of 1, and random ones.
let moduli: [Modulus] = {
    var generator = SplitMix64(1)
    func twoTo(_ bits: Int) -> Natural { Natural(1) << bits }
    var numbers: [Natural] = [3, 5, 23, 47, 255, 257, twoTo(63) + 1, twoTo(64) - 59, twoTo(64) - 1]
    numbers += [twoTo(64) + 1, twoTo(65) - 1, twoTo(127) - 1, twoTo(128) - 1, twoTo(128) + 1, twoTo(255) - 19]
    for limbs in [1, 2, 3, 32, 48, 64] {
        let top = twoTo(64 * limbs)
        numbers += [top - 1, (top >> 1) + 1, top - (top >> 8) + 1]
        for bits in [64 * limbs, 64 * limbs - 13] {
            let random = Natural.random(in: twoTo(bits - 1), upTo: twoTo(bits), using: &generator)
            numbers.append(random.isOdd ? random : random - 1)
        }
    }
    return numbers.compactMap { try? Modulus($0) }
}()

/// The number that `hex` spells over several lines.
func number(_ hex: String) throws -> Natural { try Natural(canonicalHex: hex.filter { !$0.isWhitespace }) }
