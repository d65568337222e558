public import ByteCoding

extension HMACSHA256 {
    /// The tags of many messages of `byteCount` bytes, which lie one after another, under one key.
    ///
    ///     tag = SHA-256(K ⊕ opad ‖ SHA-256(K ⊕ ipad ‖ message))        RFC 2104; K filled up to 64 bytes with zeros
    ///
    /// The processor works on 16 or 32 messages side by side where it can. What holds the key is wiped.
    /// - Precondition: The key has at most 64 bytes; `byteCount` is positive and divides the number of bytes.
    /// - Complexity: O(bytes), four compressions a message at least. Time depends on the lengths only.
    public static func tags(key: borrowing SecretBytes, contiguous messages: [UInt8], byteCount: Int) -> [Digest] {
        precondition(key.count <= SHA256.blockByteCount, "tags of many messages need a key of at most 64 bytes")
        precondition(byteCount > 0 && messages.count % byteCount == 0, "the messages all have \(byteCount) bytes")
        let inner = unsafe messages.withUnsafeBytes { unsafe hash(key, pad: 0x36, $0, byteCount: byteCount) }
        return unsafe inner.withUnsafeBytes { unsafe hash(key, pad: 0x5c, $0, byteCount: Digest.byteCount) }
    }

    /// The SHA-256 of the key's block under `pad` with each message behind it.
    private static func hash(
        _ key: borrowing SecretBytes, pad: UInt8, _ messages: UnsafeRawBufferPointer, byteCount: Int
    ) -> [Digest] {
        let width = SHA256.blockByteCount + byteCount
        let count = messages.count / byteCount
        var padded = [UInt8](repeating: pad, count: width * count)
        defer { wipe(&padded) }
        unsafe padded.withUnsafeMutableBytes { room in
            unsafe key.withUnsafeBytes { k in
                for index in 0..<count {
                    let start = index * width
                    for place in 0..<k.count { unsafe room[start + place] = pad ^ k[place] }
                    unsafe UnsafeMutableRawBufferPointer(rebasing: room[(start + SHA256.blockByteCount)...])
                        .copyMemory(
                            from: UnsafeRawBufferPointer(
                                rebasing: messages[index * byteCount..<(index + 1) * byteCount]))
                }
            }
        }
        return SHA256.hashMany(contiguous: padded, byteCount: width)
    }
}
