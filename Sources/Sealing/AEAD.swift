public import ByteCoding
import COpenSSL

/// Authenticated encryption with associated data (RFC 5116): a ciphertext as long as the message, then a 16-byte tag.
///
///     seal(K, N, A, P) = C ‖ T        |K| = 32, |N| = 12, |C| = |P|, |T| = 16  [bytes]
///
/// A nonce must never serve twice under one key: a second message under it gives away the XOR of both, and with
/// AES-GCM the power to forge. Computed by OpenSSL, in time that depends on the lengths only where the CPU has AES and
/// carry-less multiplication (ChaCha20-Poly1305 everywhere).
/// - SeeAlso: NIST SP 800-38D; RFC 8439 §2.8.
public enum AEAD: String, Sendable, CaseIterable {
    /// AES-256 in Galois/Counter Mode.
    case aes256GCM = "aes-256-gcm"
    /// ChaCha20-Poly1305.
    case chaCha20Poly1305 = "chacha20-poly1305"

    /// The bytes of a key: 32.
    public static let keyByteCount = 32
    /// The bytes of a nonce: 12.
    public static let nonceByteCount = 12
    /// The bytes of a tag: 16.
    public static let tagByteCount = 16
    /// The most bytes of message, and of associated data, that one call takes: 2³¹ − 1 − 16.
    public static let messageByteLimit = Int(Int32.max) - 16

    /// Encrypts `plaintext` and authenticates it together with `associatedData`.
    ///
    /// - Parameters:
    ///   - plaintext: The message, 0 … ``messageByteLimit`` bytes.
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes, never used before under this key; public.
    ///   - associatedData: Public bytes that opening needs again; may be empty.
    /// - Returns: The ciphertext, then the tag: 16 bytes more than `plaintext`.
    /// - Throws: ``SealingError`` for a wrong length.
    /// - Complexity: O(n).
    public func seal(
        _ plaintext: [UInt8], key: borrowing SecretBytes, nonce: [UInt8], associatedData: [UInt8] = []
    ) throws(SealingError) -> [UInt8] {
        try check(keyCount: key.count, nonce: nonce, counts: [plaintext.count, associatedData.count])
        let context = unsafe start(key: key, nonce: nonce, encrypting: true)
        // EVP_CIPHER_CTX_free wipes the key schedule.
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var written: Int32 = 0
        var sealed = [UInt8](repeating: 0, count: plaintext.count + Self.tagByteCount)
        // An update without bytes is left out: ChaCha20-Poly1305 takes a null input for the end of the message.
        if !associatedData.isEmpty {
            let done = unsafe EVP_EncryptUpdate(context, nil, &written, associatedData, Int32(associatedData.count))
            require(done == 1, "EVP_EncryptUpdate")
        }
        if !plaintext.isEmpty {
            let done = unsafe EVP_EncryptUpdate(context, &sealed, &written, plaintext, Int32(plaintext.count))
            require(done == 1, "EVP_EncryptUpdate")
        }
        var tag = [UInt8](repeating: 0, count: Self.tagByteCount)
        require(unsafe EVP_EncryptFinal_ex(context, &tag, &written) == 1, "EVP_EncryptFinal_ex")
        let done = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag)
        require(done == 1, "EVP_CIPHER_CTX_ctrl")
        sealed.replaceSubrange(plaintext.count..., with: tag)
        return sealed
    }

    /// Decrypts what ``seal(_:key:nonce:associatedData:)`` made, and gives nothing out unless the tag fits.
    ///
    /// - Parameters:
    ///   - sealed: The ciphertext, then the tag; at least 16 bytes.
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes.
    ///   - associatedData: The bytes that were given when sealing.
    /// - Returns: The message. The caller wipes it where it is secret.
    /// - Throws: ``SealingError/authenticationFailed`` for every failed check, and the length cases.
    /// - Complexity: O(n).
    public func open(
        _ sealed: [UInt8], key: borrowing SecretBytes, nonce: [UInt8], associatedData: [UInt8] = []
    ) throws(SealingError) -> [UInt8] {
        guard sealed.count >= Self.tagByteCount else {
            throw .ciphertextLength(minimum: Self.tagByteCount, actual: sealed.count)
        }
        let ciphertext = Array(sealed.dropLast(Self.tagByteCount))
        var tag = Array(sealed.suffix(Self.tagByteCount))
        try check(keyCount: key.count, nonce: nonce, counts: [ciphertext.count, associatedData.count])
        let context = unsafe start(key: key, nonce: nonce, encrypting: false)
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var written: Int32 = 0
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
        let set = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag)
        require(set == 1, "EVP_CIPHER_CTX_ctrl")
        if !associatedData.isEmpty {
            let done = unsafe EVP_DecryptUpdate(context, nil, &written, associatedData, Int32(associatedData.count))
            require(done == 1, "EVP_DecryptUpdate")
        }
        if !ciphertext.isEmpty {
            let done = unsafe EVP_DecryptUpdate(context, &plaintext, &written, ciphertext, Int32(ciphertext.count))
            require(done == 1, "EVP_DecryptUpdate")
        }
        guard unsafe EVP_DecryptFinal_ex(context, &tag, &written) == 1 else {
            wipe(&plaintext)
            throw .authenticationFailed
        }
        return plaintext
    }

    private func check(keyCount: Int, nonce: [UInt8], counts: [Int]) throws(SealingError) {
        guard keyCount == Self.keyByteCount else { throw .keyLength(expected: Self.keyByteCount, actual: keyCount) }
        guard nonce.count == Self.nonceByteCount else {
            throw .nonceLength(expected: Self.nonceByteCount, actual: nonce.count)
        }
        for count in counts where count > Self.messageByteLimit {
            throw .messageLength(limit: Self.messageByteLimit, actual: count)
        }
    }

    private func start(key: borrowing SecretBytes, nonce: [UInt8], encrypting: Bool) -> OpaquePointer? {
        let context = unsafe EVP_CIPHER_CTX_new()
        let cipher = unsafe self == .aes256GCM ? EVP_aes_256_gcm() : EVP_chacha20_poly1305()
        let done = unsafe key.withUnsafeBytes { k in
            // Both ciphers take 12 nonce bytes unless told otherwise.
            unsafe EVP_CipherInit_ex(
                context, cipher, nil, k.bindMemory(to: UInt8.self).baseAddress, nonce, encrypting ? 1 : 0)
        }
        require(done == 1, "EVP_CipherInit_ex")
        return unsafe context
    }
}
