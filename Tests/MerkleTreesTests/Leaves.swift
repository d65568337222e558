import ByteCoding
import Hashing

/// The digest that stands for leaf `index` in tests: nothing but different from every other.
func leafDigest(_ index: Int) -> Digest { SHA256.hash(UInt64(index).bigEndianBytes) }

/// The digests of leaves 0 ..< `count`.
func leafDigests(_ count: Int) -> [Digest] { (0..<count).map(leafDigest) }

extension Digest {
    /// The digest with one bit turned over.
    func flipping(bit: Int) throws -> Digest {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        return try Digest(bytes: bytes)
    }
}
