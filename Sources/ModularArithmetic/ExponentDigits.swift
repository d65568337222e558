extension Natural {
    /// Sliding windows of `width` bits from the right: digits dᵢ, 0 or odd and below 2^width, with Σ dᵢ · 2ⁱ the number; as
    /// many as it has bits.
    func oddDigits(width: Int) -> [Int] {
        var digits = [Int](repeating: 0, count: bitWidth)
        var place = 0
        while place < bitWidth {
            guard bit(at: place) else {
                place += 1
                continue
            }
            digits[place] = digit(at: place, width: width)
            place += width
        }
        return digits
    }

    /// The `width` bits from the one of weight 2^`place` on, at most 32 of them.
    func digit(at place: Int, width: Int) -> Int {
        let (limb, shift) = (place / Self.limbBitWidth, place % Self.limbBitWidth)
        guard limb < limbs.count else { return 0 }
        let low = limbs[limb] >> shift
        let high = shift > 0 && limb + 1 < limbs.count ? limbs[limb + 1] << (Self.limbBitWidth - shift) : 0
        return Int((low | high) & (1 << width - 1))
    }
}
