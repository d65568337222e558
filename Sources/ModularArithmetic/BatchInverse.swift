extension Modulus {
    /// `aᵢ⁻¹ mod n` for every number, in time that depends on all of them: one inversion and three products for each.
    ///
    ///     a₁⁻¹ … aₖ⁻¹ from (a₁ ⋯ aₖ)⁻¹, from the last to the first
    ///
    /// - Returns: The inverses, or `nil` where a number and n have a common divisor.
    /// - SeeAlso: P. Montgomery, *Speeding the Pollard and Elliptic Curve Methods of Factorization*, Math. Comp. 48
    ///   (1987), §10.3.1.
    public func inversesVariableTime(_ numbers: [Natural]) -> [Natural]? {
        var products: [Natural] = [1]
        products.reserveCapacity(numbers.count + 1)
        for number in numbers { products.append(multiply(products[products.count - 1], number)) }
        guard !numbers.isEmpty else { return [] }
        guard var rest = inverseVariableTime(products[numbers.count]) else { return nil }
        for index in numbers.indices.reversed() {
            products[index] = multiply(rest, products[index])
            rest = multiply(rest, numbers[index])
        }
        products.removeLast()
        return products
    }
}
