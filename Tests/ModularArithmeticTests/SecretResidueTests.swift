import ByteCoding
import ModularArithmetic
import Testing

@Suite("Secret residues") struct SecretResidueTests {
    @Test("sums, differences, products and negatives are those of the numbers", arguments: moduli)
    func arithmetic(n: Modulus) {
        var generator = SplitMix64(10)
        let last = n.value - 1
        let edges: [(Natural, Natural)] = [(0, 0), (0, last), (last, 0), (last, last), (last, 1), (1, last), (1, 1)]
        for (a, b) in edges
            + (0..<12).map({ _ in (generator.natural(below: n.value), generator.natural(below: n.value)) })
        {
            let x = n.secret(a)
            let y = n.secret(b)
            let (sum, difference) = (n.add(x, y).declassified(), n.subtract(x, y).declassified())
            #expect(sum == n.add(a, b) && difference == n.subtract(a, b))
            let (product, negative) = (n.multiply(x, y).declassified(), n.negate(x).declassified())
            #expect(product == n.multiply(a, b) && negative == n.subtract(0, a))
            // The same value on both sides.
            let results = (n.add(x, x).declassified(), n.multiply(x, x).declassified(), n.subtract(x, x).isZero)
            #expect(results.0 == n.add(a, a) && results.1 == n.multiply(a, a) && results.2)
            // The operands are as they were.
            let (after, zero) = ((x.declassified(), y.declassified()), x.isZero)
            #expect(after == (a, b) && zero == a.isZero)
        }
    }

    @Test("equality is 1 for the same number and 0 for any other, one bit apart included", arguments: moduli)
    func equality(n: Modulus) {
        var generator = SplitMix64(14)
        for a in [0, 1, n.value - 1] + (0..<4).map({ _ in generator.natural(below: n.value) }) {
            let same = n.secret(a).equality(n.secret(a))
            #expect(same == 1)
            for bit in 0..<n.bitWidth - 1 {
                let other = n.reduce(a.bit(at: bit) ? a - (Natural(1) << bit) : a + (Natural(1) << bit))
                let different = n.secret(a).equality(n.secret(other))
                #expect(different == (other == a ? 1 : 0))
            }
        }
    }

    @Test("public numbers of any size are reduced", arguments: moduli) func reducing(n: Modulus) {
        var generator = SplitMix64(11)
        for a in [0, n.value, n.value + 1, n.value * n.value, n.value - 1]
            + (0..<5).map({ _ in generator.natural(bits: 9000) })
        {
            let secret = n.secret(a).declassified()
            #expect(secret == n.reduce(a))
        }
    }

    @Test("bytes of any number are reduced", arguments: moduli) func bytes(n: Modulus) {
        var generator = SplitMix64(12)
        for count in [
            0, 1, 7, 8, 9, n.byteWidth - 1, n.byteWidth, n.byteWidth + 1, n.byteWidth + 16, 2 * n.byteWidth + 9,
        ] {
            let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for bytes in [random, [UInt8](repeating: 255, count: count), [UInt8](repeating: 0, count: count)] {
                var copy = bytes
                let residue = n.secret(reducing: SecretBytes(wiping: &copy))
                let value = residue.declassified()
                #expect(value == n.reduce(Natural(bigEndianBytes: bytes)))
                let (narrow, wide) = (
                    residue.bigEndianBytes(count: n.byteWidth).unprotectedCopy(),
                    residue.bigEndianBytes(count: n.byteWidth + 11).unprotectedCopy()
                )
                #expect(narrow == value.bigEndianBytes(count: n.byteWidth))
                #expect(wide == value.bigEndianBytes(count: n.byteWidth + 11))
            }
        }
    }

    @Test("canonical bytes have one width and are below n", arguments: moduli) func canonical(n: Modulus) {
        func read(_ bytes: [UInt8]) -> Natural? {
            var bytes = bytes
            switch n.secret(canonical: SecretBytes(wiping: &bytes)) {
            case .some(let residue): return residue.declassified()
            case .none: return nil
            }
        }
        let width = n.byteWidth
        for value in [0, 1, n.value >> 1, n.value - 2, n.value - 1] {
            let bytes = value.bigEndianBytes(count: width)
            #expect(read(bytes) == value)
            #expect(read([0] + bytes) == nil, "a byte too many")
            #expect(read(Array(bytes.dropFirst())) == nil, "a byte too few")
        }
        for value in [n.value, n.value + 1, (Natural(1) << (8 * width)) - 1] where value.byteWidth == width {
            #expect(read(value.bigEndianBytes(count: width)) == nil, "not below n")
        }
        #expect(read([]) == nil)
    }

