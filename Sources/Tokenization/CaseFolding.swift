/// Full case folding (statuses C and F of `CaseFolding.txt`), pinned to Unicode 14.0.
///
/// `lowercased()` is another function: it leaves `ß`, and its result depends on the final-sigma rule.
enum CaseFolding {
    /// The folded form of `text`, scalar by scalar.
    ///
    /// - Complexity: O(n log t) for n scalars and t table rows.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let replacement = one(scalar) {
                folded.append(replacement)
            } else if let replacements = many(scalar) {
                folded += replacements
            } else {
                folded.append(scalar)
            }
        }
        return String(folded)
    }

    private static func one(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let runs = CaseFoldingTable.runs
        let after = partition(runs.count) { runs[$0].first <= scalar.value }
        guard after > 0 else { return nil }
        let run = runs[after - 1]
        guard scalar.value <= run.last, (scalar.value - run.first) % run.step == 0 else { return nil }
        return Unicode.Scalar(UInt32(Int32(scalar.value) + run.delta))
    }

    private static func many(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        let expansions = CaseFoldingTable.expansions
        let place = partition(expansions.count) { expansions[$0].scalar < scalar.value }
        guard place < expansions.count, expansions[place].scalar == scalar.value else { return nil }
        return expansions[place].folded.compactMap { Unicode.Scalar($0) }
    }

    /// The first index in `0 ..< count` for which `isBefore` is false; it is true before, false after.
    private static func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
