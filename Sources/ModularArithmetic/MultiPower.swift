import CKernels

extension Modulus {
    /// `Π baseᵢ^exponentᵢ mod n`, in time that depends on all of it; 1 for no pairs.
    ///
    /// Few powers share their squarings (Straus 1964), 256 of them at a time so that their tables stay in the cache, and
    /// in lanes each lane takes an eighth of them. Many are sorted into buckets (Pippenger 1976), which needs no tables:
    ///
    ///     Π bᵢ^eᵢ = Π_w (Π_d (Π over all i whose w-th digit is d of bᵢ)^d)^(2^(c·w))      digits of c bits
    ///
    /// - Complexity: For m powers of e bits, in products: Straus e + m·(e/5 + 8), buckets e + (e/c)·(m + 2^(c+1)) with
    ///   the c for which that is least, whichever of the two is less; in lanes about an eighth of either. Memory: the
    ///   Montgomery forms of at most 8192 bases, and 8·2^c buckets.
    /// - SeeAlso: N. Pippenger, *On the Evaluation of Powers and Related Problems*, FOCS 1976; D. Bernstein, *Pippenger's
    ///   Exponentiation Algorithm*, 2002, §4.
    public func multiPowerVariableTime(_ pairs: [(base: Natural, exponent: Natural)]) -> Natural {
        let bits = pairs.map(\.exponent.bitWidth).max() ?? 0
        var product: Natural = 1
        var start = 0
        while start < pairs.count {
            let plan = MultiPowerPlan(terms: pairs.count - start, bits: bits, engine: engine)
            let chunk = Array(pairs[start..<Swift.min(start + plan.chunk, pairs.count)])
            product = multiply(product, factor(chunk, plan))
            start += chunk.count
        }
        return reduce(product)
    }

    /// The product of one chunk.
    func factor(_ chunk: [(base: Natural, exponent: Natural)], _ plan: MultiPowerPlan) -> Natural {
        switch (plan.windowBits, engine.kernel) {
        case (nil, nil):
            var work = MontgomeryWorkspace(self)
            return work.natural(work.product(of: chunk.map { PowerFactor(.number($0.base), $0.exponent) }))
        case (nil, let kernel?):
            guard chunk.count > 1 else { return powerVariableTime(chunk[0].base, chunk[0].exponent) }
            return LanePowers.product(self, kernel, chunk)
        case (let bits?, nil):
            var work = MontgomeryWorkspace(self)
            return work.natural(work.productInBuckets(chunk, windowBits: bits))
        case (let bits?, let kernel?): return LaneBuckets.product(self, kernel, chunk, windowBits: bits)
        }
    }
}

/// How a product of many powers is computed: in chunks of so many, with buckets of so many bits or with tables.
struct MultiPowerPlan: Hashable {
    let chunk: Int
    /// c, or `nil` for tables.
    let windowBits: Int?

    /// The powers whose tables stay in the cache, and those whose forms are kept at a time.
    private static let (tableChunk, bucketChunk) = (256, 8192)

    init(terms: Int, bits: Int, engine: PowerEngine) {
        let lanes = engine.kernel != nil
        let count = min(terms, Self.bucketChunk)
        /// Products, and in lanes steps of eight; a step with buckets moves numbers about as well.
        func cost(_ c: Int) -> Int {
            let windows = (bits + c - 1) / c
            return lanes ? (windows + 7) / 8 * (count + 2 << c) * 5 / 4 + bits / 4 : windows * (count + 2 << c) + bits
        }
        let tables =
            lanes
            ? (count * (bits / 4 + 14) + 7) / 8 + bits * ((count + 255) / 256)
            : count * (bits / 5 + 8) + bits * ((count + 255) / 256)
        let best = (3...12).min { cost($0) < cost($1) } ?? 8
        let usesBuckets = cost(best) < tables
        windowBits = usesBuckets ? best : nil
        chunk = usesBuckets ? Self.bucketChunk : Self.tableChunk
    }

    init(chunk: Int, windowBits: Int?) {
        self.chunk = chunk
        self.windowBits = windowBits
    }
}

extension Natural {
    /// The digit of `width` bits at 2^(`width` · `place`).
    func digit(_ place: Int, width: Int) -> Int {
        let (limb, shift) = (place * width / Self.limbBitWidth, place * width % Self.limbBitWidth)
        guard limb < limbs.count else { return 0 }
        var digit = limbs[limb] >> shift
        if shift + width > Self.limbBitWidth, limb + 1 < limbs.count {
            digit |= limbs[limb + 1] << (Self.limbBitWidth - shift)
        }
        return Int(digit & (1 << width - 1))
    }
}

