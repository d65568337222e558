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

    @Test("the answer is the lowest nonce, however many threads look for it") func lowest() throws {
        let target = Natural(1) << 250  // one nonce in 64
        for seed in 0..<8 {
            let header = header(SHA256.hash([UInt8(seed)]))
            let space: ClosedRange<UInt32> = 1000...1600
            let naive = space.first { nonce in
                var candidate = header
                candidate.headerNonce = nonce
                return candidate.id.meets(target: target)
            }
            for threads in [1, 2, 3, 8, 64] {
                let control = SearchControl(threads: threads)
                let mined = try NonceSearch(header, target: target).first(in: space, control: control)
                #expect(mined?.headerNonce == naive, "seed \(seed), \(threads) threads")
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
        let exact = try #require(
            try NonceSearch(header, target: number).first(in: space, control: SearchControl(threads: 2)))
        #expect(exact.hash.littleEndianNumber <= number)
        #expect(try NonceSearch(header, target: number).first(in: .max ... .max)?.header == last)
        #expect(try NonceSearch(header, target: 0).first(in: space, control: SearchControl(threads: 2)) == nil)
    }

    /// One hash in 2²⁰ meets the target, so that the threads are deep in their work when one of them finds the answer.
    @Test("a long search by many threads gives the lowest nonce, every time") func manyRanges() throws {
        let search = NonceSearch(header(.zero), target: Natural(1) << 240)
        let alone = try #require(try search.first(in: 0...1 << 20))
        #expect(alone.tries == UInt64(alone.headerNonce) + 1)
        for threads in [2, 3, 5] {
            #expect(try search.first(in: 0...1 << 20, control: SearchControl(threads: threads)) == alone)
        }
    }

    private func header(_ merkleRoot: Digest, bits: CompactTarget = .difficultyOne) -> BlockHeader {
        BlockHeader(
            version: 4, previous: .zero, merkleRoot: merkleRoot, time: 1_700_000_000, bits: bits, headerNonce: 77)
    }
}
