public import ByteCoding
import CGMP

/// A secret integer modulo n: a fixed number of limbs in memory that is wiped when the value dies.
///
/// A signing key, a nonce and the mask of an encryption are such values. It cannot be copied, printed or compared with
/// `==`, and never enters an `mpz_t`. Its operations (in ``Modulus``) run the same instructions whatever the value, on
/// the GMP functions that promise this (GMP manual, *Low-level Functions for cryptography*).
@safe public struct SecretResidue: ~Copyable, @unchecked Sendable {
    let limbs: UnsafeMutableBufferPointer<UInt>

    init(zeros count: Int) {
        unsafe limbs = .allocate(capacity: count)
        unsafe limbs.initialize(repeating: 0)
    }

    /// The number of limbs: public, set by the modulus.
    var limbCount: Int { unsafe limbs.count }

    deinit {
        unsafe wipe(limbs)
        unsafe limbs.deallocate()
    }

    /// The value as a public number. The name says what it does: after this, the value is not secret any more.
    public func declassified() -> Natural {
        unsafe publish(UnsafeMutableRawBufferPointer(limbs))
        return unsafe Natural(limbs: UnsafeBufferPointer(limbs))
    }

    /// Whether the value is 0. Takes the same time for every value; the answer itself is public.
    public var isZero: Bool { unsafe published(limbs.reduce(0, { $0 | $1 })) == 0 }

    /// 1 where both are the same number, else 0, in time that depends on neither. The answer is as secret as they are.
    ///
    /// - Precondition: both belong to one modulus.
    public func equality(_ other: borrowing SecretResidue) -> UInt {
        precondition(limbCount == other.limbCount, "a residue of another modulus")
        var difference: UInt = 0
        for index in 0..<limbCount { unsafe difference |= limbs[index] ^ other.limbs[index] }
        return 1 ^ (difference | (0 &- difference)) >> (UInt.bitWidth - 1)
    }

    /// The value in exactly `count` big-endian bytes.
    ///
    /// - Precondition: the modulus fits in `count` bytes, so every value does; a value that does not stops the program.
    public func bigEndianBytes(count: Int) -> SecretBytes {
        var bytes = SecretBytes(zeros: count)
        var left: UInt8 = 0
        unsafe bytes.withUnsafeMutableBytes { buffer in
            for index in 0..<8 * limbCount {
                let byte = unsafe UInt8(truncatingIfNeeded: limbs[index / 8] >> (8 * (index % 8)))
                if index < count { unsafe buffer[count - 1 - index] = byte } else { left |= byte }
            }
        }
        precondition(published(left) == 0, "the residue needs more bytes than its place has")
        return bytes
    }
}

/// Overwrites limbs in a way that the compiler may not remove.
private func wipe(_ limbs: UnsafeMutableBufferPointer<UInt>) {
    unsafe ByteCoding.wipe(UnsafeMutableRawBufferPointer(limbs))
}

/// Limbs for GMP to work in, wiped afterwards.
private func withScratch<R: ~Copyable>(_ count: Int, _ body: (UnsafeMutablePointer<UInt>) -> R) -> R {
    let scratch = UnsafeMutablePointer<UInt>.allocate(capacity: Swift.max(count, 1))
    defer {
        unsafe wipe(UnsafeMutableBufferPointer(start: scratch, count: Swift.max(count, 1)))
        unsafe scratch.deallocate()
    }
    return unsafe body(scratch)
}

/// A residue belongs to the modulus that made it, whose limbs it has. One of another modulus is the caller's mistake:
/// where its limbs are not as many the program stops, since GMP would read past them; otherwise the result is meaningless.
extension Modulus {
    /// A public number as a secret residue, to be combined with secret ones.
    public func secret(_ value: Natural) -> SecretResidue {
        let residue = SecretResidue(zeros: limbCount)
        for (index, limb) in reduce(value).limbs.enumerated() { unsafe residue.limbs[index] = limb }
        return residue
    }

    /// OS2IP(`bytes`) mod n. Constant-time in the bytes; their number is public.
    public func secret(reducing bytes: borrowing SecretBytes) -> SecretResidue {
        let count = Swift.max(limbCount, (bytes.count + 7) / 8)
        return unsafe withScratch(count) { wide in
            unsafe wide.initialize(repeating: 0, count: count)
            unsafe bytes.withUnsafeBytes { buffer in
                for index in 0..<buffer.count {
                    unsafe wide[index / 8] |= UInt(buffer[buffer.count - 1 - index]) << (8 * (index % 8))
                }
            }
            return unsafe remainder(wide, count)
        }
    }

    /// The secret number that exactly ``byteWidth`` big-endian `bytes` spell, or `nil` where it is not below n.
    ///
    /// Constant-time in the bytes; their number, and whether they are in range, are public.
    public func secret(canonical bytes: borrowing SecretBytes) -> SecretResidue? {
        guard bytes.count == byteWidth else { return nil }
        let residue = secret(reducing: bytes)
        guard residue.bigEndianBytes(count: byteWidth).constantTimeEquals(bytes) else { return nil }
        return residue
    }

