import CKernels

/// A base with tables, for a base that many powers have in common: a generator, or the base and the tag of a ring.
///
/// A table holds the products of the base's powers that a ``Comb`` asks for; it is built once, never changes, and may be
/// read by many threads. Exponents longer than ``exponentBits`` are allowed and computed without it.
///
/// - Complexity: To make one, ``exponentBits`` squarings and 2⁹ products, which in lanes cost as much as 2⁶: as long as
///   two or three powers of the base take, or one in lanes.
/// - SeeAlso: C. H. Lim, P. J. Lee, *More Flexible Exponentiation with Precomputation*, CRYPTO '94,
///   doi:10.1007/3-540-48658-5_11.
public struct FixedBase: Hashable, Sendable {
    /// The base, below n.
    public let value: Natural
    private let tables: Tables

    /// All that copies share.
    private final class Tables: Sendable {
        let modulus: Modulus
        let exponentBits: Int
        let comb: Comb
        let forms: [[UInt]]
        let lanes: LaneTables?

        init(_ base: Natural, _ modulus: Modulus, _ exponentBits: Int) {
            self.modulus = modulus
            self.exponentBits = exponentBits
            comb = Comb(teeth: FixedBase.teeth, bits: exponentBits)
            if let kernel = modulus.engine.kernel {
                forms = []
                lanes = LaneTables(base, modulus, kernel, comb: comb, exponentBits: exponentBits)
            } else {
                var work = MontgomeryWorkspace(modulus)
                forms = work.table(of: base, comb)
                lanes = nil
            }
        }
    }

    /// The comb's teeth: 512 entries, 245 KB at 3072 bits.
    private static let teeth = 9

    /// `base` with tables for exponents of at most `exponentBits` bits.
    ///
    /// - Precondition: `exponentBits` is positive and at most ``Modulus/maximumBitWidth``.
    public init(_ base: Natural, modulus: Modulus, exponentBits: Int) {
        precondition(
            (1...Modulus.maximumBitWidth).contains(exponentBits), "a table is for exponents of 1 to 16,384 bits")
        value = modulus.reduce(base)
        tables = Tables(value, modulus, exponentBits)
    }

    /// The modulus n.
    public var modulus: Modulus { tables.modulus }
    /// The longest exponent that the tables serve, in bits.
    public var exponentBits: Int { tables.exponentBits }

    /// How the table of public powers is read.
    var comb: Comb { tables.comb }
    /// Entry m − 1 is entry m of the comb's table, for GMP; entry 0 is 1. Empty for lanes.
    var forms: [[UInt]] { tables.forms }
    /// The tables for lanes, or `nil` for GMP.
    var lanes: LaneTables? { tables.lanes }

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
        precondition(tables.modulus == modulus, "a base of another modulus")
        return exponent.bitWidth <= tables.exponentBits && tables.modulus.engine == modulus.engine
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
