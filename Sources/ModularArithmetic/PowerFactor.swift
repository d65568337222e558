/// A base of a power: a number, or one that has a table.
enum PowerBase: Sendable {
    case number(Natural)
    case fixed(FixedBase)

    /// The number.
    var value: Natural {
        switch self {
        case .number(let value): value
        case .fixed(let base): base.value
        }
    }
}

/// One factor of a product of powers: base^exponent.
struct PowerFactor: Sendable {
    let base: PowerBase
    let exponent: Natural

    init(_ base: PowerBase, _ exponent: Natural) {
        self.base = base
        self.exponent = exponent
    }
}
