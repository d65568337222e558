import CKernels

/// Products of public powers, eight at once: fixed windows, combs, and shared squarings (Straus 1964; HAC algorithms
/// 14.82 and 14.88). Time depends on all of it.
///
/// All lanes do the same operations, so a lane whose window is 0 multiplies by 1.
struct LanePowers: ~Copyable {
    private var work: LaneWorkspace
    /// The running products.
    private static let product = LaneWorkspace.free

    /// One row of factors, one in each lane, and the table entries that they multiply in.
    private struct Row {
        /// The first register of the row's table, where it has one.
        var table = 0
        /// The tables that stand outside, one for each lane, where they do.
        var outside: [LaneTables] = []
        /// The entry of lane l at the place of weight 2^i, at 8·i + l.
        var entries: [Int]
        /// Whether any lane multiplies at the place.
        var isUsed: [Bool]

        /// The row of what `entries` gives for each factor by place; `unit` is the entry that stands for 1.
        init(_ factors: [PowerFactor], unit: Int, _ entries: (PowerFactor) -> [Int]) {
            let lanes = factors.map(entries)
            let places = lanes.map(\.count).max() ?? 0
            self.entries = [Int](repeating: unit, count: LaneWorkspace.lanes * places)
            isUsed = [Bool](repeating: false, count: places)
            for (lane, entries) in lanes.enumerated() {
                for (place, entry) in entries.enumerated() where entry != unit {
                    self.entries[LaneWorkspace.lanes * place + lane] = entry
                    isUsed[place] = true
                }
            }
        }
    }

    private init(_ modulus: Modulus, _ kernel: ck_backend, tables: Int) {
        work = LaneWorkspace(modulus, kernel: kernel, count: 1 + tables)
    }

    // MARK: - Batches

    /// The product of every term's factors; every term has as many.
    static func batch(_ modulus: Modulus, _ kernel: ck_backend, _ terms: [[PowerFactor]]) -> [Natural] {
        guard let width = terms.first?.count else { return [] }
        // Factors with tables first, and terms that need the same work together.
        let terms = terms.map { term in
            term.map { $0.normalized(for: modulus) }.sorted { $0.comb != nil && $1.comb == nil }
        }
        let costs = terms.map { term in
            let places = term.map { $0.comb?.columns ?? $0.exponent.bitWidth }
            return (windows: term.count { $0.comb == nil }, places: places.max() ?? 0)
        }
        let order = terms.indices.sorted { costs[$0] < costs[$1] }
        let shapes = Set(terms.lazy.joined().map(\.comb))
        let longest = terms.lazy.joined().map(\.exponent.bitWidth).max() ?? 0
        // No tables are made here where all are outside and of one shape.
        let tables = shapes.count == 1 && shapes != [nil] ? 0 : width << windowWidth(longest)
        var powers = LanePowers(modulus, kernel, tables: tables)
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
            stride(from: row, to: pairs.count, by: rows).map {
                PowerFactor(.number(pairs[$0].base), pairs[$0].exponent)
            }
        }
        powers.multiply(factors)
        powers.work.multiplyAcrossLanes(product)
        return powers.work.naturals(product, count: 1)[0]
    }

    /// The window w that takes the fewest products for exponents of `bits` bits: 2^w for the table and bits/w for the
    /// rest, which is more for w than for w + 1 from 2^w·w·(w + 1) bits on. It never falls when `bits` grows.
    private static func windowWidth(_ bits: Int) -> Int {
        (2...6).first { bits < (1 << $0) * $0 * ($0 + 1) } ?? 7
    }

    // MARK: - One pass

    /// The products of at most eight terms.
    private mutating func products(_ terms: [[PowerFactor]]) -> [Natural] {
        multiply((0..<terms[0].count).map { column in terms.map { $0[column] } })
        return work.naturals(Self.product, count: terms.count)
    }

    /// Sets the running products to the product of all rows, of at most eight factors each.
    private mutating func multiply(_ factors: [[PowerFactor]]) {
        var next = Self.product + 1
        let rows = factors.map { combRow($0) ?? windowRow($0, &next) }

        var (squarings, isOne) = (0, true)
        for place in (0..<(rows.map(\.isUsed.count).max() ?? 0)).reversed() {
            squarings += 1
            for row in rows.indices where place < rows[row].isUsed.count && rows[row].isUsed[place] {
                pick(place, of: rows[row])
                if isOne {
                    work.copy(LaneWorkspace.operand, into: Self.product)
                } else {
                    square(squarings)
                    work.multiply(Self.product, LaneWorkspace.operand, into: Self.product)
                }
                (squarings, isOne) = (0, false)
            }
        }
        if isOne { work.copy(LaneWorkspace.one, into: Self.product) } else { square(squarings) }
    }

    /// Squares the running products so many times.
    private mutating func square(_ times: Int) {
        if times > 0 { work.square(Self.product, times: times, into: Self.product) }
    }

    private mutating func pick(_ place: Int, of row: Row) {
        let first = LaneWorkspace.lanes * place
        if row.outside.isEmpty {
            work.pickVariableTime { lane in row.table + row.entries[first + lane] }
        } else {
            unsafe work.pickVariableTime(form: { lane in unsafe row.outside[lane].form(row.entries[first + lane]) })
        }
    }

    /// The plan of a row, its table built from register `next` on.
    private mutating func windowRow(_ factors: [PowerFactor], _ next: inout Int) -> Row {
        let width = Self.windowWidth(factors.map(\.exponent.bitWidth).max() ?? 0)
        let table = next
        work.set(table, to: factors.lazy.map(\.base.value))
        var row: Row
        if factors.allSatisfy({ $0.exponent == factors[0].exponent }) {
            // One exponent for all, the idle lanes too, so its sliding windows are in step. Entry −1 is nowhere.
            let entries = factors[0].exponent.oddDigits(width: width).map { $0 == 0 ? -1 : $0 / 2 }
            row = Row([PowerFactor](repeating: factors[0], count: LaneWorkspace.lanes), unit: -1) { _ in entries }
            next += 1 << (width - 1)
            buildOddPowers(table, count: 1 << (width - 1))
        } else {
            row = Row(factors, unit: 0) { factor in
                (0..<factor.exponent.bitWidth).map {
                    $0 % width == 0 ? factor.exponent.digit(at: $0, width: width) : 0
                }
            }
            next += 1 << width
            work.fillPowers(table, count: 1 << width)
        }
        row.table = table
        return row
    }

    /// The plan of a row whose factors all have tables of one shape.
    private func combRow(_ factors: [PowerFactor]) -> Row? {
        var tables: [LaneTables] = []
        for factor in factors {
            guard case .fixed(let base) = factor.base, let table = base.lanes else { return nil }
            tables.append(table)
        }
        guard let comb = tables.first?.comb, tables.allSatisfy({ $0.comb == comb }) else { return nil }
        var row = Row(factors, unit: 0) { comb.entries(of: $0.exponent) }
        row.outside = tables + [LaneTables](repeating: tables[0], count: LaneWorkspace.lanes - tables.count)
        return row
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
    /// The shape of its table, where it has one.
    fileprivate var comb: Comb? {
        if case .fixed(let base) = base { base.comb } else { nil }
    }

    /// The same without the table where that does not serve the exponent.
    fileprivate func normalized(for modulus: Modulus) -> PowerFactor {
        guard case .fixed(let base) = base, !base.serves(exponent, modulus) else { return self }
        return PowerFactor(.number(base.value), exponent)
    }
}
