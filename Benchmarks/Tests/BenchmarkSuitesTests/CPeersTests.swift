import ByteCoding
import CPeers
import Hashing
import ModularArithmetic
import ProofOfWork
import Testing

@testable import BenchmarkReport
@testable import BenchmarkSuites

/// A peer that computes something else would win any comparison: each is checked against the library first.
@Suite("Peers") struct CPeersTests {
    private static let hashes = HashPeer.all.map(\.hash.rawValue)

    @Test("SHA-256 of every length around a block", arguments: hashes) func sha256(_ hash: UInt32) {
        var generator = SeededGenerator(seed: 1)
        for length in [0, 1, 32, 55, 56, 63, 64, 65, 119, 120, 128, 200] {
            let messages = generator.bytes(3 * length)
            for doubled in [false, true] {
                var digests = [UInt8](repeating: 0, count: 96)
                cp_sha256_many(cp_hash(rawValue: hash), &digests, messages, length, 3, doubled ? 1 : 0)
                let expected = (0..<3).flatMap { index -> [UInt8] in
                    let message = messages[index * length..<(index + 1) * length]
                    return (doubled ? SHA256.doubleHash(message) : SHA256.hash(message)).bytes
                }
                #expect(digests == expected)
            }
        }
    }

    @Test("chains", arguments: hashes) func chain(_ hash: UInt32) {
        for times in [0, 1, 2, 17] {
            var digest = SHA256.hash([]).bytes
            cp_sha256_chain(cp_hash(rawValue: hash), &digest, times)
            #expect(digest == SHA256.chain(SHA256.hash([]), times: times).bytes)
        }
    }

    @Test("pairs two at a time, odd numbers too", .enabled(if: cp_two_way_is_supported() == 1)) func pairs() {
        var generator = SeededGenerator(seed: 2)
        for count in 0...9 {
            let bytes = generator.bytes(64 * count)
            var digests = [UInt8](repeating: 0, count: 32 * count)
            cp_two_way_pairs(&digests, bytes, count)
            let expected = (0..<count).flatMap { index -> [UInt8] in
                SHA256.doubleHash(bytes[64 * index..<64 * (index + 1)]).bytes
            }
            #expect(digests == expected)
        }
    }

    @Test("Merkle roots of every small size") func merkleRoots() throws {
        var generator = SeededGenerator(seed: 3)
        for count in 1...20 {
            let bytes = generator.bytes(32 * count)
            var level = try (0..<count).map { try Digest(bytes: bytes[32 * $0..<32 * $0 + 32]) }
            while level.count > 1 {
                if level.count % 2 == 1 { level.append(level[level.count - 1]) }
                level = SHA256.doubleHashPairs(level)
            }
            var (root, scratch) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32 * (count + 1) / 2))
            cp_merkle_root(CP_LOW_LEVEL, &root, &scratch, bytes, count)
            #expect(root == level[0].bytes)
            if cp_two_way_is_supported() == 1 {
                cp_two_way_merkle_root(&root, &scratch, bytes, count)
                #expect(root == level[0].bytes)
            }
        }
    }

    @Test("scans find the lowest nonce, wherever it stands") func scans() throws {
        var generator = SeededGenerator(seed: 4)
        let header = try BlockHeader(bytes: generator.bytes(80))
        for width in [249, 252, 255, 256] {
            let target = (Natural(1) << width) - 1
            let little = Array(target.bigEndianBytes(count: 32).reversed())
            for start in [UInt32(0), 7, UInt32.max - 40] {
                for count in [UInt64(1), 2, 5, 40] {
                    let search = NonceSearch(header, target: target)
                    let expected = try search.first(in: start...start + UInt32(count - 1))?.headerNonce
                    var nonce: UInt32 = 0
                    let evp = cp_scan(CP_EVP, header.bytes, little, start, count, &nonce) == 1 ? nonce : nil
                    #expect(evp == expected)
                    guard cp_two_way_is_supported() == 1 else { continue }
                    let both = cp_two_way_scan(header.bytes, little, start, count, &nonce) == 1 ? nonce : nil
                    #expect(both == expected)
                }
            }
        }
    }

    @Test("a chain of multiplications takes longer the longer it is") func chainLength() {
        let cycles = cp_multiply_chain(1600)
        #expect(cycles == 0 || cycles == 4800)
    }
}
