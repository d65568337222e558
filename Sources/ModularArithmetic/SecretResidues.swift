import ByteCoding

/// A list of secrets of one width, in one buffer that is wiped: Swift's arrays cannot hold a ``SecretResidue``.
@safe public struct SecretResidues: ~Copyable, @unchecked Sendable {
    /// The secrets that it holds.
    public private(set) var count = 0
    /// The limbs of each.
    let limbCount: Int
    private var limbs: UnsafeMutableBufferPointer<UInt>

    /// No secrets, for residues of `modulus`; room for `capacity` without moving them.
    public init(of modulus: Modulus, capacity: Int = 8) {
        limbCount = modulus.limbCount
        unsafe limbs = .allocate(capacity: limbCount * Swift.max(capacity, 1))
        unsafe limbs.initialize(repeating: 0)
    }

    deinit {
        unsafe wipe(UnsafeMutableRawBufferPointer(limbs))
        unsafe limbs.deallocate()
    }

    /// Adds a copy of `residue`.
    ///
    /// - Precondition: It has the width of the others.
    public mutating func append(_ residue: borrowing SecretResidue) {
        precondition(residue.limbCount == limbCount, "a residue of another width")
        if unsafe (count + 1) * limbCount > limbs.count { grow() }
        for limb in 0..<limbCount { unsafe limbs[count * limbCount + limb] = residue.limbs[limb] }
        count += 1
    }

    /// A copy of the secret at `index`.
    public func residue(at index: Int) -> SecretResidue {
        let residue = SecretResidue(zeros: limbCount)
        unsafe withLimbs(at: index) { from in
            for limb in 0..<limbCount { unsafe residue.limbs[limb] = from[limb] }
        }
        return residue
    }

    /// All of them as public numbers: after this they are not secret any more.
    public func declassified() -> [Natural] { (0..<count).map { residue(at: $0).declassified() } }

    /// Gives `body` the limbs of the secret at `index`.
    func withLimbs<R>(at index: Int, _ body: (UnsafePointer<UInt>) -> R) -> R {
        precondition((0..<count).contains(index), "there are \(count) secrets")
        guard let start = unsafe limbs.baseAddress else { preconditionFailure("a list is never without memory") }
        return unsafe body(start + index * limbCount)
    }

    private mutating func grow() {
        let wider = unsafe UnsafeMutableBufferPointer<UInt>.allocate(capacity: 2 * limbs.count)
        unsafe wider.initialize(repeating: 0)
        for limb in unsafe limbs.indices { unsafe wider[limb] = limbs[limb] }
        unsafe wipe(UnsafeMutableRawBufferPointer(limbs))
        unsafe limbs.deallocate()
        unsafe limbs = wider
    }
}
