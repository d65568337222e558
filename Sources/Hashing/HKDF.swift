public import ByteCoding
import COpenSSL

/// HKDF with SHA-256 (RFC 5869): extract, then expand.
public enum HKDFSHA256 {
    /// `count` bytes of key material from `key`.
    ///
    /// Computed by OpenSSL, in time that depends on the lengths only.
    /// - Parameters:
    ///   - key: The input key material, at least one byte.
    ///   - salt: Public; may be empty.
    ///   - info: What the derived key is for; public; may be empty.
    ///   - count: The bytes wanted, 1 … 255 · 32.
    public static func derive(key: borrowing SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int) -> SecretBytes
    {
        precondition((1...255 * 32).contains(count), "HKDF-SHA-256 gives 1 to 8160 bytes")
        precondition(key.count > 0, "HKDF needs a key")
        var output = SecretBytes(zeros: count)
        var salt = salt
        var info = info
        let derivation = unsafe EVP_KDF_fetch(nil, "HKDF", nil)
        defer { unsafe EVP_KDF_free(derivation) }
        let context = unsafe EVP_KDF_CTX_new(derivation)
        defer { unsafe EVP_KDF_CTX_free(context) }
        var digestName = Array("SHA256".utf8CString)
        let done = unsafe key.withUnsafeBytes { k in
            unsafe digestName.withUnsafeMutableBufferPointer { name in
                unsafe salt.withUnsafeMutableBytes { s in
                    unsafe info.withUnsafeMutableBytes { i in
                        let parameters = unsafe [
                            OSSL_PARAM_construct_utf8_string("digest", name.baseAddress, 0),
                            // OpenSSL takes the key as a mutable pointer and does not write to it.
                            OSSL_PARAM_construct_octet_string(
                                "key", UnsafeMutableRawPointer(mutating: k.baseAddress), k.count),
                            OSSL_PARAM_construct_octet_string("salt", s.baseAddress, s.count),
                            OSSL_PARAM_construct_octet_string("info", i.baseAddress, i.count),
                            OSSL_PARAM_construct_end(),
                        ]
                        return unsafe output.withUnsafeMutableBytes { o in
                            unsafe EVP_KDF_derive(context, o.baseAddress, o.count, parameters) == 1
                        }
                    }
                }
            }
        }
        require(done, "EVP_KDF_derive")
        return output
    }
}
