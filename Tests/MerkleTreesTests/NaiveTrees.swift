import Hashing
import MerkleTrees

/// Both trees by recursion straight from their definitions, sharing nothing with the code under test but SHA-256.
enum NaiveTree {
    static func root(_ tree: MerkleTree, _ hashes: [Digest]) -> Digest {
        tree == .bitcoin ? bitcoinRoot(hashes) : rfc9162Root(hashes)
    }

    static func path(_ tree: MerkleTree, _ index: Int, _ hashes: [Digest]) -> [Digest] {
        tree == .bitcoin ? bitcoinPath(index, hashes) : rfc9162Path(index, hashes)
    }

    private static func parents(_ hashes: [Digest]) -> [Digest] {
        guard let last = hashes.last else { return [] }
        let even = hashes.count % 2 == 0 ? hashes : hashes + [last]
        return (0..<even.count / 2).map { SHA256.hash(SHA256.hash(even[2 * $0].bytes + even[2 * $0 + 1].bytes).bytes) }
    }

    private static func bitcoinRoot(_ hashes: [Digest]) -> Digest {
        hashes.count == 1 ? hashes[0] : bitcoinRoot(parents(hashes))
    }

    private static func bitcoinPath(_ index: Int, _ hashes: [Digest]) -> [Digest] {
        guard hashes.count > 1 else { return [] }
        let sibling = index % 2 == 1 ? index - 1 : index + 1
        return [sibling < hashes.count ? hashes[sibling] : hashes[index]] + bitcoinPath(index / 2, parents(hashes))
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while 2 * power < count { power *= 2 }
        return power
    }

    private static func rfc9162Root(_ hashes: [Digest]) -> Digest {
        switch hashes.count {
        case 0: return SHA256.hash([])
        case 1: return hashes[0]
        default:
            let k = split(hashes.count)
            let (left, right) = (rfc9162Root(Array(hashes[..<k])), rfc9162Root(Array(hashes[k...])))
            return SHA256.hash([1] + left.bytes + right.bytes)
        }
    }

    private static func rfc9162Path(_ index: Int, _ hashes: [Digest]) -> [Digest] {
        guard hashes.count > 1 else { return [] }
        let k = split(hashes.count)
        let (left, right) = (Array(hashes[..<k]), Array(hashes[k...]))
        return index < k
            ? rfc9162Path(index, left) + [rfc9162Root(right)]
            : rfc9162Path(index - k, right) + [rfc9162Root(left)]
    }

    /// RFC 9162 §2.1.3.2, step by step as printed: whether the proof holds.
    static func rfc9162Accepts(index: Int, size: Int, leaf: Digest, path: [Digest], root: Digest) -> Bool {
        guard index < size else { return false }
        var (fn, sn, r) = (index, size - 1, leaf)
        for p in path {
            if sn == 0 { return false }
            if fn & 1 == 1 || fn == sn {
                r = SHA256.hash([1] + p.bytes + r.bytes)
                if fn & 1 == 0 {
                    repeat {
                        fn >>= 1
                        sn >>= 1
                    } while fn & 1 == 0 && fn != 0
                }
            } else {
                r = SHA256.hash([1] + r.bytes + p.bytes)
            }
            fn >>= 1
            sn >>= 1
        }
        return sn == 0 && r == root
    }
}
