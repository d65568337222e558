import ByteCoding
import Hashing
import ProofOfWork
import Testing

@Suite("Block headers") struct BlockHeaderTests {
    @Test("headers of the main network have their hashes and carry their work", arguments: KnownHeader.all)
    func known(_ known: KnownHeader) throws {
        let header = try known.decoded()
        #expect(header.id.displayHex == known.hash)
        #expect(header.bits == CompactTarget(bits: known.bits))
        #expect(Hex.encode(header.bytes) == known.header)
        try header.checkProofOfWork()
    }

    @Test("the genesis header, field by field") func genesis() throws {
        let header = BlockHeader(
            version: 1, previous: .zero,
            merkleRoot: try Digest(displayHex: "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"),
            time: 1_231_006_505, bits: CompactTarget(bits: 0x1d00_ffff), headerNonce: 2_083_236_893)
        #expect(Hex.encode(header.bytes) == KnownHeader.genesis.header)
        #expect(try KnownHeader.genesis.decoded() == header)
    }

    @Test("any 80 bytes are a header, and come back") func roundTrip() throws {
        for seed in 0..<500 {
            let bytes = (0..<3).flatMap { SHA256.hash(UInt64(3 * seed + $0).bigEndianBytes).bytes }.prefix(80)
            let header = try BlockHeader(bytes: bytes)
            #expect(header.bytes == Array(bytes))
            let again = BlockHeader(
                version: header.version, previous: header.previous, merkleRoot: header.merkleRoot, time: header.time,
                bits: header.bits, headerNonce: header.headerNonce)
            #expect(again == header)
            #expect(header.id == SHA256.hash(SHA256.hash(bytes).bytes))
        }
    }

    @Test("extreme fields keep their places") func extremes() throws {
        let header = BlockHeader(
            version: -2, previous: .zero, merkleRoot: .zero, time: .max, bits: CompactTarget(bits: 0x0102_0304),
            headerNonce: 0x0a0b_0c0d)
        #expect(Hex.encode(header.bytes.prefix(4)) == "feffffff")
        #expect(Hex.encode(header.bytes.suffix(12)) == "ffffffff040302010d0c0b0a")
        #expect(try BlockHeader(bytes: header.bytes) == header)
    }

    @Test("another length than 80 is refused", arguments: [0, 76, 79, 81, 160]) func lengths(count: Int) {
        let error = #expect(throws: ProofOfWorkError.self) {
            try BlockHeader(bytes: [UInt8](repeating: 0, count: count))
        }
        #expect(error == .headerLength(bytes: count))
        #expect(error?.code == "header-length")
    }
}
