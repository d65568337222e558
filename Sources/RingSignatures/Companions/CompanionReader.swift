import ModularArithmetic

/// Cuts a companion signature into its fixed-width values: strict, one spelling for each signature.
///
/// The length is checked first against what a signature for the ring has, so nothing is allocated that the ring and the
/// bytes do not hold already.
struct CompanionReader<Group: PrimeOrderGroup> {
    private let group: Group
    private var rest: ArraySlice<UInt8>

    /// A reader of `bytes`, which must hold `elements` elements and `scalars` scalars.
    init(_ bytes: [UInt8], elements: Int, scalars: Int, in group: Group) throws(CompanionError) {
        let expected = elements * group.elementByteCount + scalars * group.scalarByteCount
        guard bytes.count == expected else { throw .wrongLength(bytes: bytes.count, expected: expected) }
        self.group = group
        rest = bytes[...]
    }

    /// The next value, an element of the group other than 1; `refusal` is thrown where it is none.
    mutating func element(_ refusal: CompanionError) throws(CompanionError) -> Group.Element {
        let bytes = Array(rest.prefix(group.elementByteCount))
        rest = rest.dropFirst(group.elementByteCount)
        do { return try group.decode(bytes) } catch { throw refusal }
    }

    /// The next `count` values, elements other than 1, tested in one batch; `refusal` gets the place of the first that
    /// is none.
    mutating func elements(
        _ count: Int, _ refusal: (Int) -> CompanionError = { .elementNotInGroup(index: $0) }
    ) throws(CompanionError) -> [Group.Element] {
        let width = group.elementByteCount
        let encodings = (0..<count).map { Array(rest.dropFirst($0 * width).prefix(width)) }
        rest = rest.dropFirst(count * width)
        var elements: [Group.Element] = []
        for (index, result) in group.decode(each: encodings).enumerated() {
            guard case .success(let element) = result else { throw refusal(index) }
            elements.append(element)
        }
        return elements
    }

    /// The next `count` values, scalars below q; `refusal` gets the place of the first that is none.
    mutating func scalars(_ count: Int, _ refusal: (Int) -> CompanionError) throws(CompanionError) -> [Scalar] {
        var scalars: [Scalar] = []
        for index in 0..<count {
            let bytes = Array(rest.prefix(group.scalarByteCount))
            rest = rest.dropFirst(group.scalarByteCount)
            do { scalars.append(try group.decodeScalar(bytes)) } catch { throw refusal(index) }
        }
        return scalars
    }
}
