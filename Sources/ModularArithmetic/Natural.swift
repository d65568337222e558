import CGMP

/// A non-negative integer of any size, as a value: its 64-bit limbs, least significant first, no leading zero limb.
///
/// GMP does the arithmetic on read-only views of the limbs, so a value owns one Swift array and nothing else, and there
/// is nothing to leak. **Every operation here is variable-time**: a `Natural` is public. Secret integers are
/// ``SecretResidue``.
///
///     let p = try Natural(canonicalHex: "2f")
///     print(Natural(4).powerVariableTime(Natural(23), modulo: p))    // 1
public struct Natural: Hashable, Sendable {
    let limbs: [UInt]

    /// The bits of one limb.
    static let limbBitWidth = UInt.bitWidth

    init(limbs: some Sequence<UInt>) {
        var limbs = Array(limbs)
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
    }

    /// A small number.
    public init(_ value: UInt64) { self.init(limbs: [UInt(value)]) }

    /// OS2IP (RFC 8017 §4.2): the number whose big-endian form is `bytes`, of any length; nothing is 0.
    public init(bigEndianBytes bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        var limbs: [UInt] = []
        limbs.reserveCapacity(bytes.count / 8 + 1)
        var end = bytes.count
        while end > 0 {
            let start = Swift.max(0, end - 8)
            limbs.append(bytes[start..<end].reduce(0) { $0 << 8 | UInt($1) })
            end = start
        }
        self.init(limbs: limbs)
    }

    /// The position of the highest one bit, counted from 1; zero has none, so 0.
    public var bitWidth: Int {
        guard let top = limbs.last else { return 0 }
        return limbs.count * Self.limbBitWidth - top.leadingZeroBitCount
    }

    /// The bytes that the number needs.
    public var byteWidth: Int { (bitWidth + 7) / 8 }

    /// Whether the number is 0.
    public var isZero: Bool { limbs.isEmpty }

    /// Whether the number is odd.
    public var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

    /// I2OSP (RFC 8017 §4.1): the number in exactly `count` big-endian bytes.
    ///
    /// - Precondition: ``byteWidth`` is at most `count`; the caller has checked the range.
    public func bigEndianBytes(count: Int) -> [UInt8] {
        precondition(byteWidth <= count, "the number needs more bytes than its place has")
        var bytes = [UInt8](repeating: 0, count: count)
        for (index, limb) in limbs.enumerated() {
            for byte in 0..<8 where 8 * index + byte < count {
                bytes[count - 1 - 8 * index - byte] = UInt8(truncatingIfNeeded: limb >> (8 * byte))
            }
        }
        return bytes
    }

    /// The bit of weight 2^`index`.
    ///
    /// - Precondition: `index` is not negative.
    public func bit(at index: Int) -> Bool {
        precondition(index >= 0, "a bit has no negative weight")
        let limb = index / Self.limbBitWidth
        return limb < limbs.count && limbs[limb] >> (index % Self.limbBitWidth) & 1 == 1
    }
}

extension Natural: Comparable {
    /// Whether `left` is smaller than `right`.
    public static func < (left: Natural, right: Natural) -> Bool {
        guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
        for (l, r) in zip(left.limbs.reversed(), right.limbs.reversed()) where l != r { return l < r }
        return false
    }
}

extension Natural: ExpressibleByIntegerLiteral {
    /// A small number.
    public init(integerLiteral value: UInt64) { self.init(value) }
}

// MARK: - GMP

extension Natural {
    /// Gives `body` this number as a read-only `mpz_t` that borrows the limbs.
    func withMPZ<R>(_ body: (UnsafePointer<__mpz_struct>) -> R) -> R {
        unsafe limbs.withUnsafeBufferPointer { buffer in
            var view = unsafe __mpz_struct()
            unsafe __gmpz_roinit_n(&view, buffer.baseAddress, buffer.count)
            return unsafe body(&view)
        }
    }

    /// The number that `body` leaves in a fresh `mpz_t`.
    static func computing(_ body: (UnsafeMutablePointer<__mpz_struct>) -> Void) -> Natural {
        var result = unsafe __mpz_struct()
        return unsafe withUnsafeMutablePointer(to: &result) { pointer in
            unsafe __gmpz_init(pointer)
            defer { unsafe __gmpz_clear(pointer) }
            unsafe body(pointer)
            let count = unsafe __gmpz_size(pointer)
            return unsafe Natural(limbs: UnsafeBufferPointer(start: __gmpz_limbs_read(pointer), count: count))
        }
    }

