import ModularArithmetic
import Support
import Testing

@_spi(Literal) @testable import RingSignatures

@Suite("Algorithm 1 as printed") struct LiteralAlgorithm1Tests {
    private static func group() throws -> SchnorrGroup { try KnownAnswer("K2").group() }

    /// Every combination of the choices.
    private static let readings: [LiteralReading] = {
        var readings: [LiteralReading] = []
        for ranges in LiteralReading.Check.allCases {
            for keys in LiteralReading.Check.allCases {
                for glue in [LiteralReading.Glue.chained, .exclusiveOr(bits: 128), .open] {
                    for exponent in [LiteralReading.Exponent.alpha, .hashed(bits: nil), .hashed(bits: 16)] {
                        for encoding in LiteralReading.Encoding.allCases {
                            for ring in LiteralReading.RingBinding.allCases {
                                readings.append(
                                    LiteralReading(
                                        ranges: ranges, keys: keys, glue: glue, exponent: exponent,
                                        encoding: encoding, ring: ring))
                            }
                        }
                    }
                }
            }
        }
        return readings
    }()

    private struct People {
        let x: [Natural]
        let ring: [Natural]
        let recipient: Natural

        init(_ group: SchnorrGroup, _ count: Int, using generator: inout SeededGenerator) {
            x = (0..<count).map { _ in .random(in: 1, upTo: group.q.value, using: &generator) }
            ring = x.map { group.p.powerVariableTime(group.g.value, $0) }
            recipient = group.p.powerVariableTime(group.g.value, 12345)
        }
    }

    @Test("in each of the 144 readings every signer's signature verifies, and not for another message or pair")
    func everyReading() throws {
        #expect(Self.readings.count == 144)
        let group = try Self.group()
        var generator = SeededGenerator(seed: 1)
        let people = People(group, 3, using: &generator)
        for (number, reading) in Self.readings.enumerated() {
            let algorithm = LiteralAlgorithm1(group, reading: reading)
            let signer = number % 3
            let signature = algorithm.sign(
                message: [1, 2], ring: people.ring, recipient: people.recipient, signer: signer,
                secret: people.x[signer], using: &generator)
            #expect(algorithm.verify(signature, recipient: people.recipient), "\(reading)")
            var other = signature
            other.message = [1, 3]
            #expect(!algorithm.verify(other, recipient: people.recipient), "\(reading)")
            other = signature
            other.pairs[1].beta = group.q.add(other.pairs[1].beta, 1)
            #expect(!algorithm.verify(other, recipient: people.recipient), "\(reading)")
            other = signature
            other.delta = other.delta + 1
            #expect(!algorithm.verify(other, recipient: people.recipient), "\(reading)")
            other = signature
            other.pairs.removeLast()
            #expect(!algorithm.verify(other, recipient: people.recipient), "\(reading)")
        }
    }

    @Test("a wrong key signs only where the glue is open, which asks for none")
    func wrongKey() throws {
        let group = try Self.group()
        var generator = SeededGenerator(seed: 2)
        let people = People(group, 3, using: &generator)
        for glue in [LiteralReading.Glue.chained, .exclusiveOr(bits: 128)] {
            let algorithm = LiteralAlgorithm1(group, reading: .careful.with(\.glue, glue))
            let signature = algorithm.sign(
                message: [], ring: people.ring, recipient: people.recipient, signer: 0, secret: people.x[1],
                using: &generator)
            #expect(!algorithm.verify(signature, recipient: people.recipient))
        }
    }

    @Test("checks of ranges and keys refuse exactly what they name")
    func checks() throws {
        let group = try Self.group()
        var generator = SeededGenerator(seed: 3)
        let people = People(group, 3, using: &generator)
        let (loose, strict) = (LiteralAlgorithm1(group), LiteralReading.printed.with(\.ranges, .checked))
        let signature = loose.sign(
            message: [], ring: people.ring, recipient: people.recipient, signer: 2, secret: people.x[2],
            using: &generator)
        var longer = signature
        longer.pairs[0].beta = longer.pairs[0].beta + group.q.value
        longer.pairs[1].alpha = longer.pairs[1].alpha + group.p.value * group.q.value
        #expect(loose.verify(longer, recipient: people.recipient))
        #expect(LiteralAlgorithm1(group, reading: strict).verify(signature, recipient: people.recipient))
        #expect(!LiteralAlgorithm1(group, reading: strict).verify(longer, recipient: people.recipient))
        let keyed = LiteralAlgorithm1(group, reading: .printed.with(\.keys, .checked))
        #expect(keyed.verify(signature, recipient: people.recipient))
        let toNobody = loose.sign(
            message: [], ring: people.ring, recipient: group.p.value - 1, signer: 2, secret: people.x[2],
            using: &generator)
        #expect(loose.verify(toNobody, recipient: group.p.value - 1))
        #expect(!keyed.verify(toNobody, recipient: group.p.value - 1))
    }

