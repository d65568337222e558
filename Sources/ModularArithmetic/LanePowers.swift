import CKernels

/// Products of public powers, eight at once: fixed windows, combs, and shared squarings (Straus 1964; HAC algorithms
/// 14.82 and 14.88). Time depends on all of it.
///
/// All lanes do the same operations, so a lane whose window is 0 multiplies by 1.
struct LanePowers: ~Copyable {
    private var work: LaneWorkspace
    private let modulus: Modulus
    /// The running products.
    private static let product = LaneWorkspace.free

    /// The factors of one row, one in each lane, and what they multiply in at the place of weight 2^index.
    private struct Row {
        /// The first register of the row's table, where it has one.
        var table = 0
        var entries: [[Int]?]
        /// The tables that stand outside, one for each lane.
        var outside: [LaneTables] = []
    }

    private init(_ modulus: Modulus, _ kernel: ck_backend, tables: Int) {
        self.modulus = modulus
        work = LaneWorkspace(modulus, kernel: kernel, count: 1 + tables)
    }

    // MARK: - Batches

    /// The product of every term's factors; every term has as many.
    static func batch(_ modulus: Modulus, _ kernel: ck_backend, _ terms: [[PowerFactor]]) -> [Natural] {
        guard let width = terms.first?.count else { return [] }
        // Factors with tables first, and terms that need the same work together.
        let terms = terms.map { term in
            term.map { $0.normalized(for: modulus) }.sorted { $0.hasTable && !$1.hasTable }
        }
        func cost(_ term: [PowerFactor]) -> (Int, Int) {
            (term.count { !$0.hasTable }, term.map(\.places).max() ?? 0)
        }
        let order = terms.indices.sorted { cost(terms[$0]) < cost(terms[$1]) }
        let longest = terms.lazy.joined().filter { !$0.hasTable }.map(\.exponent.bitWidth).max() ?? 0
        var powers = LanePowers(modulus, kernel, tables: width << windowWidth(longest))
        var results = [Natural](repeating: 0, count: terms.count)
        for start in stride(from: 0, to: order.count, by: LaneWorkspace.lanes) {
            let chunk = order[start..<Swift.min(start + LaneWorkspace.lanes, order.count)]
            let products = powers.products(chunk.map { terms[$0] })
            for (index, value) in zip(chunk, products) { results[index] = value }
        }
        return results
    }

    /// The product of all the powers: each lane takes an eighth of them.
    static func product(
        _ modulus: Modulus, _ kernel: ck_backend, _ pairs: [(base: Natural, exponent: Natural)]
    ) -> Natural {
        let longest = pairs.map(\.exponent.bitWidth).max() ?? 0
        let rows = (pairs.count + LaneWorkspace.lanes - 1) / LaneWorkspace.lanes
        var powers = LanePowers(modulus, kernel, tables: rows << windowWidth(longest))
        let factors = (0..<rows).map { row in
            stride(from: row, to: pairs.count, by: rows).map { PowerFactor(.number(pairs[$0].base), pairs[$0].exponent) }
        }
        powers.multiply(factors)
        powers.work.multiplyAcrossLanes(product)
        return powers.work.naturals(product, count: 1)[0]
    }

    /// The window that takes the fewest products for exponents of `bits` bits: 2^w for the table, bits/w for the rest.
    private static func windowWidth(_ bits: Int) -> Int {
        (2...7).min { (1 << $0 + bits / $0) < (1 << $1 + bits / $1) } ?? 2
    }

    // MARK: - One pass

    /// The products of at most eight terms.
    private mutating func products(_ terms: [[PowerFactor]]) -> [Natural] {
        multiply((0..<terms[0].count).map { column in terms.map { $0[column] } })
        return work.naturals(Self.product, count: terms.count)
    }

    /// Sets the running products to the product of all rows, of at most eight factors each.
    private mutating func multiply(_ factors: [[PowerFactor]]) {
        let longest = factors.lazy.joined().filter { !$0.hasTable }.map(\.exponent.bitWidth).max() ?? 0
        let width = Self.windowWidth(longest)
        var next = Self.product + 1
        let rows = factors.map { row($0, width, &next) }

        var squarings: Int?
        for place in (0..<(rows.map(\.entries.count).max() ?? 0)).reversed() {
            squarings = squarings.map { $0 + 1 }
            for row in rows where place < row.entries.count {
                guard let entries = row.entries[place] else { continue }
                if let times = squarings, times > 0 { work.square(Self.product, times: times, into: Self.product) }
                pick(entries, of: row)
                if squarings == nil {
                    work.copy(LaneWorkspace.operand, into: Self.product)
                } else {
                    work.multiply(Self.product, LaneWorkspace.operand, into: Self.product)
                }
                squarings = 0
            }
        }
        if let times = squarings, times > 0 { work.square(Self.product, times: times, into: Self.product) }
        if squarings == nil { work.setOne(Self.product) }
    }

