import ByteCoding
public import ModularArithmetic

/// Why a compact target names no usable threshold, or a threshold has no compact form.
public enum CompactTargetError: Error, Equatable, Sendable {
    /// The sign bit (bit 23) is set, and the mantissa is not zero once the exponent has shifted it.
    case negative(bits: UInt32)
    /// The target is zero, so that no digest but zero itself could meet it.
    case zero(bits: UInt32)
    /// The decoded target does not fit in 256 bits.
    case overflow(bits: UInt32)
    /// The number to be encoded does not fit in 256 bits.
    case tooLarge(bitWidth: Int)

    /// The reason, as verdicts and test vectors spell it.
    public var code: String {
        switch self {
        case .negative: "target-negative"
        case .zero: "target-zero"
        case .overflow, .tooLarge: "target-overflow"
        }
    }
}

/// Bitcoin's four-byte form of a 256-bit target, `nBits`: an exponent of base 256 and three bytes of mantissa.
///
///     bits = e ‖ m        e: bits 24…31    sign: bit 23    m: bits 0…22
///     T = ⌊m · 256^(e − 3)⌋        1 ≤ T < 2²⁵⁶
///
/// The form keeps at most three leading bytes of T, so the IoMT review's Table 2 targets (7f…ff and the like) have none
/// of their own. The sign bit is a relic of the integer format it comes from. Any 32 bits are a value of this type,
/// because any 32 bits can stand in a header; ``target()`` says whether they mean something.
/// - SeeAlso: Bitcoin Core, `SetCompact` and `GetCompact` in `src/arith_uint256.cpp`.
public struct CompactTarget: Hashable, Sendable {
    /// The four bytes as a number, the exponent on top.
    public let bits: UInt32

    /// The widest target, in bits.
    public static let maximumTargetBitWidth = 256
    /// The largest target, which every hash meets: 2²⁵⁶ − 1.
    public static let maximumTarget = (Natural(1) << maximumTargetBitWidth) - 1
    /// The target of difficulty 1, and the easiest that Bitcoin's main network allows.
    public static let difficultyOne = CompactTarget(bits: 0x1d00_ffff)

    private static let signBit: UInt32 = 0x0080_0000
    private static let mantissaMask: UInt32 = 0x007f_ffff

    /// The compact target with these bits, whatever they mean.
    public init(bits: UInt32) { self.bits = bits }

    /// The compact form of `target`, rounded down to three significant bytes (two where the third's top bit would be
    /// read as the sign).
    ///
    /// - Throws: ``CompactTargetError/zero(bits:)``, ``CompactTargetError/tooLarge(bitWidth:)``.
    public init(rounding target: Natural) throws(CompactTargetError) {
        guard !target.isZero else { throw .zero(bits: 0) }
        guard target.bitWidth <= Self.maximumTargetBitWidth else { throw .tooLarge(bitWidth: target.bitWidth) }
        var exponent = target.byteWidth
        // The three leading bytes, zeros behind a target that is shorter.
        let bytes = target.bigEndianBytes(count: exponent) + [0, 0]
        var mantissa = UInt32(bigEndianBytes: [0] + bytes[..<3])
        if mantissa & Self.signBit != 0 {
            mantissa >>= 8
            exponent += 1
        }
        bits = UInt32(exponent) << 24 | mantissa
    }

    /// The smallest target that has a compact form and is at least `target`: where ``init(rounding:)`` is not exact, the
    /// next form above it. Bitcoin rounds down; this is for saying how far off that is.
    ///
    /// - Returns: `nil` where no form of at most 256 bits is that large.
    /// - Throws: ``CompactTargetError/zero(bits:)``, ``CompactTargetError/tooLarge(bitWidth:)``.
    public init?(roundingUp target: Natural) throws(CompactTargetError) {
        let below = try CompactTarget(rounding: target)
        if try below.target() == target {
            self = below
            return
        }
        // What was cut off lies below the mantissa's last bit, so the exponent is above 3 here.
        let step = Natural(1) << (8 * (Int(below.bits >> 24) - 3))
        let above = try below.target() + step
        guard above <= Self.maximumTarget else { return nil }
        try self.init(rounding: above)
    }

    /// T: the largest digest, read as a number, that is accepted.
    ///
    /// Encodings other than the shortest are accepted, as Bitcoin accepts them.
    ///
    /// - Returns: 1 ≤ T < 2²⁵⁶.
    /// - Throws: The first of ``CompactTargetError/negative(bits:)``, ``CompactTargetError/zero(bits:)`` and
    ///   ``CompactTargetError/overflow(bits:)``. The sign counts only over a mantissa that is not shifted out: as in
    ///   Bitcoin, 01803456 is zero and not negative.
    public func target() throws(CompactTargetError) -> Natural {
        let mantissa = bits & Self.mantissaMask
        let shift = 8 * (Int(bits >> 24) - 3)
        let word = shift < 0 ? mantissa >> -shift : mantissa
        guard word == 0 || bits & Self.signBit == 0 else { throw .negative(bits: bits) }
        let target = Natural(UInt64(word)) << max(shift, 0)
        guard !target.isZero else { throw .zero(bits: bits) }
        guard target.bitWidth <= Self.maximumTargetBitWidth else { throw .overflow(bits: bits) }
        return target
    }
}

extension CompactTarget: CustomStringConvertible {
    /// The four bytes in hexadecimal, the exponent first.
    public var description: String { Hex.encode(bits.bigEndianBytes) }
}

extension CompactTargetError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .negative(let bits): "the compact target \(CompactTarget(bits: bits)) has its sign bit set"
        case .zero(let bits): "the compact target \(CompactTarget(bits: bits)) is zero"
        case .overflow(let bits): "the compact target \(CompactTarget(bits: bits)) does not fit in 256 bits"
        case .tooLarge(let bitWidth): "the target has \(bitWidth) bits, and at most 256 can be encoded"
        }
    }
}
