import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Mining") struct MiningTests {
    /// One try in 2048.
    private static let bits = CompactTarget(bits: 0x2000_1fff)
    private static let nonceSpace: ClosedRange<UInt32> = 0...255

    private static func header(
        _ extraNonce: UInt64, bits: CompactTarget = bits, time: UInt32 = 1_700_000_000
    ) -> BlockHeader {
        BlockHeader(
            version: 4, previous: .zero, merkleRoot: SHA256.doubleHash(extraNonce.littleEndianBytes), time: time,
            bits: bits, headerNonce: 77)
    }

    /// The first header that meets its target, one hash at a time in the order that ``mine`` states.
    private static func naive(
        extraNonces: ClosedRange<UInt64>, versionCount: Int = 1
    ) throws -> (extraNonce: UInt64, header: BlockHeader, tries: UInt64) {
        let target = try bits.target()
        var tries: UInt64 = 0
        for seconds: UInt32 in 0... {
            for extraNonce in extraNonces {
                for first in stride(from: 0, to: versionCount, by: VersionRolling.batchSize) {
                    let batch = first..<min(first + VersionRolling.batchSize, versionCount)
                    for nonce in nonceSpace {
                        for index in batch {
                            var candidate = header(extraNonce)
                            candidate.time += seconds
                            candidate.version = VersionRolling.version(candidate.version, index: index)
                            candidate.headerNonce = nonce
                            tries += 1
                            if candidate.id.meets(target: target) { return (extraNonce, candidate, tries) }
                        }
                    }
                }
            }
        }
        preconditionFailure("the loop has no end")
    }

    @Test("an eight-bit nonce space still finds a block by rolling the extra nonce") func rolling() throws {
        let expected = try Self.naive(extraNonces: 0...1000)
        #expect(expected.extraNonce > 0, "the test needs a block that one nonce space does not hold")
        for threads in [1, 2, 5] {
            var asked: [UInt64] = []
            let found = try mine(nonceSpace: Self.nonceSpace, control: SearchControl(threads: threads)) { extraNonce in
                asked.append(extraNonce)
                return Self.header(extraNonce)
            }
            #expect(found.extraNonce == expected.extraNonce)
            #expect(found.mined.header == expected.header)
            #expect(found.mined.hash == expected.header.id)
            #expect(found.mined.tries == expected.tries)
            #expect(asked == Array(0...expected.extraNonce))
            try found.mined.header.checkProofOfWork()
        }
    }

    @Test("when the extra nonces are used up, the time goes on") func time() throws {
        let expected = try Self.naive(extraNonces: 0...1)
        #expect(expected.header.time > 1_700_000_000, "the test needs a block that the first second does not hold")
        var asked: [UInt64] = []
        let found = try mine(extraNonces: 0...1, nonceSpace: Self.nonceSpace) { extraNonce in
            asked.append(extraNonce)
            return Self.header(extraNonce)
        }
        #expect(found.extraNonce == expected.extraNonce)
        #expect(found.mined.header == expected.header)
        #expect(found.mined.tries == expected.tries)
        #expect(asked.prefix(4) == [0, 1, 0, 1])
        try found.mined.header.checkProofOfWork()
    }

    @Test("versions are rolled before the extra nonce, batch by batch", arguments: [2, 8, 9, 20, 40])
    func versions(count: Int) throws {
        let expected = try Self.naive(extraNonces: 0...1000, versionCount: count)
        for threads in [1, 3] {
            let found = try mine(
                nonceSpace: Self.nonceSpace, versionCount: count, control: SearchControl(threads: threads)
            ) { Self.header($0) }
            #expect(found.extraNonce == expected.extraNonce)
            #expect(found.mined.header == expected.header)
            #expect(found.mined.tries == expected.tries)
            #expect(found.mined.hash == expected.header.id)
        }
    }

    @Test("the first nonce tried is the range's start, with the version and the time as given") func firstNonce() throws
    {
        // At this target all but one hash in 65536 are accepted.
        let easy = Self.header(0, bits: CompactTarget(bits: 0x2100_ffff))
        let whole = try mine(versionCount: VersionRolling.count) { _ in easy }
        #expect(whole.extraNonce == 0 && whole.mined.headerNonce == 0 && whole.mined.tries == 1)
        #expect(whole.mined.header.version == easy.version && whole.mined.header.time == easy.time)
        let part = try mine(extraNonces: 3...9, nonceSpace: 40...50) { _ in easy }
        #expect(part.extraNonce == 3 && part.mined.headerNonce == 40 && part.mined.tries == 1)
    }

    @Test("running out of nonces, versions, extra nonces and seconds is an error that says so") func exhausted() throws
    {
        let hopeless = Self.header(0, bits: CompactTarget(bits: 0x0300_0001))
        #expect(throws: ProofOfWorkError.exhausted(tries: 4 * 2 * 10 * 3, latestTime: 1_700_000_002)) {
            _ = try mine(
                extraNonces: 5...6, nonceSpace: 0...3, versionCount: 10, latestTime: 1_700_000_002,
                control: SearchControl(threads: 2)
            ) { _ in hopeless }
        }
        // The last second that 32 bits can tell.
        let last = Self.header(0, bits: hopeless.bits, time: .max - 1)
        let error = #expect(throws: ProofOfWorkError.self) {
            _ = try mine(extraNonces: 0...0, nonceSpace: 0...9) { _ in last }
        }
        #expect(error == .exhausted(tries: 20, latestTime: .max))
        #expect(error?.code == "nonce-space-exhausted")
        #expect(error.map { "\($0)".hasPrefix("no nonce meets the target: 20 hashes") } == true)
        // A header that is late already is not tried at all.
        #expect(throws: ProofOfWorkError.exhausted(tries: 0, latestTime: 5)) {
            _ = try mine(latestTime: 5) { _ in hopeless }
        }
    }

    @Test("what the caller's closure throws comes through") func thrown() throws {
        struct NoMoreHeaders: Error, Equatable {}
        let hopeless = Self.header(0, bits: CompactTarget(bits: 0x0300_0001))
        #expect(throws: NoMoreHeaders()) {
            _ = try mine(nonceSpace: 0...3) { extraNonce in
                if extraNonce == 2 { throw NoMoreHeaders() }
                return hopeless
            }
        }
    }

    @Test("bits that name no target are refused", arguments: [0x1d80_ffff, 0x1d00_0000, 0xff12_3456] as [UInt32])
    func badBits(bits: UInt32) {
        let header = Self.header(0, bits: CompactTarget(bits: bits))
        let mined = #expect(throws: ProofOfWorkError.self) { _ = try mine { _ in header } }
        let searched = #expect(throws: ProofOfWorkError.self) { try NonceSearch(header, versions: [1, 2]) }
        #expect(mined == searched)
        if case .target = mined {} else { Issue.record("\(String(describing: mined))") }
    }
}
