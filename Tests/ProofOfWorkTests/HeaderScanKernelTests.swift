import ByteCoding
import CKernels
import Foundation
import Hashing
import Support
import Testing

@Suite("Header scan kernels") struct HeaderScanKernelTests {
    /// Difficulty 1: 0xffff · 2²⁰⁸, least significant byte first.
    static let target = [UInt8](repeating: 0, count: 26) + [0xff, 0xff, 0, 0, 0, 0]
    static let genesisNonce: UInt32 = 2_083_236_893

    /// The headers of main-network blocks in the vectors' facts, the genesis block's first.
    static let headers: [[UInt8]] = {
        do {
            let file = try Data(contentsOf: RepositoryRoot.url("Vectors/Generators/facts/mainnet-headers.json"))
            var facts = try DocumentReader(JSONValue(parsing: Array(file)))
            return try facts.objects("headers").map { fact in
                var fact = fact
                return try fact.bytes("header", count: 80)
            }
        } catch {
            preconditionFailure("the facts about main-network headers cannot be read: \(error)")
        }
    }()

    private func scan(
        _ backend: Backend, _ header: [UInt8], target: [UInt8] = target, start: UInt32, count: UInt64
    ) -> UInt32? {
        var hash = SHA256()
        hash.update(header.prefix(64))
        var nonce: UInt32 = 0xdead_beef
        let found = ck_scan_headers_on(
            backend.kernels, hash.midstate, Array(header[64..<76]), target, start, count, &nonce)
        #expect(found == 0 || found == 1)
        #expect(found == 1 || nonce == 0xdead_beef, "a miss leaves the nonce alone")
        return found == 1 ? nonce : nil
    }

    @Test("every real header is found once, from every place in a batch and by every backend")
    func realHeaders() {
        #expect(Self.headers.count == 49)
        for (index, header) in Self.headers.enumerated() {
            let nonce = UInt32(littleEndianBytes: header[76...])
            for backend in Backend.supported {
                // All places for the genesis block, a different tenth of them for each of the others.
                for below: UInt32 in 0..<70 where index == 0 || below % 10 == UInt32(index % 10) {
                    #expect(scan(backend, header, start: nonce &- below, count: UInt64(below) + 9) == nonce)
                    #expect(scan(backend, header, start: nonce &- below, count: UInt64(below)) == nil)
                }
                #expect(scan(backend, header, start: nonce, count: 1) == nonce)
                #expect(scan(backend, header, start: nonce &+ 1, count: 70) == nil, "no second one beside it")
            }
        }
    }

    @Test("the genesis nonce is found from 1000 below", arguments: Backend.supported)
    func genesis(_ backend: Backend) {
        let start = Self.genesisNonce - 1_000
        #expect(scan(backend, Self.headers[0], start: start, count: 1_001) == Self.genesisNonce)
        #expect(scan(backend, Self.headers[0], start: start, count: 1_000) == nil)
    }

    @Test("empty ranges, the last nonces, and targets that all or none meet", arguments: Backend.supported)
    func edges(_ backend: Backend) {
        let header = Self.headers[0]
        let (everything, nothing) = ([UInt8](repeating: 0xff, count: 32), [UInt8](repeating: 0, count: 32))
        #expect(scan(backend, header, start: Self.genesisNonce, count: 0) == nil)
        #expect(scan(backend, header, target: everything, start: 5, count: 0) == nil)
        #expect(scan(backend, header, target: everything, start: 5, count: 9) == 5)
        for left: UInt32 in 0..<40 {
            let start = UInt32.max - left
            #expect(scan(backend, header, target: everything, start: start, count: UInt64(left) + 1) == start)
            #expect(scan(backend, header, target: nothing, start: start, count: UInt64(left) + 1) == nil)
        }
    }

    @Test("a digest equal to the target meets it; one more does not", arguments: Backend.supported)
    func atMost(_ backend: Backend) {
        let nonces = [Self.genesisNonce, 0, 7, .max]
        for nonce in nonces {
            let header = Self.headers[0].prefix(76) + nonce.littleEndianBytes
            let digest = SHA256.doubleHash(header).bytes
            #expect(scan(backend, Array(header), target: digest, start: nonce, count: 1) == nonce)
            for place in 0..<32 where digest[place] > 0 {
                var below = digest
                below[place] -= 1
                #expect(scan(backend, Array(header), target: below, start: nonce, count: 1) == nil)
            }
            for place in 0..<32 where digest[place] < 0xff {
                var above = digest
                above[place] += 1
                #expect(scan(backend, Array(header), target: above, start: nonce, count: 1) == nonce)
            }
        }
    }

    @Test("random headers and targets of every size: the lowest nonce that the library's own hash accepts")
    func differential() {
        var rng = SeededGenerator(seed: 15)
        var found = 0
        for round in 0..<40 {
            let header = EdgeWeighted.randomBytes(80, using: &rng)
            // One try in 1 to 2000, roughly, so that first hits fall on every place of a batch and beyond it.
            let top = UInt32.max >> UInt32(round % 12) & UInt32.random(in: 1...UInt32.max, using: &rng)
            let target = EdgeWeighted.randomBytes(28, using: &rng) + top.littleEndianBytes
            let start = UInt32.random(in: 0...UInt32.max - 200, using: &rng)
            let count = UInt32.random(in: 0...200, using: &rng)
            let expected = (start..<start + count).first { nonce in
                let digest = SHA256.doubleHash(Array(header[..<76]) + nonce.littleEndianBytes).bytes
                return !target.reversed().lexicographicallyPrecedes(digest.reversed())
            }
            found += expected == nil ? 0 : 1
            for backend in Backend.supported {
                #expect(scan(backend, header, target: target, start: start, count: UInt64(count)) == expected)
            }
        }
        #expect((10..<40).contains(found))
    }
}
