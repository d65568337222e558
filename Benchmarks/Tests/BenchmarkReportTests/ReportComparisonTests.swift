import BenchmarkReport
import Testing

@Suite("Report comparison") struct ReportComparisonTests {
    private func verdict(_ first: PairedRatio, _ second: PairedRatio) -> ReportComparison.Verdict? {
        ReportComparison(Samples.document(ratio: first), Samples.document(ratio: second)).rows.first?.verdict
    }

    @Test("a clear change is called by its name") func clear() {
        let (slow, fast) = (
            PairedRatio(value: 2, lower: 1.98, upper: 2.02), PairedRatio(value: 3, lower: 2.97, upper: 3.03)
        )
        #expect(verdict(slow, fast) == .faster)
        #expect(verdict(fast, slow) == .slower)
        #expect(verdict(slow, slow) == .noEvidence)
    }

    @Test("a wide interval is no evidence") func wide() {
        let doubtful = PairedRatio(value: 3, lower: 1.5, upper: 6)
        #expect(verdict(PairedRatio(value: 2, lower: 1.98, upper: 2.02), doubtful) == .noEvidence)
    }

    /// Two exact ratios 2 % apart: 1.96·√2·1 % = 2.8 % lies between one run and the next anyway.
    @Test("what another build may do is no evidence") func runToRun() {
        let exact = { (value: Double) in PairedRatio(value: value, lower: value, upper: value) }
        #expect(verdict(exact(2), exact(2.04)) == .noEvidence)
        #expect(verdict(exact(2), exact(2.06)) == .faster)
        #expect(verdict(exact(2), exact(1.94)) == .slower)
    }

    @Test("what only one report has is listed") func missing() {
        var second = Samples.document()
        second.comparisons[0].id = "scan/new"
        let comparison = ReportComparison(Samples.document(), second)
        #expect(comparison.rows.map(\.id) == ["modexp-2048-256/mpz_powm@portable"])
        #expect(comparison.removed == ["scan/evp-twice"] && comparison.added == ["scan/new"])
        #expect(comparison.table.contains("only in the second: scan/new"))
    }

    @Test("reports that do not belong together are said to") func warnings() {
        var second = Samples.document()
        second.machine.cpu = "another"
        second.tool.flags = "debug"
        second.tool.quick = true
        second.tool.libraries["GMP"] = "6.3.0"
        #expect(ReportComparison(Samples.document(), second).warnings.count == 4)
        #expect(ReportComparison(Samples.document(), Samples.document()).warnings.isEmpty)
    }

    @Test("only something slower is a failure") func slower() {
        let (slow, fast) = (PairedRatio(value: 2, lower: 2, upper: 2), PairedRatio(value: 3, lower: 3, upper: 3))
        #expect(ReportComparison(Samples.document(ratio: fast), Samples.document(ratio: slow)).hasSlower)
        #expect(!ReportComparison(Samples.document(ratio: slow), Samples.document(ratio: fast)).hasSlower)
    }
}
