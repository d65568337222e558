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

    /// The `width` bits from the one of weight 2^`place` on.
    func digit(at place: Int, width: Int) -> Int {
        (0..<width).reduce(0) { $0 | (bit(at: place + $1) ? 1 << $1 : 0) }
    }
}
