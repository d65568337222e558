extension Modulus {
    /// `baseᵢ^exponentᵢ mod n` for every pair, in time that depends on both.
    ///
    /// In lanes, pairs whose exponents are about as long share a batch of eight.
    /// - Complexity: For e-bit exponents e squarings and about e/4 + 14 products each, an eighth of that in lanes.
    public func powersVariableTime(_ pairs: [(base: Natural, exponent: Natural)]) -> [Natural] {
        guard let kernel = engine.kernel, pairs.count > 1 else {
            return pairs.map { powerVariableTime($0.base, $0.exponent) }
        }
        return LanePowers.batch(self, kernel, pairs.map { [PowerFactor(.number($0.base), $0.exponent)] })
    }

    /// `base^exponentᵢ mod n` for a base with a table, in time that depends on the exponents.
    ///
    /// - Complexity: About e/8 squarings and e/8 products for each e-bit exponent, an eighth of that in lanes.
    public func powersVariableTime(_ base: FixedBase, _ exponents: [Natural]) -> [Natural] {
        products(exponents.map { [PowerFactor(.fixed(base), $0)] })
    }

    /// `aᵢ^xᵢ · bᵢ^yᵢ mod n` for every term, in time that depends on all of it.
    ///
    /// Both powers of a term share their squarings (Straus 1964; HAC algorithm 14.88), and a base with a table costs a
    /// product for every eight or more bits of its exponent.
    /// - Complexity: O(terms · e · k²), k the limbs of n.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower]) -> [Natural] {
        products(
            terms.map { [PowerFactor($0.bases.0, $0.exponents.0), PowerFactor($0.bases.1, $0.exponents.1)] })
    }

    /// The products of powers, each of as many factors, by whichever engine.
    private func products(_ terms: [[PowerFactor]]) -> [Natural] {
        if let kernel = engine.kernel { return LanePowers.batch(self, kernel, terms) }
        var work = MontgomeryWorkspace(self)
        return terms.map { work.natural(work.product(of: $0)) }
    }
}
