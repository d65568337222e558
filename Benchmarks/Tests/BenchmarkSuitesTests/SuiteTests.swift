import Testing

@testable import BenchmarkReport
@testable import BenchmarkSuites

/// Each suite as it is measured, one comparison after the other, without a clock.
@Suite("Suites") struct SuiteTests {
    private static let settings: RunSettings = {
        var settings = RunSettings()
        settings.quick = true
        return settings
    }()

    /// The comparisons that a report always has.
    private static let required: [String] = {
        let bits = ["2048", "3072"]
        let powers = bits.flatMap { bits in
            ["mpz_powm", "mpz_powm_sec", "BN_mod_exp_mont", "BN_mod_exp_mont_consttime"].map {
                "modexp-\(bits)-256/\($0)"
            }
        }
        let rings = bits.flatMap { bits in
            ["sign", "verify"].map { "ring-\($0)-\(bits)-256-n64/gmp-straightforward" }
        }
        return powers + rings + [
            "scan/evp-twice", "scan/sha-ni-two-way", "merkle-root-2^20/sha-ni-pair", "hash-64B-many/evp",
            "hash-1MiB/evp",
            "hash-1MiB/openssl-low-level", "threads-2/scan", "threads-2/ring-verify",
        ]
    }()

    @Test("both sides of every comparison compute the same, and none that a report must have is missing")
    func agree() throws {
        var (ids, absent, series): ([String], [String], [String]) = ([], [], [])
        for suite in SuiteName.allCases {
            let cases = try suite.cases(Self.settings)
            #expect(!cases.comparisons.isEmpty)
            for comparison in cases.comparisons { try comparison.check() }
            for one in cases.series {
                #expect(!one.points.isEmpty)
                guard case .measured(let workload) = one.points[0].value else { continue }
                try workload.run()
            }
            ids += cases.comparisons.map(\.id)
            absent += cases.absent.map(\.peer)
            series += cases.series.map(\.id)
        }
        #expect(Set(ids).count == ids.count && Set(series).count == series.count)
        #expect(Self.required.filter { !(ids + absent).contains($0) } == [])
        #expect(series.contains("ring-verify-paper"))
    }

    @Test("powers and rings are measured again without kernels") func repeated() throws {
        var settings = Self.settings
        settings.cap = .portable
        let suites = CappedRun.suites(.portable, of: SuiteName.allCases)
        let repeated = try suites.flatMap { try $0.cases(settings).comparisons }.filter {
            $0.repeats.contains(.portable)
        }
        let ids = Set(repeated.map(\.id))
        let groups = Self.required.filter { $0.hasPrefix("modexp-") || $0.hasPrefix("ring-") }
        #expect(groups.count == 12 && groups.filter { !ids.contains($0) } == [])
    }
}
