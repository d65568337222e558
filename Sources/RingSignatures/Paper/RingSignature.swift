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
        let n = fields.ring.count
        mode = try Self.mode(of: fields)
        guard n >= 2 else { throw .ringTooSmall(members: n) }
        guard n <= memberLimit else { throw .ringTooLarge(members: n, limit: memberLimit) }

        var seen: Set<Natural> = []
        for (index, y) in fields.ring.enumerated() where !seen.insert(y).inserted { throw .duplicateKey(index: index) }
        ring = try Self.keys(fields.ring, in: group, known: knownRing)

        func element(_ value: Natural?, _ refusal: RingSignatureError) throws(RingSignatureError) -> GroupElement? {
            guard let value else { return nil }
            do { return try group.element(value) } catch { throw refusal }
        }
        recipient = try element(fields.recipient, .recipientNotInGroup)
        administrator = try element(fields.administrator, .administratorNotInGroup)
        if let recipient, recipient == administrator { throw .recipientIsAdministrator }
        do { ephemeral = try group.element(fields.ephemeral) } catch { throw .ephemeralNotInGroup }
        linkingTag = try element(fields.linkingTag, .linkingTagNotInGroup)
        opening1 = try element(fields.opening1, .openingNotInGroup(component: 1))
        opening2 = try element(fields.opening2, .openingNotInGroup(component: 2))
        sealingElement = try element(fields.sealed?.u, .sealingElementNotInGroup)
        let ephemerals = [ephemeral, opening1, sealingElement].compactMap { $0 }
        guard Set(ephemerals).count == ephemerals.count else { throw .valuesNotDistinct }

        do { delta = try group.residue(fields.delta) } catch { throw .deltaOutOfRange }
        alpha = try Self.each(fields.alpha, group.residue(_:)) { .alphaOutOfRange(index: $0) }
        beta = try Self.each(fields.beta, group.scalar(_:)) { .betaOutOfRange(index: $0) }
        gamma = try Self.each(fields.gamma, group.scalar(_:)) { .gammaOutOfRange(index: $0) }
        self.group = group
        self.fields = fields
    }

    private static func mode(of fields: RingSignatureFields) throws(RingSignatureError) -> PaperMode {
        let n = fields.ring.count
        guard fields.alpha.count == n, fields.beta.count == n, fields.gamma.isEmpty || fields.gamma.count == n else {
            throw .lengthMismatch
        }
        let openable = fields.administrator != nil
        guard openable == (fields.opening1 != nil), openable == (fields.opening2 != nil),
            openable == !fields.gamma.isEmpty || n == 0
        else { throw .modeMismatch }
        var mode: PaperMode = []
        if fields.linkingTag != nil { mode.insert(.link) }
        if openable { mode.insert(.open) }
        if fields.recipient != nil { mode.insert(.designated) }
        if fields.sealed != nil { mode.formUnion([.designated, .sealed]) }
        return mode
    }

    private static func keys(
        _ values: [Natural], in group: SchnorrGroup, known: Ring?
    ) throws(RingSignatureError) -> [GroupElement] {
        if let known, known.group == group, known.elements.map(\.value) == values { return known.elements }
        var keys: [GroupElement] = []
        // In pieces: a ring that is refused costs no more than the keys up to the bad one, and a few.
        for start in stride(from: 0, to: values.count, by: Ring.pieceMemberCount) {
            let piece = Array(values[start..<min(start + Ring.pieceMemberCount, values.count)])
            for (offset, result) in group.elements(piece).enumerated() {
                guard case .success(let key) = result else { throw .keyNotInGroup(index: start + offset) }
                keys.append(key)
            }
        }
        return keys
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
