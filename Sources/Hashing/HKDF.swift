public import ByteCoding

/// HKDF with SHA-256 (RFC 5869): extract, then expand.
///
///     PRK  = HMAC(salt, key)
///     T(i) = HMAC(PRK, T(i − 1) ‖ info ‖ i)        output = T(1) ‖ T(2) ‖ …, cut to `count` bytes
///
/// Composed from OpenSSL's HMAC: its own HKDF refuses an `info` over 1024 bytes.
public enum HKDFSHA256 {
    /// `count` bytes of key material from `key`, in time that depends on the lengths only.
    ///
    /// - Parameters:
    ///   - key: The input key material, at least one byte.
    ///   - salt: Public; may be empty.
    ///   - info: What the derived key is for; public; may be empty.
    ///   - count: The bytes wanted, 1 … 255 · 32.
    public static func derive(
        key: borrowing SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int
    ) -> SecretBytes {
        precondition((1...255 * 32).contains(count), "HKDF-SHA-256 gives 1 to 8160 bytes")
        precondition(key.count > 0, "HKDF needs a key")
        var extracted = SecretBytes(zeros: Digest.byteCount)
        unsafe key.withUnsafeBytes { k in
            unsafe salt.withUnsafeBytes { s in
                unsafe extracted.withUnsafeMutableBytes { unsafe HMACSHA256.compute(key: s, message: k, into: $0) }
            }
        }

        // T(i − 1) ‖ info ‖ i; the first message starts behind T.
        var message = SecretBytes(zeros: Digest.byteCount + info.count + 1)
        var block = SecretBytes(zeros: Digest.byteCount)
        var output = SecretBytes(zeros: count)
        for (index, start) in stride(from: 0, to: count, by: Digest.byteCount).enumerated() {
            unsafe message.withUnsafeMutableBytes { m in
                unsafe UnsafeMutableRawBufferPointer(rebasing: m[Digest.byteCount...]).copyBytes(from: info)
                unsafe m[m.count - 1] = UInt8(index + 1)
                let input = unsafe UnsafeRawBufferPointer(rebasing: m[(index == 0 ? Digest.byteCount : 0)...])
                unsafe extracted.withUnsafeBytes { prk in
                    unsafe block.withUnsafeMutableBytes {
                        unsafe HMACSHA256.compute(key: prk, message: input, into: $0)
                    }
                }
                unsafe block.withUnsafeBytes { b in
                    unsafe m.copyMemory(from: b)
                    unsafe output.withUnsafeMutableBytes { o in
                        let part = unsafe b[..<min(Digest.byteCount, count - start)]
                        unsafe UnsafeMutableRawBufferPointer(rebasing: o[start...]).copyBytes(from: part)
                    }
                }
            }
        }
        return output
    }
}
