public import ByteCoding
import COpenSSL

/// HMAC-SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The 32-byte tag of `message` under `key`.
    ///
    /// Computed by OpenSSL, in time that depends on the lengths only.
    public static func tag(key: borrowing SecretBytes, message: [UInt8]) -> Digest {
        var tag = [UInt8](repeating: 0, count: Digest.byteCount)
        unsafe key.withUnsafeBytes { k in
            unsafe message.withUnsafeBytes { m in
                unsafe tag.withUnsafeMutableBytes { unsafe compute(key: k, message: m, into: $0) }
            }
        }
        do { return try Digest(bytes: tag) } catch { preconditionFailure("HMAC-SHA-256 gives 32 bytes") }
    }

    static func compute(
        key: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, into tag: UnsafeMutableRawBufferPointer
    ) {
        precondition(tag.count == Digest.byteCount, "HMAC-SHA-256 gives 32 bytes")
        // Empty arrays have no address; OpenSSL takes a key without one for "the key of the last call".
        let done = unsafe withUnsafeBytes(of: UInt8(0)) { nothing in
            unsafe HMAC(
                EVP_sha256(), key.baseAddress ?? nothing.baseAddress, Int32(key.count),
                (message.baseAddress ?? nothing.baseAddress)?.assumingMemoryBound(to: UInt8.self), message.count,
                tag.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) != nil
        }
        require(done, "HMAC")
    }
}
