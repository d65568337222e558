/// Which tests to run, and when to stop.
public struct VectorSelection: Equatable, Sendable {
    /// A pattern for the tests' names (`<file stem>#<tcId>`), or `nil` for all.
    public var ids: Glob?
    /// A flag that the tests must have, or `nil` for all.
    public var flag: String?
    /// Whether the tests after the first one that fails are skipped.
    public var failFast: Bool

    /// A selection; of every test, unless something is said.
    public init(ids: Glob? = nil, flag: String? = nil, failFast: Bool = false) {
        self.ids = ids
        self.flag = flag
        self.failFast = failFast
    }

    /// Whether `test` is one of them.
    public func contains(_ test: VectorTest) -> Bool {
        ids?.matches(test.id) ?? true && flag.map(test.flags.contains) ?? true
    }
}