    private mutating func pick(_ entries: [Int], of row: Row) {
        if row.outside.isEmpty {
            work.pickVariableTime(entries.map { row.table + $0 })
        } else {
            unsafe work.pickVariableTime(zip(row.outside, entries).map { unsafe $0.form($1) })
        }
    }

    /// The plan of a row, its table built from register `next` on.
    private mutating func row(_ factors: [PowerFactor], _ width: Int, _ next: inout Int) -> Row {
        if let row = combRow(factors) { return row }
        let exponents = factors.map(\.exponent)
        let common = exponents.allSatisfy { $0 == exponents[0] }
        var row = Row(table: next, entries: [])
        work.set(next, to: factors.lazy.map(\.base.value))
        if common {
            next += 1 << (width - 1)
            row.entries = exponents[0].oddDigits(width: width).map { digit in
                digit == 0 ? nil : [Int](repeating: digit / 2, count: LaneWorkspace.lanes)
            }
            buildOddPowers(row.table, count: 1 << (width - 1))
        } else {
            next += 1 << width
            row.entries = Self.windows(of: exponents, width)
            buildPowers(row.table, count: 1 << width)
        }
        return row
    }

    /// The plan of a row whose factors all have tables of one shape.
    private func combRow(_ factors: [PowerFactor]) -> Row? {
        var tables: [LaneTables] = []
        var combs: [Comb] = []
        for factor in factors {
            guard case .fixed(let base) = factor.base, let table = base.laneTables else { return nil }
            tables.append(table)
            combs.append(base.comb)
        }
        guard let comb = combs.first, combs.allSatisfy({ $0 == comb }) else { return nil }
        let entries = factors.map { comb.entries(of: $0.exponent) }
        let idle = LaneWorkspace.lanes - factors.count
        return Row(
            entries: (0..<comb.columns).map { column in
                let row = entries.map { $0[column] }
                return row.allSatisfy { $0 == 0 } ? nil : row + [Int](repeating: 0, count: idle)
            },
            outside: tables + [LaneTables](repeating: tables[0], count: idle))
    }

    /// The digits of each lane at every `width`-th place; the idle lanes have the exponent 0.
    private static func windows(of exponents: [Natural], _ width: Int) -> [[Int]?] {
        let places = exponents.map(\.bitWidth).max() ?? 0
        let idle = [Int](repeating: 0, count: LaneWorkspace.lanes - exponents.count)
        return (0..<places).map { place in
            guard place % width == 0 else { return nil }
            let digits = exponents.map { $0.digit(at: place, width: width) }
            return digits.allSatisfy { $0 == 0 } ? nil : digits + idle
        }
    }

    /// From the base in register `first`: registers of its powers 0, 1, 2 … count − 1 from there on.
    private mutating func buildPowers(_ first: Int, count: Int) {
        work.copy(first, into: first + 1)
        work.setOne(first)
        for power in 2..<count {
            if power % 2 == 0 {
                work.square(first + power / 2, into: first + power)
            } else {
                work.multiply(first + power - 1, first + 1, into: first + power)
            }
        }
    }

    /// From the base in register `first`: registers of its powers 1, 3, 5 … 2·count − 1 from there on.
    private mutating func buildOddPowers(_ first: Int, count: Int) {
        work.square(first, into: LaneWorkspace.operand)
        for index in 1..<count {
            work.multiply(first + index - 1, LaneWorkspace.operand, into: first + index)
        }
    }
}

extension PowerFactor {
    /// Whether it is read from a table.
    fileprivate var hasTable: Bool {
        if case .fixed = base { true } else { false }
    }

    /// The places at which it multiplies something in.
    fileprivate var places: Int {
        if case .fixed(let base) = base { base.comb.columns } else { exponent.bitWidth }
    }

    /// The same without the table where that does not serve the exponent.
    fileprivate func normalized(for modulus: Modulus) -> PowerFactor {
        guard case .fixed(let base) = base, !base.serves(exponent, modulus) else { return self }
        return PowerFactor(.number(base.value), exponent)
    }
}
