extension Modulus {
    /// One term `a^x · b^y mod n` of a batch.
    public struct TwoBasePower: Sendable {
        let bases: (PowerBase, PowerBase)
        let exponents: (Natural, Natural)

        /// `a^x · b^y`.
        public init(_ a: Natural, _ x: Natural, _ b: Natural, _ y: Natural) {
            bases = (.number(a), .number(b))
            exponents = (x, y)
        }

        /// `a^x · b^y`, where a has a table: it costs a few products and no squaring of its own.
        public init(_ a: FixedBase, _ x: Natural, _ b: Natural, _ y: Natural) {
            bases = (.fixed(a), .number(b))
            exponents = (x, y)
        }

        /// `a^x · b^y`, where both have tables: hardly a squaring is left.
        public init(_ a: FixedBase, _ x: Natural, _ b: FixedBase, _ y: Natural) {
            bases = (.fixed(a), .fixed(b))
            exponents = (x, y)
        }
    }
}
