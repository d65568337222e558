import BenchmarkReport
import Testing

@Suite("Fit") struct FitTests {
    private static let points: [(x: Double, y: Double)] = [
        (2, 5.1), (4, 9.2), (8, 16.8), (16, 33.5), (32, 66.0), (64, 131.0),
    ]

    /// `numpy.polyfit` with the weights 1/y; R² from exact fractions.
    @Test(
        "coefficients are numpy's",
        arguments: [
            (GrowthModel.linear, 1.0537471557522875, 2.0187563979688496, 0.9997465059303324),
            (.logarithmic, -4.005414953863089, 8.193237700810137, 0.7023013269933831),
        ])
    func known(_ model: GrowthModel, _ a: Double, _ b: Double, _ r2: Double) throws {
        let fit = try #require(Fit(model, through: Self.points))
        #expect(abs(fit.coefficients[0] - a) < 1e-9 && abs(fit.coefficients[1] - b) < 1e-9 && abs(fit.r2 - r2) < 1e-9)
    }

    /// `numpy.linalg.lstsq` on the rows divided by y.
    @Test(
        "three coefficients are numpy's",
        arguments: [
            (GrowthModel.linearAndLogarithmic, [1.1615558013447786, 2.040755062867038, -0.12652775630641924]),
            (.linearithmic, [1.8727284341781958, 0.3102299240659324, 2.5509306529482827]),
        ])
    func three(_ model: GrowthModel, _ expected: [Double]) throws {
        let fit = try #require(Fit(model, through: Self.points))
        for (own, numpys) in zip(fit.coefficients, expected) { #expect(abs(own / numpys - 1) < 1e-6) }
        #expect(fit.coefficients.count == 3)
    }

    @Test("a power is a line between logarithms") func power() throws {
        let fit = try #require(Fit(.power, through: [(1024, 90), (2048, 330), (3072, 745), (4096, 1290)]))
        #expect(abs(fit.coefficients[0] - 0.00014323708792263374) < 1e-12)
        #expect(abs(fit.coefficients[1] - 1.9246322438746803) < 1e-9 && abs(fit.r2 - 0.9997965993766921) < 1e-9)
    }

    @Test("points on the line give it back", arguments: GrowthModel.allCases) func exact(_ model: GrowthModel) throws {
        let sizes = [2.0, 4, 8, 16, 32]
        let straight = try #require(Fit(model, through: sizes.map { ($0, model == .power ? 3 * $0 * $0 : $0 + 5) }))
        let on = try #require(Fit(model, through: sizes.map { ($0, straight.value(at: $0)) }))
        #expect(abs(on.r2 - 1) < 1e-9 && on.outliers.isEmpty)
        for size in sizes { #expect(abs(on.value(at: size) / straight.value(at: size) - 1) < 1e-9) }
    }

    /// The shape of a published table in which a ring of 32 takes as long as one of 2: nobody had noticed.
    @Test("a wrong point is found, and no other") func outlier() throws {
        let times: [(x: Double, y: Double)] = [
            (2, 2.66), (4, 4.5), (8, 8.1), (16, 15.5), (32, 2.66), (64, 60), (128, 119),
        ]
        #expect(try #require(Fit(.linear, through: times)).outliers == [32])
    }

    @Test("noise within 2 % condemns nobody") func noise() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let points = [2.0, 4, 8, 16, 32, 64].map { n in
                (x: n, y: (30 + 7 * n) * Double.random(in: 0.98...1.02, using: &generator))
            }
            #expect(try #require(Fit(.linear, through: points)).outliers == [])
        }
    }

    @Test("as many points as coefficients lie on every curve") func tooFew() {
        #expect(Fit(.linear, through: [(1, 1), (2, 2)]) == nil)
        #expect(Fit(.linearithmic, through: [(2, 1), (4, 2), (8, 3)]) == nil)
        #expect(Fit(.linear, through: []) == nil)
    }

    @Test("points above one another have no line") func vertical() {
        #expect(Fit(.linear, through: [(4, 1), (4, 2), (4, 3)]) == nil)
    }

    @Test("of three points none is called wrong") func threePoints() throws {
        #expect(try #require(Fit(.linear, through: [(1, 1), (2, 50), (3, 3)])).outliers == [])
    }
}
