public import ModularArithmetic

/// A signature of the repaired scheme whose values have passed every check of its verification except the equation.
///
///     σ = { ring, E, δ, (αᵢ, βᵢ) } [, τ] [, h_A, A1, A2, γᵢ] [, y_R] [, U, ciphertext]
///
/// **Anonymity.** In base mode it is unconditional. A linkable, openable or designated signature hides its signer under
/// the Diffie-Hellman assumptions only, and a linkable or designated one loses it when all keys leak.
/// - SeeAlso: The smart-consensus paper's §3.2.3 and `Papers/smart-consensus.md` for what was repaired and why.
public struct RingSignature: Hashable, Sendable {
    /// The group.
    public let group: SchnorrGroup
    /// The modes in use.
    public let mode: PaperMode
    /// The numbers as they are written.
    public let fields: RingSignatureFields

    let ring: [GroupElement]
    let recipient: GroupElement?
    let administrator: GroupElement?
    let ephemeral: GroupElement
    let delta: Residue
    let alpha: [Residue]
    let beta: [Scalar]
    let linkingTag: GroupElement?
    let opening1: GroupElement?
    let opening2: GroupElement?
    let gamma: [Scalar]
    /// U of a sealed signature.
    let sealingElement: GroupElement?

    /// Checks the values of a signature: everything that its verification asks for short of the equation.
    ///
    /// - Parameters:
    ///   - fields: The numbers.
    ///   - group: The group that they claim to be of.
    ///   - knownRing: A ring whose keys were checked before; its members are not checked again.
    ///   - memberLimit: The largest ring worked on.
    /// - Throws: ``RingSignatureError``, the first reason in the order of its cases. A sealed signature's values are checked
    ///   like any other's; it is ``verify(message:)`` that refuses it as `sealed`.
    /// - Complexity: One exponentiation for each unknown key and other element.
    public init(
        checking fields: RingSignatureFields, in group: SchnorrGroup, knownRing: Ring? = nil,
        memberLimit: Int = Ring.defaultMemberLimit
    ) throws(RingSignatureError) {
        self = try Self.check(
            each: [fields], in: group, knownRing: knownRing?.group == group ? knownRing?.elements : nil,
            memberLimit: memberLimit)[0].get()
    }

    /// Checks the values of many signatures at once, in their order; membership is tested in batches that the signatures
    /// share.
    ///
    /// - Parameter knownRing: A ring whose keys were checked before; signatures for it do not have them checked again.
    /// - Returns: For each what ``init(checking:in:knownRing:memberLimit:)`` would give or throw.
    public static func check(
        each fields: [RingSignatureFields], in group: SchnorrGroup, knownRing: Ring? = nil,
        memberLimit: Int = Ring.defaultMemberLimit
    ) -> [Result<RingSignature, RingSignatureError>] {
        check(
            each: fields, in: group, knownRing: knownRing?.group == group ? knownRing?.elements : nil,
            memberLimit: memberLimit)
    }

    /// The same where the known ring's keys may come from another signature.
    static func check(
        each fields: [RingSignatureFields], in group: SchnorrGroup, knownRing: [GroupElement]?, memberLimit: Int
    ) -> [Result<RingSignature, RingSignatureError>] {
        let known = knownRing?.map(\.value)
        let modes = fields.map { fields in
            Result { () throws(RingSignatureError) in try mode(of: fields, memberLimit: memberLimit) }
        }
        let formed = fields.indices.filter { if case .success = modes[$0] { true } else { false } }
        let unknown = formed.filter { fields[$0].ring != known }
        let keys = zip(unknown, RingMembership.keys(of: unknown.map { fields[$0].ring }, in: group))
            .reduce(into: [:]) { $0[$1.0] = $1.1 }
        let sound = formed.filter { if case .failure = keys[$0] { false } else { true } }
        let others = sound.map { fields[$0].singleElements }
        var tested = group.elements(others.flatMap { $0.compactMap(\.self) })[...]
        let elements = zip(sound, others).reduce(into: [:]) { table, pair in
            table[pair.0] = pair.1.map { $0 == nil ? nil : tested.removeFirst() }
        }
        return fields.indices.map { index in
            Result { () throws(RingSignatureError) in
                let mode = try modes[index].get()
                let ring = try keys[index]?.get() ?? knownRing ?? []
                return try RingSignature(fields[index], mode, ring, elements[index] ?? [], in: group)
            }
        }
    }

