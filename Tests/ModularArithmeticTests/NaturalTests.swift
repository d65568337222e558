import ModularArithmetic
import Testing

@Suite("Natural numbers") struct NaturalTests {
    @Test("small numbers calculate as UInt64 does") func small() {
        for a in UInt64(0)..<48 {
            for b in UInt64(0)..<48 {
                let (x, y) = (Natural(a), Natural(b))
                #expect(x + y == Natural(a + b) && x * y == Natural(a * b))
                #expect((x < y) == (a < b) && (x == y) == (a == b))
                if a >= b { #expect(x - y == Natural(a - b)) }
                if b > 0 { #expect(x / y == Natural(a / b) && x % y == Natural(a % b)) }
                var (u, v) = (a, b)
                while v != 0 { (u, v) = (v, u % v) }
                #expect(x.greatestCommonDivisor(y) == Natural(u))
                if b > 1 {
                    let inverse = (1..<b).first { a * $0 % b == 1 }.map { Natural($0) }
                    #expect(x.inverseVariableTime(modulo: y) == inverse)
                }
            }
        }
    }

    @Test("one-limb products and sums carry as UInt64's full-width ones do") func carries() {
        var generator = SplitMix64(2)
        let edges: [UInt64] = [0, 1, 2, .max, .max - 1, 1 << 63, 1 << 32, (1 << 32) - 1]
        for a in edges + (0..<20).map({ _ in generator.next() }) {
            for b in edges {
                let product = a.multipliedFullWidth(by: b)
                #expect(Natural(a) * Natural(b) == (Natural(product.high) << 64) + Natural(product.low))
                let (sum, over) = a.addingReportingOverflow(b)
                #expect(Natural(a) + Natural(b) == (Natural(over ? 1 : 0) << 64) + Natural(sum))
            }
        }
    }

    @Test("ring axioms, division identity, do and undo", arguments: [1, 63, 64, 65, 128, 192, 1000, 4096])
    func axioms(bits: Int) {
        var generator = SplitMix64(UInt64(bits))
        for _ in 0..<40 {
            let (a, b, c) = (
                generator.natural(bits: bits), generator.natural(bits: bits), generator.natural(bits: bits)
            )
            #expect(a + b == b + a && a * b == b * a)
            #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
            #expect(a * (b + c) == a * b + a * c)
            #expect(a + 0 == a && a * 1 == a && (a * 0).isZero)
            #expect((a + b) - b == a && (a + b) - a == b)
            #expect((a < b) == !(b <= a) && (a + 1 > a))
            let d = b + 1
            #expect(a / d * d + a % d == a && a % d < d)
            #expect(a * d / d == a && (a * d % d).isZero)
            let shift = Int.random(in: 0...200, using: &generator)
            #expect((a << shift) >> shift == a && a >> shift == a / (Natural(1) << shift))
            #expect((0..<bits).filter(a.bit).reduce(Natural(0)) { $0 + (Natural(1) << $1) } == a)
        }
    }

    @Test("gcd and inverse", arguments: [2, 64, 65, 256, 2048]) func inverses(bits: Int) {
        var generator = SplitMix64(UInt64(bits))
        for _ in 0..<40 {
            let (a, b, c) = (
                generator.natural(bits: bits), generator.natural(bits: bits), generator.natural(bits: bits) + 1
            )
            let gcd = a.greatestCommonDivisor(b)
            #expect((a * c).greatestCommonDivisor(b * c) == gcd * c)
            if !gcd.isZero { #expect((a % gcd).isZero && (b % gcd).isZero) }
            guard b > 1 else { continue }
            let inverse = a.inverseVariableTime(modulo: b)
            #expect((inverse != nil) == (gcd == 1))
            if let inverse { #expect(a * inverse % b == 1 && inverse > 0 && inverse < b) }
        }
        #expect(Natural(0).greatestCommonDivisor(0) == 0)
    }

    @Test("powers for any modulus, even and 1 too") func powers() {
        for n in UInt64(1)..<12 {
            for base in UInt64(0)..<14 {
                var expected = 1 % n
                for exponent in UInt64(0)..<9 {
                    #expect(Natural(base).powerVariableTime(Natural(exponent), modulo: Natural(n)) == Natural(expected))
                    expected = expected * base % n
                }
            }
        }
    }

    @Test("widths at the limb's edges") func widths() {
        #expect(Natural(0).bitWidth == 0 && Natural(0).byteWidth == 0 && Natural(0).isZero && !Natural(0).isOdd)
        for k in 1...200 {
            let power = Natural(1) << k
            #expect(power.bitWidth == k + 1 && (power - 1).bitWidth == k)
            #expect(power.byteWidth == k / 8 + 1 && (power - 1).byteWidth == (k + 7) / 8)
            #expect(!power.isOdd && (power - 1).isOdd && !power.isZero)
            #expect(power.bit(at: k) && !power.bit(at: k - 1) && !power.bit(at: k + 1) && !power.bit(at: 64_000))
        }
        #expect((Natural(1) << Natural.maximumBitWidth).bitWidth == 65_537)
        #expect(((Natural(1) << 300) >> 301).isZero && (Natural(1) >> Int.max).isZero)
    }

    @Test("bytes, there and back, with leading zeros and without") func bytes() {
        #expect(Natural(bigEndianBytes: []) == 0 && Natural(0).bigEndianBytes(count: 0) == [])
        #expect(Natural(bigEndianBytes: [1, 2, 3]) == 0x010203)
        #expect(Natural(bigEndianBytes: [1, 0, 0, 0, 0, 0, 0, 0, 0]) == Natural(1) << 64)
        #expect(Natural(0x0102).bigEndianBytes(count: 4) == [0, 0, 1, 2])
        var generator = SplitMix64(3)
        for count in 0...40 {
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if count > 0 { bytes[0] |= 1 }
            let value = Natural(bigEndianBytes: bytes)
            #expect(value.byteWidth == count && value.bigEndianBytes(count: count) == bytes)
            #expect(value.bigEndianBytes(count: count + 9) == [UInt8](repeating: 0, count: 9) + bytes)
            #expect(Natural(bigEndianBytes: [UInt8](repeating: 0, count: 9) + bytes) == value)
            #expect(bytes.reduce(Natural(0)) { $0 * 256 + Natural(UInt64($1)) } == value)
        }
    }

    @Test("equal numbers have one hash, however they came about") func hashing() {
        let big = Natural(1) << 200
        #expect(
            Set([big, big + 5 - 5, (big << 64) >> 64, Natural(bigEndianBytes: [0] + big.bigEndianBytes(count: 40))])
                .count == 1)
    }

    @Test("random numbers keep to their range and reach all of it") func random() {
        var generator = SplitMix64(4)
        let drawn = (0..<200).map { _ in Natural.random(in: 5, upTo: 9, using: &generator) }
        #expect(Set(drawn) == [5, 6, 7, 8])
        let bound = Natural(1) << 130
        let wide = (0..<50).map { _ in Natural.random(in: bound - 3, upTo: bound, using: &generator) }
        #expect(Set(wide) == [bound - 3, bound - 2, bound - 1])
    }
}

@Suite("Numbers as text") struct NaturalTextTests {
    @Test("hexadecimal, there and back", arguments: [1, 4, 60, 63, 64, 65, 128, 1021, 65_536])
    func hexadecimal(bits: Int) throws {
        var generator = SplitMix64(UInt64(bits))
        for _ in 0..<(bits > 9000 ? 2 : 30) {
            let value = generator.natural(bits: bits)
            #expect(try Natural(canonicalHex: value.hex) == value)
            #expect(value.hex.utf8.count == max(1, (value.bitWidth + 3) / 4) && value.description == value.hex)
        }
    }

    @Test("known spellings") func known() throws {
        #expect(Natural(0).hex == "0" && Natural(0xabc).hex == "abc" && (Natural(1) << 64).hex == "10000000000000000")
        #expect(try Natural(canonicalHex: "0") == 0 && Natural(canonicalHex: "f0000000000000000") == Natural(15) << 64)
        // By Python 3: 2**256, 2**521 - 1.
        #expect(
            (Natural(1) << 256).decimal
                == "115792089237316195423570985008687907853269984665640564039457584007913129639936")
        #expect(
            ((Natural(1) << 521) - 1).decimal
                == "68647976601306097149819007990813932172694353001433054093944634591855431833976"
                + "56052122559640661454554977296311391480858037121987999716643812574028291115057151")
        #expect(Natural(0).decimal == "0" && Natural(7).decimal == "7")
        var power = Natural(1)
        for zeros in 0...60 {
            #expect(power.decimal == "1" + String(repeating: "0", count: zeros))
            if zeros > 0 { #expect((power - 1).decimal == String(repeating: "9", count: zeros)) }
            power = power * 10
        }
    }

    @Test(
        "malformed spellings",
        arguments: [
            ("", NaturalError.empty), ("00", .leadingZero), ("01", .leadingZero),
            ("0000000000000000000001", .leadingZero),
            ("A", .notLowerCaseHex(offset: 0)), ("aB", .notLowerCaseHex(offset: 1)),
            ("0x1", .notLowerCaseHex(offset: 1)),
            ("-1", .notLowerCaseHex(offset: 0)), ("+1", .notLowerCaseHex(offset: 0)),
            (" 1", .notLowerCaseHex(offset: 0)),
            ("1 ", .notLowerCaseHex(offset: 1)), ("1\n", .notLowerCaseHex(offset: 1)),
            ("1\0", .notLowerCaseHex(offset: 1)),
            ("1_0", .notLowerCaseHex(offset: 1)), ("g", .notLowerCaseHex(offset: 0)),
            ("/", .notLowerCaseHex(offset: 0)),
            (":", .notLowerCaseHex(offset: 0)), ("`", .notLowerCaseHex(offset: 0)), ("1.", .notLowerCaseHex(offset: 1)),
            ("1\u{0661}", .notLowerCaseHex(offset: 1)), ("\u{ff11}", .notLowerCaseHex(offset: 0)),
            ("a\u{0301}", .notLowerCaseHex(offset: 1)),
        ])
    func malformed(text: String, error: NaturalError) {
        #expect(throws: error) { try Natural(canonicalHex: text) }
        #expect(!error.description.isEmpty)
    }

    @Test("the longest spelling, and one digit more") func limit() throws {
        let longest = String(repeating: "f", count: Natural.maximumBitWidth / 4)
        #expect(try Natural(canonicalHex: longest) == (Natural(1) << Natural.maximumBitWidth) - 1)
        #expect(throws: NaturalError.tooLarge(bits: 65_540, limit: 65_536)) { try Natural(canonicalHex: longest + "f") }
        #expect(throws: NaturalError.leadingZero) { try Natural(canonicalHex: "0" + longest.dropLast()) }
    }
}
