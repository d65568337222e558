import CGMP
import CKernels

/// Batches of constant-time powers. Bases are public; the number of exponents and their width, which is that of their
/// modulus, are public too.
extension Modulus {
    /// `baseᵢ^exponentᵢ mod n`, constant-time in the exponents.
    ///
    /// - Precondition: As many bases as exponents.
    /// - Complexity: For exponents of k limbs 64·k squarings and 16·k + 14 products each, an eighth of that in lanes.
    public func powers(_ bases: [Natural], _ exponents: borrowing SecretResidues) -> SecretResidues {
        precondition(bases.count == exponents.count, "an exponent for each base")
        var results = SecretResidues(of: self, capacity: bases.count)
        guard let kernel = engine.kernel, bases.count > 1 else {
            for (index, base) in bases.enumerated() { results.append(power(base, exponents.residue(at: index))) }
            return results
        }
        var lanes = SecretLanes(self, kernel)
        for start in stride(from: 0, to: bases.count, by: LaneWorkspace.lanes) {
            let chunk = bases[start..<Swift.min(start + LaneWorkspace.lanes, bases.count)]
            lanes.power(chunk, limbs: exponents.limbCount) { lane, limb in
                unsafe exponents.withLimbs(at: start + lane) { unsafe $0[limb] }
            }
            for lane in 0..<chunk.count { results.append(lanes.result(lane)) }
        }
        return results
    }

    /// `baseᵢ^exponent mod n` for one secret and many bases, constant-time in the exponent.
    ///
    /// - Complexity: As the other.
    public func powers(_ bases: [Natural], _ exponent: borrowing SecretResidue) -> SecretResidues {
        var results = SecretResidues(of: self, capacity: bases.count)
        guard let kernel = engine.kernel, bases.count > 1 else {
            for base in bases { results.append(power(base, exponent)) }
            return results
        }
        var lanes = SecretLanes(self, kernel)
        for start in stride(from: 0, to: bases.count, by: LaneWorkspace.lanes) {
            let chunk = bases[start..<Swift.min(start + LaneWorkspace.lanes, bases.count)]
            lanes.power(chunk, limbs: exponent.limbCount) { _, limb in unsafe exponent.limbs[limb] }
            for lane in 0..<chunk.count { results.append(lanes.result(lane)) }
        }
        return results
    }

    /// `base^exponent mod n` for a base with tables, constant-time in the exponent.
    ///
    /// In lanes, a comb of 32 teeth is spread over them: each lane reads four teeth by a table of which it reads all, and
    /// the eight lanes are multiplied in the end. An exponent longer than the tables serve takes the way without them.
    /// - Complexity: For 256 bits 7 squarings and 11 products in lanes; else that of a power without tables.
    public func power(_ base: FixedBase, _ exponent: borrowing SecretResidue) -> SecretResidue {
        precondition(base.modulus == self, "a base of another modulus")
        guard let kernel = engine.kernel, let tables = base.lanes,
            exponent.limbCount * Natural.limbBitWidth <= tables.secretComb.bits
        else { return power(base.value, exponent) }
        var lanes = SecretLanes(self, kernel, withTable: false)
        lanes.power(tables, limbs: exponent.limbCount) { unsafe exponent.limbs[$0] }
        return lanes.result(0)
    }

    /// The residue of the number, at most n, that `write` puts into k limbs; constant-time.
    func secret(atMostModulus write: (UnsafeMutableBufferPointer<UInt>) -> Void) -> SecretResidue {
        let residue = SecretResidue(zeros: limbCount)
        unsafe write(residue.limbs)
        unsafe value.limbs.withUnsafeBufferPointer { n in
            guard let r = unsafe residue.limbs.baseAddress, let n = n.baseAddress else { return }
            let borrow = unsafe __gmpn_sub_n(r, r, n, limbCount)
            _ = unsafe __gmpn_cnd_add_n(borrow, r, r, n, limbCount)
        }
        return residue
    }
}

/// The constant-time powers in lanes: windows of four bits, every place multiplied, every entry of a table read.
private struct SecretLanes: ~Copyable {
    private var work: LaneWorkspace
    private static let windowWidth = 4
    private static let entries = 1 << windowWidth
    private static let product = LaneWorkspace.free
    private static let table = LaneWorkspace.free + 1

    /// Lanes with room for a table, or for what uses a table from outside.
    init(_ modulus: Modulus, _ kernel: ck_backend, withTable: Bool = true) {
        work = LaneWorkspace(modulus, kernel: kernel, count: withTable ? 1 + Self.entries : 1)
    }

    /// Powers of at most eight bases, with exponents of `limbs` limbs; the lanes without a base have nothing secret.
    mutating func power(_ bases: ArraySlice<Natural>, limbs: Int, _ limb: (_ lane: Int, _ index: Int) -> UInt) {
        work.set(Self.table, to: bases)
        work.fillPowers(Self.table, count: Self.entries)
        let places = limbs * Natural.limbBitWidth
        for place in stride(from: places - Self.windowWidth, through: 0, by: -Self.windowWidth) {
            let (index, shift) = (place / Natural.limbBitWidth, place % Natural.limbBitWidth)
            for lane in 0..<bases.count {
                work.setDigit(limb(lane, index) >> shift & UInt(Self.entries - 1), lane: lane)
            }
            work.select(table: Self.table, entries: Self.entries)
            multiplyIn(squarings: Self.windowWidth, isFirst: place == places - Self.windowWidth)
        }
        work.leaveForm(Self.product)
    }

    /// One power of a base with tables, in every lane.
    mutating func power(_ tables: LaneTables, limbs: Int, _ limb: (Int) -> UInt) {
        let comb = tables.secretComb
        for column in (0..<comb.columns).reversed() {
            for lane in 0..<LaneWorkspace.lanes {
                var digit: UInt = 0
                for tooth in 0..<LaneTables.secretTeeth {
                    let place = column + (LaneTables.secretTeeth * lane + tooth) * comb.columns
                    let index = place / Natural.limbBitWidth
                    // Which places an exponent has is public.
                    if index < limbs { digit |= (limb(index) >> (place % Natural.limbBitWidth) & 1) << tooth }
                }
                work.setDigit(digit, lane: lane)
            }
            unsafe work.select(from: tables.secretTable, entries: Self.entries)
            multiplyIn(squarings: 1, isFirst: column == comb.columns - 1)
        }
        work.multiplyAcrossLanes(Self.product)
        work.leaveForm(Self.product)
    }

    /// Squares the product and multiplies it by what was selected.
    private mutating func multiplyIn(squarings: Int, isFirst: Bool) {
        guard !isFirst else { return work.copy(LaneWorkspace.operand, into: Self.product) }
        work.square(Self.product, times: squarings, into: Self.product)
        work.multiply(Self.product, LaneWorkspace.operand, into: Self.product)
    }

    /// The power in one lane.
    func result(_ lane: Int) -> SecretResidue { work.secret(Self.product, lane: lane) }
}
