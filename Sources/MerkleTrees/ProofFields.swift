import ByteCoding

/// The fields that proof documents share.
extension DocumentReader {
    /// The field `tree`.
    mutating func tree() throws(DocumentError) -> MerkleTree {
        let name = try string("tree")
        guard let tree = MerkleTree(rawValue: name) else {
            let known = MerkleTree.allCases.map(\.rawValue).joined(separator: " or ")
            throw .malformed(field: path("tree"), reason: "a tree is \(known), and not \(name)")
        }
        return tree
    }

    /// A size or an index: 0 … 2⁵³.
    mutating func count(_ name: String) throws(DocumentError) -> Int {
        Int(try integer(name, in: 0...Int64(MerkleTree.maximumSize)))
    }

    /// A list of indices.
    mutating func counts(_ name: String) throws(DocumentError) -> [Int] {
        var counts: [Int] = []
        for (position, value) in try array(name).enumerated() {
            let field = "\(path(name))[\(position)]"
            guard case .integer(let number) = value else {
                throw .wrongKind(field: field, expected: "number", actual: value.kind)
            }
            guard (0...Int64(MerkleTree.maximumSize)).contains(number) else {
                throw .malformed(field: field, reason: "\(number) is outside 0…\(MerkleTree.maximumSize)")
            }
            counts.append(Int(number))
        }
        return counts
    }

    /// A list of byte strings in hexadecimal.
    mutating func byteStrings(_ name: String) throws(DocumentError) -> [[UInt8]] {
        var list: [[UInt8]] = []
        for (position, text) in try strings(name).enumerated() {
            do { list.append(try Hex.decode(text)) } catch {
                throw .malformed(field: "\(path(name))[\(position)]", reason: "\(error)")
            }
        }
        return list
    }
}
