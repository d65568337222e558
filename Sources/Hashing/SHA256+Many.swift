import CKernels

/// Many independent messages at once: the processor works on 16 or 32 of one length side by side where it can.
///
/// Digests come in the order of their messages and are those of hashing one message at a time. Time depends on the
/// lengths and the number of the messages only.
extension SHA256 {
    /// The SHA-256 of each message, after `prefix` where there is one.
    ///
    /// - Complexity: O(bytes). Neighbours of equal length go together.
    public static func hashMany(_ messages: [[UInt8]], prefix: UInt8? = nil) -> [Digest] {
        hashGathered(messages, prefix: prefix, doubled: false)
    }

    /// The SHA-256d of each message.
    ///
    /// - Complexity: O(bytes). Neighbours of equal length go together.
    public static func doubleHashMany(_ messages: [[UInt8]]) -> [Digest] {
        hashGathered(messages, prefix: nil, doubled: true)
    }

    /// The SHA-256 of each message of `byteCount` bytes, which lie one after another in `messages`, after `prefix` where
    /// there is one.
    ///
    /// - Precondition: `byteCount` is positive and divides the number of bytes.
    public static func hashMany(contiguous messages: [UInt8], byteCount: Int, prefix: UInt8? = nil) -> [Digest] {
        hashContiguous(messages, byteCount: byteCount, prefix: prefix, doubled: false)
    }

    /// The SHA-256d of each message of `byteCount` bytes, which lie one after another in `messages`.
    ///
    /// - Precondition: `byteCount` is positive and divides the number of bytes.
    public static func doubleHashMany(contiguous messages: [UInt8], byteCount: Int) -> [Digest] {
        hashContiguous(messages, byteCount: byteCount, prefix: nil, doubled: true)
    }

    /// SHA-256(prefix ‖ left ‖ right) of the pairs in `digests`, first and second, third and fourth and so on. A last
    /// digest without a partner is left out.
    public static func hashPairs(_ digests: [Digest], prefix: UInt8? = nil) -> [Digest] {
        hashPairs(digests, prefix: prefix, doubled: false)
    }

    /// SHA-256d(left ‖ right) of the pairs in `digests`, first and second, third and fourth and so on. A last digest
    /// without a partner is left out.
    public static func doubleHashPairs(_ digests: [Digest]) -> [Digest] {
        hashPairs(digests, prefix: nil, doubled: true)
    }

    // MARK: - Batches

    /// What is copied together at most, in messages and in bytes: enough for every lane, and little enough for the cache.
    private static let (gatheredMessages, gatheredBytes) = (256, 1 << 20)

    private static func hashGathered(_ messages: [[UInt8]], prefix: UInt8?, doubled: Bool) -> [Digest] {
        unsafe [Digest](unsafeUninitializedCapacity: messages.count) { digests, initialized in
            var gathered: [UInt8] = []
            while initialized < messages.count {
                let first = initialized
                let length = messages[first].count
                let most = min(gatheredMessages, max(1, gatheredBytes / max(1, length)), messages.count - first)
                var count = 1
                while count < most && messages[first + count].count == length { count += 1 }
                if count > 1 {
                    gathered.removeAll(keepingCapacity: true)
                    for message in messages[first..<first + count] { gathered += message }
                }
                unsafe (count > 1 ? gathered : messages[first]).withUnsafeBytes {
                    unsafe hash(
                        $0, byteCount: length, prefix: prefix, doubled: doubled,
                        into: UnsafeMutableBufferPointer(rebasing: digests[first..<first + count]))
                }
                initialized += count
            }
        }
    }

    private static func hashContiguous(
        _ messages: [UInt8], byteCount: Int, prefix: UInt8?, doubled: Bool
    ) -> [Digest] {
        precondition(byteCount > 0, "contiguous messages have at least one byte")
        precondition(messages.count % byteCount == 0, "contiguous messages all have \(byteCount) bytes")
        return unsafe [Digest](unsafeUninitializedCapacity: messages.count / byteCount) { digests, initialized in
            initialized = messages.count / byteCount
            let room = unsafe UnsafeMutableBufferPointer(rebasing: digests[..<initialized])
            unsafe messages.withUnsafeBytes {
                unsafe hash($0, byteCount: byteCount, prefix: prefix, doubled: doubled, into: room)
            }
        }
    }

    private static func hashPairs(_ digests: [Digest], prefix: UInt8?, doubled: Bool) -> [Digest] {
        unsafe [Digest](unsafeUninitializedCapacity: digests.count / 2) { pairs, initialized in
            initialized = digests.count / 2
            let room = unsafe UnsafeMutableBufferPointer(rebasing: pairs[..<initialized])
            unsafe digests.withUnsafeBytes {
                unsafe hash($0, byteCount: 2 * Digest.byteCount, prefix: prefix, doubled: doubled, into: room)
            }
        }
    }

    private static func hash(
        _ messages: UnsafeRawBufferPointer, byteCount: Int, prefix: UInt8?, doubled: Bool,
        into digests: UnsafeMutableBufferPointer<Digest>
    ) {
        unsafe ck_sha256_many(
            digests.baseAddress, messages.baseAddress, byteCount, byteCount, digests.count,
            prefix.map { Int32($0) } ?? Int32(CK_NO_PREFIX), doubled ? 1 : 0)
    }
}
