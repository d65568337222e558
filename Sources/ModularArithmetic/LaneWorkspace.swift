import ByteCoding
import CKernels

/// Lane numbers modulo one modulus: a row of registers, each with eight numbers in Montgomery form, and the operations of
/// the kernel on them.
///
/// A register is named by its place. The first few have a fixed use; the rest belong to the algorithm. Registers may hold
/// secrets: all of it is wiped when the workspace dies. No operation branches on the numbers or reads an address that
/// depends on them, except where its name says so.
@safe struct LaneWorkspace: ~Copyable {
    /// The eight lanes of a register.
    static let lanes = Int(CK_LANES)
    /// R² mod n in every lane.
    private static let squaredRadix = 0
    /// The number 1, not in Montgomery form, in every lane.
    private static let unit = 1
    /// The Montgomery form of 1 in every lane. The algorithm reads it and leaves it.
    static let one = 2
    /// What select and pick read last.
    static let operand = 3
    /// The first register that the algorithm may use as it likes.
    static let free = 4

    let modulus: Modulus
    private let kernel: ck_backend
    private let constants: ck_lane_modulus
    private let registers: Int
    /// The words of a register.
    private let words: Int
    /// The registers, the kernel's scratch of three more, one digit for each lane, and n.
    private let memory: UnsafeMutableBufferPointer<UInt64>
    /// From where each lane is picked next: public.
    private let sources: UnsafeMutableBufferPointer<UnsafePointer<UInt64>?>
    private let blocks: Int

