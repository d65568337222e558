import ByteCoding
import CKernels
import COpenSSL
import Hashing
import Support
import Testing

/// OpenSSL's SHA-256: the oracle.
func oracle(_ message: [UInt8]) -> [UInt8] {
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

    @Test("many at once equal one at a time, in every form")
    func many() {
        var rng = SeededGenerator(seed: 13)
        for count in EdgeWeighted.lengths(upTo: 70) {
            let equal = (0..<count).map { _ in EdgeWeighted.randomBytes(64, using: &rng) }
            let mixed = (0..<count).map { EdgeWeighted.randomBytes($0 * 13 % 200, using: &rng) }
            let runs = (0..<count).map { EdgeWeighted.randomBytes($0 / 20 * 40, using: &rng) }
            for messages in [equal, mixed, runs] {
                let singly = messages.map { SHA256.hash($0) }
                #expect(SHA256.hashMany(messages) == singly)
                #expect(SHA256.hashMany(messages, prefix: 0x7f) == messages.map { SHA256.hash([0x7f] + $0) })
                #expect(SHA256.doubleHashMany(messages) == singly.map { SHA256.hash($0) })
            }
            let contiguous = equal.flatMap(\.self)
            #expect(SHA256.hashMany(contiguous: contiguous, byteCount: 64) == SHA256.hashMany(equal))
            #expect(
                SHA256.hashMany(contiguous: contiguous, byteCount: 64, prefix: 0)
                    == SHA256.hashMany(equal, prefix: 0))
            #expect(SHA256.doubleHashMany(contiguous: contiguous, byteCount: 64) == SHA256.doubleHashMany(equal))

            let digests = mixed.map { SHA256.hash($0) }
            let pairs = stride(from: 0, to: count - 1, by: 2).map { digests[$0].bytes + digests[$0 + 1].bytes }
            #expect(SHA256.hashPairs(digests) == pairs.map { SHA256.hash($0) })
            #expect(SHA256.hashPairs(digests, prefix: 1) == pairs.map { SHA256.hash([1] + $0) })
            #expect(SHA256.doubleHashPairs(digests) == pairs.map { SHA256.doubleHash($0) })
        }
    }

    @Test("many long messages, past what is copied together")
    func manyLong() {
        var rng = SeededGenerator(seed: 16)
        for length in [70_000, (1 << 20) + 1] {
            let messages = (0..<19).map { _ in EdgeWeighted.randomBytes(64, using: &rng) }
                .map { piece in (0..<length).map { piece[$0 % 61] } }
            #expect(SHA256.hashMany(messages).map(\.bytes) == messages.map { oracle($0) })
        }
    }

    @Test("contiguous messages of no bytes, or a rest, are the caller's mistakes")
    func manyMisuse() async {
        await #expect(processExitsWith: .failure) { _ = SHA256.hashMany(contiguous: [], byteCount: 0) }
        await #expect(processExitsWith: .failure) { _ = SHA256.doubleHashMany(contiguous: [1, 2, 3], byteCount: 2) }
    }

    @Test("a chain is one hash after another, and a negative one is the caller's mistake")
    func chain() async {
        let first = SHA256.hash([1])
        #expect(SHA256.chain(first, times: 0) == first)
        #expect(SHA256.chain(first, times: 3) == SHA256.hash(SHA256.hash(SHA256.hash(first.bytes).bytes).bytes))
        await #expect(processExitsWith: .failure) { _ = SHA256.chain(.zero, times: -1) }
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

let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
]

private func genesisHeader() throws -> [UInt8] {
    try Hex.decode(
        "01000000" + String(repeating: "0", count: 64)
            + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a" + "29ab5f49" + "ffff001d" + "1dac2b7c",
        count: 80)
}
