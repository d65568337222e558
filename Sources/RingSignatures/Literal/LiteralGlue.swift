import ByteCoding
import ModularArithmetic

/// Line 9: the glue C and how to solve it for one member.
extension LiteralAlgorithm1 {
    /// C_{λ,δ}(ζ): what has to be δ.
    func glue(_ images: [Natural], delta: Natural, lambda: [UInt8]) -> Natural {
        switch reading.glue {
        case .chained:
            return images.enumerated().reduce(delta) {
                next(after: $1.offset, product: group.p.multiply(group.p.reduce($0), $1.element), lambda: lambda)
            }
        case .exclusiveOr(let bits):
            return images.reduce(0) { $0.exclusiveOr(permute($1, bits: bits, lambda: lambda), bits: bits) }
        case .open:
            let items = images.map { group.encode(element: $0) }
            return Natural(bigEndianBytes: FramedXOF.bytes("literal-glue", [lambda] + items, count: 32))
        }
    }

    /// zᵢ₊₁ = H_p("z", λ, [i,] product).
    func next(after index: Int, product: Natural, lambda: [UInt8]) -> Natural {
        hash.residue("z", [lambda] + place(index) + [group.encode(element: product)]).value
    }

    /// The δ with which `images` close, and the value that the member at `signer` has to take for it.
    ///
    /// The chain starts after the signer with the unit u and asks for u/z_S from him; an XOR asks for the permutation's
    /// preimage of what is missing, its upper bits free; the open glue asks for nothing, and δ is what comes out.
    func solve(
        _ images: [Natural], signer: Int, lambda: [UInt8], using generator: inout some RandomNumberGenerator
    ) -> (delta: Natural?, target: Natural) {
        let p = group.p
        let u = Natural.random(in: 1, upTo: p.value, using: &generator)
        switch reading.glue {
        case .chained:
            let n = images.count
            var z = next(after: signer, product: u, lambda: lambda)
            var delta = signer == n - 1 ? z : nil
            for step in 1..<n {
                let index = (signer + step) % n
                z = next(after: index, product: p.multiply(z, images[index]), lambda: lambda)
                if index == n - 1 { delta = z }
            }
            // The last step of the walk leads to the signer; z_S is its result.
            return (delta, p.multiply(u, inverse(z)))
        case .exclusiveOr(let bits):
            let delta = Natural(limbs: (0..<(bits + 63) / 64).map { _ in generator.next() }, bits: bits)
            let missing = images.indices.filter { $0 != signer }.reduce(delta) {
                $0.exclusiveOr(permute(images[$1], bits: bits, lambda: lambda), bits: bits)
            }
            let low = unpermute(missing, bits: bits, lambda: lambda)
            let upper = p.value >> bits
            let high = upper > 1 ? Natural.random(in: 1, upTo: upper, using: &generator) : 0
            return (delta, (high << bits) + low)
        case .open: return (nil, u)
        }
    }

    /// E_λ: four Feistel rounds over the lowest `bits` bits, a permutation of the strings of that length.
    func permute(_ value: Natural, bits: Int, lambda: [UInt8]) -> Natural {
        var (left, right) = halves(value, bits: bits)
        for round in 0..<4 { (left, right) = (right, xor(left, roundKey(round, right, lambda))) }
        return Natural(bigEndianBytes: left + right)
    }

    /// E_λ⁻¹.
    func unpermute(_ value: Natural, bits: Int, lambda: [UInt8]) -> Natural {
        var (left, right) = halves(value, bits: bits)
        for round in (0..<4).reversed() { (left, right) = (xor(right, roundKey(round, left, lambda)), left) }
        return Natural(bigEndianBytes: left + right)
    }

    private func halves(_ value: Natural, bits: Int) -> ([UInt8], [UInt8]) {
        let bytes = (value % (Natural(1) << bits)).bigEndianBytes(count: bits / 8)
        return (Array(bytes[..<(bits / 16)]), Array(bytes[(bits / 16)...]))
    }

    private func roundKey(_ round: Int, _ half: [UInt8], _ lambda: [UInt8]) -> [UInt8] {
        FramedXOF.bytes("literal-E", [lambda, [UInt8(round)], half], count: half.count)
    }

    private func xor(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] { zip(a, b).map { $0 ^ $1 } }

    func inverse(_ unit: Natural) -> Natural {
        guard let inverse = group.p.inverseVariableTime(unit) else {
            preconditionFailure("a unit modulo a prime has an inverse")
        }
        return inverse
    }
}

extension Natural {
    /// The bits that differ, both numbers being below 2^`bits`.
    func exclusiveOr(_ other: Natural, bits: Int) -> Natural {
        let width = (bits + 7) / 8
        let bytes = zip(bigEndianBytes(count: width), other.bigEndianBytes(count: width)).map { $0 ^ $1 }
        return Natural(bigEndianBytes: bytes)
    }

    /// The number of 64-bit words, least significant first, cut to `bits` bits.
    init(limbs words: [UInt64], bits: Int) {
        let bytes = words.reversed().flatMap(\.bigEndianBytes)
        self = Natural(bigEndianBytes: bytes) % (Natural(1) << bits)
    }
}
