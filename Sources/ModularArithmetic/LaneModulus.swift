import CKernels

/// A modulus as the lane kernels take it.
///
///     R = 2^(520·blocks) ≥ 4n        n in 10·blocks limbs of 52 bits        −n⁻¹ mod 2⁵²
struct LaneModulus: Sendable {
    /// The blocks of ten limbs that n and two bits more take.
    let blocks: Int
    /// R² mod n.
    let squaredRadix: Natural
    /// R mod n: the Montgomery form of 1.
    let radix: Natural
    /// n in the kernel's limbs.
    let limbs: [UInt64]
    /// −n⁻¹ mod 2⁵².
    let negatedInverse: UInt64

    /// The bits of a block.
    private static let blockBits = Int(CK_LANE_LIMB_BITS * CK_LANE_BLOCK)

    /// The constants of the odd number `value`; `negatedInverse` is −value⁻¹ mod 2⁶⁴.
    init(_ value: Natural, negatedInverse: UInt) {
        blocks = (value.bitWidth + 2 + Self.blockBits - 1) / Self.blockBits
        radix = (Natural(1) << (Self.blockBits * blocks)) % value
        squaredRadix = radix * radix % value
        limbs = value.laneLimbs(Int(CK_LANE_BLOCK) * blocks)
        self.negatedInverse = UInt64(negatedInverse) & (1 << UInt64(CK_LANE_LIMB_BITS) - 1)
    }

    /// The words of a lane number.
    var words: Int { Int(CK_LANES) * limbs.count }
}

extension Natural {
    /// The lowest `count` limbs of 52 bits.
    fileprivate func laneLimbs(_ count: Int) -> [UInt64] {
        (0..<count).map { index in
            let (limb, shift) = (52 * index / 64, 52 * index % 64)
            let low = limb < limbs.count ? limbs[limb] >> shift : 0
            let high = shift > 12 && limb + 1 < limbs.count ? limbs[limb + 1] << (64 - shift) : 0
            return UInt64(low | high) & (1 << 52 - 1)
        }
    }
}
