import CGMP

/// Products in Montgomery form for one modulus: `a ⊗ b = a · b · R⁻¹ mod n`, R = 2^(64·k), on public values.
@safe struct MontgomeryWorkspace: ~Copyable {
    let modulus: Modulus
    private let k: Int
    /// n, then room for a product of two numbers, for the factors of its reduction, and for their product with n.
    private let memory: UnsafeMutablePointer<UInt>
    /// R mod n: the Montgomery form of 1.
    private(set) var one: [UInt] = []

    init(_ modulus: Modulus) {
        self.modulus = modulus
        k = modulus.limbCount
        unsafe memory = .allocate(capacity: 5 * k)
        unsafe memory.initialize(repeating: 0, count: 5 * k)
        for (index, limb) in modulus.value.limbs.enumerated() { unsafe memory[index] = limb }
        one = form(of: 1)
    }

    deinit { unsafe memory.deallocate() }

    private var n: UnsafeMutablePointer<UInt> { unsafe memory }
    private var wide: UnsafeMutablePointer<UInt> { unsafe memory + k }
    private var scratch: UnsafeMutablePointer<UInt> { unsafe memory + 3 * k }

    /// The Montgomery form of `value`, which is below n: `value ⊗ R² = value · R`.
    mutating func form(of value: Natural) -> [UInt] {
        var form = value.paddedLimbs(k)
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
        var (product, isOne) = (one, true)
        for place in (0..<(rows.map(\.entries.count).max() ?? 0)).reversed() {
            if !isOne { square(&product) }
            // Entry 0 stands for 1.
            for row in rows where place < row.entries.count && row.entries[place] != 0 {
                let factor = row.table[row.entries[place] - 1]
                if isOne { product = factor } else { multiply(&product, factor) }
                isOne = false
            }
        }
        return product
    }

    /// a ← a ⊗ b.
    mutating func multiply(_ a: inout [UInt], _ b: [UInt]) {
        unsafe __gmpn_mul_n(wide, a, b, k)
        reduce(into: &a)
    }

    /// a ← a ⊗ a.
    mutating func square(_ a: inout [UInt]) {
        unsafe __gmpn_sqr(wide, a, k)
        reduce(into: &a)
    }

    /// The number whose Montgomery form is `form`: `form ⊗ 1`.
    mutating func natural(_ form: [UInt]) -> Natural {
        unsafe wide.update(from: form, count: k)
        unsafe (wide + k).update(repeating: 0, count: k)
        var value = form
        reduce(into: &value)
        return Natural(limbs: value)
    }

    /// REDC (HAC algorithm 14.32): `wide · R⁻¹ mod n`, in two halves of n's limbs, low one first.
    private mutating func reduce(into result: inout [UInt]) {
        let half = (k + 1) / 2
        let w = unsafe wide
        var carry = unsafe clear(w, half)
        if k > half {
            unsafe carry = __gmpn_add_1(w + k + half, w + k + half, k - half, carry)
            unsafe carry += clear(w + half, k - half)
        }
        if unsafe carry != 0 || __gmpn_cmp(w + k, n, k) >= 0 {
            unsafe __gmpn_sub_n(&result, w + k, n, k)
        } else {
            unsafe result.withUnsafeMutableBufferPointer { result in
                unsafe result.baseAddress?.update(from: w + k, count: k)
            }
        }
    }

    /// Adds the multiple of n to the k + `count` limbs at `w` that makes the first `count` of them 0; the carry.
    ///
    /// The factors q clear limb after limb by n's lowest `count` limbs; then q times n's other limbs is one product, for
    /// which GMP has faster ways.
    private func clear(_ w: UnsafeMutablePointer<UInt>, _ count: Int) -> UInt {
        let (n, q) = unsafe (n, scratch)
        for i in 0..<count {
            unsafe q[i] = w[i] &* modulus.negatedInverse
            // The cleared limb keeps the carry, which belongs `count` limbs higher.
            unsafe w[i] = __gmpn_addmul_1(w + i, n, count, q[i])
        }
        guard k > count else { return unsafe __gmpn_add_n(w + count, w + count, w, k) }
        let product = unsafe q + count
        if count >= k - count {
            unsafe __gmpn_mul(product, q, count, n + count, k - count)
        } else {
            unsafe __gmpn_mul(product, n + count, k - count, q, count)
        }
        unsafe __gmpn_add(product, product, k, w, count)
        return unsafe __gmpn_add_n(w + count, w + count, product, k)
    }
}
