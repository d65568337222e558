import ModularArithmetic

/// Values of a polynomial over Z_q at the points 0 … n, n < q, of which some are missing.
///
///     f(i) = Fᵢ/Gᵢ·Σ_{j known} f(j)·Gⱼ/Fⱼ/(i − j)    for every missing i
///     Fⱼ = Π_{k ≠ j} (j − k) over all points = (−1)^(n−j)·j!·(n − j)!    Gⱼ = Π_{k ≠ j} (j − k) over the missing ones
///
/// Lagrange's formula, with the products over the known points taken as quotients. m values fix a polynomial of degree
/// below m, and no other: whatever is in the known places, the result is of that degree.
struct CDSPolynomial<Group: PrimeOrderGroup> {
    private let group: Group
    private let last: Int
    private let zero: Scalar
    /// 0, 1⁻¹ … n⁻¹.
    private let inverses: [Scalar]
    /// 0! … n!.
    private let factorials: [Scalar]
    /// 1/0! … 1/n!.
    private let inverseFactorials: [Scalar]

    /// For the points 0 … n.
    init(upTo n: Int, in group: Group) {
        self.group = group
        last = n
        zero = group.scalar(reducing: 0)
        inverses = group.smallInversesVariableTime(upTo: n)
        let one = group.scalar(reducing: 1)
        factorials = (1...n).reduce(into: [one]) { list, factor in
            list.append(group.multiply(list[factor - 1], group.scalar(reducing: Natural(UInt64(factor)))))
        }
        inverseFactorials = inverses.dropFirst().reduce(into: [one]) { list, factor in
            list.append(group.multiply(list[list.count - 1], factor))
        }
    }

    /// `values`, f(0) … f(n), with those at `missing` computed from the others; what stands in their places is ignored.
    ///
    /// - Complexity: 2·m·(n + 1) multiplications modulo q for m missing values; which numbers they have depends on the
    ///   places, how many there are does not. Variable time.
    func completed(_ values: [Scalar], missing: [Int]) -> [Scalar] {
        let absent = Set(missing)
        let known = (0...last).filter { !absent.contains($0) }
        let weighted = known.map { j in
            missing.reduce(signed(values[j], isNegative: (last - j) % 2 == 1, times: inverseFactorial(j))) {
                group.multiply($0, difference(j, $1))
            }
        }
        var completed = values
        for i in missing {
            let sum = group.sum(zip(known, weighted).map { group.multiply($1, inverseDifference(i, $0)) })
            let scale = missing.filter { $0 != i }.reduce(
                group.multiply(factorials[i], factorials[last - i])
            ) { group.multiply($0, inverseDifference(i, $1)) }
            completed[i] = signed(sum, isNegative: (last - i) % 2 == 1, times: scale)
        }
        return completed
    }

    /// 1/(j!·(n − j)!).
    private func inverseFactorial(_ j: Int) -> Scalar {
        group.multiply(inverseFactorials[j], inverseFactorials[last - j])
    }

    /// ±a·b.
    private func signed(_ a: Scalar, isNegative: Bool, times b: Scalar) -> Scalar {
        let product = group.multiply(a, b)
        return isNegative ? group.subtract(zero, product) : product
    }

    /// i − j.
    private func difference(_ i: Int, _ j: Int) -> Scalar {
        let size = group.scalar(reducing: Natural(UInt64((i - j).magnitude)))
        return i < j ? group.subtract(zero, size) : size
    }

    /// 1/(i − j).
    private func inverseDifference(_ i: Int, _ j: Int) -> Scalar {
        let inverse = inverses[Int((i - j).magnitude)]
        return i < j ? group.subtract(zero, inverse) : inverse
    }
}
