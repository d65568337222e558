import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Proof-of-work check") struct ProofOfWorkCheckTests {
    @Test("a digest exactly at the target meets it, and one above does not") func boundary() throws {
        let hash = try KnownHeader.genesis.decoded().id
        let number = hash.littleEndianNumber
        #expect(number.hex == "19d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")
        #expect(hash.meets(target: number))
        #expect(hash.meets(target: number + 1))
        #expect(!hash.meets(target: number - 1))
        #expect(Digest.zero.meets(target: 0))
    }

    @Test("a digest is read least significant byte first") func byteOrder() throws {
        let low = try Digest(bytes: [1] + [UInt8](repeating: 0, count: 31))
        let high = try Digest(bytes: [UInt8](repeating: 0, count: 31) + [1])
        #expect(low.littleEndianNumber == 1)
        #expect(high.littleEndianNumber == Natural(1) << 248)
    }

    /// Two nonces of one header, found by search (`Vectors/Generators/facts/boundary-headers.json`): the hashes' leading
    /// bytes are 3fffff and 400000, around the target 400000·256^29.
    @Test("real hashes on both sides of a target") func nearMisses() throws {
        var header = BlockHeader(
            version: 0x2000_0000, previous: .zero,
            merkleRoot: SHA256.doubleHash(Array("ringwork boundary header".utf8)),
            time: 1_700_000_000, bits: CompactTarget(bits: 0x2040_0000), headerNonce: 41_720_304)
        try header.checkProofOfWork()
        #expect(header.id.displayHex.hasPrefix("3fffff"))
        header.headerNonce = 114_847_698
        #expect(header.id.displayHex.hasPrefix("400000"))
        #expect(throws: ProofOfWorkError.missed(hash: header.id, target: Natural(0x40_0000) << 232)) {
            try header.checkProofOfWork()
        }
    }

    @Test("a missed target carries hash and target") func missed() throws {
        var header = try KnownHeader.genesis.decoded()
        header.headerNonce += 1
        let error = #expect(throws: ProofOfWorkError.self) { try header.checkProofOfWork() }
        #expect(error == .missed(hash: header.id, target: Natural(0xffff) << 208))
        #expect(error?.code == "target-missed")
        #expect(error.map { "\($0)".contains(header.id.displayHex) } == true)
    }

    @Test(
        "unusable bits are refused before anything is compared",
        arguments: [(0x1d80_ffff, "target-negative"), (0x1d00_0000, "target-zero"), (0xff12_3456, "target-overflow")]
            as [(UInt32, String)])
    func badBits(bits: UInt32, code: String) throws {
        var header = try KnownHeader.genesis.decoded()
        header.bits = CompactTarget(bits: bits)
        let checked = #expect(throws: ProofOfWorkError.self) { try header.checkProofOfWork() }
        let searched = #expect(throws: ProofOfWorkError.self) { try NonceSearch(header) }
        #expect(checked?.code == code)
        #expect(searched == checked)
    }

    @Test("one changed bit of any field loses the work", arguments: [0, 35, 67, 71, 79]) func changedField(offset: Int)
        throws
    {
        var bytes = try KnownHeader.genesis.decoded().bytes
        bytes[offset] ^= 1
        let header = try BlockHeader(bytes: bytes)
        let error = #expect(throws: ProofOfWorkError.self) { try header.checkProofOfWork() }
        #expect(error?.code == "target-missed")
    }

    /// Bitcoin Core, `src/test/pow_tests.cpp`, the `CheckProofOfWork_test_…` cases, at the main network's limit.
    @Test("negative, overflowing, too easy, missed and zero targets, before any header") func coreCases() throws {
        let limit = (Natural(1) << 224) - 1
        func number(_ value: Natural) throws -> Digest {
            try Digest(bytes: value.bigEndianBytes(count: Digest.byteCount).reversed())
        }
        func check(_ bits: UInt32, _ hash: Natural) throws {
            try CompactTarget(bits: bits).check(hash: number(hash), limit: limit)
        }
        #expect(throws: ProofOfWorkError.target(.negative(bits: 0x1d80_ffff))) { try check(0x1d80_ffff, 1) }
        // All bits but the sign: the exponent is 255.
        #expect(throws: ProofOfWorkError.target(.overflow(bits: ~0x0080_0000))) { try check(~0x0080_0000, 1) }
        let twice = try CompactTarget(rounding: limit << 1)
        #expect(throws: ProofOfWorkError.tooEasy(target: try twice.target(), limit: limit)) { try check(twice.bits, 1) }
        #expect(throws: ProofOfWorkError.missed(hash: try number(limit << 1), target: Natural(0xffff) << 208)) {
            try check(0x1d00_ffff, limit << 1)
        }
        #expect(throws: ProofOfWorkError.target(.zero(bits: 0))) { try check(0, 0) }
        // The edge of each: the limit itself, and the target itself.
        try check(0x1d00_ffff, Natural(0xffff) << 208)
        #expect(throws: ProofOfWorkError.self) { try check(0x1d00_ffff, (Natural(0xffff) << 208) + 1) }
        try CompactTarget.difficultyOne.check(hash: number(0), limit: Natural(0xffff) << 208)
        let tooEasy = #expect(throws: ProofOfWorkError.self) {
            try KnownHeader.genesis.decoded().checkProofOfWork(limit: (Natural(0xffff) << 208) - 1)
        }
        #expect(tooEasy?.code == "target-too-easy")
    }
}
