public import ByteCoding
import COpenSSL

/// HMAC-SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The 32-byte tag of `message` under `key`.
    ///
    /// Computed by OpenSSL, in time that depends on the lengths only.
    public static func tag(key: borrowing SecretBytes, message: [UInt8]) -> Digest {
        var tag = [UInt8](repeating: 0, count: Digest.byteCount)
        let done = unsafe key.withUnsafeBytes { k in
            unsafe message.withUnsafeBufferPointer { m in
                unsafe HMAC(EVP_sha256(), k.baseAddress, Int32(k.count), m.baseAddress, m.count, &tag, nil) != nil
            }
        }
        require(done, "HMAC")
        return digest(tag)
    }

    private static func digest(_ tag: [UInt8]) -> Digest {
        do { return try Digest(bytes: tag) } catch { preconditionFailure("HMAC-SHA-256 gives 32 bytes") }
    }
}
