@testable import BenchmarkReport

/// A small report with everything in it.
enum Samples {
    static func document(ratio: PairedRatio = PairedRatio(value: 2, lower: 1.9, upper: 2.1)) -> BenchmarkDocument {
        var document = BenchmarkDocument(
            started: "2026-01-01T00:00:00Z",
            tool: .init(
                commit: "0123456789abcdef", swift: "Swift 6.3", flags: "release", samples: 31, seed: 1, quick: false,
                libraries: ["GMP": "6.2.1", "FLINT": "absent"]),
            machine: .init(
                cpu: "A \"quoted\" \\ processor", features: ["sha_ni"], cores: 2, hypervisor: true, load1: 0.25,
                kernel: "6.1", clockGHz: 3.75))
        document.comparisons = [
            comparison("scan/evp-twice", ratio), comparison("modexp-2048-256/mpz_powm@portable", ratio),
        ]
        document.series = [
            .init(
                id: "ring-verify-paper", suite: "ring", x: "n", unit: "ns", label: "the paper's scheme", points: points,
                fit: Fit(.linear, through: points.map { ($0.x, $0.median + 50) }))
        ]
        document.absent = [.init(peer: "FLINT", reason: "not installed")]
        document.warnings = ["a virtual machine"]
        return document
    }

    static let points = [2.0, 4, 8, 16].map { n in
        BenchmarkDocument.Point(x: n, Summary(minimum: 90 * n, p25: 95 * n, median: 100 * n, p75: 110 * n))
    }

    static func comparison(_ id: String, _ ratio: PairedRatio) -> BenchmarkDocument.Comparison {
        let times = Summary(minimum: 9, p25: 9.75, median: 10, p75: 10.125)
        return .init(
            id: id, suite: "mine", unit: "ns per nonce", threads: 1,
            ours: .init(label: "ours", summary: times, cycles: 37.5, operations: ["SHA-256d": 1]),
            peer: .init(label: "peer", summary: Summary([20]), cycles: nil, operations: nil), ratio: ratio, samples: 31,
            bytes: 80, note: "a | note, with \"quotes\"")
    }
}
