import Hashing

/// The places of some nodes on one level of a tree, and the places that complete them to whole pairs.
///
/// The shape of a multi-proof follows from it alone, in both trees:
///
///     a known node …                           its pair is completed by …
///     … beside another known one               that one
///     … beside a node that is not known        a digest of the proof
///     … at the odd end of the level            nothing; the tree's rule for odd ends applies
struct KnownNodes {
    /// Ascending, each below ``width``, at least one.
    let positions: [Int]
    /// The number of nodes on the level.
    let width: Int

    /// The places of the siblings that are not known, ascending.
    let missing: [Int]

    init(positions: [Int], width: Int) {
        self.positions = positions
        self.width = width
        var missing: [Int] = []
        for (place, position) in positions.enumerated() {
            let sibling = position ^ 1
            let isKnown =
                sibling < position
                ? place > 0 && positions[place - 1] == sibling
                : place + 1 < positions.count && positions[place + 1] == sibling
            if !isKnown, sibling < width { missing.append(sibling) }
        }
        self.missing = missing
    }

    /// The places of the parents, on the next level.
    var parents: KnownNodes {
        var above: [Int] = []
        for position in positions where above.last != position / 2 { above.append(position / 2) }
        return KnownNodes(positions: above, width: (width + 1) / 2)
    }

    /// The known nodes and their siblings in the order of their places: whole pairs, then the odd end if it is known.
    func row(_ nodes: [Digest], siblings: ArraySlice<Digest>) -> [Digest] {
        var row: [Digest] = []
        row.reserveCapacity(nodes.count + siblings.count)
        var (place, taken) = (0, 0)
        while place < positions.count || taken < missing.count {
            if taken == missing.count || place < positions.count && positions[place] < missing[taken] {
                row.append(nodes[place])
                place += 1
            } else {
                row.append(siblings[siblings.startIndex + taken])
                taken += 1
            }
        }
        return row
    }

    /// Hands this level and those above it to `body`, up to the one below the root.
    static func forEachLevel<E: Error>(
        positions: [Int], size: Int, _ body: (_ level: Int, _ known: KnownNodes) throws(E) -> Void
    ) throws(E) {
        var (level, known) = (0, KnownNodes(positions: positions, width: size))
        while known.width > 1 {
            try body(level, known)
            known = known.parents
            level += 1
        }
    }
}
