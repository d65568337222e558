import ModularArithmetic
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// Every field of a signature, damaged one way at a time, with the reason for which it must be refused.
@Suite("Damaged signatures") struct DamageTests {
    private typealias Damage = (name: String, code: RingSignatureError, apply: (inout RingSignatureFields) -> Void)

    private static let message: [UInt8] = [1, 2, 3]

    @Test("each damage is refused for its own reason", arguments: openModes)
    func damage(_ mode: PaperMode) throws {
        let group = try TestGroup.k2.group
        let signature = try group.sign(Self.message, mode: mode, size: 3, index: Int(mode.rawValue) % 3)
        let all = Self.shared(group) + Self.optional(group, mode) + Self.arrangements(group)
        for damage in all {
            var fields = signature.fields
            damage.apply(&fields)
            #expect(fields != signature.fields, "\(damage.name)")
            #expect(throws: damage.code, "\(damage.name)") {
                try RingSignature(checking: fields, in: group).verify(message: Self.message)
            }
        }
        #expect(all.count >= 45)
        try signature.verify(message: Self.message)
        for other: [UInt8] in [[], [1, 2], [1, 2, 3, 0], [1, 2, 2]] {
            #expect(throws: RingSignatureError.ringEquation) { try signature.verify(message: other) }
        }
        #expect(throws: RingSignatureError.ringTooLarge(members: 3, limit: 2)) {
            try RingSignature(checking: signature.fields, in: group, memberLimit: 2)
        }
    }

    /// Damage to what every mode has.
    private static func shared(_ group: SchnorrGroup) -> [Damage] {
        let (p, q, g) = (group.p.value, group.q.value, group.g.value)
        var list: [Damage] = [
            ("delta 0", .deltaOutOfRange, { $0.delta = 0 }), ("delta p", .deltaOutOfRange, { $0.delta = p }),
            ("delta + p", .deltaOutOfRange, { $0.delta = $0.delta + p }),
            ("delta + 1", .ringEquation, { $0.delta = $0.delta % (p - 1) + 1 }),
            ("delta - 1", .ringEquation, { $0.delta = ($0.delta + p - 3) % (p - 1) + 1 }),
            ("-delta", .ringEquation, { $0.delta = p - $0.delta }),
            ("E 0", .ephemeralNotInGroup, { $0.ephemeral = 0 }), ("E 1", .ephemeralNotInGroup, { $0.ephemeral = 1 }),
            ("E p - 1", .ephemeralNotInGroup, { $0.ephemeral = p - 1 }),
            ("E p", .ephemeralNotInGroup, { $0.ephemeral = p }),
            ("E + p", .ephemeralNotInGroup, { $0.ephemeral = $0.ephemeral + p }),
            ("-E", .ephemeralNotInGroup, { $0.ephemeral = p - $0.ephemeral }),
            ("E·g", .ringEquation, { $0.ephemeral = $0.ephemeral * g % p }),
            ("longer context", .ringEquation, { $0.context.append(0) }),
            ("no context", .ringEquation, { $0.context = [] }),
            ("sealed", .sealed, { ($0.recipient, $0.sealed) = (nil, .init(u: g, ciphertext: [1])) }),
            ("sealed, its recipient named", .sealed, { ($0.recipient, $0.sealed) = (g, .init(u: g, ciphertext: [])) }),
        ]
        for i in 0..<3 {
            list += [
                ("alpha 0", .alphaOutOfRange(index: i), { $0.alpha[i] = 0 }),
                ("alpha p", .alphaOutOfRange(index: i), { $0.alpha[i] = p }),
                ("alpha + p", .alphaOutOfRange(index: i), { $0.alpha[i] = $0.alpha[i] + p }),
                ("alpha + 1", .ringEquation, { $0.alpha[i] = $0.alpha[i] % (p - 1) + 1 }),
                ("alpha - 1", .ringEquation, { $0.alpha[i] = ($0.alpha[i] + p - 3) % (p - 1) + 1 }),
                ("alpha + q", .ringEquation, { $0.alpha[i] = ($0.alpha[i] + q - 1) % (p - 1) + 1 }),
                ("-alpha", .ringEquation, { $0.alpha[i] = p - $0.alpha[i] }),
                ("beta q", .betaOutOfRange(index: i), { $0.beta[i] = q }),
                ("beta + q", .betaOutOfRange(index: i), { $0.beta[i] = $0.beta[i] + q }),
                ("beta + p", .betaOutOfRange(index: i), { $0.beta[i] = $0.beta[i] + p }),
                ("beta 0", .ringEquation, { $0.beta[i] = 0 }),
                ("beta + 1", .ringEquation, { $0.beta[i] = ($0.beta[i] + 1) % q }),
                ("beta - 1", .ringEquation, { $0.beta[i] = ($0.beta[i] + q - 1) % q }),
            ]
        }
        return list
    }

    /// Damage to the fields that only some modes have, and fields of modes that this one is not.
    private static func optional(_ group: SchnorrGroup, _ mode: PaperMode) -> [Damage] {
        let (p, q, g) = (group.p.value, group.q.value, group.p.powerVariableTime(group.g.value, 1000))
        var list: [Damage] = []
        func element(
            _ name: String, _ path: WritableKeyPath<RingSignatureFields, Natural?>, _ code: RingSignatureError
        ) {
            for (spelling, value) in [("0", 0), ("1", 1), ("p - 1", p - 1), ("p", p)] as [(String, Natural)] {
                list.append(("\(name) \(spelling)", code, { $0[keyPath: path] = value }))
            }
            list.append(("-\(name)", code, { $0[keyPath: path] = $0[keyPath: path].map { p - $0 } }))
            list.append(("\(name) + p", code, { $0[keyPath: path] = $0[keyPath: path].map { $0 + p } }))
            list.append(("\(name)·g", .ringEquation, { $0[keyPath: path] = $0[keyPath: path].map { $0 * g % p } }))
        }
        if mode.contains(.link) {
            element("tau", \.linkingTag, .linkingTagNotInGroup)
            list.append(("tau left out", .ringEquation, { $0.linkingTag = nil }))
        } else {
            list.append(("a tau of nobody", .ringEquation, { $0.linkingTag = g }))
        }
        if mode.contains(.designated) {
            element("recipient", \.recipient, .recipientNotInGroup)
            list.append(("recipient left out", .ringEquation, { $0.recipient = nil }))
        } else {
            list.append(("a recipient of nobody", .ringEquation, { $0.recipient = g }))
        }
        guard mode.contains(.open) else {
            list += [
                ("administrator alone", .modeMismatch, { $0.administrator = g }),
                ("A1 alone", .modeMismatch, { $0.opening1 = g }), ("A2 alone", .modeMismatch, { $0.opening2 = g }),
                ("gamma alone", .modeMismatch, { $0.gamma = [1, 2, 3] }),
                ("short gamma", .lengthMismatch, { $0.gamma = [1, 2] }),
            ]
            return list
        }
        element("administrator", \.administrator, .administratorNotInGroup)
        element("A1", \.opening1, .openingNotInGroup(component: 1))
        element("A2", \.opening2, .openingNotInGroup(component: 2))
        list += [
            ("recipient is administrator", .recipientIsAdministrator, { $0.recipient = $0.administrator }),
            ("E is A1", .valuesNotDistinct, { $0.ephemeral = $0.opening1 ?? 0 }),
            ("A1 is E", .valuesNotDistinct, { $0.opening1 = $0.ephemeral }),
            ("A1 and A2 swapped", .ringEquation, { ($0.opening1, $0.opening2) = ($0.opening2, $0.opening1) }),
            ("administrator left out", .modeMismatch, { $0.administrator = nil }),
            ("A1 left out", .modeMismatch, { $0.opening1 = nil }),
            ("A2 left out", .modeMismatch, { $0.opening2 = nil }),
            ("gamma left out", .modeMismatch, { $0.gamma = [] }),
            ("short gamma", .lengthMismatch, { $0.gamma.removeLast() }),
            ("long gamma", .lengthMismatch, { $0.gamma.append(1) }),
            (
                "open stripped", .ringEquation,
                { ($0.administrator, $0.opening1, $0.opening2, $0.gamma) = (nil, nil, nil, []) }
            ),
        ]
        for i in 0..<3 {
            list += [
                ("gamma q", .gammaOutOfRange(index: i), { $0.gamma[i] = q }),
                ("gamma + q", .gammaOutOfRange(index: i), { $0.gamma[i] = $0.gamma[i] + q }),
                ("gamma 0", .ringEquation, { $0.gamma[i] = 0 }),
                ("gamma + 1", .ringEquation, { $0.gamma[i] = ($0.gamma[i] + 1) % q }),
                ("gamma - 1", .ringEquation, { $0.gamma[i] = ($0.gamma[i] + q - 1) % q }),
            ]
        }
        return list
    }

    /// Damage to the ring and to the order of things.
    private static func arrangements(_ group: SchnorrGroup) -> [Damage] {
        let (p, g) = (group.p.value, group.p.powerVariableTime(group.g.value, 1000))
        func turn<T>(_ list: [T]) -> [T] { list.isEmpty ? [] : Array(list.dropFirst()) + [list[0]] }
        func drop(_ fields: inout RingSignatureFields, keeping count: Int) {
            fields.ring = Array(fields.ring.prefix(count))
            fields.alpha = Array(fields.alpha.prefix(count))
            fields.beta = Array(fields.beta.prefix(count))
            fields.gamma = Array(fields.gamma.prefix(count))
        }
        return [
            ("ring in another order", .ringEquation, { $0.ring.swapAt(0, 1) }),
            (
                "everything rotated", .ringEquation,
                {
                    ($0.ring, $0.alpha) = (turn($0.ring), turn($0.alpha))
                    ($0.beta, $0.gamma) = (turn($0.beta), turn($0.gamma))
                }
            ),
            (
                "pairs swapped", .ringEquation,
                {
                    $0.alpha.swapAt(1, 2)
                    $0.beta.swapAt(1, 2)
                }
            ),
            ("alphas swapped", .ringEquation, { $0.alpha.swapAt(0, 2) }),
            ("betas swapped", .ringEquation, { $0.beta.swapAt(0, 2) }),
            ("a duplicate", .duplicateKey(index: 2), { $0.ring[2] = $0.ring[0] }),
            ("a key's negative", .keyNotInGroup(index: 1), { $0.ring[1] = p - $0.ring[1] }),
            ("a key + p", .keyNotInGroup(index: 0), { $0.ring[0] = $0.ring[0] + p }),
            ("key 1", .keyNotInGroup(index: 2), { $0.ring[2] = 1 }),
            ("key p - 1", .keyNotInGroup(index: 2), { $0.ring[2] = p - 1 }),
            ("key 0", .keyNotInGroup(index: 2), { $0.ring[2] = 0 }),
            ("another key", .ringEquation, { $0.ring[2] = $0.ring[2] * g % p }),
            ("a key missing", .lengthMismatch, { $0.ring.removeLast() }),
            ("a key too many", .lengthMismatch, { $0.ring.append(g) }),
            ("an alpha missing", .lengthMismatch, { $0.alpha.removeLast() }),
            ("a beta missing", .lengthMismatch, { $0.beta.removeLast() }),
            ("a beta too many", .lengthMismatch, { $0.beta.append(0) }),
            ("a member less", .ringEquation, { drop(&$0, keeping: 2) }),
            ("one member", .ringTooSmall(members: 1), { drop(&$0, keeping: 1) }),
            ("no ring", .ringTooSmall(members: 0), { drop(&$0, keeping: 0) }),
        ]
    }
}
