import ByteCoding
import Hashing
import Support
import Testing

private func secret(_ bytes: [UInt8]) -> SecretBytes {
    var copy = bytes.map(\.self)
    return SecretBytes(wiping: &copy)
}

@Suite("HMAC-SHA-256") struct HMACTests {
    /// RFC 4231 §4.2 to §4.8: key, data, tag. Case 5 is cut to 128 bits there.
    static let rfc4231: [(key: [UInt8], data: String, tag: String)] = [
        (
            .init(repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (.init(repeating: 0xaa, count: 20), "", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (Array(1...25), "", "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        (.init(repeating: 0x0c, count: 20), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
        (
            .init(repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            .init(repeating: 0xaa, count: 131),
            "This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test("RFC 4231", arguments: 1...7)
    func rfc4231(_ number: Int) {
        let (key, text, tag) = Self.rfc4231[number - 1]
        // The data of cases 3 and 4 is no text.
        let data: [UInt8] =
            switch number {
            case 3: .init(repeating: 0xdd, count: 50)
            case 4: .init(repeating: 0xcd, count: 50)
            default: Array(text.utf8)
            }
        #expect(HMACSHA256.tag(key: secret(key), message: data).hex.hasPrefix(tag))
    }

    @Test("the definition of RFC 2104 with our own SHA-256, every key length around a block")
    func definition() {
        var rng = SeededGenerator(seed: 20)
        for length in EdgeWeighted.lengths(upTo: 129) {
            let key = EdgeWeighted.randomBytes(length, using: &rng)
            let message = EdgeWeighted.randomBytes(length * 7 % 150, using: &rng)
            let short = length > 64 ? SHA256.hash(key).bytes : key
            let block = short + [UInt8](repeating: 0, count: 64 - short.count)
            let inner = SHA256.hash(block.map { $0 ^ 0x36 } + message).bytes
            let expected = SHA256.hash(block.map { $0 ^ 0x5c } + inner)
            #expect(HMACSHA256.tag(key: secret(key), message: message) == expected)
        }
        #expect(HMACSHA256.tag(key: secret([]), message: []) == HMACSHA256.tag(key: secret([0]), message: []))
    }
}

@Suite("HMAC-SHA-256 of many messages") struct ManyHMACTests {
    @Test("each tag is the one of its message alone, every key length and message length around a block")
    func agreement() {
        var rng = SeededGenerator(seed: 23)
        for length in EdgeWeighted.lengths(upTo: 130) where length > 0 {
            for count in [1, 2, 17, 33] {
                let key = EdgeWeighted.randomBytes(length % 65, using: &rng)
                let messages = EdgeWeighted.randomBytes(length * count, using: &rng)
                let tags = HMACSHA256.tags(key: secret(key), contiguous: messages, byteCount: length)
                #expect(tags.count == count)
                for (index, tag) in tags.enumerated() {
                    let message = Array(messages[index * length..<(index + 1) * length])
                    #expect(tag == HMACSHA256.tag(key: secret(key), message: message))
                }
            }
        }
        #expect(HMACSHA256.tags(key: secret([1]), contiguous: [], byteCount: 4).isEmpty)
    }

    @Test("a long key, and messages of other lengths, are the caller's mistakes")
    func misuse() async {
        await #expect(processExitsWith: .failure) {
            _ = HMACSHA256.tags(key: SecretBytes(zeros: 65), contiguous: [1], byteCount: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = HMACSHA256.tags(key: SecretBytes(zeros: 1), contiguous: [1, 2, 3], byteCount: 2)
        }
        await #expect(processExitsWith: .failure) {
            _ = HMACSHA256.tags(key: SecretBytes(zeros: 1), contiguous: [], byteCount: 0)
        }
    }
}

@Suite("HKDF-SHA-256") struct HKDFTests {
    /// RFC 5869 appendix A.1 to A.3: key, salt, info, output.
    static let rfc5869: [(key: [UInt8], salt: [UInt8], info: [UInt8], output: String)] = [
        (
            .init(repeating: 0x0b, count: 22), Array(0...0x0c), Array(0xf0...0xf9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        (
            Array(0...0x4f), Array(0x60...0xaf), Array(0xb0...0xff),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
        (
            .init(repeating: 0x0b, count: 22), [], [],
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ]

    @Test("RFC 5869", arguments: 1...3)
    func rfc5869(_ number: Int) {
        let (key, salt, info, output) = Self.rfc5869[number - 1]
        let derived = HKDFSHA256.derive(key: secret(key), salt: salt, info: info, count: output.utf8.count / 2)
        let copy = derived.unprotectedCopy()
        #expect(Hex.encode(copy) == output)
    }

    @Test("the definition with our own HMAC, over all lengths of output at which it turns")
    func definition() {
        var rng = SeededGenerator(seed: 21)
        for count in [1, 31, 32, 33, 64, 65, 255 * 32 - 1, 255 * 32] {
            let key = EdgeWeighted.randomBytes(16, using: &rng)
            let info = EdgeWeighted.randomBytes(count % 40, using: &rng)
            // No salt is 32 zero bytes (§2.2).
            let extracted = HMACSHA256.tag(key: secret([UInt8](repeating: 0, count: 32)), message: key).bytes
            var expected: [UInt8] = []
            var block: [UInt8] = []
            for counter in 1...UInt8((count + 31) / 32) {
                block = HMACSHA256.tag(key: secret(extracted), message: block + info + [counter]).bytes
                expected += block
            }
            let derived = HKDFSHA256.derive(key: secret(key), info: info, count: count).unprotectedCopy()
            #expect(derived == Array(expected.prefix(count)))
        }
    }

    @Test("a long info, as a purpose and a tenant may make one", arguments: [1_024, 1_025, 2_049, 100_000])
    func longInfo(_ length: Int) {
        let info = [UInt8](repeating: 1, count: length)
        let extracted = HMACSHA256.tag(key: secret([2]), message: [3]).bytes
        let expected = HMACSHA256.tag(key: secret(extracted), message: info + [1]).bytes
        let derived = HKDFSHA256.derive(key: secret([3]), salt: [2], info: info, count: 32).unprotectedCopy()
        #expect(derived == expected)
    }

    @Test("too much, too little and no key are the caller's mistakes")
    func misuse() async {
        await #expect(processExitsWith: .failure) {
            _ = HKDFSHA256.derive(key: SecretBytes(zeros: 1), info: [], count: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = HKDFSHA256.derive(key: SecretBytes(zeros: 1), info: [], count: 255 * 32 + 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = HKDFSHA256.derive(key: SecretBytes(zeros: 0), info: [], count: 1)
        }
    }
}

@Suite("SHAKE256") struct SHAKE256Tests {
    @Test(
        "known answers: NIST's examples for no bits and 1600 bits, then Python's hashlib",
        arguments: [
            (
                "", 0,
                "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"
                    + "d75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be"
            ),
            ("a3", 200, "cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d"),
            ("616263", 1, "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739"),
            ("78", 135, "1afe5445228966d3b51f8e3236681fc56ffb20decbbf505196baec59e9e7e6ca"),
            ("78", 136, "7614c58639bf53a94aab54261d1f9b2607e66b6f34101e1dee67aae77feb36d3"),
        ])
    func knownAnswers(_ unit: String, _ repeats: Int, _ hex: String) throws {
        let message = try Hex.decode(String(repeating: unit, count: repeats))
        #expect(Hex.encode(SHAKE256.hash(message, count: hex.utf8.count / 2)) == hex)
    }

    @Test("more output continues the same stream, past the rate of 136 bytes; none is none")
    func stream() {
        let long = SHAKE256.hash(Array("ringwork".utf8), count: 300)
        #expect(Hex.encode(long.suffix(32)) == "2dfdf4d116a3f8ba9689bab25d39aefe39a4b9c2995934988250610f425f2b50")
        for count in EdgeWeighted.lengths(upTo: 300) {
            #expect(SHAKE256.hash(Array("ringwork".utf8), count: count) == Array(long.prefix(count)))
        }
    }

    @Test("the hash with a secret inside is the hash of the concatenation")
    func secretHash() {
        var rng = SeededGenerator(seed: 22)
        for length in EdgeWeighted.lengths(upTo: 280) {
            let whole = EdgeWeighted.randomBytes(length, using: &rng)
            let first = Int.random(in: 0...length, using: &rng)
            let second = Int.random(in: first...length, using: &rng)
            let output = SHAKE256.secretHash(
                prefix: Array(whole[..<first]), secret: secret(Array(whole[first..<second])),
                suffix: Array(whole[second...]), count: length
            ).unprotectedCopy()
            #expect(output == SHAKE256.hash(whole, count: length))
        }
    }
}
