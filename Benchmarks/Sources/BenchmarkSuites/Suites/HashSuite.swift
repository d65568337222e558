import BenchmarkReport
import CPeers
import Hashing

/// SHA-256: many short messages, many of 1 KiB, one long one, and a chain.
struct HashSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() -> SuiteCases {
        var cases = SuiteCases()
        for peer in HashPeer.all {
            cases.comparisons += [
                many("hash-64B-many", length: 64, count: 1024, peer),
                many("hash-1KiB-many", length: 1024, count: 256, peer),
                one("hash-1MiB", length: 1 << 20, peer), chain(peer),
            ]
        }
        if !HashPeer.sodium.isPresent { cases.absent.append((peer: "libsodium", reason: "not installed")) }
        return cases
    }

    /// Many independent messages of one length.
    private func many(_ name: String, length: Int, count: Int, _ peer: HashPeer) -> ComparisonCase {
        var generator = settings.generator(for: name)
        let messages = generator.bytes(length * count)
        func theirs() -> [UInt8] {
            var digests = [UInt8](repeating: 0, count: 32 * count)
            cp_sha256_many(peer.hash, &digests, messages, length, count, 0)
            return digests
        }
        func ours() -> [Digest] { SHA256.hashMany(contiguous: messages, byteCount: length) }
        return ComparisonCase(
            id: "\(name)/\(peer.name)", unit: "ns per message", bytes: length,
            note: "\(count) messages in one call", repeats: [.shaNI],
            ours: Workload("SHA256.hashMany", items: Double(count), output: { ours().flatMap(\.bytes) }) {
                keep(ours())
            },
            peer: Workload(peer.label, items: Double(count), output: theirs) { keep(theirs()) })
    }

    /// One message: every block waits for the one before.
    private func one(_ name: String, length: Int, _ peer: HashPeer) -> ComparisonCase {
        var generator = settings.generator(for: name)
        let message = generator.bytes(length)
        func theirs() -> [UInt8] {
            var digest = [UInt8](repeating: 0, count: 32)
            cp_sha256_many(peer.hash, &digest, message, length, 1, 0)
            return digest
        }
        return ComparisonCase(
            id: "\(name)/\(peer.name)", unit: "ns per message", bytes: length,
            ours: Workload("SHA256.hash", output: { SHA256.hash(message).bytes }) { keep(SHA256.hash(message)) },
            peer: Workload(peer.label, output: theirs) { keep(theirs()) })
    }

    /// SHA-256 of SHA-256 of …, as the hash-work protocol does it.
    private func chain(_ peer: HashPeer) -> ComparisonCase {
        let (name, times) = ("hash-chain-2048", 2048)
        var generator = settings.generator(for: name)
        let start = generator.bytes(32)
        let first = SHA256.hash(start)
        func theirs() -> [UInt8] {
            var digest = first.bytes
            cp_sha256_chain(peer.hash, &digest, times)
            return digest
        }
        return ComparisonCase(
            id: "\(name)/\(peer.name)", unit: "ns per hash", bytes: 32, repeats: [.shaNI],
            ours: Workload("SHA256.chain", items: Double(times), output: { SHA256.chain(first, times: times).bytes }) {
                keep(SHA256.chain(first, times: times))
            },
            peer: Workload(peer.label, items: Double(times), output: theirs) { keep(theirs()) })
    }
}

/// Somebody else's SHA-256.
struct HashPeer {
    /// As ids spell it.
    let name: String
    let label: String
    let hash: cp_hash

    static let evp = HashPeer(name: "evp", label: "OpenSSL EVP, context reused", hash: CP_EVP)
    static let lowLevel = HashPeer(
        name: "openssl-low-level", label: "OpenSSL SHA256_Init/Update/Final", hash: CP_LOW_LEVEL)
    static let sodium = HashPeer(name: "libsodium", label: "libsodium crypto_hash_sha256", hash: CP_SODIUM)

    var isPresent: Bool { hash != CP_SODIUM || cp_sodium_version() != nil }

    /// Those that this machine has.
    static var all: [HashPeer] { [evp, lowLevel, sodium].filter(\.isPresent) }
}
