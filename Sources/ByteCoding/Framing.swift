/// Joins items so that no two different lists give the same bytes.
///
///     frame(x₁ … xₖ) = ‖ len₈(xⱼ) ‖ xⱼ        len₈: the length in bytes, 8 bytes, big-endian
///
/// An absent item is the empty item, and still takes its eight bytes. The printed schemes join their items without
/// lengths, which lets bytes move from one item to the next (attack A11).
///
/// - Complexity: O(total length).
public func frame(_ items: some Sequence<[UInt8]>) -> [UInt8] {
    var framed: [UInt8] = []
    for item in items {
        framed += UInt64(item.count).bigEndianBytes
        framed += item
    }
    return framed
}
