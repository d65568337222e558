import BenchmarkReport
import ByteCoding
import CPeers
import ModularArithmetic
import ProofOfWork

/// The search for a header nonce: two SHA-256 for each, and a look at the result.
struct MineSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        var generator = settings.generator(for: "mine")
        let header = try BlockHeader(bytes: generator.bytes(BlockHeader.byteCount))
        var cases = SuiteCases()
        let peers: [(HashPeer, String)] = [(.evp, "evp-twice"), (.lowLevel, "openssl-low-level-twice")]
        for (peer, name) in peers {
            cases.comparisons.append(
                comparison(header, name, peer.label + ", 80 bytes, then 32", items: 1 << 14) { target, start, count in
                    var nonce: UInt32 = 0
                    return cp_scan(peer.hash, header.bytes, target, start, count, &nonce) == 1 ? nonce : nil
                })
        }
        if cp_two_way_is_supported() == 1 {
            cases.comparisons.append(
                comparison(
                    header, "sha-ni-two-way", "two nonces at once with SHA-NI, from the midstate", items: 1 << 16
                ) { target, start, count in
                    var nonce: UInt32 = 0
                    return cp_two_way_scan(header.bytes, target, start, count, &nonce) == 1 ? nonce : nil
                })
        } else {
            cases.absent.append((peer: "scan/sha-ni-two-way", reason: "the processor has no SHA instructions"))
        }
        cases.comparisons.append(twoThreads(header))
        return cases
    }

    private static let oursPerCall: UInt32 = 1 << 18

    private func comparison(
        _ header: BlockHeader, _ name: String, _ label: String, items: UInt64,
        _ scan: @escaping (_ target: [UInt8], _ start: UInt32, _ count: UInt64) -> UInt32?
    ) -> ComparisonCase {
        ComparisonCase(
            id: "scan/\(name)", unit: "ns per nonce", note: "no nonce of the range meets the target", repeats: [.shaNI],
            ours: ours(header, threads: 1),
            peer: Workload(
                label, items: Double(items), operations: ["SHA-256d": 1],
                output: {
                    Self.findable.flatMap { target, range in
                        let target = Array(target.bigEndianBytes(count: 32).reversed())
                        return Self.spelled(scan(target, range.lowerBound, UInt64(range.count)))
                    }
                }
            ) { keep(scan([UInt8](repeating: 0, count: 32), 0, items)) })
    }

    private func ours(_ header: BlockHeader, threads: Int, perCall: UInt32 = oursPerCall) -> Workload {
        // No digest is 0: the search goes through the whole range.
        let search = NonceSearch(header, target: 0)
        let control = SearchControl(threads: threads)
        return Workload(
            "NonceSearch.first" + (threads > 1 ? ", \(threads) threads" : ""), items: Double(perCall),
            operations: ["SHA-256d": 1],
            output: {
                try Self.findable.flatMap { target, range in
                    let found = try NonceSearch(header, target: target).first(in: range, control: control)
                    return Self.spelled(found?.headerNonce)
                }
            }
        ) { keep(try search.first(in: 0...perCall - 1, control: control)) }
    }

    /// Two threads beside one: both times are taken on the wall.
    private func twoThreads(_ header: BlockHeader) -> ComparisonCase {
        ComparisonCase(
            id: "threads-2/scan", unit: "ns per nonce", threads: 2, note: "the peer is ours on one thread",
            ours: ours(header, threads: 2, perCall: 1 << 22), peer: ours(header, threads: 1, perCall: 1 << 22))
    }

    /// Ranges, and targets at which some have a nonce and some have none.
    private static let findable: [(Natural, ClosedRange<UInt32>)] = (0..<24).map { index in
        let start = UInt32(1000 * index)
        return (Natural(1) << (244 + index % 8), start...start + 900)
    }

    private static func spelled(_ nonce: UInt32?) -> [UInt8] { nonce.map { $0.bigEndianBytes } ?? [0xff] }
}
