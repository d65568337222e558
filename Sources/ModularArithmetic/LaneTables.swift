import CKernels

/// The tables of a fixed base for the lane kernels, in memory that never changes once they are built.
@safe final class LaneTables: @unchecked Sendable {
    /// The comb for public exponents.
    let comb: Comb
    /// The comb for one secret exponent, spread over the lanes: lane l has teeth 4l ..< 4l + 4 of 32.
    let secretComb: Comb
    /// The teeth of one lane.
    static let secretTeeth = 4

    /// The limbs of one form.
    private let limbs: Int
    /// The forms of the public comb, 2^teeth of them, each in limbs that follow one another.
    private let forms: UnsafeMutableBufferPointer<UInt64>
    /// 2⁴ registers: lane l of register m is the product of lane l's teeth that are ones in m.
    private let registers: UnsafeMutableBufferPointer<UInt64>

    /// The tables of `base`, below n: for `comb`, and for a secret exponent in the limbs that `exponentBits` bits take.
    init(_ base: Natural, _ modulus: Modulus, _ kernel: ck_backend, comb: Comb, exponentBits: Int) {
        let limbBits = Natural.limbBitWidth
        self.comb = comb
        secretComb = Comb(
            teeth: LaneWorkspace.lanes * Self.secretTeeth, bits: (exponentBits + limbBits - 1) / limbBits * limbBits)
        let words = modulus.lanes.words
        limbs = words / LaneWorkspace.lanes
        unsafe forms = Self.allocate(limbs << comb.teeth)
        unsafe registers = Self.allocate(words << Self.secretTeeth)

        var work = LaneWorkspace(modulus, kernel: kernel, count: 1 << Self.secretTeeth)
        let publicTeeth = (0..<comb.teeth).map { $0 * comb.columns }
        let secretTeeth = (0..<secretComb.teeth).map { $0 * secretComb.columns }
        let powers = unsafe Self.allocate((publicTeeth.count + secretTeeth.count) * limbs)
        defer { unsafe powers.deallocate() }
        unsafe Self.squarings(of: base, at: publicTeeth + secretTeeth, into: powers, limbs, &work)
        unsafe buildForms(powers, &work)
        unsafe buildRegisters(
            UnsafeMutableBufferPointer(rebasing: powers[(publicTeeth.count * limbs)...]), words, &work)
    }

    deinit {
        unsafe forms.deallocate()
        unsafe registers.deallocate()
    }

    /// The form of entry m of the public comb.
    func form(_ entry: Int) -> UnsafePointer<UInt64> { unsafe UnsafePointer(Self.form(entry, of: forms, limbs)) }
    /// The first of the registers of the secret comb.
    var secretTable: UnsafePointer<UInt64> { unsafe UnsafePointer(Self.form(0, of: registers, limbs)) }

    // MARK: - Building

    private static func allocate(_ words: Int) -> UnsafeMutableBufferPointer<UInt64> {
        let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: 8 * words, alignment: 64)
        return unsafe raw.bindMemory(to: UInt64.self)
    }

    private static func form(_ index: Int, of forms: UnsafeMutableBufferPointer<UInt64>, _ limbs: Int)
        -> UnsafeMutablePointer<UInt64>
    {
        guard let start = forms.baseAddress else { preconditionFailure("a table is never empty") }
        return unsafe start + index * limbs
    }

    /// The forms of base^(2^places[i]), one after another.
    private static func squarings(
        of base: Natural, at places: [Int], into powers: UnsafeMutableBufferPointer<UInt64>, _ limbs: Int,
        _ work: inout LaneWorkspace
    ) {
        let power = LaneWorkspace.free
        work.set(power, to: [base])
        var reached = 0
        for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
            if places[index] > reached { work.square(power, times: places[index] - reached, into: power) }
            reached = places[index]
            unsafe work.copyForm(power, lane: 0, to: form(index, of: powers, limbs))
        }
    }

    /// Entry m + 2^k = entry m · tooth k for every m below 2^k, eight at a time.
    private func buildForms(_ teeth: UnsafeMutableBufferPointer<UInt64>, _ work: inout LaneWorkspace) {
        let tooth = LaneWorkspace.free
        unsafe work.copyForm(LaneWorkspace.one, lane: 0, to: Self.form(0, of: forms, limbs))
        for k in 0..<comb.teeth {
            unsafe work.set(tooth, toForm: Self.form(k, of: teeth, limbs))
            for m in stride(from: 0, to: 1 << k, by: LaneWorkspace.lanes) {
                let count = Swift.min(LaneWorkspace.lanes, 1 << k - m)
                unsafe work.pickVariableTime { lane in unsafe form(m + lane % count) }
                work.multiply(LaneWorkspace.operand, tooth, into: LaneWorkspace.operand)
                for lane in 0..<count {
                    unsafe work.copyForm(
                        LaneWorkspace.operand, lane: lane, to: Self.form(m + lane + 1 << k, of: forms, limbs))
                }
            }
        }
    }

    /// Register m + 2^k = register m · tooth k of each lane.
    private func buildRegisters(
        _ teeth: UnsafeMutableBufferPointer<UInt64>, _ words: Int, _ work: inout LaneWorkspace
    ) {
        let first = LaneWorkspace.free
        work.copy(LaneWorkspace.one, into: first)
        for k in 0..<Self.secretTeeth {
            unsafe work.pickVariableTime { lane in
                unsafe UnsafePointer(Self.form(Self.secretTeeth * lane + k, of: teeth, limbs))
            }
            for m in 0..<1 << k { work.multiply(first + m, LaneWorkspace.operand, into: first + m + 1 << k) }
        }
        for m in 0..<1 << Self.secretTeeth {
            unsafe work.copy(first + m, to: Self.form(m, of: registers, words))
        }
    }
}
