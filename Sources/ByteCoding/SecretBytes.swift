import COpenSSL

/// A byte string that must not outlive its use: one heap buffer, wiped when the value dies.
///
/// It cannot be copied, printed, encoded or compared with `==`. Wiping goes through `OPENSSL_cleanse`, which the
/// compiler may not remove. Registers, stack frames and swap are not covered.
@safe public struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let storage: UnsafeMutableRawBufferPointer

    /// `count` zero bytes, to be filled in place.
    ///
    /// - Precondition: `count` is not negative.
    public init(zeros count: Int) {
        precondition(count >= 0, "a number of bytes must not be negative")
        unsafe storage = UnsafeMutableRawBufferPointer.allocate(byteCount: Swift.max(count, 1), alignment: 16)
        unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
        self.count = count
    }

    /// Moves `bytes` in and wipes the array that held them.
    ///
    /// The caller must hold the only reference: a copy made before this call is not wiped.
    public init(wiping bytes: inout [UInt8]) {
        self.init(zeros: bytes.count)
        unsafe storage.copyBytes(from: bytes)
        wipe(&bytes)
    }

    /// The number of bytes. Public: only the contents are secret.
    public let count: Int

    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    /// Gives `body` read access to the bytes, for the duration of the call.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        unsafe try body(UnsafeRawBufferPointer(rebasing: storage[0..<count]))
    }

    /// Gives `body` write access to the bytes, for the duration of the call.
    public mutating func withUnsafeMutableBytes<R, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        unsafe try body(UnsafeMutableRawBufferPointer(rebasing: storage[0..<count]))
    }

    /// The bytes behind their length: one item of a ``frame(_:)``, kept in wiped memory.
    public func framed() -> SecretBytes {
        var length = UInt64(count).bigEndianBytes
        return SecretBytes(wiping: &length).appending(self)
    }

    /// These bytes followed by `other`, kept in wiped memory.
    public func appending(_ other: borrowing SecretBytes) -> SecretBytes {
        let joined = SecretBytes(zeros: count + other.count)
        unsafe joined.storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[0..<count]))
        unsafe UnsafeMutableRawBufferPointer(rebasing: joined.storage[count...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: other.storage[0..<other.count]))
        return joined
    }

    /// The bytes as public ones. The name says what it does: after this, they are not secret any more.
    public func declassified() -> [UInt8] {
        unsafe publish(storage)
        return unprotectedCopy()
    }

    /// A copy that is still secret and that nobody wipes. The name says what the caller takes on.
    public func unprotectedCopy() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }

    /// Whether both hold the same bytes, in time that depends on the lengths only.
    public func constantTimeEquals(_ other: borrowing SecretBytes) -> Bool {
        guard count == other.count else { return false }
        return unsafe published(CRYPTO_memcmp(storage.baseAddress, other.storage.baseAddress, count)) == 0
    }
}

/// Overwrites `bytes` with zeros in a way that the compiler may not remove, and empties it.
///
/// Effective when `bytes` is the only reference to its buffer.
public func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    bytes.removeAll()
}

/// Overwrites memory with zeros in a way that the compiler may not remove.
@unsafe public func wipe(_ memory: UnsafeMutableRawBufferPointer) {
    unsafe OPENSSL_cleanse(memory.baseAddress, memory.count)
}