extension MontgomeryWorkspace {
    /// The form of Π baseᵢ^exponentᵢ by buckets of `windowBits` bits.
    mutating func productInBuckets(_ pairs: [(base: Natural, exponent: Natural)], windowBits: Int) -> [UInt] {
        let forms = pairs.map { form(of: modulus.reduce($0.base)) }
        let bits = pairs.map(\.exponent.bitWidth).max() ?? 0
        var product = one
        for place in (0..<(bits + windowBits - 1) / windowBits).reversed() {
            for _ in 0..<windowBits { square(&product) }
            // Empty buckets stand for 1.
            var buckets = [[UInt]](repeating: [], count: 1 << windowBits)
            for (pair, form) in zip(pairs, forms) {
                let digit = pair.exponent.digit(place, width: windowBits)
                guard digit > 0 else { continue }
                gather(&buckets[digit], form)
            }
            // Π B_d^d: each B_d is in the running product of the last d steps.
            var (running, sum): ([UInt], [UInt]) = ([], [])
            for bucket in buckets.dropFirst().reversed() {
                gather(&running, bucket)
                gather(&sum, running)
            }
            if !sum.isEmpty { multiply(&product, sum) }
        }
        return product
    }

    /// a ⊗ b, where an empty form stands for 1.
    private mutating func gather(_ a: inout [UInt], _ b: [UInt]) {
        if a.isEmpty { a = b } else if !b.isEmpty { multiply(&a, b) }
    }
}

/// Products of many powers by buckets, eight windows of the exponents side by side: lane l works for window 8·k + l.
enum LaneBuckets {
    static func product(
        _ modulus: Modulus, _ kernel: ck_backend, _ pairs: [(base: Natural, exponent: Natural)], windowBits: Int
    ) -> Natural {
        let bits = pairs.map(\.exponent.bitWidth).max() ?? 0
        let windows = (bits + windowBits - 1) / windowBits
        let lanes = LaneWorkspace.lanes
        var work = LaneWorkspace(modulus, kernel: kernel, count: 3)
        let (term, running, sum) = (LaneWorkspace.free, LaneWorkspace.free + 1, LaneWorkspace.free + 2)
        let length = modulus.lanes.words / lanes
        // The terms' forms, then 1, then the buckets: bucket d of lane l at l · 2^c + d.
        let one = pairs.count * length
        let firstBucket = one + length
        var memory = [UInt64](repeating: 0, count: firstBucket + (lanes << windowBits) * length)
        var results: [Natural] = []
        unsafe memory.withUnsafeMutableBufferPointer { memory in
            guard let forms = memory.baseAddress else { return }
            for start in stride(from: 0, to: pairs.count, by: lanes) {
                let part = pairs[start..<min(start + lanes, pairs.count)]
                work.set(term, to: part.map(\.base))
                for lane in 0..<part.count {
                    unsafe work.copyForm(term, lane: lane, to: forms + (start + lane) * length)
                }
            }
            unsafe work.copyForm(LaneWorkspace.one, lane: 0, to: forms + one)
            for group in 0..<(windows + lanes - 1) / lanes {
                var isFilled = [Bool](repeating: false, count: lanes << windowBits)
                for (index, pair) in pairs.enumerated() {
                    let digits = (0..<lanes).map { pair.exponent.digit(lanes * group + $0, width: windowBits) }
                    let buckets = digits.enumerated().map { $0.0 << windowBits + $0.1 }
                    unsafe work.set(term, toForm: forms + index * length)
                    unsafe work.pickVariableTime(form: { lane in
                        let bucket = buckets[lane]
                        return unsafe UnsafePointer(forms + (isFilled[bucket] ? firstBucket + bucket * length : one))
                    })
                    work.multiply(term, LaneWorkspace.operand, into: term)
                    for lane in 0..<lanes where digits[lane] > 0 {
                        unsafe work.copyForm(term, lane: lane, to: forms + firstBucket + buckets[lane] * length)
                        isFilled[buckets[lane]] = true
                    }
                }
                work.copy(LaneWorkspace.one, into: running)
                work.copy(LaneWorkspace.one, into: sum)
                for digit in (1..<1 << windowBits).reversed() {
                    let buckets = (0..<lanes).map { $0 << windowBits + digit }
                    if buckets.contains(where: { isFilled[$0] }) {
                        unsafe work.pickVariableTime(form: { lane in
                            let bucket = buckets[lane]
                            return unsafe UnsafePointer(
                                forms + (isFilled[bucket] ? firstBucket + bucket * length : one))
                        })
                        work.multiply(running, LaneWorkspace.operand, into: running)
                    }
                    work.multiply(sum, running, into: sum)
                }
                results += work.naturals(sum, count: min(lanes, windows - lanes * group))
            }
        }
        var horner = MontgomeryWorkspace(modulus)
        var product = horner.one
        for result in results.reversed() {
            for _ in 0..<windowBits { horner.square(&product) }
            horner.multiply(&product, horner.form(of: result))
        }
        return horner.natural(product)
    }
}
