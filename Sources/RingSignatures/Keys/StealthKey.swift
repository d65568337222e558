import ByteCoding
public import ModularArithmetic

/// One-time keys that a sender makes for a recipient, as the paper's mixing contract uses them.
///
///     z = y_R^x_A′ = y_A′^x_R    d = H_q("stealth", z, context, j)    y_st = y_R·g^d    x_st = x_R + d mod q
///
/// Only sender and recipient can see that y_st belongs to y_R. It carries no proof of possession of the sender's, who does
/// not know x_st; the recipient's own key does.
///
/// **Put the sender's key into the context.** z is the same in both directions, so d is too: where A makes a key for B and B
/// one for A under one context and index, y_st(B)/y_st(A) = y_B/y_A, and anybody who compares quotients finds both. With
/// y_A′ in the context the two differ.
///
/// Two stealth keys of one sender and recipient under one linking base give τ₁/τ₂ = h^(d₁ − d₂), which the sender knows, and
/// a stealth key beside the recipient's own gives h^d: use at most one key of a recipient for each ring, and never an event
/// id as context. Two senders who pool their d see as much; the equations cannot prevent it.
/// - SeeAlso: Meiklejohn, Mercer, *Möbius: Trustless Tumbling for Transaction Privacy*, PoPETs 2018.
extension SigningKey {
    /// The one-time key y_st for `recipient`, made with this key as the sender's.
    ///
    /// - Parameters:
    ///   - recipient: Whose key it shall be.
    ///   - context: The contract and its ring.
    ///   - index: j, which of several.
    /// - Throws: ``KeyError/notInGroup`` for a key of another group, or in the negligible case y_st = 1.
    public func stealthElement(
        for recipient: VerificationKey, context: [UInt8], index: UInt32
    ) throws(KeyError) -> GroupElement {
        let group = verificationKey.group
        let d = try stealthScalar(with: recipient, context: context, index: index)
        let product = group.p.multiply(group.secretPower(group.generator, d), group.p.secret(recipient.y.value))
        // Only the product is published: g^d would name the recipient.
        do { return try group.element(product.declassified()) } catch { throw .notInGroup }
    }

    /// The one-time signing key x_st that `sender` made for this key, with its proof of possession.
    ///
    /// - Throws: ``KeyError``, as ``stealthElement(for:context:index:)``.
    public func stealthKey(
        from sender: VerificationKey, context: [UInt8], index: UInt32, label: String = "",
        using generator: inout some RandomNumberGenerator
    ) throws(KeyError) -> SigningKey {
        let group = verificationKey.group
        let d = try stealthScalar(with: sender, context: context, index: index)
        let bytes = group.q.add(x, d).bigEndianBytes(count: group.scalarByteCount)
        return try SigningKey(canonical: bytes, group: group, label: label, using: &generator)
    }

    private func stealthScalar(
        with other: VerificationKey, context: [UInt8], index: UInt32
    ) throws(KeyError) -> SecretResidue {
        guard other.group == verificationKey.group else { throw .notInGroup }
        let hash = GroupHash(other.group)
        let shared = other.group.p.power(other.y.value, x)
        return hash.secretScalar(
            "stealth", [], framedSecret: shared.bigEndianBytes(count: other.group.elementByteCount).framed(),
            [context, index.bigEndianBytes])
    }
}
