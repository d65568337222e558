import BenchmarkReport
import Testing

@Suite("Summary") struct SummaryTests {
    /// `numpy.percentile` of the same values.
    @Test("quartiles are numpy's") func quartiles() {
        let summary = Summary([7.5, 1.25, 3.0, 9.75, 2.0, 4.5])
        #expect(summary == Summary(minimum: 1.25, p25: 2.25, median: 3.75, p75: 6.75))
    }

    @Test("one value is all of its quartiles") func single() {
        #expect(Summary([3]) == Summary(minimum: 3, p25: 3, median: 3, p75: 3))
    }

    @Test("the order of the values does not matter") func order() {
        #expect(Summary([3, 1, 2]) == Summary([1, 2, 3]))
    }

    @Test("a spread over 5 % is unstable, 5 % is not") func unstable() {
        #expect(!Summary(minimum: 90, p25: 97.5, median: 100, p75: 102.5).isUnstable)
        #expect(Summary(minimum: 90, p25: 97.5, median: 100, p75: 102.6).isUnstable)
    }

    @Test("no values have no summary") func empty() async {
        await #expect(processExitsWith: .failure) { _ = Summary([]) }
    }
}
