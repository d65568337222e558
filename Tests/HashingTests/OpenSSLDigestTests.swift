import ByteCoding
import Hashing
import Testing

@Suite("OpenSSL's other digests") struct OpenSSLDigestTests {
    @Test("the digests of \u{22}abc\u{22} that FIPS 180 publishes, and of nothing")
    func knownAnswers() {
        let expected: [OpenSSLDigest: (abc: String, nothing: String)] = [
            .sha1: (
                "a9993e364706816aba3e25717850c26c9cd0d89d", "da39a3ee5e6b4b0d3255bfef95601890afd80709"
            ),
            .sha224: (
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
                "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"
            ),
            .sha384: (
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
                "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b"
            ),
            .sha512: (
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                    + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
            ),
        ]
        #expect(expected.count == OpenSSLDigest.allCases.count)
        for (function, digests) in expected {
            #expect(Hex.encode(function.hash(Array("abc".utf8))) == digests.abc)
            #expect(Hex.encode(function.hash([])) == digests.nothing)
            #expect(function.byteCount == digests.abc.count / 2)
        }
    }
}