    @Test("the power is the public one", arguments: moduli) func powers(n: Modulus) throws {
        var generator = SplitMix64(13)
        for order in moduli where order.bitWidth <= 256 || (order == n && n.bitWidth <= 2048) {
            if n.bitWidth > 1000 && order.bitWidth % 8 != 0 { continue }
            let base = generator.natural(bits: n.bitWidth + 5)
            for exponent in [0, 1, order.value - 1, generator.natural(below: order.value)] {
                let power = n.power(base, order.secret(exponent)).declassified()
                #expect(power == n.powerVariableTime(base, exponent))
            }
        }
        let five = try Modulus(47)
        for base in [0, 1, n.value - 1, n.value, n.value + 1] {
            for exponent: Natural in [0, 1, 2, 5] {
                let power = n.power(base, five.secret(exponent)).declassified()
                #expect(power == n.powerVariableTime(base, exponent), "\(base.hex)^\(exponent)")
            }
        }
    }

    @Test("random residues are those of the generator's bytes, reduced", arguments: moduli) func random(n: Modulus) {
        var (generator, copy) = (SplitMix64(14), SplitMix64(14))
        let value = n.secretRandom(using: &generator).declassified()
        let bytes = (0..<n.byteWidth + 16).map { _ in copy.next() as UInt8 }
        #expect(value == n.reduce(Natural(bigEndianBytes: bytes)))
        let second = n.secretRandom(using: &generator).declassified()
        #expect(second != value || n.bitWidth < 64)
    }

    @Test("random residues reach every value of a small modulus") func reach() throws {
        let n = try Modulus(23)
        var generator = SplitMix64(15)
        var seen = Set<Natural>()
        for _ in 0..<400 { seen.insert(n.secretRandom(using: &generator).declassified()) }
        #expect(seen.count == 23)
    }
}

/// What the documentation calls a precondition stops the program: reading past a buffer would be the alternative.
@Suite("Preconditions") struct PreconditionTests {
    @Test("natural numbers") func naturals() async {
        await #expect(processExitsWith: .failure) { _ = Natural(3) - Natural(4) }
        await #expect(processExitsWith: .failure) { _ = Natural(3) / Natural(0) }
        await #expect(processExitsWith: .failure) { _ = Natural(3) % Natural(0) }
        await #expect(processExitsWith: .failure) { _ = Natural(3).powerVariableTime(1, modulo: 0) }
        await #expect(processExitsWith: .failure) { _ = Natural(3).inverseVariableTime(modulo: 1) }
        await #expect(processExitsWith: .failure) { _ = Natural(1) << (Natural.maximumBitWidth + 1) }
        await #expect(processExitsWith: .failure) { _ = Natural(1) >> -1 }
        await #expect(processExitsWith: .failure) { _ = Natural(3).bit(at: -1) }
        await #expect(processExitsWith: .failure) { _ = Natural(256).bigEndianBytes(count: 1) }
        await #expect(processExitsWith: .failure) {
            var generator = SystemRandomNumberGenerator()
            _ = Natural.random(in: 4, upTo: 4, using: &generator)
        }
    }

    @Test("a residue of a modulus with other limbs is refused, not read past") func mixed() async {
        await #expect(processExitsWith: .failure) {
            let (small, large) = (try Modulus(23), try Modulus((Natural(1) << 127) - 1))
            _ = large.add(large.secret(1), small.secret(1))
        }
        await #expect(processExitsWith: .failure) {
            let (small, large) = (try Modulus(23), try Modulus((Natural(1) << 127) - 1))
            _ = large.subtract(small.secret(1), large.secret(1))
        }
        await #expect(processExitsWith: .failure) {
            let (small, large) = (try Modulus(23), try Modulus((Natural(1) << 127) - 1))
            _ = large.multiply(large.secret(1), small.secret(1))
        }
        await #expect(processExitsWith: .failure) {
            let (small, large) = (try Modulus(23), try Modulus((Natural(1) << 127) - 1))
            _ = large.negate(small.secret(1))
        }
        await #expect(processExitsWith: .failure) {
            let (small, large) = (try Modulus(23), try Modulus((Natural(1) << 127) - 1))
            _ = large.secret(1).equality(small.secret(1))
        }
    }

    @Test("a residue does not lose its high bytes") func narrow() async {
        await #expect(processExitsWith: .failure) { _ = try Modulus(257).secret(256).bigEndianBytes(count: 1) }
        await #expect(processExitsWith: .failure) { _ = SecretBytes(zeros: -1) }
    }
}