    @Test("p = 47, q = 23: the trapdoor's inverse with the key, for every target, key and nonce")
    func exhaustiveInversion() throws {
        let group = try SchnorrGroup(validating: 47, q: 23, g: 4, t: 11)
        for reading in [LiteralReading.printed, .careful] {
            let algorithm = LiteralAlgorithm1(group, reading: reading)
            for x in 1..<23 as Range<UInt64> {
                let y = group.p.powerVariableTime(4, Natural(x))
                for k in 0..<23 as Range<UInt64> {
                    for target in stride(from: 1 as UInt64, to: 47, by: 5) {
                        let pair = algorithm.invert(
                            Natural(target), secret: Natural(x), nonce: Natural(k), lambda: [9], index: 1)
                        let image = algorithm.trapdoor(pair, key: y, lambda: [9], index: 1)
                        #expect(image == Natural(target))
                    }
                }
            }
        }
    }

    @Test("p = 47, q = 23: with alpha out of range everybody inverts, for every fifth target, every a and b")
    func exhaustiveRangeInversion() throws {
        let group = try SchnorrGroup(validating: 47, q: 23, g: 4, t: 11)
        let algorithm = LiteralAlgorithm1(group)
        let (p, q, y) = (group.p, group.q, Natural(18))
        for target in stride(from: 1 as UInt64, to: 47, by: 5) {
            for a in 0..<23 as Range<UInt64> {
                for b in 0..<23 as Range<UInt64> {
                    let factor = p.multiply(p.powerVariableTime(4, Natural(a)), p.powerVariableTime(y, Natural(b)))
                    let residue = p.multiply(Natural(target), factor)
                    let alpha = residue + p.value * q.subtract(q.subtract(0, Natural(b)), residue)
                    let pair = LiteralSignature.Pair(alpha: alpha, beta: q.subtract(0, Natural(a)))
                    let image = algorithm.trapdoor(pair, key: y, lambda: [], index: 0)
                    #expect(image == Natural(target))
                }
            }
        }
    }

    @Test("the permutation of the XOR glue has an inverse: 3,856 strings of 16 bits, 100 of 128")
    func permutation() throws {
        let group = try Self.group()
        let algorithm = LiteralAlgorithm1(group)
        for value in stride(from: 0 as UInt64, to: 1 << 16, by: 17) {
            let image = algorithm.permute(Natural(value), bits: 16, lambda: [1])
            #expect(algorithm.unpermute(image, bits: 16, lambda: [1]) == Natural(value))
        }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<100 {
            let value = Natural.random(in: 0, upTo: Natural(1) << 128, using: &generator)
            let image = algorithm.permute(value, bits: 128, lambda: [2])
            #expect(image != value)
            #expect(algorithm.unpermute(image, bits: 128, lambda: [2]) == value)
        }
    }

    @Test("lambda: framing keeps bytes in their item, and the ring is seen only where it is hashed")
    func lambda() throws {
        let group = try Self.group()
        func lambdas(_ reading: LiteralReading) -> [[UInt8]] {
            let algorithm = LiteralAlgorithm1(group, reading: reading)
            let g = group.g.value.bigEndianBytes(count: group.g.value.byteWidth)
            return [
                algorithm.lambda(message: [1], ring: [4], recipient: Natural(bigEndianBytes: [2] + g + [3])),
                algorithm.lambda(message: [1] + g + [2], ring: [4], recipient: 3),
                algorithm.lambda(message: [1] + g + [2], ring: [5], recipient: 3),
            ]
        }
        let printed = lambdas(.printed)
        #expect(Set(printed).count == 1)
        #expect(Set(lambdas(.printed.with(\.encoding, .framed))).count == 2)
        #expect(Set(lambdas(.printed.with(\.ring, .hashed))).count == 2)
        #expect(Set(lambdas(.careful)).count == 3)
    }

    @Test("misuse stops: a signer outside the ring, an XOR glue of unusable width")
    func preconditions() async {
        await #expect(processExitsWith: .failure) {
            let group = try KnownAnswer("K2").group()
            var generator = SeededGenerator(seed: 1)
            _ = LiteralAlgorithm1(group).sign(
                message: [], ring: [4, 5], recipient: 4, signer: 2, secret: 1, using: &generator)
        }
        await #expect(processExitsWith: .failure) {
            _ = LiteralAlgorithm1(
                try KnownAnswer("K2").group(), reading: .printed.with(\.glue, .exclusiveOr(bits: 24)))
        }
    }
}
