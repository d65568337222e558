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

    // MARK: - Consistency

    /// SUBPROOF(m, D, b) of RFC 9162 §2.1.4.1.
    static func subproof(_ oldSize: Int, _ hashes: [Digest], isKnown: Bool = true) -> [Digest] {
        guard oldSize < hashes.count else { return isKnown ? [] : [rfc9162Root(hashes)] }
        let k = split(hashes.count)
        let (left, right) = (Array(hashes[..<k]), Array(hashes[k...]))
        return oldSize <= k
            ? subproof(oldSize, left, isKnown: isKnown) + [rfc9162Root(right)]
            : subproof(oldSize - k, right, isKnown: false) + [rfc9162Root(left)]
    }

    /// RFC 9162 §2.1.4.2, step by step as printed, for 0 < first < second: whether the proof holds.
    static func rfc9162AcceptsConsistency(
        first: Int, second: Int, firstHash: Digest, path: [Digest], secondHash: Digest
    ) -> Bool {
        var path = path
        guard !path.isEmpty else { return false }
        if first & (first - 1) == 0 { path.insert(firstHash, at: 0) }
        var (fn, sn) = (first - 1, second - 1)
        while fn & 1 == 1 { (fn, sn) = (fn >> 1, sn >> 1) }
        var (fr, sr) = (path[0], path[0])
        for c in path.dropFirst() {
            if sn == 0 { return false }
            if fn & 1 == 1 || fn == sn {
                (fr, sr) = (SHA256.hash([1] + c.bytes + fr.bytes), SHA256.hash([1] + c.bytes + sr.bytes))
                while fn & 1 == 0 && fn != 0 { (fn, sn) = (fn >> 1, sn >> 1) }
            } else {
                sr = SHA256.hash([1] + sr.bytes + c.bytes)
            }
            (fn, sn) = (fn >> 1, sn >> 1)
        }
        return fr == firstHash && sr == secondHash && sn == 0
    }

    // MARK: - What is hashed, as a formula

    /// The roots of the older and the newer tree as formulas of the older root `R` and the path `p0 p1 …`.
    static func consistencyFormula(_ oldSize: Int, _ size: Int) -> String {
        var used = 0
        func walk(_ m: Int, _ n: Int, _ isKnown: Bool) -> (old: String, new: String) {
            func next() -> String {
                used += 1
                return "p\(used - 1)"
            }
            guard m < n else {
                let seed = isKnown ? "R" : next()
                return (seed, seed)
            }
            let k = split(n)
            let (old, new) = m <= k ? walk(m, k, isKnown) : walk(m - k, n - k, false)
            let sibling = next()
            return m <= k ? (old, "(\(new) \(sibling))") : ("(\(sibling) \(old))", "(\(sibling) \(new))")
        }
        let roots = walk(oldSize, size, true)
        return "\(roots.old) \(roots.new)"
    }

    /// The root of a multi-proof as a formula of its leaves `a0 a1 …` and its path `p0 p1 …`, each in its order.
    static func multiProofFormula(_ tree: MerkleTree, _ size: Int, _ indices: [Int]) -> String {
        var nodes = [String?](repeating: nil, count: size)
        for (place, index) in indices.enumerated() { nodes[index] = "a\(place)" }
        var used = 0
        while nodes.count > 1 {
            for (place, node) in nodes.enumerated() where node == nil {
                let sibling = place ^ 1
                guard sibling < nodes.count, let known = nodes[sibling], !known.hasPrefix("p") else { continue }
                nodes[place] = "p\(used)"
                used += 1
            }
            nodes = stride(from: 0, to: nodes.count, by: 2).map { left in
                guard let first = nodes[left] else { return nil }
                guard left + 1 < nodes.count else { return tree == .bitcoin ? "(\(first) \(first))" : first }
                return nodes[left + 1].map { "(\(first) \($0))" }
            }
        }
        return nodes[0] ?? ""
    }

    /// The path of a multi-proof: the nodes that no proved leaf stands under, and whose siblings one does.
    static func multiPath(_ tree: MerkleTree, _ indices: [Int], _ hashes: [Digest]) -> [Digest] {
        var path: [Digest] = []
        var (level, known) = (hashes, Set(indices))
        while level.count > 1 {
            for place in level.indices where !known.contains(place) && known.contains(place ^ 1) {
                path.append(level[place])
            }
            level =
                tree == .bitcoin
                ? parents(level)
                : stride(from: 0, to: level.count, by: 2).map {
                    rfc9162Root(Array(level[$0..<min($0 + 2, level.count)]))
                }
            known = Set(known.map { $0 / 2 })
        }
        return path
    }
}
