public import ByteCoding
import COpenSSL

/// Why a set of scrypt parameters is refused.
public enum ScryptError: Error, Equatable, Sendable {
    /// The cost N is not a power of two, is below 2, or is not below 2^(16 · r), as RFC 7914 §2 has it.
    case cost(UInt64)
    /// The block size r is zero.
    case blockSize(UInt32)
    /// The parallelization p is zero, or p · r is over 2³⁰ − 1.
    case parallelization(UInt32)
    /// The parameters need more memory than is allowed, in bytes.
    case memory(needed: UInt64, limit: UInt64)
    /// The output would be empty, or longer than (2³² − 1) · 32 bytes.
    case outputByteCount(Int)
}

extension ScryptError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .cost(let n): "scrypt's cost must be a power of two, from 2 to below 2^(16 r), not \(n)"
        case .blockSize(let r): "scrypt's block size must be at least 1, not \(r)"
        case .parallelization(let p): "scrypt's parallelization must be at least 1, and p r below 2^30, not p = \(p)"
        case .memory(let needed, let limit): "scrypt needs \(needed) bytes with these parameters, and may take \(limit)"
        case .outputByteCount(let count): "scrypt gives 1 to (2^32 - 1) 32 bytes, not \(count)"
        }
    }
}

/// scrypt (RFC 7914): a hash that takes time and memory on purpose, so that guessing its input is slow.
///
///     B      = PBKDF2-HMAC-SHA-256(password, salt, 1 iteration, p · 128 · r bytes)
///     Bᵢ     = ROMix(r, Bᵢ, N)            for each of the p parts
///     output = PBKDF2-HMAC-SHA-256(password, B, 1 iteration, count bytes)
///
/// Computed by OpenSSL. A value of this type holds usable parameters.
///
/// Which memory ROMix reads depends on the password and the salt: who shares the processor's cache can learn about
/// them. That is the function's design; nothing in it can be made constant time.
/// - SeeAlso: C. Percival, *Stronger key derivation via sequential memory-hard functions* (2009).
public struct Scrypt: Equatable, Sendable {
    /// The cost N: how many blocks of 128 · r bytes ROMix keeps, and twice how many it visits.
    public let cost: UInt64
    /// The block size r.
    public let blockSize: UInt32
    /// The parallelization p.
    public let parallelization: UInt32
    /// The memory that a call takes: 128 · r · (N + p + 2) bytes.
    public let memoryByteCount: UInt64

    /// The memory that is allowed unless the caller says otherwise: 256 MiB.
    public static let defaultMemoryLimit: UInt64 = 1 << 28

    /// Parameters that RFC 7914 allows and that fit into `memoryLimit` bytes.
    ///
    /// - Throws: ``ScryptError``, for the first rule that is broken, in the order of its cases.
    public init(
        cost: UInt64, blockSize: UInt32, parallelization: UInt32, memoryLimit: UInt64 = Scrypt.defaultMemoryLimit
    ) throws(ScryptError) {
        guard blockSize > 0 else { throw .blockSize(blockSize) }
        guard cost > 1, cost & (cost - 1) == 0, blockSize >= 4 || cost < 1 << (16 * UInt64(blockSize)) else {
            throw .cost(cost)
        }
        let (blocks, overflow) = UInt64(parallelization).multipliedReportingOverflow(by: UInt64(blockSize))
        guard parallelization > 0, !overflow, blocks < 1 << 30 else { throw .parallelization(parallelization) }
        let rows = cost.addingReportingOverflow(UInt64(parallelization) + 2)
        let (needed, tooMuch) = rows.partialValue.multipliedReportingOverflow(by: 128 * UInt64(blockSize))
        guard !rows.overflow, !tooMuch, needed <= memoryLimit, needed <= UInt64(Int.max) else {
            throw .memory(needed: rows.overflow || tooMuch ? .max : needed, limit: memoryLimit)
        }
        self.cost = cost
        self.blockSize = blockSize
        self.parallelization = parallelization
        memoryByteCount = needed
    }

    /// `count` bytes from `password` and `salt`, each of which may be empty.
    ///
    /// - Throws: ``ScryptError/outputByteCount(_:)``.
    /// - Complexity: 4 · N · r · p steps of Salsa20/8 and ``memoryByteCount`` bytes, which OpenSSL wipes. The program
    ///   ends where the system does not have them.
    public func derive(
        password: borrowing SecretBytes, salt: borrowing SecretBytes, count: Int
    ) throws(ScryptError) -> SecretBytes {
        guard count > 0, UInt64(count) <= UInt64(UInt32.max) * 32 else { throw .outputByteCount(count) }
        var output = SecretBytes(zeros: count)
        let done = unsafe password.withUnsafeBytes { p in
            unsafe salt.withUnsafeBytes { s in
                unsafe output.withUnsafeMutableBytes { o in
                    unsafe EVP_PBE_scrypt(
                        p.baseAddress?.assumingMemoryBound(to: CChar.self), p.count,
                        s.baseAddress?.assumingMemoryBound(to: UInt8.self), s.count, cost, UInt64(blockSize),
                        UInt64(parallelization), memoryByteCount, o.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        o.count)
                }
            }
        }
        require(done == 1, "EVP_PBE_scrypt")
        return output
    }
}
