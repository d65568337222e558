public import RingSignatures
import Sealing

extension Sealer {
    /// AES-256-GCM with twelve zero nonce bytes: a sealed signature uses each key once.
    public static let aes256GCM = Sealer(
        seal: { key, message, associatedData in
            try? AEAD.aes256GCM.seal(message, key: key, nonce: nonce, associatedData: associatedData)
        },
        open: { key, ciphertext, associatedData in
            try? AEAD.aes256GCM.open(ciphertext, key: key, nonce: nonce, associatedData: associatedData)
        })

    private static let nonce = [UInt8](repeating: 0, count: AEAD.nonceByteCount)
}