    /// A workspace for `modulus` with `count` registers from ``free`` on, all 0.
    init(_ modulus: Modulus, kernel: ck_backend, count: Int) {
        self.modulus = modulus
        self.kernel = kernel
        registers = Self.free + count
        let lanes = modulus.lanes
        (words, blocks) = (lanes.words, lanes.blocks)
        let limbs = (registers + 3) * words + Self.lanes
        let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: 8 * (limbs + lanes.limbs.count), alignment: 64)
        unsafe memory = raw.bindMemory(to: UInt64.self)
        unsafe memory.initialize(repeating: 0)
        unsafe sources = .allocate(capacity: Self.lanes)
        unsafe sources.initialize(repeating: nil)
        let n = unsafe UnsafeMutableBufferPointer(rebasing: memory[limbs...])
        for (index, limb) in lanes.limbs.enumerated() { unsafe n[index] = limb }
        unsafe constants = ck_lane_modulus(
            blocks: lanes.blocks, limbs: UnsafePointer(n.baseAddress), negated_inverse: lanes.negatedInverse)
        for (index, value) in [(Self.squaredRadix, lanes.squaredRadix), (Self.unit, 1), (Self.one, lanes.radix)] {
            set(value, at: index, lane: 0)
            unsafe pick(Self.lanes, into: index) { _ in unsafe UnsafePointer(register(index)) }
        }
    }

    deinit {
        unsafe wipe(UnsafeMutableRawBufferPointer(memory))
        unsafe memory.deallocate()
        unsafe sources.deallocate()
    }

    /// The first word of a register.
    private func register(_ index: Int) -> UnsafeMutablePointer<UInt64> {
        precondition((0..<registers).contains(index), "a workspace has \(registers) registers")
        return unsafe start + index * words
    }
    private var start: UnsafeMutablePointer<UInt64> {
        guard let start = unsafe memory.baseAddress else { preconditionFailure("a workspace is never empty") }
        return unsafe start
    }
    private var scratch: UnsafeMutablePointer<UInt64> { unsafe start + registers * words }
    private var digits: UnsafeMutablePointer<UInt64> { unsafe scratch + 3 * words }

    // MARK: - In and out

    /// Sets one lane to a public number below n, not in Montgomery form.
    private func set(_ value: Natural, at index: Int, lane: Int) {
        unsafe value.limbs.withUnsafeBufferPointer { limbs in
            unsafe limbs.withMemoryRebound(to: UInt64.self) { limbs in
                unsafe ck_lanes_split(register(index), lane, blocks, limbs.baseAddress, limbs.count)
            }
        }
    }

    /// The Montgomery forms of at most eight public numbers; the lanes without one get 1.
    mutating func set(_ index: Int, to values: some Collection<Natural>) {
        precondition(values.count <= Self.lanes, "a register has eight lanes")
        var values = values.makeIterator()
        for lane in 0..<Self.lanes { set(values.next().map { modulus.reduce($0) } ?? 1, at: index, lane: lane) }
        multiply(index, Self.squaredRadix, into: index)
    }

    /// Sets every lane to the Montgomery form at `limbs`, which follow one another.
    mutating func set(_ index: Int, toForm limbs: UnsafePointer<UInt64>) {
        unsafe pick(1, into: index) { _ in unsafe limbs }
    }

    /// The numbers of a register whose lanes are public, lane 0 first; the register is overwritten.
    mutating func naturals(_ index: Int, count: Int) -> [Natural] {
        multiply(index, Self.unit, into: index)
        return (0..<count).map { lane in
            var limbs = [UInt](repeating: 0, count: modulus.limbCount + 1)
            unsafe limbs.withUnsafeMutableBufferPointer { limbs in
                unsafe limbs.withMemoryRebound(to: UInt64.self) { limbs in
                    unsafe ck_lanes_join(limbs.baseAddress, limbs.count, register(index), lane, blocks)
                }
            }
            // At most n, and n stands for 0.
            let value = Natural(limbs: limbs)
            return value == modulus.value ? 0 : value
        }
    }

    /// The number of one lane as a secret; the lane is not in Montgomery form any more: ``leaveForm(_:)`` was called.
    func secret(_ index: Int, lane: Int) -> SecretResidue {
        unsafe modulus.secret(atMostModulus: { limbs in
            unsafe limbs.withMemoryRebound(to: UInt64.self) { limbs in
                unsafe ck_lanes_join(limbs.baseAddress, limbs.count, register(index), lane, blocks)
            }
        })
    }

    /// From Montgomery form to the number, at most n.
    mutating func leaveForm(_ index: Int) { multiply(index, Self.unit, into: index) }

    /// Copies the Montgomery form of one lane to limbs that follow one another, 10 · blocks of them.
    func copyForm(_ index: Int, lane: Int, to limbs: UnsafeMutablePointer<UInt64>) {
        let from = unsafe register(index) + lane
        for limb in 0..<words / Self.lanes { unsafe limbs[limb] = from[Self.lanes * limb] }
    }

    /// Copies a whole register to `place`.
    func copy(_ index: Int, to place: UnsafeMutablePointer<UInt64>) {
        unsafe place.update(from: register(index), count: words)
    }

    /// Sets a register to another.
    mutating func copy(_ from: Int, into index: Int) {
        unsafe register(index).update(from: register(from), count: words)
    }

    // MARK: - Arithmetic

    /// a ⊗ b in every lane. The result may be a or b.
    mutating func multiply(_ a: Int, _ b: Int, into result: Int) {
        let (a, b, r) = unsafe (register(a), register(b), register(result))
        unsafe withUnsafePointer(to: constants) { unsafe ck_lanes_multiply_on(kernel, $0, r, a, b, scratch) }
    }

    /// a^(2^times) in every lane. The result may be a.
    mutating func square(_ a: Int, times: Int = 1, into result: Int) {
        precondition(times > 0, "no squaring is a copy")
        let (a, r) = unsafe (register(a), register(result))
        unsafe withUnsafePointer(to: constants) { unsafe ck_lanes_square_on(kernel, $0, r, a, times, scratch) }
    }

    // MARK: - Tables

    /// From the base in register `first`: registers of its powers 0, 1, 2 … count − 1 from there on.
    mutating func fillPowers(_ first: Int, count: Int) {
        copy(first, into: first + 1)
        copy(Self.one, into: first)
        for power in 2..<count {
            if power % 2 == 0 {
                square(first + power / 2, into: first + power)
            } else {
                multiply(first + power - 1, first + 1, into: first + power)
            }
        }
    }

    /// Sets the digit by which lane `lane` selects next.
    mutating func setDigit(_ digit: UInt, lane: Int) {
        precondition((0..<Self.lanes).contains(lane), "a register has eight lanes")
        unsafe digits[lane] = UInt64(digit)
    }

    /// Lane l of ``operand`` = lane l of register `table + digit l`, for a table of `entries` registers. Every entry is
    /// read, so nothing tells which was wanted.
    mutating func select(table: Int, entries: Int) {
        _ = unsafe register(table + entries - 1)
        let (r, from) = unsafe (register(Self.operand), register(table))
        unsafe ck_lanes_select_on(kernel, r, from, entries, digits, blocks)
    }

    /// The same from a table outside, of `entries` whole registers.
    mutating func select(from table: UnsafePointer<UInt64>, entries: Int) {
        let r = unsafe register(Self.operand)
        unsafe ck_lanes_select_on(kernel, r, table, entries, digits, blocks)
    }

    /// Lane l of ``operand`` = lane l of register `source(l)`: addresses tell which, so the choice is public.
    mutating func pickVariableTime(_ source: (_ lane: Int) -> Int) {
        unsafe pick(Self.lanes, into: Self.operand) { lane in unsafe UnsafePointer(register(source(lane)) + lane) }
    }

    /// Lane l of ``operand`` = the Montgomery form at `form(l)`, limbs that follow one another.
    mutating func pickVariableTime(form: (_ lane: Int) -> UnsafePointer<UInt64>) {
        unsafe pick(1, into: Self.operand, form)
    }

    private func pick(_ stride: Int, into index: Int, _ source: (_ lane: Int) -> UnsafePointer<UInt64>) {
        for lane in 0..<Self.lanes { unsafe sources[lane] = source(lane) }
        unsafe ck_lanes_pick(register(index), sources.baseAddress, stride, blocks)
    }

    /// Sets every lane to the product of all eight: three products. Lanes move in a fixed pattern.
    mutating func multiplyAcrossLanes(_ index: Int) {
        for distance in [4, 2, 1] {
            unsafe pick(Self.lanes, into: Self.operand) { lane in
                unsafe UnsafePointer(register(index) + (lane + distance) % Self.lanes)
            }
            multiply(index, Self.operand, into: index)
        }
    }
}
