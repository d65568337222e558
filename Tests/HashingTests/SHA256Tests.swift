import ByteCoding
import CKernels
import COpenSSL
import Hashing
import Support
import Testing

/// OpenSSL's SHA-256: the oracle.
private func oracle(_ message: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let done = EVP_Digest(message, message.count, &digest, nil, EVP_sha256(), nil)
    precondition(done == 1, "OpenSSL has no SHA-256")
    return digest
}

@Suite("SHA-256") struct SHA256Tests {
    @Test(
        "FIPS 180-4 examples and long messages",
        arguments: [
            ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
            ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ])
    func knownAnswers(_ text: String, _ count: Int, _ hex: String) {
        let message = Array(String(repeating: text, count: count).utf8)
        #expect(SHA256.hash(message).hex == hex)
    }

    @Test("every length from 0 to 300 agrees with OpenSSL, from arrays, slices and other collections")
    func everyLength() {
        var rng = SeededGenerator(seed: 10)
        for length in 0...300 {
            for message in EdgeWeighted.bytes(length, random: 2, using: &rng) {
                let expected = oracle(message)
                #expect(SHA256.hash(message).bytes == expected)
                #expect(SHA256.hash(([1, 2, 3] + message)[3...]).bytes == expected)
                #expect(SHA256.hash(message.lazy.map(\.self)).bytes == expected, "no contiguous storage")
                #expect(SHA256.doubleHash(message).bytes == oracle(expected))
            }
        }
    }

    @Test("one megabyte and its neighbours agree with OpenSSL")
    func long() {
        var rng = SeededGenerator(seed: 11)
        let message = EdgeWeighted.randomBytes((1 << 20) + 1, using: &rng)
        for length in [(1 << 20) - 1, 1 << 20, (1 << 20) + 1] {
            #expect(SHA256.hash(message.prefix(length)).bytes == oracle(Array(message.prefix(length))))
        }
    }

    @Test("however a message is cut, the digest is the same")
    func streaming() {
        var rng = SeededGenerator(seed: 12)
        for length in EdgeWeighted.lengths(upTo: 1_025) {
            let message = EdgeWeighted.randomBytes(length, using: &rng)
            let expected = SHA256.hash(message)
            for _ in 0..<20 {
                var hash = SHA256()
                for piece in EdgeWeighted.split(message, using: &rng) { hash.update(piece) }
                #expect(hash.finalize() == expected)
            }
            var byByte = SHA256()
            for byte in message { byByte.update(CollectionOfOne(byte)) }
            #expect(byByte.finalize() == expected)
        }
    }

    @Test("finalizing changes nothing, and a copy goes its own way")
    func copies() {
        for length in [0, 1, 55, 56, 63, 64, 65] {
            let head = [UInt8](repeating: 7, count: length)
            var first = SHA256()
            first.update(head)
            #expect(first.finalize() == first.finalize())
            var second = first
            second.update([1])
            first.update([2])
            #expect(first.finalize().bytes == oracle(head + [2]))
            #expect(second.finalize().bytes == oracle(head + [1]))
        }
    }

    @Test("many at once equal one at a time")
    func many() {
        var rng = SeededGenerator(seed: 13)
        for count in EdgeWeighted.lengths(upTo: 33) {
            let equal = (0..<count).map { _ in EdgeWeighted.randomBytes(64, using: &rng) }
            let mixed = (0..<count).map { EdgeWeighted.randomBytes($0 * 13 % 200, using: &rng) }
            for messages in [equal, mixed] {
                #expect(SHA256.hashMany(messages) == messages.map { SHA256.hash($0) })
                #expect(SHA256.doubleHashMany(messages) == messages.map { SHA256.doubleHash($0) })
            }
        }
    }

    @Test("SHA-256d known answers")
    func doubleHash() throws {
        let empty = "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456"
        let hello = "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"
        #expect(SHA256.doubleHash([]).hex == empty)
        #expect(SHA256.doubleHash(Array("hello".utf8)).hex == hello)
        let genesis = SHA256.doubleHash(try genesisHeader())
        #expect(genesis.displayHex == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")
        #expect(SHA256.hash(SHA256.hash([])).hex == empty)
    }

    @Test("a midstate is the state that the portable kernel reaches, at block boundaries only")
    func midstate() async throws {
        let header = try genesisHeader()
        var hash = SHA256()
        #expect(hash.midstate == initialState)
        hash.update(header.prefix(64))
        var state = initialState
        ck_sha256_compress_portable(&state, header, 1)
        #expect(hash.midstate == state)
        await #expect(processExitsWith: .failure) {
            var hash = SHA256()
            hash.update([1])
            _ = hash.midstate
        }
    }
}

@Suite("SHA-256 kernels") struct SHA256KernelTests {
    /// FIPS 180-4 §5.1.1, written here a second time.
    private func padded(_ message: [UInt8]) -> [UInt8] {
        let zeros = (119 - message.count % 64) % 64
        return message + [0x80] + [UInt8](repeating: 0, count: zeros) + UInt64(8 * message.count).bigEndianBytes
    }

