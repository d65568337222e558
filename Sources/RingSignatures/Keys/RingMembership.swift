import ModularArithmetic

/// The membership tests of the keys of some rings, in batches that the rings share.
enum RingMembership {
    /// For each ring its keys, or `keyNotInGroup` with the place of the first that is none; a ring that comes again is not
    /// tested again.
    ///
    /// In pieces: a ring that is refused costs no more than the keys up to the bad one, and a few.
    static func keys(
        of rings: [[Natural]], in group: SchnorrGroup
    ) -> [Result<[GroupElement], RingSignatureError>] {
        var numbers: [[Natural]: Int] = [:]
        var distinct: [[Natural]] = []
        let places = rings.map { ring in
            if let number = numbers[ring] { return number }
            numbers[ring] = distinct.count
            distinct.append(ring)
            return distinct.count - 1
        }
        var keys = distinct.map { _ in [GroupElement]() }
        var refusals = [RingSignatureError?](repeating: nil, count: distinct.count)
        let longest = distinct.map(\.count).max() ?? 0
        BatchPolicy.current.rounds(longest, of: Ring.pieceMemberCount) { piece in
            let open = distinct.indices.filter { refusals[$0] == nil && piece.lowerBound < distinct[$0].count }
            let parts = open.map { distinct[$0][piece.clamped(to: distinct[$0].indices)] }
            var results = group.elements(Array(parts.joined()))[...]
            for (ring, part) in zip(open, parts) {
                for (index, result) in zip(part.indices, results.prefix(part.count)) where refusals[ring] == nil {
                    if case .success(let key) = result {
                        keys[ring].append(key)
                    } else {
                        refusals[ring] = .keyNotInGroup(index: index)
                    }
                }
                results = results.dropFirst(part.count)
            }
        }
        return places.map { place in refusals[place].map { .failure($0) } ?? .success(keys[place]) }
    }
}
