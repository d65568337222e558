import Synchronization

/// The tables of one base that is raised to many exponents, made when they begin to pay.
///
/// Shared by all copies of a ``SubgroupMember`` and between threads; made once, and then only read.
final class PreparedBase: Sendable {
    /// Tables cost about one exponentiation to make; from this many batched uses on they have saved it.
    static let worthwhileUses = 16

    private let base: Natural
    private let group: (p: Modulus, exponentBits: Int)
    private let state: Mutex<(uses: Int, tables: FixedBase?)>

    /// - Parameter uses: How many uses are known to come.
    init(_ base: Natural, p: Modulus, exponentBits: Int, uses: Int) {
        self.base = base
        group = (p, exponentBits)
        state = Mutex((uses, nil))
    }

    /// The tables, or `nil` while too few uses have been asked for; `count` are asked for now.
    func tables(for count: Int) -> FixedBase? {
        state.withLock { state in
            if state.tables == nil {
                state.uses += count
                guard state.uses >= Self.worthwhileUses else { return nil }
                state.tables = FixedBase(base, modulus: group.p, exponentBits: group.exponentBits)
            }
            return state.tables
        }
    }
}

/// The tables of the bases in one batch, each looked up once.
struct BatchTables {
    private var tables: [ObjectIdentifier: FixedBase] = [:]

    init(_ bases: some Sequence<SubgroupMember>) {
        var uses: [ObjectIdentifier: (base: PreparedBase, count: Int)] = [:]
        for base in bases {
            if let prepared = base.prepared { uses[ObjectIdentifier(prepared), default: (prepared, 0)].count += 1 }
        }
        for (identifier, use) in uses { tables[identifier] = use.base.tables(for: use.count) }
    }

    subscript(base: SubgroupMember) -> FixedBase? { base.prepared.flatMap { tables[ObjectIdentifier($0)] } }
}
