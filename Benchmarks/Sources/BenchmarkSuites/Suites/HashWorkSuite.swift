import BenchmarkReport
@_spi(Literal) import HashWork
import Hashing

/// The Alice/Bob protocol: what the prover pays, honestly and with the mirror attack, and the repaired protocol whole.
struct HashWorkSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        var cases = SuiteCases()
        cases.comparisons = [try mirror(k: 1024)]
        let amounts = settings.quick ? [16, 128, 1024] : [16, 64, 256, 1024, 4096, 16384]
        cases.series = [
            try series("hash-work-honest", "Bob as printed, SHA-256d", amounts) { try bob(k: $0, cheating: false) },
            try series("hash-work-mirror", "the mirror attack's Bob", amounts.filter { $0 > 16 }, model: nil) {
                try bob(k: $0, cheating: true)
            },
            try series("hash-work-v2", "version 2, both sides", amounts, session),
        ]
        return cases
    }

    /// The cheating Bob beside the honest one: ours is the attack.
    private func mirror(k: Int) throws -> ComparisonCase {
        ComparisonCase(
            id: "hash-work-mirror-k\(k)/honest-bob", unit: "ns per proof",
            note: "the attack on the printed protocol, beside what it saves; Alice accepts both",
            ours: try bob(k: k, cheating: true), peer: try bob(k: k, cheating: false))
    }

    private func series(
        _ id: String, _ label: String, _ amounts: [Int], model: GrowthModel? = .linear,
        _ workload: (Int) throws -> Workload
    ) throws -> SeriesCase {
        SeriesCase(
            id: id, x: "k", unit: "ns", label: label, model: model,
            points: try amounts.map { SeriesCase.Point(x: Double($0), value: .measured(try workload($0))) })
    }

    /// Bob's two moves, with Alice's messages made beforehand. Output: whether Alice accepts.
    private func bob(k: Int, cheating: Bool) throws -> Workload {
        var generator = settings.generator(for: "hash-work")
        let session = generator.bytes(32)
        let (a0, b0) = (try Digest(bytes: generator.bytes(32)), try Digest(bytes: generator.bytes(32)))
        func make() throws -> any WorkPeer { cheating ? MirrorBob() : try LiteralBob(hash: .sha256d, k: k, start: b0) }

        var alice = try LiteralAlice(hash: .sha256d, k: k, session: session, start: a0)
        let first = alice.firstMessages[0]
        var bob = try make()
        let second = try alice.handle(bob.handle(first)[0])[0]
        let waiting = alice
        func answer() throws -> WorkMessage {
            var bob = try make()
            keep(try bob.handle(first))
            return try bob.handle(second)[0]
        }
        return Workload(
            cheating ? "MirrorBob" : "LiteralBob", operations: ["SHA-256": cheating ? 2 : Double(4 * k)],
            output: {
                var alice = waiting
                _ = try alice.handle(answer())
                return [alice.verdict == .accept ? 1 : 0]
            }
        ) { keep(try answer()) }
    }

    /// A whole session of version 2 within one process.
    private func session(k: Int) throws -> Workload {
        func run() throws -> Bool {
            var alice = try WorkParty(role: .alice, name: "Alice", peerName: "Bob", k: k)
            var bob = try WorkParty(role: .bob, name: "Bob", peerName: "Alice", k: k)
            try exchange(&alice, &bob)
            return alice.verdict == .accept && bob.verdict == .accept
        }
        return Workload("WorkParty", operations: ["evaluations": Double(4 * k)], output: { [try run() ? 1 : 0] }) {
            keep(try run())
        }
    }
}
