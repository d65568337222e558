import BenchmarkReport
import ByteCoding
import CPeers
import RingSignatures
import Sealing

/// What the parties of the paper's stories do besides signing: sealing, confirming, opening.
struct ProtocolSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        var cases = SuiteCases()
        cases.comparisons = try [64, 1024, 65_536].map { try seal(length: $0) }
        if !settings.quick { cases.series = try rings() }
        return cases
    }

    private func seal(length: Int) throws -> ComparisonCase {
        var generator = settings.generator(for: "seal")
        let (bytes, nonce) = (generator.bytes(32), generator.bytes(12))
        let (data, message) = (generator.bytes(64), generator.bytes(length))
        var copy = bytes
        let key = SecretBytesBox(SecretBytes(wiping: &copy))
        func theirs() -> [UInt8] {
            var sealed = [UInt8](repeating: 0, count: length + 16)
            cp_aes_gcm_seal(&sealed, bytes, nonce, data, data.count, message, length)
            return sealed
        }
        func ours() throws -> [UInt8] {
            try AEAD.aes256GCM.seal(message, key: key.value, nonce: nonce, associatedData: data)
        }
        return ComparisonCase(
            id: "seal-\(length)B/evp-aes-256-gcm", unit: "ns per message", bytes: length,
            ours: Workload("AEAD.aes256GCM.seal", output: ours) { keep(try ours()) },
            peer: Workload("OpenSSL EVP, new context", output: theirs) { keep(theirs()) })
    }

    /// What a recipient and an administrator do with a signature, against the size of its ring.
    private func rings() throws -> [SeriesCase] {
        let bits = settings.moduli.max() ?? 3072
        let fixture = try RingFixture(bits: bits, members: settings.ringSizes.max() ?? 2, settings)
        func series(_ id: String, _ label: String, _ workload: @escaping (Int) throws -> Workload) throws -> SeriesCase
        {
            SeriesCase(
                id: id, x: "n", unit: "ns", label: "\(label), \(bits)/256", model: .linear,
                points: try settings.ringSizes.map {
                    SeriesCase.Point(x: Double($0), value: .measured(try workload($0)))
                })
        }
        return [
            try series("protocol-confirm", "the recipient finds the signer") { n in
                let paper = try PaperRing(fixture, members: n, mode: .designated)
                func run() throws -> Int {
                    try paper.signature.confirm(message: paper.message, with: paper.recipient.key)
                }
                return Workload("confirm", output: { [UInt8(clamping: try run())] }) { keep(try run()) }
            },
            try series("protocol-open", "the administrator opens, with a proof") { n in
                let paper = try PaperRing(fixture, members: n, mode: .open)
                func run() throws -> OpeningProof {
                    var generator = SystemRandomNumberGenerator()
                    return try paper.signature.open(
                        message: paper.message, with: paper.administrator.key, using: &generator)
                }
                return Workload("open", output: { [UInt8(clamping: try run().index)] }) { keep(try run()) }
            },
        ]
    }
}

/// Secret bytes for closures, which cannot hold what is not copyable.
private final class SecretBytesBox: Sendable {
    let value: SecretBytes
    init(_ value: consuming SecretBytes) { self.value = value }
}
