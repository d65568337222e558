import ByteCoding
import CPeers
import ModularArithmetic

/// The group ristretto255 (RFC 9496) by libsodium: an elliptic-curve peer for the companion schemes.
///
/// For benchmarks: secret exponents pass through arrays that nobody wipes.
struct Ristretto255: PrimeOrderGroup {
    /// A point by its 32-byte encoding, which is its only one; the identity is all zeros.
    struct Point: Hashable, Sendable {
        let bytes: [UInt8]
    }

    let order: Modulus
    let generator: Point

    /// The group, or `nil` where libsodium is not installed.
    init?() {
        // 2^252 + 27742317777372353535851937790883648493
        let hex = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"
        guard cp_sodium_version() != nil, let value = try? Natural(canonicalHex: hex), let order = try? Modulus(value)
        else {
            return nil
        }
        self.order = order
        generator = Self.multiple(of: nil, Self.littleEndian(1))
    }

    var identity: Point { Point(bytes: [UInt8](repeating: 0, count: 32)) }
    var elementByteCount: Int { 32 }
    var uniformByteCount: Int { 64 }
    var parameterItems: [[UInt8]] {
        [Array("ristretto255".utf8), order.value.bigEndianBytes(count: 32), generator.bytes]
    }

    func encode(_ element: Point) -> [UInt8] { element.bytes }

    func decode(_ bytes: [UInt8]) throws(GroupValueError) -> Point {
        guard bytes.count == 32 else { throw .notAnEncoding }
        guard bytes != identity.bytes else { throw .outOfRange }
        guard cp_ristretto_is_point(bytes) == 1 else { throw .notAnEncoding }
        return Point(bytes: bytes)
    }

    func multiply(_ a: Point, _ b: Point) -> Point { Self.filled { cp_ristretto_add($0, a.bytes, b.bytes) } }

    func invert(_ a: Point) -> Point { Self.filled { cp_ristretto_subtract($0, identity.bytes, a.bytes) } }

    func power(_ base: Point, _ exponent: borrowing SecretResidue) -> Point {
        let bytes = exponent.bigEndianBytes(count: 32).unprotectedCopy()
        return Self.multiple(of: base == generator ? nil : base, bytes.reversed())
    }

    func powersVariableTime(_ pairs: [(base: Point, exponent: Scalar)]) -> [Point] {
        pairs.map { Self.multiple(of: $0.base == generator ? nil : $0.base, Self.littleEndian($0.exponent.value)) }
    }

    func element(uniform bytes: [UInt8]) -> Point? {
        guard bytes.count == uniformByteCount else { return nil }
        let point = Self.filled { cp_ristretto_from_uniform($0, bytes) }
        return point == identity ? nil : point
    }

    static func == (left: Ristretto255, right: Ristretto255) -> Bool { true }
    func hash(into hasher: inout Hasher) {}

    private static func littleEndian(_ number: Natural) -> [UInt8] { number.bigEndianBytes(count: 32).reversed() }

    /// The multiple of `base`, or of the generator where it is `nil`.
    private static func multiple(of base: Point?, _ scalar: [UInt8]) -> Point {
        filled { out in
            if let base {
                cp_ristretto_multiply(out, base.bytes, scalar)
            } else {
                cp_ristretto_multiply_generator(out, scalar)
            }
        }
    }

    private static func filled(_ body: (UnsafeMutablePointer<UInt8>) -> Void) -> Point {
        Point(
            bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                if let address = buffer.baseAddress { body(address) }
                count = 32
            })
    }
}
