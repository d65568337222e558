import COpenSSL

/// Whether two byte strings are equal, in time that depends on their lengths only.
///
/// - Complexity: O(n). Leaks whether the lengths differ, and nothing about the contents.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withUnsafeBytes { l in
        unsafe right.withUnsafeBytes { r in
            guard let lp = l.baseAddress, let rp = r.baseAddress else { return true }
            return unsafe published(CRYPTO_memcmp(lp, rp, l.count)) == 0
        }
    }
}
