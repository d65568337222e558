public import ByteCoding
import COpenSSL

/// SHAKE256 (FIPS 202 §6.2), the extendable-output function behind every framed hash of the ring signatures.
///
/// Computed by OpenSSL. Time depends on the lengths only.
public enum SHAKE256 {
    /// The first `count` bytes that SHAKE256 puts out for `message`.
    public static func hash(_ message: [UInt8], count: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        unsafe message.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { unsafe squeeze([input], into: $0) }
        }
        return output
    }

    /// The first `count` bytes for the concatenation `prefix ‖ secret ‖ suffix`, kept in wiped memory.
    public static func secretHash(
        prefix: [UInt8], secret: borrowing SecretBytes, suffix: [UInt8], count: Int
    ) -> SecretBytes {
        var output = SecretBytes(zeros: count)
        unsafe prefix.withUnsafeBytes { head in
            unsafe suffix.withUnsafeBytes { tail in
                unsafe secret.withUnsafeBytes { middle in
                    unsafe output.withUnsafeMutableBytes { unsafe squeeze([head, middle, tail], into: $0) }
                }
            }
        }
        return output
    }

    private static func squeeze(_ parts: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer) {
        // EVP_MD_CTX_free wipes the sponge.
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        require(unsafe EVP_DigestInit_ex(context, EVP_shake256(), nil) == 1, "EVP_DigestInit_ex")
        for index in unsafe parts.indices {  // swift format breaks `for unsafe part in`
            let part = unsafe parts[index]
            require(unsafe EVP_DigestUpdate(context, part.baseAddress, part.count) == 1, "EVP_DigestUpdate")
        }
        require(unsafe EVP_DigestFinalXOF(context, output.baseAddress, output.count) == 1, "EVP_DigestFinalXOF")
    }
}
