import ModularArithmetic

/// The steps that all generation procedures share.
enum ParameterSearch {
    /// The prime p ≡ 1 (mod 2q) just below 2^(L−1) + (drawn mod 2^(L−1)), if that is one.
    ///
    /// FIPS 186-4 A.1.1.2 steps 11.2 to 11.8, and q ∤ (p − 1)/q, which fails for a random p with probability 1/q.
    static func candidate(_ drawn: Natural, elementBits: Int, q: Natural) -> Natural? {
        let x = (Natural(1) << (elementBits - 1)) + drawn.lowBits(elementBits - 1)
        let p = x - x % (q * 2) + 1
        guard p.bitWidth == elementBits, p.passesBailliePSW, p.isProbablePrime() else { return nil }
        return ((p - 1) / q % q).isZero ? nil : p
    }

    /// The first draw(k)^((p−1)/q) mod p above 1, k = 1, 2, … 65,535; `nil` where there is none.
    static func firstGenerator(p: Natural, q: Natural, _ draw: (UInt16) -> Natural) -> Natural? {
        let cofactor = (p - 1) / q
        for count in 1...UInt16.max {
            let g = draw(count).powerVariableTime(cofactor, modulo: p)
            if g > 1 { return g }
        }
        return nil
    }
}

extension Natural {
    /// `self mod 2^count`.
    func lowBits(_ count: Int) -> Natural { self % (Natural(1) << count) }
}