    @Test("the portable kernel agrees with OpenSSL, at any alignment")
    func portable() {
        var rng = SeededGenerator(seed: 14)
        for length in [0, 3, 55, 56, 64, 119, 120, 1_000] {
            let message = EdgeWeighted.randomBytes(length, using: &rng)
            let blocks = padded(message)
            for shift in 0..<8 {
                let shifted = [UInt8](repeating: 0, count: shift) + blocks
                var state = initialState
                shifted.withUnsafeBytes {
                    ck_sha256_compress_portable(&state, $0.baseAddress?.advanced(by: shift), blocks.count / 64)
                }
                #expect(state.flatMap(\.bigEndianBytes) == oracle(message))
            }
        }
    }

    @Test("no blocks leave the state as it is")
    func noBlocks() {
        var state = initialState
        ck_sha256_compress_portable(&state, nil, 0)
        #expect(state == initialState)
    }
}

@Suite("Header scan, portable kernel") struct HeaderScanTests {
    /// Difficulty 1: 0xffff · 2²⁰⁸, least significant byte first.
    static let target = [UInt8](repeating: 0, count: 26) + [0xff, 0xff, 0, 0, 0, 0]
    static let genesisNonce: UInt32 = 2_083_236_893

    private func scan(_ header: [UInt8], target: [UInt8], start: UInt32, count: UInt64) -> UInt32? {
        var hash = SHA256()
        hash.update(header.prefix(64))
        var nonce: UInt32 = 0xdead_beef
        let found = ck_scan_headers_portable(hash.midstate, Array(header[64..<76]), target, start, count, &nonce)
        #expect(found == 0 || found == 1)
        #expect(found == 1 || nonce == 0xdead_beef, "a miss leaves the nonce alone")
        return found == 1 ? nonce : nil
    }

    @Test("the genesis nonce is found from 1000 below")
    func genesis() throws {
        let start = Self.genesisNonce - 1_000
        #expect(try scan(genesisHeader(), target: Self.target, start: start, count: 1_001) == Self.genesisNonce)
        #expect(try scan(genesisHeader(), target: Self.target, start: start, count: 5_000) == Self.genesisNonce)
        #expect(try scan(genesisHeader(), target: Self.target, start: Self.genesisNonce, count: 1) == Self.genesisNonce)
    }

    @Test("a range without a solution has none, and an empty one neither")
    func none() throws {
        let start = Self.genesisNonce - 1_000
        #expect(try scan(genesisHeader(), target: Self.target, start: start, count: 1_000) == nil)
        #expect(try scan(genesisHeader(), target: Self.target, start: Self.genesisNonce + 1, count: 1_000) == nil)
        #expect(try scan(genesisHeader(), target: Self.target, start: Self.genesisNonce, count: 0) == nil)
        let everything = [UInt8](repeating: 0xff, count: 32)
        #expect(try scan(genesisHeader(), target: everything, start: 5, count: 0) == nil)
        #expect(try scan(genesisHeader(), target: everything, start: 5, count: 9) == 5)
        #expect(try scan(genesisHeader(), target: everything, start: .max, count: 1) == .max)
    }

    @Test("a digest equal to the target meets it; one more does not")
    func atMost() throws {
        let header = try genesisHeader()
        let digest = SHA256.doubleHash(header).bytes
        #expect(scan(header, target: digest, start: Self.genesisNonce, count: 1) == Self.genesisNonce)
        for place in 0..<32 where digest[place] > 0 {
            var below = digest
            below[place] -= 1
            #expect(scan(header, target: below, start: Self.genesisNonce, count: 1) == nil)
        }
        for place in 0..<32 where digest[place] < 0xff {
            var above = digest
            above[place] += 1
            #expect(scan(header, target: above, start: Self.genesisNonce, count: 1) == Self.genesisNonce)
        }
    }

    @Test("easy targets on random headers: the lowest nonce that the library's own hash accepts")
    func differential() {
        var rng = SeededGenerator(seed: 15)
        for _ in 0..<10 {
            let header = EdgeWeighted.randomBytes(80, using: &rng)
            let target = EdgeWeighted.randomBytes(30, using: &rng) + [UInt8.random(in: 0...0x3f, using: &rng), 0x04]
            let start = UInt32.random(in: 0...UInt32.max - 100, using: &rng)
            let expected = (start..<start + 100).first { nonce in
                let digest = SHA256.doubleHash(Array(header[..<76]) + nonce.littleEndianBytes).bytes
                return !target.reversed().lexicographicallyPrecedes(digest.reversed())
            }
            #expect(scan(header, target: target, start: start, count: 100) == expected)
        }
    }
}

private let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
]

private func genesisHeader() throws -> [UInt8] {
    try Hex.decode(
        "01000000" + String(repeating: "0", count: 64)
            + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a" + "29ab5f49" + "ffff001d" + "1dac2b7c",
        count: 80)
}