    /// A signature whose form, keys and other elements have been looked at; `elements` are those of
    /// ``RingSignatureFields/singleElements``.
    private init(
        _ fields: RingSignatureFields, _ mode: PaperMode, _ ring: [GroupElement],
        _ elements: [Result<GroupElement, GroupValueError>?], in group: SchnorrGroup
    ) throws(RingSignatureError) {
        func element(_ index: Int, _ refusal: RingSignatureError) throws(RingSignatureError) -> GroupElement? {
            guard let result = elements[index] else { return nil }
            guard case .success(let element) = result else { throw refusal }
            return element
        }
        recipient = try element(0, .recipientNotInGroup)
        administrator = try element(1, .administratorNotInGroup)
        if let recipient, recipient == administrator { throw .recipientIsAdministrator }
        guard let ephemeral = try element(2, .ephemeralNotInGroup) else { throw .ephemeralNotInGroup }
        self.ephemeral = ephemeral
        linkingTag = try element(3, .linkingTagNotInGroup)
        opening1 = try element(4, .openingNotInGroup(component: 1))
        opening2 = try element(5, .openingNotInGroup(component: 2))
        sealingElement = try element(6, .sealingElementNotInGroup)
        let ephemerals = [ephemeral, opening1, sealingElement].compactMap { $0 }
        guard Set(ephemerals).count == ephemerals.count else { throw .valuesNotDistinct }

        do { delta = try group.residue(fields.delta) } catch { throw .deltaOutOfRange }
        alpha = try Self.each(fields.alpha, group.residue(_:)) { .alphaOutOfRange(index: $0) }
        beta = try Self.each(fields.beta, group.scalar(_:)) { .betaOutOfRange(index: $0) }
        gamma = try Self.each(fields.gamma, group.scalar(_:)) { .gammaOutOfRange(index: $0) }
        self.group = group
        self.mode = mode
        self.ring = ring
        self.fields = fields
    }

    /// The mode that the fields present make up, for a ring of an allowed size and without repetitions.
    private static func mode(of fields: RingSignatureFields, memberLimit: Int) throws(RingSignatureError) -> PaperMode {
        let n = fields.ring.count
        guard fields.alpha.count == n, fields.beta.count == n, fields.gamma.isEmpty || fields.gamma.count == n else {
            throw .lengthMismatch
        }
        let openable = fields.administrator != nil
        guard openable == (fields.opening1 != nil), openable == (fields.opening2 != nil),
            openable == !fields.gamma.isEmpty || n == 0
        else { throw .modeMismatch }
        guard n >= 2 else { throw .ringTooSmall(members: n) }
        guard n <= memberLimit else { throw .ringTooLarge(members: n, limit: memberLimit) }
        var seen: Set<Natural> = []
        for (index, y) in fields.ring.enumerated() where !seen.insert(y).inserted { throw .duplicateKey(index: index) }
        var mode: PaperMode = []
        if fields.linkingTag != nil { mode.insert(.link) }
        if openable { mode.insert(.open) }
        if fields.recipient != nil { mode.insert(.designated) }
        if fields.sealed != nil { mode.formUnion([.designated, .sealed]) }
        return mode
    }

    private static func each<T>(
        _ values: [Natural], _ decode: (Natural) throws(GroupValueError) -> T, _ refusal: (Int) -> RingSignatureError
    ) throws(RingSignatureError) -> [T] {
        var decoded: [T] = []
        for (index, value) in values.enumerated() {
            do { decoded.append(try decode(value)) } catch { throw refusal(index) }
        }
        return decoded
    }
}

extension RingSignatureFields {
    /// y_R, h_A, E, τ, A1, A2, U: the elements that a signature has one of, or none.
    fileprivate var singleElements: [Natural?] {
        [recipient, administrator, ephemeral, linkingTag, opening1, opening2, sealed?.u]
    }
}
