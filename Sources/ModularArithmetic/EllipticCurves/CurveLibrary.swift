import COpenSSL

/// OpenSSL's parameters of one curve: made once, then only read, by any number of threads.
@safe final class CurveLibrary: @unchecked Sendable {
    fileprivate let group: OpaquePointer

    init(_ identifier: Int32) {
        guard let group = unsafe EC_GROUP_new_by_curve_name(identifier) else {
            preconditionFailure("OpenSSL lacks an elliptic curve: the installed libcrypto cannot be used")
        }
        unsafe self.group = group
    }

    deinit { unsafe EC_GROUP_free(group) }

    /// p, q and the base point.
    func parameters() -> (field: Natural, order: Modulus, generator: CurvePoint) {
        withScratch { scratch in
            let prime = unsafe BN_new()
            defer { unsafe BN_free(prime) }
            require(unsafe EC_GROUP_get_curve(group, prime, nil, nil, scratch.context) == 1, "EC_GROUP_get_curve")
            let order = unsafe Self.natural(EC_GROUP_get0_order(group))
            guard let modulus = try? Modulus(order), let base = unsafe EC_GROUP_get0_generator(group) else {
                preconditionFailure("OpenSSL's curve has no odd order or no base point")
            }
            return unsafe (Self.natural(prime), modulus, scratch.point(base))
        }
    }

    private static func natural(_ number: OpaquePointer?) -> Natural {
        var bytes = [UInt8](repeating: 0, count: unsafe Int(BN_num_bits(number) + 7) / 8)
        require(unsafe BN_bn2bin(number, &bytes) == Int32(bytes.count), "BN_bn2bin")
        return Natural(bigEndianBytes: bytes)
    }

    /// The point of a compressed encoding, or `nil` where there is none.
    func decompress(_ bytes: [UInt8]) -> CurvePoint? { withScratch { scratch in scratch.decompress(bytes) } }

    /// Gives `body` points and a context of its own, freed and wiped afterwards.
    func withScratch<R>(_ body: (borrowing CurveScratch) -> R) -> R { body(CurveScratch(self)) }
}

/// What one call works in.
@safe struct CurveScratch: ~Copyable {
    private let group: OpaquePointer
    fileprivate let context: OpaquePointer
    private let first: OpaquePointer
    private let second: OpaquePointer

    init(_ library: CurveLibrary) {
        guard let context = unsafe BN_CTX_new(), let first = unsafe EC_POINT_new(library.group),
            let second = unsafe EC_POINT_new(library.group)
        else { preconditionFailure("OpenSSL is out of memory") }
        unsafe group = library.group
        unsafe self.context = context
        unsafe self.first = first
        unsafe self.second = second
    }

    deinit {
        unsafe EC_POINT_clear_free(first)
        unsafe EC_POINT_clear_free(second)
        unsafe BN_CTX_free(context)
    }

    /// a + b.
    func sum(_ a: CurvePoint, _ b: CurvePoint) -> CurvePoint {
        unsafe load(a, into: first)
        unsafe load(b, into: second)
        require(unsafe EC_POINT_add(group, first, first, second, context) == 1, "EC_POINT_add")
        return unsafe point(first)
    }

    /// −a.
    func negative(_ a: CurvePoint) -> CurvePoint {
        unsafe load(a, into: first)
        require(unsafe EC_POINT_invert(group, first, context) == 1, "EC_POINT_invert")
        return unsafe point(first)
    }

    /// The multiple of `base`, or of the generator where it is `nil`.
    func multiple(of base: CurvePoint?, _ scalar: [UInt8]) -> CurvePoint {
        unsafe scalar.withUnsafeBytes { unsafe multiple(of: base, $0) }
    }

    /// The same for a scalar that may be secret: its BIGNUM is wiped.
    func multiple(of base: CurvePoint?, _ scalar: UnsafeRawBufferPointer) -> CurvePoint {
        unsafe withNumber(scalar) { number in
            if let base {
                unsafe load(base, into: first)
                require(unsafe EC_POINT_mul(group, second, nil, first, number, context) == 1, "EC_POINT_mul")
            } else {
                require(unsafe EC_POINT_mul(group, second, number, nil, nil, context) == 1, "EC_POINT_mul")
            }
        }
        return unsafe point(second)
    }

    /// x times the generator plus y times `base`, on public values.
    func combination(_ x: [UInt8], _ base: CurvePoint, _ y: [UInt8]) -> CurvePoint {
        unsafe load(base, into: first)
        unsafe x.withUnsafeBytes { x in
            unsafe y.withUnsafeBytes { y in
                unsafe withNumber(x) { x in
                    unsafe withNumber(y) { y in
                        require(unsafe EC_POINT_mul(group, second, x, first, y, context) == 1, "EC_POINT_mul")
                    }
                }
            }
        }
        return unsafe point(second)
    }

    /// The point of a compressed encoding, or `nil` where there is none.
    func decompress(_ bytes: [UInt8]) -> CurvePoint? {
        ERR_set_mark()
        defer { ERR_pop_to_mark() }
        guard unsafe EC_POINT_oct2point(group, first, bytes, bytes.count, context) == 1 else { return nil }
        return unsafe point(first)
    }

    /// The point as octets.
    fileprivate func point(_ pointer: OpaquePointer) -> CurvePoint {
        let form = POINT_CONVERSION_UNCOMPRESSED
        let count = unsafe EC_POINT_point2oct(group, pointer, form, nil, 0, context)
        var octets = [UInt8](repeating: 0, count: count)
        require(
            unsafe count > 0 && EC_POINT_point2oct(group, pointer, form, &octets, count, context) == count,
            "EC_POINT_point2oct")
        return CurvePoint(octets: octets)
    }

    private func load(_ point: CurvePoint, into pointer: OpaquePointer) {
        require(
            unsafe EC_POINT_oct2point(group, pointer, point.octets, point.octets.count, context) == 1,
            "EC_POINT_oct2point")
    }

    /// Gives `body` the scalar as a BIGNUM marked constant-time, wiped afterwards.
    private func withNumber(_ scalar: UnsafeRawBufferPointer, _ body: (OpaquePointer) -> Void) {
        let bytes = unsafe scalar.assumingMemoryBound(to: UInt8.self)
        guard let number = unsafe BN_bin2bn(bytes.baseAddress, Int32(bytes.count), nil) else {
            preconditionFailure("OpenSSL is out of memory")
        }
        defer { unsafe BN_clear_free(number) }
        unsafe BN_set_flags(number, BN_FLG_CONSTTIME)
        unsafe body(number)
    }
}

/// Stops the program when OpenSSL refuses a call whose arguments are correct by construction: it is out of memory or
/// its installation lacks the curve. No input can cause it.
private func require(_ succeeded: Bool, _ call: StaticString) {
    precondition(succeeded, "OpenSSL refused \(call): the installed libcrypto cannot be used")
}
