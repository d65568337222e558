import CGMP

/// Products in Montgomery form for one modulus: `a ⊗ b = a · b · R⁻¹ mod n`, on public values.
struct MontgomeryWorkspace {
    let modulus: Modulus
    private let limbs: [UInt]
    private var wide: [UInt]

    init(_ modulus: Modulus) {
        self.modulus = modulus
        limbs = modulus.value.limbs
        wide = [UInt](repeating: 0, count: 2 * limbs.count)
    }

    /// R mod n: the Montgomery form of 1.
    private(set) lazy var one = form(of: 1)

    /// The Montgomery form of `value`, which is below n: `value ⊗ R² = value · R`.
    mutating func form(of value: Natural) -> [UInt] {
        var form = value.paddedLimbs(limbs.count)
        multiply(&form, modulus.squaredRadix)
        return form
    }

    /// The forms of base, base³, base⁵ … base¹⁵.
    mutating func oddPowers(of base: Natural) -> [[UInt]] {
        var next = form(of: base)
        var square = next
        self.square(&square)
        var powers = [next]
        while powers.count < 8 {
            multiply(&next, square)
            powers.append(next)
        }
        return powers
    }

    /// The form of Π baseᵢ^exponentᵢ: the powers share their squarings. A base without a table gets one of odd powers,
    /// for sliding windows; a base with one is read from its comb.
    mutating func product(of factors: [PowerFactor]) -> [UInt] {
        var rows: [(table: [[UInt]], entries: [Int])] = []
        for factor in factors {
            let table: [[UInt]]
            let entries: [Int]
            if case .fixed(let base) = factor.base, base.serves(factor.exponent, modulus) {
                table = base.forms
                entries = base.comb.entries(of: factor.exponent)
            } else {
                table = oddPowers(of: modulus.reduce(factor.base.value))
                entries = factor.exponent.oddDigits(width: 4).map { ($0 + 1) / 2 }
            }
            rows.append((table, entries))
        }
        var product = one
        for place in (0..<(rows.map(\.entries.count).max() ?? 0)).reversed() {
            square(&product)
            // Entry 0 stands for 1.
            for row in rows where place < row.entries.count && row.entries[place] != 0 {
                multiply(&product, row.table[row.entries[place] - 1])
            }
        }
        return product
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
