import CKernels

/// A base with tables, for a base that many powers have in common: a generator, or the base and the tag of a ring.
///
/// A table holds the products of the base's powers that a ``Comb`` asks for; it is built once, never changes, and may be
/// read by many threads. Exponents longer than ``exponentBits`` are allowed and computed without it.
///
/// - Complexity: About ``exponentBits`` squarings and 2^8 products to make one: not much more than a power of the base.
/// - SeeAlso: C. H. Lim, P. J. Lee, *More Flexible Exponentiation with Precomputation*, CRYPTO '94,
///   doi:10.1007/3-540-48658-5_11.
public struct FixedBase: Hashable, Sendable {
    /// The modulus n.
    public let modulus: Modulus
    /// The base, below n.
    public let value: Natural
    /// The longest exponent that the tables serve, in bits.
    public let exponentBits: Int

    /// The table of public powers.
    let comb: Comb
    /// Entry 2^k − 1 … of the comb's table for GMP, without entry 0, which is 1; empty for lanes.
    let forms: [[UInt]]
    /// The tables for lanes, or `nil` for GMP.
    let laneTables: LaneTables?

    /// The comb's teeth: 256 entries, 123 KB at 3072 bits.
    static let teeth = 8

    /// `base` with tables for exponents of at most `exponentBits` bits.
    ///
    /// - Precondition: `exponentBits` is positive and at most ``Modulus/maximumBitWidth``.
    public init(_ base: Natural, modulus: Modulus, exponentBits: Int) {
        precondition(
            (1...Modulus.maximumBitWidth).contains(exponentBits), "a table is for exponents of 1 to 16,384 bits")
        self.modulus = modulus
        self.exponentBits = exponentBits
        value = modulus.reduce(base)
        comb = Comb(teeth: Self.teeth, bits: exponentBits)
        if let kernel = modulus.engine.kernel {
            forms = []
            laneTables = LaneTables(value, modulus, kernel, comb: comb, exponentBits: exponentBits)
        } else {
            var work = MontgomeryWorkspace(modulus)
            forms = work.table(of: value, comb)
            laneTables = nil
        }
    }

    /// Whether both are the same base of the same modulus.
    public static func == (left: FixedBase, right: FixedBase) -> Bool {
        left.value == right.value && left.modulus == right.modulus
    }
    /// Feeds base and modulus.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(modulus)
    }

    /// Whether the tables serve this exponent of a power modulo `modulus`, and belong to its engine.
    func serves(_ exponent: Natural, _ modulus: Modulus) -> Bool {
        precondition(self.modulus == modulus, "a base of another modulus")
        return exponent.bitWidth <= exponentBits && self.modulus.engine == modulus.engine
    }
}

extension MontgomeryWorkspace {
    /// The forms of base^s for every inner sum s of a comb but 0: entry m − 1 for the teeth that are ones in m.
    mutating func table(of base: Natural, _ comb: Comb) -> [[UInt]] {
        var tooth = form(of: base)
        var table: [[UInt]] = []
        for k in 0..<comb.teeth {
            if k > 0 { for _ in 0..<comb.columns { square(&tooth) } }
            table.append(tooth)
            for m in 0..<(1 << k) - 1 {
                var entry = tooth
                multiply(&entry, table[m])
                table.append(entry)
            }
        }
        return table
    }
}
