/// Linear equations over GF(2), a row an equation, packed in 64-bit words; the last column is the right-hand side.
struct BitSystem {
    /// The unknowns.
    let unknowns: Int
    private var rows: [[UInt64]]
    /// The exclusive ors of words so far.
    private(set) var wordOperations = 0

    /// `equations` equations 0 = 0.
    init(equations: Int, unknowns: Int) {
        self.unknowns = unknowns
        rows = .init(repeating: .init(repeating: 0, count: unknowns / 64 + 1), count: equations)
    }

    /// The coefficient of an unknown, or, at column ``unknowns``, the right-hand side.
    subscript(equation: Int, column: Int) -> Bool {
        get { rows[equation][column / 64] >> UInt64(column % 64) & 1 == 1 }
        set {
            let bit = UInt64(1) << UInt64(column % 64)
            if newValue { rows[equation][column / 64] |= bit } else { rows[equation][column / 64] &= ~bit }
        }
    }

    /// One solution, free unknowns 0; `nil` where there is none. The system is in echelon form afterwards.
    ///
    /// - Complexity: O(equations² · unknowns / 64) word operations.
    mutating func solve() -> [Bool]? {
        var pivots: [Int] = []
        for column in 0..<unknowns {
            let top = pivots.count
            guard let found = (top..<rows.count).first(where: { self[$0, column] }) else { continue }
            rows.swapAt(top, found)
            let pivot = rows[top]
            for row in rows.indices where row != top && self[row, column] {
                for word in column / 64..<pivot.count { rows[row][word] ^= pivot[word] }
                wordOperations += pivot.count - column / 64
            }
            pivots.append(column)
        }
        guard (pivots.count..<rows.count).allSatisfy({ !self[$0, unknowns] }) else { return nil }
        var solution = [Bool](repeating: false, count: unknowns)
        for (row, column) in pivots.enumerated() { solution[column] = self[row, unknowns] }
        return solution
    }
}
