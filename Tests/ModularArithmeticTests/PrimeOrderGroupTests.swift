import ByteCoding
import Support
import Testing

@testable import ModularArithmetic

@Suite("Groups of prime order") struct PrimeOrderGroupTests {
    static func tiny() throws -> SchnorrGroup { try SchnorrGroup(validating: 47, q: 23, g: 4, t: 11) }

    static func medium() throws -> SchnorrGroup {
        try SchnorrGroup(
            validating: Natural(canonicalHex: "bd806bc484d4e45bbb239b07b74ff2f8ce0eda0563a3631b01e98f370ca2d11f"),
            q: Natural(canonicalHex: "d79ade8e221971fb03701acc5f41b42f"),
            g: Natural(canonicalHex: "15f844c14cfb4ec5081e7f98c4efc152e6df74eef40f06749ab5db2da455c44"), t: nil)
    }

    @Test("tiny Schnorr group") func tinyLaws() throws { try laws(Self.tiny()) }
    @Test("Schnorr group of 256 and 128 bits") func mediumLaws() throws { try laws(Self.medium()) }
    @Test("secp256k1") func secp256k1Laws() throws { try laws(EllipticCurve.secp256k1) }
    @Test("P-256") func p256Laws() throws { try laws(EllipticCurve.p256) }
    @Test("a counting group computes as its base") func countingLaws() throws { try laws(CountingGroup(Self.medium())) }

