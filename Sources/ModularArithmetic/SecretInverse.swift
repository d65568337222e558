extension Modulus {
    /// a⁻¹ mod n for a prime n, constant-time in a: a^(n−2) by Fermat's little theorem.
    ///
    /// - Returns: 0 for 0. Meaningless where n is not prime.
    /// - Complexity: At most two products for each bit of n; which ones depends on n alone.
    public func inverseOfPrimeModulus(_ a: borrowing SecretResidue) -> SecretResidue {
        let exponent = value - 2
        var result = secret(1)
        for place in (0..<exponent.bitWidth).reversed() {
            result = multiply(result, result)
            if exponent.bit(at: place) { result = multiply(result, a) }
        }
        return result
    }
}
