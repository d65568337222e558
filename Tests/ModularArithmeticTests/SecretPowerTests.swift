@_spi(Kernels) import ModularArithmetic
import Testing

@Suite("Batches of secret powers") struct SecretPowerTests {
    @Test("0 to 17 powers with secrets of their own, and with one for all, are the powers", arguments: engines)
    func powers(_ engine: PowerEngine) throws {
        var rng = SplitMix64(61)
        for value: Natural in [3, 257, (Natural(1) << 64) - 1, (Natural(1) << 127) - 1, (Natural(1) << 518) - 1] {
            let n = try Modulus(value, engine: engine)
            for (index, count) in [0, 1, 2, 7, 8, 9, 17].enumerated() {
                // Exponents of one limb, and of two.
                let q = try Modulus((Natural(1) << [61, 127][index % 2]) - 1)
                let bases = [0, 1, value - 1, value] + (0..<count).map { _ in rng.natural(bits: value.bitWidth + 2) }
                let numbers = [0, 1, q.value - 1, 2] + (0..<count).map { _ in rng.natural(below: q.value) }
                var exponents = SecretResidues(of: q, capacity: 1)
                for number in numbers.prefix(count) { exponents.append(q.secret(number)) }
                let own = n.powers(Array(bases.prefix(count)), exponents)
                #expect(own.count == count)
                #expect(own.declassified() == zip(bases, numbers).prefix(count).map { n.powerVariableTime($0, $1) })
                let one = n.powers(Array(bases.prefix(count)), q.secret(numbers[2]))
                #expect(one.declassified() == bases.prefix(count).map { n.powerVariableTime($0, numbers[2]) })
            }
        }
    }

    @Test("a list gives back what was put in, in order") func lists() throws {
        let n = try Modulus((Natural(1) << 127) - 1)
        var list = SecretResidues(of: n, capacity: 0)
        let numbers = (0..<20).map { Natural(UInt64($0)) << 90 }
        for number in numbers { list.append(n.secret(number)) }
        #expect(list.count == 20 && list.declassified() == numbers)
        #expect(list.residue(at: 7).declassified() == numbers[7])
        #expect(SecretResidues(of: n).declassified().isEmpty)
    }

    @Test("other widths, other counts and what is not there are refused") func misuse() async {
        await #expect(processExitsWith: .failure) {
            var list = SecretResidues(of: try Modulus(23))
            list.append(try Modulus((Natural(1) << 127) - 1).secret(1))
        }
        await #expect(processExitsWith: .failure) { _ = SecretResidues(of: try Modulus(23)).residue(at: 0) }
        await #expect(processExitsWith: .failure) {
            let n = try Modulus(23)
            _ = n.powers([1], SecretResidues(of: n))
        }
    }
}
