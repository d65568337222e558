/// How a comb reads an exponent: in columns of teeth that stand `columns` bits apart (Lim and Lee 1994, one table).
///
///     e = Σⱼ 2ʲ · Σₖ e[j + k·columns] · 2^(k·columns)        0 ≤ j < columns, 0 ≤ k < teeth
///
/// For each j the inner sum is one of 2^teeth, so with a table of base^(inner sum) a power takes `columns` products and
/// as many squarings, whichever other power also makes them.
struct Comb: Hashable, Sendable {
    let teeth: Int
    let columns: Int

    /// The comb of this many teeth for exponents of at most `bits` bits.
    init(teeth: Int, bits: Int) {
        self.teeth = teeth
        columns = Swift.max(1, (bits + teeth - 1) / teeth)
    }

    /// The bits that it reads.
    var bits: Int { teeth * columns }

    /// The table entry for each column: bit k is bit `j + k·columns` of the exponent.
    ///
    /// - Precondition: The exponent has at most ``bits`` bits.
    func entries(of exponent: Natural) -> [Int] {
        var entries = [Int](repeating: 0, count: columns)
        var (column, tooth) = (0, 0)
        for place in 0..<exponent.bitWidth {
            if exponent.limbs[place / Natural.limbBitWidth] >> (place % Natural.limbBitWidth) & 1 == 1 {
                entries[column] |= 1 << tooth
            }
            column += 1
            if column == columns { (column, tooth) = (0, tooth + 1) }
        }
        return entries
    }
}
