import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Compact targets") struct CompactTargetTests {
    private static let limit = Natural(1) << 256

    /// Bitcoin Core, `src/test/arith_uint256_tests.cpp`, `bignum_SetCompact`: what each encoding means, and the encoding
    /// of that. The sign is looked at after the shift, so 00923456, 01803456 and 02800056 are zero.
    private static let setCompact: [(bits: UInt32, target: Result<Natural, CompactTargetError>, again: UInt32)] = [
        (0, .failure(.zero(bits: 0)), 0),
        (0x0012_3456, .failure(.zero(bits: 0x0012_3456)), 0),
        (0x0100_3456, .failure(.zero(bits: 0x0100_3456)), 0),
        (0x0200_0056, .failure(.zero(bits: 0x0200_0056)), 0),
        (0x0300_0000, .failure(.zero(bits: 0x0300_0000)), 0),
        (0x0400_0000, .failure(.zero(bits: 0x0400_0000)), 0),
        (0x0092_3456, .failure(.zero(bits: 0x0092_3456)), 0),
        (0x0180_3456, .failure(.zero(bits: 0x0180_3456)), 0),
        (0x0280_0056, .failure(.zero(bits: 0x0280_0056)), 0),
        (0x0380_0000, .failure(.zero(bits: 0x0380_0000)), 0),
        (0x0480_0000, .failure(.zero(bits: 0x0480_0000)), 0),
        (0x0112_3456, .success(0x12), 0x0112_0000),
        (0x01fe_dcba, .failure(.negative(bits: 0x01fe_dcba)), 0),
        (0x0212_3456, .success(0x1234), 0x0212_3400),
        (0x0312_3456, .success(0x12_3456), 0x0312_3456),
        (0x0412_3456, .success(0x1234_5600), 0x0412_3456),
        (0x0492_3456, .failure(.negative(bits: 0x0492_3456)), 0),
        (0x0500_9234, .success(0x9234_0000), 0x0500_9234),
        (0x2012_3456, .success(Natural(0x12_3456) << 232), 0x2012_3456),
        (0xff12_3456, .failure(.overflow(bits: 0xff12_3456)), 0),
    ]

    @Test("Bitcoin's list") func bitcoinList() throws {
        for (bits, expected, again) in Self.setCompact {
            switch expected {
            case .success(let target):
                #expect(try CompactTarget(bits: bits).target() == target)
                #expect(try CompactTarget(rounding: target).bits == again)
            case .failure(let error):
                #expect(throws: error) { try CompactTarget(bits: bits).target() }
            }
        }
        #expect(try CompactTarget(rounding: 0x80).bits == 0x0200_8000)
    }

    @Test("the reason is the first of sign, zero, overflow") func order() {
        let cases: [(UInt32, String)] = [
            (0xff80_0001, "target-negative"), (0x0380_0001, "target-negative"), (0xffff_ffff, "target-negative"),
            (0x0280_0100, "target-negative"), (0x0181_0000, "target-negative"), (0x0080_0001, "target-zero"),
            (0x00ff_ffff, "target-zero"), (0x0180_ffff, "target-zero"), (0x0280_00ff, "target-zero"),
            (0xff80_0000, "target-zero"), (0xff00_0000, "target-zero"), (0x0200_00ff, "target-zero"),
            (0x2300_0001, "target-overflow"), (0x2200_0100, "target-overflow"), (0x2101_0000, "target-overflow"),
            (0xff00_0001, "target-overflow"), (0x7f7f_ffff, "target-overflow"),
        ]
        for (bits, code) in cases {
            let error = #expect(throws: CompactTargetError.self) { try CompactTarget(bits: bits).target() }
            #expect(error?.code == code, "\(CompactTarget(bits: bits))")
        }
    }

    @Test("the largest targets fit 256 bits exactly") func largest() throws {
        #expect(try CompactTarget(bits: 0x2200_00ff).target() == Natural(0xff) << 248)
        #expect(try CompactTarget(bits: 0x2100_ffff).target() == Natural(0xffff) << 240)
        #expect(try CompactTarget(bits: 0x207f_ffff).target() == Natural(0x7f_ffff) << 232)
        #expect(try CompactTarget(rounding: Self.limit - 1).bits == 0x2100_ffff)
    }

    @Test("zero and more than 256 bits have no compact form") func noForm() {
        #expect(throws: CompactTargetError.zero(bits: 0)) { try CompactTarget(rounding: 0) }
        #expect(throws: CompactTargetError.tooLarge(bitWidth: 257)) { try CompactTarget(rounding: Self.limit) }
        #expect(throws: CompactTargetError.tooLarge(bitWidth: 301)) { try CompactTarget(rounding: Natural(1) << 300) }
        #expect(CompactTargetError.tooLarge(bitWidth: 257).code == "target-overflow")
        #expect(CompactTargetError.zero(bits: 0).code == "target-zero")
    }

    /// Edge-weighted: every power of two and its neighbours, and hashes of every width.
    private static let targets: [Natural] =
        (0..<256).flatMap { bit in
            let power = Natural(1) << bit
            let random = SHA256.hash([UInt8(bit)]).littleEndianNumber >> bit
            return [power - 1, power, power + 1, random]
        }.filter { !$0.isZero }

    @Test("encoding rounds down by less than the last byte kept, and never up") func rounding() throws {
        for target in Self.targets {
            let compact = try CompactTarget(rounding: target)
            let rounded = try compact.target()
            #expect(rounded <= target, "\(target)")
            // At least 15 significant bits are kept.
            #expect((target - rounded) << 15 < target, "\(target)")
            #expect(try CompactTarget(rounding: rounded) == compact, "\(target)")
            #expect(compact.bits & 0x0080_0000 == 0)
        }
    }

    @Test("rounding up gives the smallest form that is not below") func roundingUp() throws {
        for target in Self.targets {
            let below = try CompactTarget(rounding: target)
            guard let above = try CompactTarget(roundingUp: target) else {
                // Above ffff·256³⁰ there is none.
                #expect(target > Natural(0xffff) << 240)
                continue
            }
            #expect(try above.target() >= target, "\(target)")
            #expect(try CompactTarget(rounding: above.target()) == above)
            if try below.target() == target {
                #expect(above == below)
            } else {
                // Nothing lies between the two.
                #expect(try CompactTarget(rounding: above.target() - 1) == below, "\(target)")
            }
        }
        #expect(try CompactTarget(roundingUp: CompactTarget.maximumTarget) == nil)
        #expect(throws: CompactTargetError.zero(bits: 0)) { try CompactTarget(roundingUp: 0) }
        #expect(throws: CompactTargetError.tooLarge(bitWidth: 257)) { try CompactTarget(roundingUp: Self.limit) }
    }

    @Test("GetCompact, as Bitcoin writes it") func getCompact() throws {
        for target in Self.targets {
            let size = target.byteWidth
            var word = size <= 3 ? target << (8 * (3 - size)) : target >> (8 * (size - 3))
            var exponent = Natural(UInt64(size))
            if word.bit(at: 23) { (word, exponent) = (word >> 8, exponent + 1) }
            #expect(try Natural(UInt64(CompactTarget(rounding: target).bits)) == (exponent << 24) + word)
        }
    }

    @Test("the text is the four bytes") func description() {
        #expect("\(CompactTarget.difficultyOne)" == "1d00ffff")
        #expect("\(CompactTarget(bits: 0x0100_0000))" == "01000000")
        #expect("\(CompactTargetError.zero(bits: 0x0300_0000))" == "the compact target 03000000 is zero")
    }
}
