import ModularArithmetic

/// The coefficients of pᵢ(X) = Π_j fⱼ[bit j of i], for i in 0 ..< 2^m, all secret.
///
///     fⱼ[1] = ℓⱼ·X + aⱼ    fⱼ[0] = X − fⱼ[1]
///
/// pᵢ has degree m for the signer's place and less for every other one. The operations depend on m alone: about 4·m·2^m
/// products.
struct GrothKohlweissPolynomials: ~Copyable {
    /// pᵢ's coefficients, m + 1 of them, that of X^k at place k.
    let coefficients: [[SecretBox]]

    init(bits: [SecretBox], a: [SecretBox], order q: Modulus) {
        var products = [[SecretBox(q.secret(1))]]
        for (bit, a) in zip(bits, a) {
            let ones = products.map { p in
                (0...p.count).map { k in
                    let upper = k > 0 ? q.multiply(p[k - 1].value, bit.value) : q.secret(0)
                    let lower = k < p.count ? q.multiply(p[k].value, a.value) : q.secret(0)
                    return SecretBox(q.add(upper, lower))
                }
            }
            let zeros = zip(products, ones).map { p, one in
                one.indices.map { k in
                    SecretBox(q.subtract(k > 0 ? q.add(p[k - 1].value, q.secret(0)) : q.secret(0), one[k].value))
                }
            }
            products = zeros + ones
        }
        coefficients = products
    }
}
