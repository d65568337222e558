import CGMP

/// Why a number cannot serve as a modulus.
public enum ModulusError: Error, Equatable, Sendable {
    /// The number is even. Montgomery form needs an odd modulus, and every modulus here is an odd prime.
    case even
    /// The number is below 3.
    case tooSmall
    /// The number has more bits than are worked with.
    case tooLarge(bits: Int, limit: Int)
}

/// An odd modulus n with its Montgomery constants, made once and shared.
///
///     R = 2^(64·k), k limbs        R² mod n,  −n⁻¹ mod 2⁶⁴
///
/// The plain names that take a ``SecretResidue`` are constant-time in its value; everything else is in the name.
/// - SeeAlso: HAC (Menezes, van Oorschot, Vanstone 1996) §14.3.2.
public struct Modulus: Hashable, Sendable {
    /// The widest modulus: 16,384 bits.
    public static let maximumBitWidth = 16_384

    /// n.
    public let value: Natural
    /// −n⁻¹ mod 2⁶⁴.
    let negatedInverse: UInt
    /// R² mod n, padded to k limbs.
    let squaredRadix: [UInt]
    /// The same for the lane kernels.
    let lanes: LaneModulus
    /// What computes batches of powers.
    let engine: PowerEngine

    /// A modulus.
    ///
    /// - Throws: ``ModulusError`` unless `value` is odd, at least 3, and at most ``maximumBitWidth`` bits.
    public init(_ value: Natural) throws(ModulusError) { try self.init(value, engine: .preferred) }

    /// A modulus whose powers the named engine computes.
    ///
    /// - Precondition: The processor supports the engine.
    @_spi(Kernels) public init(_ value: Natural, engine: PowerEngine) throws(ModulusError) {
        precondition(engine.isSupported, "this processor cannot run the engine")
        guard value > 2 else { throw .tooSmall }
        guard value.isOdd else { throw .even }
        guard value.bitWidth <= Self.maximumBitWidth else {
            throw .tooLarge(bits: value.bitWidth, limit: Self.maximumBitWidth)
        }
        self.value = value
        // Newton's iteration doubles the correct low bits: 5, 10, 20, 40, 80.
        let lowest = value.limbs[0]
        var inverse = (3 &* lowest) ^ 2
        for _ in 0..<4 { inverse = inverse &* (2 &- lowest &* inverse) }
        negatedInverse = 0 &- inverse
        squaredRadix = ((Natural(1) << (2 * Natural.limbBitWidth * value.limbs.count)) % value)
            .paddedLimbs(value.limbs.count)
        lanes = LaneModulus(value, negatedInverse: negatedInverse)
        self.engine = engine
    }

    /// Whether both are the same number.
    public static func == (left: Modulus, right: Modulus) -> Bool { left.value == right.value }
    /// Feeds the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    /// The limbs of every residue.
    var limbCount: Int { value.limbs.count }
    /// The bytes of every residue's fixed-width encoding.
    public var byteWidth: Int { value.byteWidth }
    /// The bits of n.
    public var bitWidth: Int { value.bitWidth }

    /// `a mod n`.
    public func reduce(_ a: Natural) -> Natural { a < value ? a : a % value }
    /// `a + b mod n`.
    public func add(_ a: Natural, _ b: Natural) -> Natural { (a + b) % value }
    /// `a − b mod n`.
    public func subtract(_ a: Natural, _ b: Natural) -> Natural { (reduce(a) + value - reduce(b)) % value }
    /// `a · b mod n`.
    public func multiply(_ a: Natural, _ b: Natural) -> Natural { a.multiplied(by: b, modulo: value) }
    /// `a⁻¹ mod n`, or `nil` where a and n have a common divisor.
    public func inverseVariableTime(_ a: Natural) -> Natural? { a.inverseVariableTime(modulo: value) }

    /// `base^exponent mod n`, in time that depends on both.
    public func powerVariableTime(_ base: Natural, _ exponent: Natural) -> Natural {
        base.powerVariableTime(exponent, modulo: value)
    }
}

extension Natural {
    /// The limbs, padded with zeros to `count`.
    func paddedLimbs(_ count: Int) -> [UInt] { limbs + [UInt](repeating: 0, count: count - limbs.count) }
}

extension ModulusError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .even: "a modulus must be odd"
        case .tooSmall: "a modulus must be at least 3"
        case .tooLarge(let bits, let limit): "the modulus has \(bits) bits, and at most \(limit) are worked with"
        }
    }
}
