import Hashing
import ModularArithmetic

/// A hash function with which FIPS 186-4 makes parameters.
///
/// SHA-256 is this library's own; the others are OpenSSL's and serve to check numbers that others have made.
public enum ApprovedHash: String, Hashable, Sendable, CaseIterable {
    /// SHA-1, by OpenSSL. FIPS 186-4 allows it for q of 160 bits only.
    case sha1 = "SHA-1"
    /// SHA-224, by OpenSSL.
    case sha224 = "SHA-224"
    /// SHA-256, ours.
    case sha256 = "SHA-256"
    /// SHA-384, by OpenSSL.
    case sha384 = "SHA-384"
    /// SHA-512, by OpenSSL.
    case sha512 = "SHA-512"

    /// outlen: the bits of a digest.
    public var bitWidth: Int { 8 * (openSSL?.byteCount ?? Digest.byteCount) }

    /// The digest of `message`.
    public func hash(_ message: [UInt8]) -> [UInt8] { openSSL?.hash(message) ?? SHA256.hash(message).bytes }

    /// The digest of `message` as a number, the first byte the most significant.
    func number(_ message: [UInt8]) -> Natural { Natural(bigEndianBytes: hash(message)) }

    private var openSSL: OpenSSLDigest? {
        switch self {
        case .sha1: .sha1
        case .sha224: .sha224
        case .sha256: nil
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}
