import Foundation

/// Normalization form KC (UAX #15) as Unicode 14.0 has it.
///
/// Foundation gives the compatibility decomposition of single scalars, which a test compares with Unicode 14.0 for
/// every assigned one. Ordering and composition are done here, because Foundation's are wrong for some sequences.
enum CompatibilityComposition {
    /// The NFKC form of `text`.
    ///
    /// - Complexity: O(n log n) for n scalars after decomposition.
    static func normalize(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var decomposed: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                decomposed.append(scalar)
            } else {
                decomposed += String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
            }
        }
        var view = String.UnicodeScalarView()
        view += compose(order(decomposed))
        return String(view)
    }

    private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.properties.canonicalCombiningClass.rawValue
    }

    /// The canonical ordering algorithm: each run of non-starters sorted by combining class, stably.
    private static func order(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var ordered: [Unicode.Scalar] = []
        var run: [(combiningClass: UInt8, scalar: Unicode.Scalar)] = []
        func flush() {
            // The index breaks ties: the sort of the standard library promises no stability.
            let sorted = run.enumerated().sorted {
                ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
            }
            ordered += sorted.map(\.element.scalar)
            run.removeAll()
        }
        for scalar in scalars {
            let combiningClass = combiningClass(scalar)
            if combiningClass == 0 {
                flush()
                ordered.append(scalar)
            } else {
                run.append((combiningClass, scalar))
            }
        }
        flush()
        return ordered
    }

    /// The canonical composition algorithm. A scalar meets the last starter unless one of its own class, or a starter,
    /// stands between.
    private static func compose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var composed: [Unicode.Scalar] = []
        var starter: Int?
        var previousClass: UInt8 = 0
        for scalar in scalars {
            let combiningClass = combiningClass(scalar)
            if let place = starter, previousClass < combiningClass || place == composed.count - 1,
                let composite = composite(composed[place], scalar)
            {
                composed[place] = composite
                continue
            }
            if combiningClass == 0 { starter = composed.count }
            previousClass = combiningClass
            composed.append(scalar)
        }
        return composed
    }

    private static func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        // Hangul (The Unicode Standard, 3.12): 19 leads, 21 vowels, 27 tails.
        let lead = first.value &- 0x1100
        let vowel = second.value &- 0x1161
        if lead < 19, vowel < 21 { return Unicode.Scalar(0xac00 + (lead * 21 + vowel) * 28) }
        let syllable = first.value &- 0xac00
        let tail = second.value &- 0x11a7
        if syllable < 11172, syllable % 28 == 0, (1..<28).contains(tail) { return Unicode.Scalar(first.value + tail) }

        let pairs = CompositionTable.pairs
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            if (pairs[middle].first, pairs[middle].second) < (first.value, second.value) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < pairs.count, pairs[low].first == first.value, pairs[low].second == second.value else { return nil }
        return Unicode.Scalar(pairs[low].composite)
    }
}