    /// A uniform residue, biased by less than 2⁻¹²⁸.
    public func secretRandom(using generator: inout some RandomNumberGenerator) -> SecretResidue {
        var bytes = SecretBytes(zeros: byteWidth + 16)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            for index in 0..<buffer.count { unsafe buffer[index] = generator.next() }
        }
        return secret(reducing: bytes)
    }

    /// `a + b mod n`, constant-time.
    public func add(_ a: borrowing SecretResidue, _ b: borrowing SecretResidue) -> SecretResidue {
        let k = limbCount(of: a, b)
        let sum = SecretResidue(zeros: k)
        unsafe value.limbs.withUnsafeBufferPointer { n in
            let carry = unsafe __gmpn_add_n(sum.pointer, a.pointer, b.pointer, k)
            let borrow = unsafe __gmpn_sub_n(sum.pointer, sum.pointer, n.baseAddress, k)
            // Below n before the subtraction exactly when it borrowed and the addition did not carry.
            _ = unsafe __gmpn_cnd_add_n(borrow & (carry ^ 1), sum.pointer, sum.pointer, n.baseAddress, k)
        }
        return sum
    }

    /// `a − b mod n`, constant-time.
    public func subtract(_ a: borrowing SecretResidue, _ b: borrowing SecretResidue) -> SecretResidue {
        let k = limbCount(of: a, b)
        let difference = SecretResidue(zeros: k)
        unsafe value.limbs.withUnsafeBufferPointer { n in
            let borrow = unsafe __gmpn_sub_n(difference.pointer, a.pointer, b.pointer, k)
            _ = unsafe __gmpn_cnd_add_n(borrow, difference.pointer, difference.pointer, n.baseAddress, k)
        }
        return difference
    }

    /// `−a mod n`, constant-time.
    public func negate(_ a: borrowing SecretResidue) -> SecretResidue { subtract(SecretResidue(zeros: limbCount), a) }

    /// `a · b mod n`, constant-time.
    public func multiply(_ a: borrowing SecretResidue, _ b: borrowing SecretResidue) -> SecretResidue {
        let k = limbCount(of: a, b)
        return unsafe withScratch(2 * k + __gmpn_sec_mul_itch(k, k)) { wide in
            unsafe __gmpn_sec_mul(wide, a.pointer, k, b.pointer, k, wide + 2 * k)
            return unsafe remainder(wide, 2 * k)
        }
    }

    /// `base^exponent mod n`, constant-time in the exponent and in the base.
    ///
    /// - Parameters:
    ///   - base: A public number.
    ///   - exponent: A secret of any modulus; all its limbs are run through, so its modulus alone sets the time.
    /// - Complexity: 64 · limbs squarings and a window of products, through `mpn_sec_powm`.
    public func power(_ base: Natural, _ exponent: borrowing SecretResidue) -> SecretResidue {
        let k = limbCount
        let result = SecretResidue(zeros: k)
        let bits = UInt(exponent.limbCount * Natural.limbBitWidth)
        let reduced = reduce(base)
        // GMP wants a base above 0, and n stands for 0 as well.
        let base = (reduced.isZero ? value : reduced).paddedLimbs(k)
        unsafe value.limbs.withUnsafeBufferPointer { n in
            unsafe withScratch(__gmpn_sec_powm_itch(k, bits, k)) { scratch in
                unsafe __gmpn_sec_powm(
                    result.pointer, base, k, exponent.pointer, bits, n.baseAddress, k, scratch)
            }
        }
        return result
    }

    /// k, once both residues are known to have that many limbs.
    private func limbCount(of a: borrowing SecretResidue, _ b: borrowing SecretResidue) -> Int {
        precondition(a.limbCount == limbCount && b.limbCount == limbCount, "a residue of another modulus")
        return limbCount
    }

    /// `wide mod n`, constant-time; `wide` is overwritten. It has `count` ≥ k limbs.
    private func remainder(_ wide: UnsafeMutablePointer<UInt>, _ count: Int) -> SecretResidue {
        let result = SecretResidue(zeros: limbCount)
        unsafe value.limbs.withUnsafeBufferPointer { n in
            unsafe withScratch(__gmpn_sec_div_r_itch(count, limbCount)) { scratch in
                unsafe __gmpn_sec_div_r(wide, count, n.baseAddress, limbCount, scratch)
            }
        }
        unsafe result.pointer.update(from: wide, count: limbCount)
        return result
    }
}

extension SecretResidue {
    /// The first limb. A residue always has one: a modulus is at least 3.
    fileprivate var pointer: UnsafeMutablePointer<UInt> {
        guard let pointer = unsafe limbs.baseAddress else { preconditionFailure("a residue has at least one limb") }
        return unsafe pointer
    }
}
