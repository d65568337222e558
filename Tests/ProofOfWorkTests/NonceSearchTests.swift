import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@Suite("Nonce search") struct NonceSearchTests {
    @Test("real nonces are found from just below, and nothing just beside", arguments: KnownHeader.all)
    func known(_ known: KnownHeader) throws {
        let header = try known.decoded()
        let nonce = header.headerNonce
        var blank = header
        blank.headerNonce = 0
        let search = try NonceSearch(blank)
        let mined = try #require(try search.first(in: nonce - 100...nonce + 100))
        #expect(mined.header == header)
        #expect(mined.headerNonce == nonce)
        #expect(mined.hash.displayHex == known.hash)
        #expect(mined.tries == 101)
        #expect(try search.first(in: nonce...nonce)?.tries == 1)
        #expect(try search.first(in: nonce + 1...nonce + 200) == nil)
        #expect(try search.first(in: nonce - 200...nonce - 1) == nil)
    }

    @Test("a hash exactly at the target is found, one above is not") func boundary() throws {
        let header = try KnownHeader.genesis.decoded()
        let (nonce, number) = (header.headerNonce, header.id.littleEndianNumber)
        #expect(try NonceSearch(header, target: number).first(in: nonce...nonce)?.hash == header.id)
        #expect(try NonceSearch(header, target: number - 1).first(in: nonce...nonce) == nil)
    }

    @Test("the answer is the lowest nonce, whatever the chunk") func lowest() throws {
        let target = Natural(1) << 250  // one nonce in 64
        for seed in 0..<8 {
            let header = header(SHA256.hash([UInt8(seed)]))
            let space: ClosedRange<UInt32> = 1000...1600
            let naive = space.first { nonce in
                var candidate = header
                candidate.headerNonce = nonce
                return candidate.id.meets(target: target)
            }
            for chunk: UInt32 in [1, 7, 64, 601, .max] {
                let mined = try NonceSearch(header, target: target).first(in: space, triesPerChunk: chunk)
                #expect(mined?.headerNonce == naive, "seed \(seed), chunk \(chunk)")
                #expect(mined.map { $0.tries } == naive.map { UInt64($0 - 1000) + 1 })
            }
            #expect(naive != nil)
        }
    }

    @Test("the last nonce is searched, and the search ends there") func lastNonce() throws {
        let header = header(.zero)
        var last = header
        last.headerNonce = .max
        let number = last.id.littleEndianNumber
        let space = UInt32.max - 5...UInt32.max
        let exact = try #require(try NonceSearch(header, target: number).first(in: space, triesPerChunk: 4))
        #expect(exact.hash.littleEndianNumber <= number)
        #expect(try NonceSearch(header, target: number).first(in: .max ... .max)?.header == last)
        #expect(try NonceSearch(header, target: 0).first(in: space, triesPerChunk: 4) == nil)
    }

    @Test("a cancelled search says how far it came") func cancelled() throws {
        let search = NonceSearch(header(.zero), target: 0)
        var looks: [UInt64] = []
        #expect(throws: ProofOfWorkError.cancelled(tries: 30)) {
            try search.first(in: 5...1000, triesPerChunk: 10) { tries in
                looks.append(tries)
                return tries == 30
            }
        }
        #expect(looks == [0, 10, 20, 30])
        #expect(ProofOfWorkError.cancelled(tries: 30).code == "cancelled")
        #expect(NonceSearch.exhaustedCode == "nonce-space-exhausted")
    }

    /// Row L15: 2¹⁶ hashes under the 1/16 target, within five standard deviations of 4096 (σ = 62). The headers are
    /// fixed, so the count never changes.
    @Test("a sixteenth of all hashes meet Table 2's second target") func statistics() throws {
        let target = (Natural(1) << 252) - 1
        let search = NonceSearch(header(.zero), target: target)
        var (hits, start): (Int, UInt32) = (0, 0)
        while let mined = try search.first(in: start...0xffff) {
            hits += 1
            guard mined.headerNonce < 0xffff else { break }
            start = mined.headerNonce + 1
        }
        #expect(abs(hits - 4096) < 5 * 62, "\(hits)")
    }

    // MARK: - Rolling

    @Test("an eight-bit nonce space still finds a block by rolling the extra nonce") func rolling() throws {
        let bits = CompactTarget(bits: 0x2000_1fff)  // one try in 2048
        let target = try bits.target()
        func next(_ extraNonce: UInt64) -> BlockHeader {
            header(SHA256.doubleHash(extraNonce.littleEndianBytes), bits: bits)
        }
        var naive: (extraNonce: UInt64, header: BlockHeader)?
        for extraNonce: UInt64 in 0..<200 where naive == nil {
            for nonce: UInt32 in 0...255 where naive == nil {
                var candidate = next(extraNonce)
                candidate.headerNonce = nonce
                if candidate.id.meets(target: target) { naive = (extraNonce, candidate) }
            }
        }
        let expected = try #require(naive)
        #expect(expected.extraNonce > 0, "the test needs a block that one nonce space does not hold")

        for chunk: UInt32 in [1, 100, 1 << 16] {
            var asked: [UInt64] = []
            let found = try #require(
                try mine(nonceSpace: 0...255, triesPerChunk: chunk) { extraNonce in
                    asked.append(extraNonce)
                    return next(extraNonce)
                })
            #expect(found.extraNonce == expected.extraNonce)
            #expect(found.mined.header == expected.header)
            #expect(found.mined.hash == expected.header.id)
            #expect(found.mined.tries == 256 * expected.extraNonce + UInt64(expected.header.headerNonce) + 1)
            #expect(asked == Array(0...expected.extraNonce))
            try found.mined.header.checkProofOfWork()
        }
        #expect(try mine(extraNonces: 0...expected.extraNonce - 1, nonceSpace: 0...255) { next($0) } == nil)
    }

    @Test("the first nonce tried is the range's start") func firstNonce() throws {
        // At this target all but one hash in 65536 are accepted.
        let easy = header(.zero, bits: CompactTarget(bits: 0x2100_ffff))
        let whole = try #require(try mine { _ in easy })
        #expect(whole.extraNonce == 0 && whole.mined.headerNonce == 0 && whole.mined.tries == 1)
        let part = try #require(try mine(nonceSpace: 40...50) { _ in easy })
        #expect(part.extraNonce == 0 && part.mined.headerNonce == 40 && part.mined.tries == 1)
    }

    @Test("what the caller's closure throws comes through, and cancelling counts all headers") func errors() throws {
        struct NoMoreHeaders: Error, Equatable {}
        let hopeless = header(.zero, bits: CompactTarget(bits: 0x0300_0001))
        #expect(throws: NoMoreHeaders()) {
            _ = try mine(nonceSpace: 0...3) { extraNonce in
                if extraNonce == 2 { throw NoMoreHeaders() }
                return hopeless
            }
        }
        #expect(throws: ProofOfWorkError.cancelled(tries: 22)) {
            _ = try mine(nonceSpace: 0...9, triesPerChunk: 2, isCancelled: { $0 == 22 }, nextHeader: { _ in hopeless })
        }
    }

    private func header(_ merkleRoot: Digest, bits: CompactTarget = .difficultyOne) -> BlockHeader {
        BlockHeader(
            version: 4, previous: .zero, merkleRoot: merkleRoot, time: 1_700_000_000, bits: bits, headerNonce: 77)
    }
}