    /// Every operation against the plainest way to say the same.
    private func laws<G: PrimeOrderGroup>(_ group: G) throws {
        var generator = SeededGenerator(seed: 7)
        let q = group.order.value
        let edges: [Natural] = [0, 1, 2, 3, q - 1, q - 2, q >> 1]
        let random = (0..<8).map { _ in group.order.secretRandom(using: &generator).declassified() }
        let exponents = (edges + random).map { group.scalar(reducing: $0) }
        let powers = exponents.map { group.power(group.generator, group.order.secret($0.value)) }
        #expect(powers[0] == group.identity && powers[1] == group.generator)
        #expect(group.multiply(powers[4], group.generator) == group.identity)
        #expect(group.powersVariableTime(exponents.map { (group.generator, $0) }) == powers)

        for (x, a) in zip(exponents, powers) {
            #expect(group.encode(a).count == group.elementByteCount)
            if a == group.identity {
                #expect(throws: GroupValueError.outOfRange) { try group.decode(group.encode(a)) }
            } else {
                #expect(try group.decode(group.encode(a)) == a)
            }
            #expect(group.multiply(a, group.identity) == a && group.multiply(a, group.invert(a)) == group.identity)
            for (y, b) in zip(exponents, powers) {
                #expect(group.multiply(a, b) == group.power(group.generator, group.order.secret(group.add(x, y).value)))
                #expect(group.power(a, group.order.secret(y.value)) == group.power(b, group.order.secret(x.value)))
            }
        }

        let other = powers[powers.count - 1]
        let terms = zip(exponents, exponents.reversed()).flatMap { x, y in
            [
                TwoBasePower(group.generator, x, other, y), .init(other, x, group.generator, y),
                .init(other, x, other, y),
            ]
        }
        let plain = terms.map { term in
            group.multiply(
                group.power(term.bases.0, group.order.secret(term.exponents.0.value)),
                group.power(term.bases.1, group.order.secret(term.exponents.1.value)))
        }
        #expect(group.twoBasePowersVariableTime(terms) == plain)

        let pairs = zip(powers, exponents.reversed()).map { (base: $0, exponent: $1) }
        for count in [0, 1, 2, pairs.count] {
            let product = group.powersVariableTime(Array(pairs[..<count])).reduce(group.identity, group.multiply)
            #expect(group.multiPowerVariableTime(Array(pairs[..<count])) == product)
        }

        var made = 0
        for _ in 0..<24 {
            let bytes = EdgeWeighted.randomBytes(group.uniformByteCount, using: &generator)
            guard let element = group.element(uniform: bytes) else { continue }
            made += 1
            #expect(element != group.identity)
            #expect(try group.decode(group.encode(element)) == element)
            let last = group.power(element, group.order.secret(q - 1))
            #expect(group.multiply(last, element) == group.identity)
        }
        #expect(made > 4)

        let encodings = powers.map { group.encode($0) } + [[], [UInt8](repeating: 0xff, count: group.elementByteCount)]
        let alone = encodings.map { bytes in Result { () throws(GroupValueError) in try group.decode(bytes) } }
        #expect(group.decode(each: encodings) == alone)
        #expect(throws: GroupValueError.notAnEncoding) { try group.decodeScalar([]) }
        let wide = [UInt8](repeating: 0xff, count: group.scalarByteCount)
        #expect(throws: GroupValueError.outOfRange) { try group.decodeScalar(wide) }
        #expect(try group.decodeScalar(group.encode(exponents[4])) == exponents[4])
        for x in exponents {
            #expect(group.subtract(group.add(x, exponents[5]), exponents[5]) == x)
            if let inverse = group.invertVariableTime(x) { #expect(group.multiply(inverse, x).value == 1) }
        }
    }

    @Test("a product of many powers keeps its value when it is cut into pieces") func manyPowers() throws {
        let group = try Self.tiny()
        var generator = SeededGenerator(seed: 8)
        let pairs = (0..<600).map { _ in
            let (x, y) = (UInt64.random(in: 0..<23, using: &generator), UInt64.random(in: 0..<23, using: &generator))
            return (
                base: group.power(group.generator, group.q.secret(Natural(x))),
                exponent: group.scalar(reducing: Natural(y))
            )
        }
        let plain = pairs.map { group.p.powerVariableTime($0.base.value, $0.exponent.value) }.reduce(Natural(1)) {
            group.p.multiply($0, $1)
        }
        for threads in [1, 2, 3] {
            let product = BatchPolicy.$current.withValue(BatchPolicy(threads: threads)) {
                group.multiPowerVariableTime(pairs).value
            }
            #expect(product == plain)
        }
    }

    @Test(
        "multiples of the base point, from SEC 2's and NIST's test data",
        arguments: [
            (EllipticCurve.secp256k1, UInt64(1), "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
            (.secp256k1, 2, "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"),
            (.secp256k1, 3, "02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"),
            (.p256, 1, "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
            (.p256, 2, "037cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"),
        ])
    func basePoint(_ curve: EllipticCurve, _ multiple: UInt64, _ encoding: String) {
        #expect(
            Hex.encode(curve.encode(curve.power(curve.generator, curve.order.secret(Natural(multiple))))) == encoding)
    }

    @Test("decoding a point is strict", arguments: [EllipticCurve.secp256k1, .p256])
    func strictPoints(_ curve: EllipticCurve) throws {
        let good = curve.encode(curve.generator)
        for first in UInt8.min...UInt8.max where first != 2 && first != 3 {
            #expect(throws: GroupValueError.notAnEncoding) { try curve.decode([first] + good.dropFirst()) }
        }
        for bytes: [UInt8] in [[], [0], Array(good.dropLast()), good + [0], [4] + good.dropFirst() + good.dropFirst()] {
            #expect(throws: GroupValueError.notAnEncoding) { try curve.decode(bytes) }
        }
        let prime = curve.field.bigEndianBytes(count: 32)
        #expect(throws: GroupValueError.outOfRange) { try curve.decode([2] + prime) }
        #expect(throws: GroupValueError.outOfRange) { try curve.decode([3] + [UInt8](repeating: 0xff, count: 32)) }
        #expect(throws: GroupValueError.outOfRange) { try curve.decode([UInt8](repeating: 0, count: 33)) }
        // Half of all x have no point, and the other sign of a point is its inverse.
        let missing = (0..<64).filter { x in
            (try? curve.decode([2] + Natural(UInt64(x)).bigEndianBytes(count: 32))) == nil
        }
        #expect((16...48).contains(missing.count))
        let x = try #require(missing.first { $0 > 0 })
        #expect(throws: GroupValueError.notInSubgroup) {
            try curve.decode([2] + Natural(UInt64(x)).bigEndianBytes(count: 32))
        }
        #expect(try curve.decode([good[0] ^ 1] + good.dropFirst()) == curve.invert(curve.generator))
    }

    @Test("many threads use one curve at once") func threads() async {
        let curve = EllipticCurve.secp256k1
        let sums = await withTaskGroup(of: CurvePoint.self) { tasks in
            for start in 1...8 {
                tasks.addTask {
                    (0..<20).reduce(curve.identity) { sum, step in
                        let x = curve.order.secret(Natural(UInt64(8 * step + start)))
                        return curve.multiply(sum, curve.power(curve.generator, x))
                    }
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        let total = sums.reduce(curve.identity, curve.multiply)
        #expect(total == curve.power(curve.generator, curve.order.secret(160 * 161 / 2)))
    }

    @Test("a counting group counts by kind") func counting() throws {
        let group = CountingGroup(try Self.tiny())
        let (g, x) = (group.generator, group.scalar(reducing: 5))
        let counts = group.counts {
            _ = group.power(g, group.order.secret(3))
            _ = group.powersVariableTime([(g, x), (g, x)])
            _ = group.twoBasePowersVariableTime([.init(g, x, g, x)])
            _ = group.multiPowerVariableTime([(g, x), (g, x), (g, x)])
            _ = group.decode(each: [group.encode(g), []])
            _ = try? group.decode([])
            _ = group.element(uniform: [UInt8](repeating: 1, count: group.uniformByteCount))
        }
        var expected = GroupOperationCounts()
        expected.secretPowers = 1
        expected.publicPowers = 2
        expected.twoBaseTerms = 1
        expected.multiPowerTerms = 3
        expected.multiPowers = 1
        expected.membershipTests = 3
        expected.uniformElements = 1
        #expect(counts == expected && counts.exponentiations == 8)
        group.reset()
        #expect(group.counts == GroupOperationCounts() && group == CountingGroup(group.base))
    }
}
