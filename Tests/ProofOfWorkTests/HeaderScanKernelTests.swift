import ByteCoding
import CKernels
import COpenSSL
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

    // MARK: - Several versions

    /// The state after the first 64 bytes of each header.
    private func midstates(_ headers: [[UInt8]]) -> [UInt32] {
        headers.flatMap { header in
            var hash = SHA256()
            hash.update(header.prefix(64))
            return hash.midstate
        }
    }

    /// The answer of a scan with the versions of `headers`, which have their last 16 bytes in common.
    private func scan(
        _ backend: Backend?, versions headers: [[UInt8]], target: [UInt8] = target, start: UInt32, count: UInt64
    ) -> Answer? {
        var (nonce, version): (UInt32, Int) = (0xdead_beef, -7)
        let (states, tail) = (midstates(headers), Array(headers[0][64..<76]))
        let found =
            if let backend {
                ck_scan_versions_on(
                    backend.kernels, states, headers.count, tail, target, start, count, &nonce, &version)
            } else {
                ck_scan_versions(states, headers.count, tail, target, start, count, &nonce, &version)
            }
        #expect(found == 0 || found == 1)
        #expect(found == 1 || nonce == 0xdead_beef && version == -7, "a miss leaves the answer alone")
        return found == 1 ? Answer(nonce: nonce, version: version) : nil
    }

    /// OpenSSL's SHA-256 of the SHA-256.
    private func doubleHash(_ message: [UInt8]) -> [UInt8] {
        (0..<2).reduce(message) { message, _ in
            var digest = [UInt8](repeating: 0, count: 32)
            #expect(EVP_Digest(message, message.count, &digest, nil, EVP_sha256(), nil) == 1)
            return digest
        }
    }

    private struct Answer: Equatable {
        let nonce: UInt32
        let version: Int
    }

    /// `header` with as many versions, its own first, in the bits that BIP 320 leaves to miners (0x1fffe000).
    private func rolled(_ header: [UInt8], versions: Int) -> [[UInt8]] {
        (0..<versions).map { index in
            let version = UInt32(littleEndianBytes: header[..<4]) ^ UInt32(index) * 0x0420_6000 & 0x1fff_e000
            return version.littleEndianBytes + header.dropFirst(4)
        }
    }

    @Test("every real header is found among every number of versions, in every place", arguments: Backend.supported)
    func realVersions(_ backend: Backend) {
        for (index, header) in Self.headers.enumerated() {
            let nonce = UInt32(littleEndianBytes: header[76...])
            let (versions, place) = (1 + index % CK_MOST_VERSIONS, index / CK_MOST_VERSIONS)
            var headers = rolled(header, versions: versions)
            headers.swapAt(0, place % versions)
            let answer = Answer(nonce: nonce, version: place % versions)
            for below: UInt32 in [0, 1, 15, 16, 37] {
                let start = nonce &- below
                #expect(scan(backend, versions: headers, start: start, count: UInt64(below) + 1) == answer)
                #expect(scan(backend, versions: headers, start: start, count: UInt64(below)) == nil)
            }
            #expect(scan(backend, versions: headers, start: nonce &+ 1, count: 40) == nil)
            headers.remove(at: place % versions)
            guard !headers.isEmpty else { continue }
            #expect(scan(backend, versions: headers, start: nonce, count: 1) == nil, "not by another version")
        }
    }

    @Test("random versions and targets: the lowest nonce and then the first version that OpenSSL's hash accepts")
    func versionsDifferential() {
        var rng = SeededGenerator(seed: 30)
        var answers: [Answer] = []
        for round in 0..<48 {
            let headers = rolled(EdgeWeighted.randomBytes(80, using: &rng), versions: 1 + round % CK_MOST_VERSIONS)
            let top = UInt32.max >> UInt32(round % 11) & UInt32.random(in: 1...UInt32.max, using: &rng)
            let target = EdgeWeighted.randomBytes(28, using: &rng) + top.littleEndianBytes
            let start = UInt32.random(in: 0...UInt32.max - 90, using: &rng)
            let count = UInt32.random(in: 0...90, using: &rng)
            var expected: Answer?
            search: for nonce in start..<start + count {
                for (version, header) in headers.enumerated() {
                    let digest = doubleHash(header[..<76] + nonce.littleEndianBytes)
                    guard !target.reversed().lexicographicallyPrecedes(digest.reversed()) else { continue }
                    expected = Answer(nonce: nonce, version: version)
                    break search
                }
            }
            if let expected { answers.append(expected) }
            for backend in Backend.supported + [nil] {
                let answer = scan(backend, versions: headers, target: target, start: start, count: UInt64(count))
                #expect(answer == expected, "\(backend?.name ?? "dispatch"), \(headers.count) versions")
            }
        }
        #expect((16..<48).contains(answers.count))
        #expect(Set(answers.map(\.version)).count > 3, "later versions win too")
    }

    @Test("the first of several versions that meet with one nonce, and the lower nonce before the earlier version")
    func order() {
        let everything = [UInt8](repeating: 0xff, count: 32)
        let headers = rolled(Self.headers[0], versions: CK_MOST_VERSIONS)
        for backend in Backend.supported {
            for left: UInt32 in 0..<20 {
                let (start, count) = (UInt32.max - left, UInt64(left) + 1)
                #expect(
                    scan(backend, versions: headers, target: everything, start: start, count: count)
                        == Answer(nonce: start, version: 0))
                #expect(scan(backend, versions: headers, target: everything, start: start, count: 0) == nil)
            }
            // The genesis header stands last: its nonce is the lowest that meets its target, whatever the others do later.
            let last = Array(headers.dropFirst()) + [headers[0]]
            let answer = scan(backend, versions: last, start: Self.genesisNonce - 3, count: 64)
            #expect(answer == Answer(nonce: Self.genesisNonce, version: CK_MOST_VERSIONS - 1))
        }
    }
}
