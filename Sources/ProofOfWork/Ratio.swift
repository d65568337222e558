import ByteCoding
public import ModularArithmetic

/// A fraction of natural numbers, in lowest terms.
public struct Ratio: Hashable, Sendable {
    /// The number above the line.
    public let numerator: Natural
    /// The number below the line, at least 1.
    public let denominator: Natural

    /// `numerator / denominator`, in lowest terms.
    ///
    /// - Precondition: `denominator` is not 0.
    public init(_ numerator: Natural, _ denominator: Natural) {
        precondition(!denominator.isZero, "a fraction needs a denominator above 0")
        let common = numerator.greatestCommonDivisor(denominator)
        self.numerator = numerator / common
        self.denominator = denominator / common
    }

    /// The value as a floating-point number, within one part in 2⁶⁰ before it is rounded.
    public var approximation: Double {
        func parts(_ number: Natural) -> (fraction: Double, exponent: Int) {
            let exponent = max(0, number.bitWidth - 64)
            return (Double(UInt64(bigEndianBytes: (number >> exponent).bigEndianBytes(count: 8))), exponent)
        }
        let (top, bottom) = (parts(numerator), parts(denominator))
        return Double(
            sign: .plus, exponent: top.exponent - bottom.exponent, significand: top.fraction / bottom.fraction)
    }

    /// The value in decimal with exactly `fractionDigits` digits after the point, rounded to the nearest, halves up.
    ///
    /// - Precondition: `fractionDigits ≥ 0`.
    public func decimal(fractionDigits: Int) -> String {
        precondition(fractionDigits >= 0, "a number of digits is not negative")
        let scale = (0..<fractionDigits).reduce(Natural(1)) { power, _ in power * 10 }
        let digits = ((numerator * scale << 1) + denominator) / (denominator << 1)
        guard fractionDigits > 0 else { return digits.decimal }
        let fraction = (digits % scale).decimal
        let zeros = String(repeating: "0", count: fractionDigits - fraction.count)
        return (digits / scale).decimal + "." + zeros + fraction
    }
}

extension Ratio: CustomStringConvertible {
    /// The fraction in decimal, such as `1/16`; without a line where it is whole.
    public var description: String {
        denominator == 1 ? numerator.decimal : numerator.decimal + "/" + denominator.decimal
    }
}
