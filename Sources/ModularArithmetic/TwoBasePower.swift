import CGMP

extension Modulus {
    /// One term `a^x · b^y mod n` of a batch.
    public struct TwoBasePower: Sendable {
        let bases: (Natural, Natural)
        let exponents: (Natural, Natural)

        /// `a^x · b^y`.
        public init(_ a: Natural, _ x: Natural, _ b: Natural, _ y: Natural) {
            bases = (a, b)
            exponents = (x, y)
        }
    }

    /// `aᵢ^xᵢ · bᵢ^yᵢ mod n` for every term, in time that depends on all of it.
    ///
    /// Both powers of a term share their squarings (Straus 1964; HAC algorithm 14.88 with windows of four bits):
    /// for e-bit exponents e squarings and about e/2 + 28 products, where two separate powers take 2e squarings.
    /// - Complexity: O(terms · e · k²), k the limbs of n.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower]) -> [Natural] {
        var work = MontgomeryWorkspace(self)
        return terms.map { term in
            let first = work.table(of: reduce(term.bases.0))
            let second = work.table(of: reduce(term.bases.1))
            var product = work.one
            let windows = (Swift.max(term.exponents.0.bitWidth, term.exponents.1.bitWidth) + 3) / 4
            for window in (0..<windows).reversed() {
                for _ in 0..<4 { work.square(&product) }
                let digits = (term.exponents.0.nibble(window), term.exponents.1.nibble(window))
                if digits.0 != 0 { work.multiply(&product, first[digits.0]) }
                if digits.1 != 0 { work.multiply(&product, second[digits.1]) }
            }
            return work.natural(product)
        }
    }
}

extension Natural {
    fileprivate func nibble(_ window: Int) -> Int {
        let limb = window / 16
        return limb < limbs.count ? Int(limbs[limb] >> (4 * (window % 16)) & 15) : 0
    }
}

/// Products in Montgomery form for one modulus: `a ⊗ b = a · b · R⁻¹ mod n`, on public values.
private struct MontgomeryWorkspace {
    private let modulus: Modulus
    private let limbs: [UInt]
    private var wide: [UInt]

    init(_ modulus: Modulus) {
        self.modulus = modulus
        limbs = modulus.value.limbs
        wide = [UInt](repeating: 0, count: 2 * limbs.count)
    }

    /// R mod n: the Montgomery form of 1.
    var one: [UInt] {
        mutating get { form(of: 1) }
    }

    /// The Montgomery form of `value`, which is below n: `value ⊗ R² = value · R`.
    mutating func form(of value: Natural) -> [UInt] {
        var form = value.paddedLimbs(limbs.count)
        multiply(&form, modulus.squaredRadix)
        return form
    }

    /// The forms of base⁰ … base¹⁵.
    mutating func table(of base: Natural) -> [[UInt]] {
        var table = [one, form(of: base)]
        while table.count < 16 {
            var next = table[table.count - 1]
            multiply(&next, table[1])
            table.append(next)
        }
        return table
    }

    mutating func multiply(_ a: inout [UInt], _ b: [UInt]) {
        unsafe __gmpn_mul_n(&wide, a, b, limbs.count)
        reduce(into: &a)
    }

    mutating func square(_ a: inout [UInt]) {
        unsafe __gmpn_sqr(&wide, a, limbs.count)
        reduce(into: &a)
    }

    /// The number whose Montgomery form is `form`: `form ⊗ 1`.
    mutating func natural(_ form: [UInt]) -> Natural {
        wide = form + [UInt](repeating: 0, count: limbs.count)
        var value = form
        reduce(into: &value)
        return Natural(limbs: value)
    }

    /// REDC (HAC algorithm 14.32): `wide · R⁻¹ mod n`. Each step clears the lowest limb; its carry is kept in the limb
    /// just cleared, so all carries are added in one pass at the end.
    private mutating func reduce(into result: inout [UInt]) {
        let k = limbs.count
        unsafe wide.withUnsafeMutableBufferPointer { wide in
            unsafe limbs.withUnsafeBufferPointer { n in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let w = wide.baseAddress, let n = n.baseAddress, let r = result.baseAddress else { return }
                    for i in 0..<k {
                        let factor = unsafe w[i] &* modulus.negatedInverse
                        unsafe w[i] = __gmpn_addmul_1(w + i, n, k, factor)
                    }
                    let carry = unsafe __gmpn_add_n(r, w + k, w, k)
                    if unsafe carry != 0 || __gmpn_cmp(r, n, k) >= 0 { unsafe __gmpn_sub_n(r, r, n, k) }
                }
            }
        }
    }
}
