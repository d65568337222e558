import Foundation

/// How a cost is expected to grow.
public enum GrowthModel: String, Sendable, CaseIterable {
    /// A cost for each member of the ring.
    case linear = "a+b*n"
    /// A cost for each member, and one for each of log₂ n rounds.
    case linearAndLogarithmic = "a+b*n+c*log2(n)"
    /// A cost for each member in each of log₂ n rounds, and one for each round.
    case linearithmic = "a+b*n*log2(n)+c*log2(n)"
    /// A cost for each of log₂ n rounds.
    case logarithmic = "a+b*log2(n)"
    /// A power of the width: c·bits^k, a straight line between logarithms.
    case power = "c*bits^k"

    /// What the coefficients stand before, at `x`; in logarithms for ``power``.
    func regressors(_ x: Double) -> [Double] {
        switch self {
        case .linear: [1, x]
        case .linearAndLogarithmic: [1, x, log2(x)]
        case .linearithmic: [1, x * log2(x), log2(x)]
        case .logarithmic: [1, log2(x)]
        case .power: [1, log(x)]
        }
    }

    /// What coefficients of this model give at `x`.
    func value(_ coefficients: [Double], at x: Double) -> Double {
        self == .power
            ? coefficients[0] * pow(x, coefficients[1]) : zip(coefficients, regressors(x)).map { $0 * $1 }.reduce(0, +)
    }
}

/// A curve through measured points, and the points that do not lie on it.
///
/// The squares of the relative errors are made smallest: (y − ŷ)/y, so that a small ring counts as much as a large one;
/// for ``GrowthModel/power`` those of the logarithms. R² compares what is left with the spread of the same weighted
/// values about their mean.
///
/// A point is an outlier when it lies more than three standard deviations from the curve through **the others**: judged
/// by a curve that it has pulled towards itself, no point of a short series could ever be. The standard deviation is that
/// of the others about their curve, and at least ``noise``, since points that happen to lie on a curve to the last digit
/// would condemn every other one.
public struct Fit: Equatable, Sendable {
    /// How the cost is expected to grow.
    public let model: GrowthModel
    /// The model's letters, in the order in which it spells them.
    public let coefficients: [Double]
    /// The part of the spread that the curve explains: 1 where every point lies on it.
    public let r2: Double
    /// The smallest x that the curve goes through.
    public let start: Double
    /// The x of the points that lie off.
    public let outliers: [Double]

    /// The relative error that a good measurement may have: 2 %.
    public static let noise = 0.02

    /// The fit through `points`, or `nil` where there is not one point more than coefficients: a curve goes through as
    /// many whatever they are.
    ///
    /// - Precondition: x and y are positive.
    public init?(_ model: GrowthModel, through points: [(x: Double, y: Double)]) {
        guard let curve = Curve(model, points), points.count > curve.solution.count else { return nil }
        self.model = model
        coefficients = model == .power ? [exp(curve.solution[0]), curve.solution[1]] : curve.solution
        r2 = curve.r2(points)
        start = points.map(\.x).min() ?? 0
        // The others of a point need a spread of their own to judge it by.
        let free = points.count - 1 - curve.solution.count
        guard free > 0 else {
            outliers = []
            return
        }
        outliers = points.indices.filter { index in
            var others = points
            let point = others.remove(at: index)
            guard let curve = Curve(model, others) else { return false }
            let squares = others.map { curve.error($0) * curve.error($0) }.reduce(0, +)
            let deviation = max((squares / Double(free)).squareRoot(), Self.noise)
            return abs(curve.error(point)) > 3 * deviation
        }.map { points[$0].x }
    }

    /// What the curve gives at `x`.
    public func value(at x: Double) -> Double { model.value(coefficients, at: x) }
}

/// A weighted least-squares solution in the model's own coordinates.
private struct Curve {
    let model: GrowthModel
    let solution: [Double]

    init?(_ model: GrowthModel, _ points: [(x: Double, y: Double)]) {
        self.model = model
        guard let first = points.first else { return nil }
        // The normal equations: Σ w·rᵢ·rⱼ·cⱼ = Σ w·rᵢ·y, each regressor scaled to about 1 beforehand.
        let scales = model.regressors(first.x).indices.map { place in
            points.map { abs(model.regressors($0.x)[place]) }.max() ?? 1
        }
        let count = scales.count
        var rows = [[Double]](repeating: [Double](repeating: 0, count: count + 1), count: count)
        for point in points {
            let (y, weight) = Self.target(model, point)
            let regressors = zip(model.regressors(point.x), scales).map { $0 / $1 } + [y]
            for i in 0..<count { for j in 0...count { rows[i][j] += weight * regressors[i] * regressors[j] } }
        }
        guard let solved = Self.solved(rows) else { return nil }
        solution = zip(solved, scales).map { $0 / $1 }
    }

    /// The solution of linear equations, each row with its right side at the end; `nil` where there is not one.
    private static func solved(_ equations: [[Double]]) -> [Double]? {
        var rows = equations
        let count = rows.count
        let size = rows.flatMap { $0.dropLast().map(abs) }.max() ?? 0
        for place in 0..<count {
            guard let pivot = (place..<count).max(by: { abs(rows[$0][place]) < abs(rows[$1][place]) }),
                abs(rows[pivot][place]) > 1e-12 * size
            else { return nil }
            rows.swapAt(place, pivot)
            for other in 0..<count where other != place {
                let factor = rows[other][place] / rows[place][place]
                for column in place...count { rows[other][column] -= factor * rows[place][column] }
            }
        }
        return (0..<count).map { rows[$0][count] / rows[$0][$0] }
    }

    /// What is fitted, and the weight of its square.
    private static func target(_ model: GrowthModel, _ point: (x: Double, y: Double)) -> (Double, Double) {
        model == .power ? (log(point.y), 1) : (point.y, 1 / (point.y * point.y))
    }

    /// How far off the point lies, relative to itself.
    func error(_ point: (x: Double, y: Double)) -> Double {
        let (y, weight) = Self.target(model, point)
        let value = zip(solution, model.regressors(point.x)).map { $0 * $1 }.reduce(0, +)
        return (y - value) * weight.squareRoot()
    }

    func r2(_ points: [(x: Double, y: Double)]) -> Double {
        let all = points.map { Self.target(model, $0) }
        let mean = all.map { $0.0 * $0.1 }.reduce(0, +) / all.map(\.1).reduce(0, +)
        let total = all.map { $0.1 * ($0.0 - mean) * ($0.0 - mean) }.reduce(0, +)
        let rest = points.map { error($0) * error($0) }.reduce(0, +)
        return total == 0 ? 1 : 1 - rest / total
    }
}
