public import ByteCoding

/// The 32 bytes of a SHA-256 or SHA-256d digest, in the order in which the function puts them out.
///
/// Bitcoin prints digests that are read as integers the other way round; ``displayHex`` is that form.
public struct Digest: Hashable, Sendable {
    /// The bytes as they lie in memory, so that an array of digests is their bytes one after another.
    private let words: SIMD4<UInt64>

    /// The number of bytes: 32.
    public static let byteCount = 32
    /// 32 zero bytes: the predecessor of a first block.
    public static let zero = Digest(words: SIMD4(repeating: 0))

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// The digest whose bytes are `bytes`, in internal order.
    ///
    /// - Throws: ``HexError/wrongLength(expected:actual:)`` unless there are 32.
    public init(bytes: some Collection<UInt8>) throws(HexError) {
        guard bytes.count == Self.byteCount else { throw .wrongLength(expected: Self.byteCount, actual: bytes.count) }
        let array = Array(bytes)
        unsafe self.init { unsafe $0.copyBytes(from: array) }
    }

    /// The digest that 64 lower-case digits spell, in internal order.
    public init(hex: String) throws(HexError) { try self.init(bytes: Hex.decode(hex, count: Self.byteCount)) }

    /// The digest that 64 lower-case digits spell, in display order.
    public init(displayHex: String) throws(HexError) {
        try self.init(bytes: Hex.decode(displayHex, count: Self.byteCount).reversed())
    }

    /// The 32 bytes, in internal order.
    public var bytes: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
    /// The digest in hexadecimal, internal order.
    public var hex: String { Hex.encode(bytes) }
    /// The digest in hexadecimal, bytes reversed, as block and transaction ids are shown.
    public var displayHex: String { Hex.encode(bytes.reversed()) }

    /// The first eight bytes, read as a big-endian number.
    var leadingWord: UInt64 { UInt64(bigEndian: words[0]) }

    /// Calls `body` with the 32 bytes.
    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe Swift.withUnsafeBytes(of: words) { unsafe body($0) }
    }

    /// The digest whose 32 bytes `body` writes.
    init(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
        var words = SIMD4<UInt64>()
        unsafe withUnsafeMutableBytes(of: &words) { unsafe body($0) }
        self.init(words: words)
    }

    init(state: SIMD8<UInt32>) {
        var words = SIMD4<UInt64>()
        for lane in 0..<4 { words[lane] = (UInt64(state[2 * lane]) << 32 | UInt64(state[2 * lane + 1])).bigEndian }
        self.init(words: words)
    }
}

extension Digest: CustomStringConvertible {
    /// The digest in hexadecimal, internal order.
    public var description: String { hex }
}