    private func combined(
        with other: Natural,
        _ body: (UnsafeMutablePointer<__mpz_struct>, UnsafePointer<__mpz_struct>, UnsafePointer<__mpz_struct>) -> Void
    ) -> Natural {
        unsafe withMPZ { a in unsafe other.withMPZ { b in unsafe Natural.computing { unsafe body($0, a, b) } } }
    }
}

// MARK: - Arithmetic

extension Natural {
    /// The sum.
    public static func + (left: Natural, right: Natural) -> Natural {
        unsafe left.combined(with: right) { unsafe __gmpz_add($0, $1, $2) }
    }

    /// The difference.
    ///
    /// - Precondition: `left ≥ right`.
    public static func - (left: Natural, right: Natural) -> Natural {
        precondition(left >= right, "a natural number has no negative values")
        return unsafe left.combined(with: right) { unsafe __gmpz_sub($0, $1, $2) }
    }

    /// The product.
    public static func * (left: Natural, right: Natural) -> Natural {
        unsafe left.combined(with: right) { unsafe __gmpz_mul($0, $1, $2) }
    }

    /// `self · other mod modulus`.
    ///
    /// - Precondition: `modulus` is not 0.
    func multiplied(by other: Natural, modulo modulus: Natural) -> Natural {
        precondition(!modulus.isZero, "division by zero")
        return unsafe modulus.withMPZ { m in
            unsafe combined(with: other) {
                unsafe __gmpz_mul($0, $1, $2)
                unsafe __gmpz_tdiv_r($0, $0, m)
            }
        }
    }

    /// The quotient, rounded down.
    ///
    /// - Precondition: `right` is not 0.
    public static func / (left: Natural, right: Natural) -> Natural {
        precondition(!right.isZero, "division by zero")
        return unsafe left.combined(with: right) { unsafe __gmpz_tdiv_q($0, $1, $2) }
    }

    /// The remainder, in 0 ..< `right`.
    ///
    /// - Precondition: `right` is not 0.
    public static func % (left: Natural, right: Natural) -> Natural {
        precondition(!right.isZero, "division by zero")
        return unsafe left.combined(with: right) { unsafe __gmpz_tdiv_r($0, $1, $2) }
    }

    /// The number times 2^`count`.
    public static func << (left: Natural, count: Int) -> Natural {
        precondition((0...maximumBitWidth).contains(count), "a shift must be between 0 and \(maximumBitWidth) bits")
        return unsafe left.withMPZ { a in unsafe computing { unsafe __gmpz_mul_2exp($0, a, UInt(count)) } }
    }

    /// The number divided by 2^`count`, rounded down.
    public static func >> (left: Natural, count: Int) -> Natural {
        precondition(count >= 0, "a shift must not be negative")
        return unsafe left.withMPZ { a in unsafe computing { unsafe __gmpz_tdiv_q_2exp($0, a, UInt(count)) } }
    }

    /// The greatest common divisor; gcd(0, 0) = 0.
    public func greatestCommonDivisor(_ other: Natural) -> Natural {
        unsafe combined(with: other) { unsafe __gmpz_gcd($0, $1, $2) }
    }

    /// The x in 1 ..< `modulus` with `self · x ≡ 1 (mod modulus)`, or `nil` where the two have a common divisor.
    ///
    /// - Precondition: `modulus > 1`.
    public func inverseVariableTime(modulo modulus: Natural) -> Natural? {
        precondition(modulus > 1, "an inverse needs a modulus above 1")
        var exists = false
        let inverse = unsafe combined(with: modulus) { unsafe exists = __gmpz_invert($0, $1, $2) != 0 }
        return exists ? inverse : nil
    }

    /// `self^exponent mod modulus`, in time that depends on all three.
    ///
    /// - Precondition: `modulus` is not 0.
    public func powerVariableTime(_ exponent: Natural, modulo modulus: Natural) -> Natural {
        precondition(!modulus.isZero, "a power needs a modulus above 0")
        return unsafe withMPZ { base in
            unsafe exponent.withMPZ { e in
                unsafe modulus.withMPZ { m in unsafe Natural.computing { unsafe __gmpz_powm($0, base, e, m) } }
            }
        }
    }
}
