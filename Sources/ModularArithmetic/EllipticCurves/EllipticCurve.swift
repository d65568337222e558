import ByteCoding
import COpenSSL

/// A point of an ``EllipticCurve``, the point at infinity included, in SEC 1 octets: 04 ‖ x ‖ y, or 00 for infinity.
///
/// Always on the curve. Use it with the curve that made it.
public struct CurvePoint: Hashable, Sendable {
    let octets: [UInt8]
}

/// An elliptic curve of prime order over a prime field: secp256k1 or P-256 (SEC 2 §2.4), computed by OpenSSL.
///
///     y² = x³ + ax + b over F_p,  q points, q prime (cofactor 1, so there is no small subgroup)
///
/// Written multiplicatively like every ``PrimeOrderGroup``: a · b is the sum of points, a^x the multiple x·a, 1 the point
/// at infinity. The encoding is SEC 1's compressed form, 33 bytes; infinity, which SEC 1 spells in one byte, is 33 zero
/// bytes, and is refused when decoding.
///
/// **Time.** ``power(_:_:)`` is `EC_POINT_mul` with one scalar. OpenSSL's manual promises nothing about its time. Its
/// 3.x sources say that it is protected: on secp256k1 a Montgomery ladder with conditional swaps over a scalar padded to
/// one bit length (`ossl_ec_scalar_mul_ladder`), on P-256 tables read in constant time (`ecp_nistz256`, x86-64 and
/// arm64; the ladder elsewhere). The scalar passes through a BIGNUM that is wiped, whose leading zero bytes are
/// skipped, so about 1 key in 256 may show a shorter load. Who needs more than that takes a Schnorr group.
///
/// **Threads.** The curve's parameters are made once and only read; points and scratch belong to one call.
/// - SeeAlso: SEC 1 v2 §2.3.3-2.3.4; SEC 2 v2 §2.4.1-2.4.2; FIPS 186-4 D.1.2.3.
public struct EllipticCurve: PrimeOrderGroup {
    /// The curve's name: `secp256k1` or `P-256`.
    public let name: String
    /// q.
    public let order: Modulus
    /// The standard base point.
    public let generator: CurvePoint
    /// p, the order of the field.
    let field: Natural
    private let library: CurveLibrary

    /// The curve of Bitcoin: y² = x³ + 7.
    public static let secp256k1 = EllipticCurve(name: "secp256k1", identifier: NID_secp256k1)
    /// NIST's P-256, also called secp256r1 and prime256v1.
    public static let p256 = EllipticCurve(name: "P-256", identifier: NID_X9_62_prime256v1)

    private init(name: String, identifier: Int32) {
        self.name = name
        library = CurveLibrary(identifier)
        (field, order, generator) = library.parameters()
    }

    /// Whether both are the same curve.
    public static func == (left: EllipticCurve, right: EllipticCurve) -> Bool { left.name == right.name }
    /// Feeds the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The point at infinity.
    public var identity: CurvePoint { CurvePoint(octets: [0]) }
    /// 33.
    public var elementByteCount: Int { 1 + field.byteWidth }
    /// A byte for the sign and 16 more than x has, so that x is biased by less than 2⁻¹²⁸.
    public var uniformByteCount: Int { 1 + field.byteWidth + 16 }
    /// The name in ASCII, eq(q), and the base point.
    public var parameterItems: [[UInt8]] {
        [Array(name.utf8), order.value.bigEndianBytes(count: scalarByteCount), encode(generator)]
    }

    /// 02 or 03 for an even or odd y, then x; infinity is all zeros.
    public func encode(_ element: CurvePoint) -> [UInt8] {
        let width = field.byteWidth
        guard element.octets.count == 1 + 2 * width else { return [UInt8](repeating: 0, count: 1 + width) }
        return [2 | element.octets[2 * width] & 1] + element.octets[1...width]
    }

    /// The point of a compressed encoding: x below p, and a point with that x on the curve.
    ///
    /// - Complexity: One square root.
    public func decode(_ bytes: [UInt8]) throws(GroupValueError) -> CurvePoint {
        guard bytes.count == elementByteCount else { throw .notAnEncoding }
        guard bytes.contains(where: { $0 != 0 }) else { throw .outOfRange }
        guard bytes[0] == 2 || bytes[0] == 3 else { throw .notAnEncoding }
        guard Natural(bigEndianBytes: bytes.dropFirst()) < field else { throw .outOfRange }
        guard let point = library.decompress(bytes) else { throw .notInSubgroup }
        return point
    }

    /// The sum of the points.
    public func multiply(_ a: CurvePoint, _ b: CurvePoint) -> CurvePoint {
        library.withScratch { scratch in scratch.sum(a, b) }
    }

    /// The point mirrored.
    public func invert(_ a: CurvePoint) -> CurvePoint { library.withScratch { scratch in scratch.negative(a) } }

    /// The multiple of `base`; see the type for what OpenSSL says about its time.
    public func power(_ base: CurvePoint, _ exponent: borrowing SecretResidue) -> CurvePoint {
        let bytes = exponent.bigEndianBytes(count: scalarByteCount)
        return library.withScratch { scratch in
            unsafe bytes.withUnsafeBytes { unsafe scratch.multiple(of: base == generator ? nil : base, $0) }
        }
    }

    /// Each multiple alone, in one OpenSSL context.
    public func powersVariableTime(_ pairs: [(base: CurvePoint, exponent: Scalar)]) -> [CurvePoint] {
        library.withScratch { scratch in
            pairs.map { scratch.multiple(of: $0.base == generator ? nil : $0.base, bytes($0.exponent)) }
        }
    }

    /// Where one base is the generator, both multiples share their doublings (`EC_POINT_mul`'s two scalars).
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower<CurvePoint>]) -> [CurvePoint] {
        library.withScratch { scratch in
            terms.map { term in
                let (x, y) = (bytes(term.exponents.0), bytes(term.exponents.1))
                if term.bases.0 == generator { return scratch.combination(x, term.bases.1, y) }
                if term.bases.1 == generator { return scratch.combination(y, term.bases.0, x) }
                return scratch.sum(
                    scratch.multiple(of: term.bases.0, x), scratch.multiple(of: term.bases.1, y))
            }
        }
    }

    /// The point whose x is OS2IP of all bytes but the first modulo p and whose y has the first byte's lowest bit, or
    /// `nil` where the curve has no such point: about every second time.
    public func element(uniform bytes: [UInt8]) -> CurvePoint? {
        guard let first = bytes.first else { return nil }
        let x = Natural(bigEndianBytes: bytes.dropFirst()) % field
        return library.decompress([2 | first & 1] + x.bigEndianBytes(count: field.byteWidth))
    }

    private func bytes(_ scalar: Scalar) -> [UInt8] { encode(scalar) }
}
