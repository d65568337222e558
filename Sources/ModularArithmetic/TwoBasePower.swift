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
    /// Both powers of a term share their squarings (Straus 1964), and each exponent is read in sliding windows of four
    /// bits (HAC algorithms 14.85 and 14.88): for e-bit exponents e squarings and about 2e/5 + 16 products, where two
    /// separate powers take 2e squarings.
    /// - Complexity: O(terms · e · k²), k the limbs of n.
    public func twoBasePowersVariableTime(_ terms: [TwoBasePower]) -> [Natural] {
        var work = MontgomeryWorkspace(self)
        return terms.map { term in
            work.natural(
                work.product(of: [
                    (reduce(term.bases.0), term.exponents.0), (reduce(term.bases.1), term.exponents.1),
                ]))
        }
    }

    /// `Π baseᵢ^exponentᵢ mod n`, in time that depends on all of it; 1 for no pairs.
    ///
    /// The powers share their squarings, as in ``twoBasePowersVariableTime(_:)``, 256 of them at a time so that the
    /// tables of a large ring stay in the cache: for m powers of e bits about e·⌈m/256⌉ squarings and m·(e/5 + 8)
    /// products.
    /// - Complexity: O(m · e · k²), k the limbs of n.
    public func multiPowerVariableTime(_ pairs: [(base: Natural, exponent: Natural)]) -> Natural {
        var work = MontgomeryWorkspace(self)
        var product = work.one
        for start in stride(from: 0, to: pairs.count, by: 256) {
            let chunk = pairs[start..<Swift.min(start + 256, pairs.count)]
            work.multiply(&product, work.product(of: chunk.map { (reduce($0.base), $0.exponent) }))
        }
        return work.natural(product)
    }
}

extension Natural {
    /// Sliding windows from the right: digits dᵢ, 0 or odd and below 16, with Σ dᵢ · 2ⁱ the number.
    fileprivate func oddDigits(_ places: Int) -> [Int] {
        var digits = [Int](repeating: 0, count: places)
        var place = 0
        while place < bitWidth {
            guard bit(at: place) else {
                place += 1
                continue
            }
            digits[place] = (0..<4).reduce(0) { $0 | (bit(at: place + $1) ? 1 << $1 : 0) }
            place += 4
        }
        return digits
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

    /// The form of Π baseᵢ^exponentᵢ, for bases below n: the powers share their squarings.
    mutating func product(of pairs: [(base: Natural, exponent: Natural)]) -> [UInt] {
        let places = pairs.map(\.exponent.bitWidth).max() ?? 0
        let tables = pairs.map { oddPowers(of: $0.base) }
        let digits = pairs.map { $0.exponent.oddDigits(places) }
        var product = one
        for place in (0..<places).reversed() {
            square(&product)
            for index in pairs.indices where digits[index][place] != 0 {
                multiply(&product, tables[index][digits[index][place] / 2])
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
