import Foundation

/// How a cost is expected to grow.
public enum GrowthModel: String, Sendable, CaseIterable {
    /// A cost for each member of the ring.
    case linear = "a+b*n"
    /// A cost for each member and each of log₂ n rounds.
    case linearithmic = "a+b*n*log2(n)"
    /// A cost for each of log₂ n rounds.
    case logarithmic = "a+b*log2(n)"
    /// A power of the width: c·bits^k, a straight line between logarithms.
    case power = "c*bits^k"

    /// What stands behind the second coefficient.
    func regressor(_ x: Double) -> Double {
        switch self {
        case .linear: x
        case .linearithmic: x * log2(x)
        case .logarithmic: log2(x)
        case .power: log(x)
        }
    }
}

/// A line through measured points, and the points that do not lie on it.
///
/// The squares of the relative errors are made smallest: (y − ŷ)/y, so that a small ring counts as much as a large one;
/// for ``GrowthModel/power`` those of the logarithms. R² compares what is left with the spread of the same weighted
/// values about their mean.
///
/// A point is an outlier when it lies more than three standard deviations from the line through **the others**: judged by
/// a line that it has pulled towards itself, no point of a short series could ever be. The standard deviation is that of
/// the others about their line, and at least ``noise``, since points that happen to lie on a line to the last digit would
/// condemn every other one.
public struct Fit: Equatable, Sendable {
    /// How the cost is expected to grow.
    public let model: GrowthModel
    /// a and b, or c and k.
    public let coefficients: (Double, Double)
    /// The part of the spread that the line explains: 1 where every point lies on it.
    public let r2: Double
    /// The x of the points that lie off.
    public let outliers: [Double]

    /// The relative error that a good measurement may have: 2 %.
    public static let noise = 0.02

    /// The fit through `points`, or `nil` for fewer than three, since two points lie on every line.
    ///
    /// - Precondition: x and y are positive.
    public init?(_ model: GrowthModel, through points: [(x: Double, y: Double)]) {
        guard points.count >= 3, let line = Line(model, points) else { return nil }
        self.model = model
        coefficients = model == .power ? (exp(line.a), line.b) : (line.a, line.b)
        r2 = line.r2(points)
        guard points.count >= 4 else {
            // A point's others are two, which always lie on a line: nothing can be said about how far off is far.
            outliers = []
            return
        }
        outliers = points.indices.filter { index in
            var others = points
            let point = others.remove(at: index)
            guard let line = Line(model, others) else { return false }
            let squares = others.map { line.error($0) * line.error($0) }.reduce(0, +)
            let deviation = max((squares / Double(others.count - 2)).squareRoot(), Self.noise)
            return abs(line.error(point)) > 3 * deviation
        }.map { points[$0].x }
    }

    /// What the line gives at `x`.
    public func value(at x: Double) -> Double { Self.value(of: model, coefficients: coefficients, at: x) }

    /// What a line of `model` gives at `x`.
    static func value(of model: GrowthModel, coefficients: (Double, Double), at x: Double) -> Double {
        model == .power
            ? coefficients.0 * pow(x, coefficients.1) : coefficients.0 + coefficients.1 * model.regressor(x)
    }

    /// Compares all parts.
    public static func == (left: Fit, right: Fit) -> Bool {
        left.model == right.model && left.coefficients == right.coefficients && left.r2 == right.r2
            && left.outliers == right.outliers
    }
}

/// A weighted least-squares line in the model's own coordinates.
private struct Line {
    let model: GrowthModel
    let a, b: Double

    init?(_ model: GrowthModel, _ points: [(x: Double, y: Double)]) {
        self.model = model
        var (w, wx, wy, wxx, wxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for point in points {
            let (x, y, weight) = Self.coordinates(model, point)
            w += weight
            wx += weight * x
            wy += weight * y
            wxx += weight * x * x
            wxy += weight * x * y
        }
        let determinant = w * wxx - wx * wx
        guard determinant > 1e-12 * w * wxx else { return nil }
        b = (w * wxy - wx * wy) / determinant
        a = (wy - b * wx) / w
    }

    private static func coordinates(_ model: GrowthModel, _ point: (x: Double, y: Double)) -> (Double, Double, Double) {
        model == .power
            ? (model.regressor(point.x), log(point.y), 1)
            : (model.regressor(point.x), point.y, 1 / (point.y * point.y))
    }

    /// How far off the point lies, relative to itself.
    func error(_ point: (x: Double, y: Double)) -> Double {
        let (x, y, weight) = Self.coordinates(model, point)
        return (y - a - b * x) * weight.squareRoot()
    }

    func r2(_ points: [(x: Double, y: Double)]) -> Double {
        let all = points.map { Self.coordinates(model, $0) }
        let mean = all.map { $0.1 * $0.2 }.reduce(0, +) / all.map(\.2).reduce(0, +)
        let total = all.map { $0.2 * ($0.1 - mean) * ($0.1 - mean) }.reduce(0, +)
        let rest = points.map { error($0) * error($0) }.reduce(0, +)
        return total == 0 ? 1 : 1 - rest / total
    }
}
