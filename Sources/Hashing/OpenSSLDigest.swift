import COpenSSL

/// The hash functions beside SHA-256 that standards' vectors are made with, computed by OpenSSL.
///
/// They are here to check others' numbers and nothing of ours rests on them. SHA-1 has known collisions. Time depends on
/// the length of the message only.
/// - SeeAlso: FIPS 180-4.
public enum OpenSSLDigest: String, Hashable, Sendable, CaseIterable {
    /// SHA-1, 20 bytes.
    case sha1 = "SHA-1"
    /// SHA-224, 28 bytes.
    case sha224 = "SHA-224"
    /// SHA-384, 48 bytes.
    case sha384 = "SHA-384"
    /// SHA-512, 64 bytes.
    case sha512 = "SHA-512"

    /// The bytes of a digest.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha224: 28
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of `message`.
    public func hash(_ message: [UInt8]) -> [UInt8] {
        let function =
            switch self {
            case .sha1: unsafe EVP_sha1()
            case .sha224: unsafe EVP_sha224()
            case .sha384: unsafe EVP_sha384()
            case .sha512: unsafe EVP_sha512()
            }
        var digest = [UInt8](repeating: 0, count: byteCount)
        let done = unsafe EVP_Digest(message, message.count, &digest, nil, function, nil)
        require(done == 1, "EVP_Digest")
        return digest
    }
}
