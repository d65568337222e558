import ByteCoding
import Sealing
import Testing

private struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let algorithm: AEAD
    let key: String
    let nonce: String
    let associatedData: String
    let plaintext: String
    let sealed: String
    var testDescription: String { name }
}

private let vectors = [
    Vector(
        name: "RFC 8439 2.8.2", algorithm: .chaCha20Poly1305,
        key: "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
        nonce: "070000004041424344454647", associatedData: "50515253c0c1c2c3c4c5c6c7",
        plaintext: "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a20496620492063"
            + "6f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73"
            + "637265656e20776f756c642062652069742e",
        sealed: "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
            + "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            + "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"),
    // The GCM specification's AES-256 cases (McGrew and Viega), in NIST's validation set as well.
    Vector(
        name: "GCM test case 13", algorithm: .aes256GCM, key: String(repeating: "00", count: 32),
        nonce: String(repeating: "00", count: 12), associatedData: "", plaintext: "",
        sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
    Vector(
        name: "GCM test case 14", algorithm: .aes256GCM, key: String(repeating: "00", count: 32),
        nonce: String(repeating: "00", count: 12), associatedData: "", plaintext: String(repeating: "00", count: 16),
        sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    Vector(
        name: "GCM test case 16", algorithm: .aes256GCM,
        key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        nonce: "cafebabefacedbaddecaf888", associatedData: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
            + "b16aedf5aa0de657ba637b39",
        sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
            + "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"),
]

private func secret(_ bytes: [UInt8]) -> SecretBytes {
    var bytes = bytes
    return SecretBytes(wiping: &bytes)
}

@Suite("AEAD") struct AEADTests {
    @Test("known answers", arguments: vectors)
    private func vector(_ v: Vector) throws {
        let key = secret(try Hex.decode(v.key, count: 32))
        let nonce = try Hex.decode(v.nonce)
        let data = try Hex.decode(v.associatedData)
        let sealed = try v.algorithm.seal(Hex.decode(v.plaintext), key: key, nonce: nonce, associatedData: data)
        #expect(Hex.encode(sealed) == v.sealed)
        #expect(Hex.encode(try v.algorithm.open(sealed, key: key, nonce: nonce, associatedData: data)) == v.plaintext)
    }

    @Test("every length to 70 comes back", arguments: AEAD.allCases)
    func lengths(algorithm: AEAD) throws {
        let key = secret((0..<32).map { UInt8($0) })
        let nonce = [UInt8](repeating: 9, count: 12)
        for count in 0...70 {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0) }
            for data in [[], Array(message.reversed())] {
                let sealed = try algorithm.seal(message, key: key, nonce: nonce, associatedData: data)
                #expect(sealed.count == count + 16)
                #expect(try algorithm.open(sealed, key: key, nonce: nonce, associatedData: data) == message)
            }
        }
    }

    @Test("every flipped bit is refused", arguments: AEAD.allCases)
    func flippedBits(algorithm: AEAD) throws {
        let key = [UInt8](repeating: 0x5a, count: 32)
        let nonce = (0..<12).map { UInt8($0) }
        let data = Array("header".utf8)
        let sealed = try algorithm.seal(Array("message".utf8), key: secret(key), nonce: nonce, associatedData: data)
        var whole = [key, nonce, data, sealed]
        for part in whole.indices {
            for bit in 0..<8 * whole[part].count {
                whole[part][bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(throws: SealingError.authenticationFailed) {
                    try algorithm.open(whole[3], key: secret(whole[0]), nonce: whole[1], associatedData: whole[2])
                }
                whole[part][bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
        #expect(
            try algorithm.open(sealed, key: secret(key), nonce: nonce, associatedData: data) == Array("message".utf8))
    }

    @Test("cut, lengthened, and of the other algorithm", arguments: AEAD.allCases)
    func otherShapes(algorithm: AEAD) throws {
        let key = secret([UInt8](repeating: 1, count: 32))
        let nonce = [UInt8](repeating: 2, count: 12)
        let sealed = try algorithm.seal([1, 2, 3], key: key, nonce: nonce)
        let other: AEAD = algorithm == .aes256GCM ? .chaCha20Poly1305 : .aes256GCM
        #expect(throws: SealingError.authenticationFailed) { try other.open(sealed, key: key, nonce: nonce) }
        #expect(throws: SealingError.authenticationFailed) {
            try algorithm.open(Array(sealed.dropLast()), key: key, nonce: nonce)
        }
        #expect(throws: SealingError.authenticationFailed) {
            try algorithm.open(Array(sealed.dropFirst()), key: key, nonce: nonce)
        }
        #expect(throws: SealingError.authenticationFailed) { try algorithm.open(sealed + [0], key: key, nonce: nonce) }
        for count in 0..<16 {
            #expect(throws: SealingError.ciphertextLength(minimum: 16, actual: count)) {
                try algorithm.open(Array(sealed.prefix(count)), key: key, nonce: nonce)
            }
        }
    }

    @Test("wrong lengths of key and nonce", arguments: AEAD.allCases)
    func lengthErrors(algorithm: AEAD) throws {
        let nonce = [UInt8](repeating: 0, count: 12)
        for count in [0, 16, 31, 33] {
            let expected = SealingError.keyLength(expected: 32, actual: count)
            #expect(throws: expected) { try algorithm.seal([], key: SecretBytes(zeros: count), nonce: nonce) }
            #expect(throws: expected) {
                try algorithm.open([UInt8](repeating: 0, count: 16), key: SecretBytes(zeros: count), nonce: nonce)
            }
        }
        for count in [0, 8, 11, 13, 16] {
            let nonce = [UInt8](repeating: 0, count: count)
            let expected = SealingError.nonceLength(expected: 12, actual: count)
            #expect(throws: expected) { try algorithm.seal([], key: SecretBytes(zeros: 32), nonce: nonce) }
            #expect(throws: expected) {
                try algorithm.open([UInt8](repeating: 0, count: 16), key: SecretBytes(zeros: 32), nonce: nonce)
            }
        }
    }

    @Test("errors have their code and a sentence")
    func codes() {
        let cases: [(SealingError, String)] = [
            (.keyLength(expected: 32, actual: 1), "key-length"),
            (.nonceLength(expected: 12, actual: 1), "nonce-length"),
            (.ciphertextLength(minimum: 16, actual: 1), "ciphertext-length"),
            (.messageLength(limit: AEAD.messageByteLimit, actual: 1), "message-length"),
            (.authenticationFailed, "authentication-failed"),
        ]
        for (error, code) in cases {
            #expect(error.code == code)
            #expect(error.description.contains(" "))
        }
        #expect(AEAD.messageByteLimit == 2_147_483_631)
    }
}
