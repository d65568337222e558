import ByteCoding
import ModularArithmetic

/// Where an attack works: its group, its random numbers, and the count of what it did.
struct AttackBench {
    let setting: RingAttack.Setting
    let group: SchnorrGroup
    let hash: LiteralHash
    /// What the attacker did so far.
    var cost = AttackCost()
    /// The cost of the attack itself, once it is over and only controls follow.
    private var finalCost: AttackCost?
    var draws: AttackDraws

    init(_ setting: RingAttack.Setting, using generator: inout some RandomNumberGenerator) {
        self.setting = setting
        group = setting.group
        hash = LiteralHash(setting.group)
        draws = AttackDraws(using: &generator)
    }

    /// Ends the count: what follows is a control, or an attempt on the default.
    mutating func stopCounting() { finalCost = cost }

    /// The report, with the cost of the attack on the careless form.
    func report(
        _ attack: RingAttack, _ steps: [String], breaks: [(String, Bool)], controls: [(String, String?)] = [],
        defaults: [(String, String?)]
    ) -> AttackReport {
        AttackReport(
            attack: attack, steps: steps, cost: finalCost ?? cost,
            breaks: breaks.map { .init(goal: $0.0, isReached: $0.1) },
            controls: controls.map { .init(attempt: $0.0, code: $0.1) },
            defaults: defaults.map { .init(attempt: $0.0, code: $0.1) })
    }

    // MARK: - Counted arithmetic

    /// base^exponent mod p.
    mutating func power(_ base: Natural, _ exponent: Natural) -> Natural {
        cost.exponentiations += 1
        return group.p.powerVariableTime(base, exponent)
    }

    /// a·b mod p.
    mutating func multiply(_ a: Natural, _ b: Natural) -> Natural {
        cost.multiplications += 1
        return group.p.multiply(a, b)
    }

    /// a⁻¹ mod p.
    ///
    /// - Precondition: `a` is a unit.
    mutating func inverse(_ a: Natural) -> Natural {
        cost.multiplications += 1
        guard let inverse = group.p.inverseVariableTime(a) else { preconditionFailure("a unit has an inverse") }
        return inverse
    }

    /// a/b mod q, or `nil` where b is 0.
    mutating func quotient(_ a: Natural, _ b: Natural) -> Natural? {
        cost.multiplications += 2
        return group.q.inverseVariableTime(group.q.reduce(b)).map { group.q.multiply(a, $0) }
    }

    /// The number below p·q that is `a` modulo p and `b` modulo q: a + p·(b − a), since p ≡ 1 (mod q).
    mutating func combine(modP a: Natural, modQ b: Natural) -> Natural {
        cost.multiplications += 1
        return a + group.p.value * group.q.subtract(b, a)
    }

    /// A random exponent in 1 ..< q.
    mutating func exponent() -> Natural { .random(in: 1, upTo: group.q.value, using: &draws) }

    /// A random unit.
    mutating func unit() -> Natural { .random(in: 1, upTo: group.p.value, using: &draws) }

    /// An element of order q: somebody's key. Not counted.
    mutating func element() -> Natural { group.p.powerVariableTime(group.g.value, exponent()) }

    /// Closes a literal ring by way of `invert`, counted: two powers and the hashes of every other member.
    mutating func close(
        _ algorithm: LiteralAlgorithm1, message: [UInt8], ring: [Natural], recipient: Natural, at signer: Int,
        ephemeral: Natural? = nil, fixing fixed: [Int: LiteralSignature.Pair] = [:],
        invert: (_ target: Natural, _ lambda: [UInt8]) -> LiteralSignature.Pair
    ) -> LiteralSignature {
        cost.exponentiations += 2 * (ring.count - 1)
        cost.multiplications += 2 * ring.count
        cost.hashes += ring.count + 1
        if case .hashed = algorithm.reading.exponent { cost.hashes += ring.count }
        return algorithm.close(
            message: message, ring: ring, recipient: recipient, at: signer, ephemeral: ephemeral, fixing: fixed,
            invert: invert, using: &draws)
    }

    // MARK: - Honest people

    /// Somebody with a key, whose secret this bench holds too.
    struct Member {
        let x: Natural
        let key: VerificationKey
        var y: Natural { key.y.value }
    }

    /// A new key with its proof.
    mutating func member() throws(AttackError) -> Member {
        do {
            let key = try SigningKey(group: group, using: &draws)
            return Member(x: key.x.declassified(), key: key.verificationKey)
        } catch { throw .key(error) }
    }

    /// `count` new members, y ascending as in a ``Ring``.
    mutating func members(_ count: Int) throws(AttackError) -> [Member] {
        var members: [Member] = []
        for _ in 0..<count { members.append(try member()) }
        return members.sorted { $0.y < $1.y }
    }

    /// An honest signature of the default scheme.
    func signature(
        of message: [UInt8], by signer: Member, in members: [Member], options: SigningOptions = SigningOptions(),
        using generator: inout some RandomNumberGenerator
    ) throws(AttackError) -> RingSignature {
        var bytes = signer.x.bigEndianBytes(count: group.scalarByteCount)
        let key: SigningKey
        do {
            key = try SigningKey(canonical: SecretBytes(wiping: &bytes), verificationKey: signer.key)
        } catch { throw .key(error) }
        do {
            return try Ring(members.map(\.key)).sign(message: message, with: key, options: options, using: &generator)
        } catch { throw .signature(error) }
    }

    /// An honest signature of the default scheme.
    mutating func honestSignature(
        of message: [UInt8], by signer: Member, in members: [Member], options: SigningOptions = SigningOptions()
    ) throws(AttackError) -> RingSignature {
        var generator = draws
        defer { draws = generator }
        return try signature(of: message, by: signer, in: members, options: options, using: &generator)
    }

    /// `count` keys without their secrets, ascending.
    mutating func publicKeys(_ count: Int) -> [Natural] {
        (0..<count).map { _ in group.p.powerVariableTime(group.g.value, exponent()) }.sorted()
    }

    /// The message that attacks sign.
    static let message = Array("record 1".utf8)

    // MARK: - The default's verdict

    /// The code of a careless form that did not accept; `nil` if it did.
    func refusal(accepted: Bool) -> String? { accepted ? nil : "not-accepted" }

    /// The code with which the default refuses a signature; `nil` if it accepts.
    func refusal(_ fields: RingSignatureFields, message: [UInt8]) -> String? {
        do {
            try RingSignature(checking: fields, in: group).verify(message: message)
            return nil
        } catch { return error.code }
    }

    /// The code with which the default refuses a key; `nil` if it accepts.
    func refusal(key y: Natural, c: Natural, s: Natural) -> String? {
        do {
            _ = try VerificationKey(checking: .init(y: y, label: "", c: c, s: s), in: group)
            return nil
        } catch { return error.code }
    }

    /// The code with which the default refuses x as the secret of `key`; `nil` if it is.
    func refusal(secret x: Natural, of key: VerificationKey) -> String? {
        var bytes = group.q.reduce(x).bigEndianBytes(count: group.scalarByteCount)
        do {
            _ = try SigningKey(canonical: SecretBytes(wiping: &bytes), verificationKey: key)
            return nil
        } catch { return error.code }
    }

    /// A literal signature's numbers as the default would read them, with an E of the attacker's.
    func fields(
        _ signature: LiteralSignature, ephemeral: Natural, recipient: Natural? = nil
    ) -> RingSignatureFields {
        var fields = RingSignatureFields(
            ring: signature.ring, context: [], ephemeral: ephemeral, delta: signature.delta,
            alpha: signature.pairs.map(\.alpha), beta: signature.pairs.map(\.beta))
        fields.recipient = recipient
        return fields
    }

    /// The member whom the default's own confirmation finds, given D, which honest people compute as E^x_R; none where it
    /// refuses.
    func confirmed(_ signature: RingSignature, message: [UInt8], shared: Natural) -> [Int] {
        guard let recipient = signature.recipient,
            let index = try? signature.signer(
                statement(of: signature, message: message), shared: group.p.secret(shared), recipient: recipient)
        else { return [] }
        return [index]
    }

    /// The default's statement of a signature that is not sealed.
    func statement(of signature: RingSignature, message: [UInt8]) -> PaperStatement {
        signature.statement(message: message, recipientItem: signature.recipient.map { hash.encode($0) } ?? [])
    }

    /// The default's statement, λ included, for numbers that the attacker chose.
    func statement(
        of message: [UInt8], ring: [Natural], ephemeral: Natural, recipient: Natural? = nil, linkingTag: Natural? = nil
    ) throws(GroupValueError) -> PaperStatement {
        func element(_ value: Natural?) throws(GroupValueError) -> GroupElement? {
            guard let value else { return nil }
            return try group.element(value)
        }
        var mode: PaperMode = recipient == nil ? [] : .designated
        if linkingTag != nil { mode.insert(.link) }
        var keys: [GroupElement] = []
        for y in ring { keys.append(try group.element(y)) }
        return PaperStatement(
            hash: hash, mode: mode, ring: keys, context: [], message: message,
            recipientItem: try element(recipient).map { hash.encode($0) } ?? [],
            ephemeral: try group.element(ephemeral), linkingTag: try element(linkingTag), administrator: nil,
            opening1: nil, opening2: nil)
    }

    /// A signature of the default scheme, closed at `signer` with K and x that the caller chose, and with an E and a τ
    /// that need not be honest: what a member who rewrote the signing code can make.
    mutating func insiderSignature(
        of message: [UInt8], ring: [Natural], at signer: Int, secret x: Natural, ephemeral: Natural,
        recipient: Natural? = nil, linkingTag: Natural? = nil, fixing fixed: [Int: LiteralSignature.Pair] = [:]
    ) throws(AttackError) -> RingSignatureFields {
        let (p, q, n) = (group.p, group.q, ring.count)
        let k = exponent()
        do throws(GroupValueError) {
            let statement = try statement(
                of: message, ring: ring, ephemeral: ephemeral, recipient: recipient, linkingTag: linkingTag)
            var pairs = (0..<n).map { _ in LiteralSignature.Pair(alpha: unit(), beta: exponent()) }
            for (index, pair) in fixed { pairs[index] = pair }
            let u = unit()
            let own = statement.linkingBase.map { [p.powerVariableTime($0.value, k)] } ?? []
            var z = statement.next(after: signer, product: u, extra: own)
            var delta = z
            for step in 1..<n {
                let index = (signer + step) % n
                let link = statement.links([
                    (index, try group.residue(pairs[index].alpha), try group.scalar(pairs[index].beta), nil)
                ])[0]
                z = statement.next(after: index, z: z, link: link)
                if index == n - 1 { delta = z }
            }
            let target = multiply(u, inverse(z.value))
            let alpha = multiply(target, power(group.g.value, q.subtract(0, k)))
            let c = statement.challenge(signer, try group.residue(alpha)).value
            pairs[signer] = .init(alpha: alpha, beta: q.subtract(k, q.multiply(c, x)))
            cost.exponentiations += 2 * (n - 1) * (own.count + 1) + own.count
            cost.hashes += 2 * n + 1
            var fields = RingSignatureFields(
                ring: ring, context: [], ephemeral: ephemeral, delta: delta.value, alpha: pairs.map(\.alpha),
                beta: pairs.map(\.beta))
            fields.recipient = recipient
            fields.linkingTag = linkingTag
            return fields
        } catch { throw .value(error) }
    }
}

/// Random numbers that follow from 32 bytes: SHAKE256(seed, block number), 1 KiB a block.
struct AttackDraws: RandomNumberGenerator {
    private let seed: [UInt8]
    private var block: UInt64 = 0
    private var words: ArraySlice<UInt64> = []

    init(using generator: inout some RandomNumberGenerator) {
        seed = (0..<4).flatMap { _ in (generator.next() as UInt64).bigEndianBytes }
    }

    mutating func next() -> UInt64 {
        if words.isEmpty {
            let bytes = FramedXOF.bytes("attack-draws", [seed, block.bigEndianBytes], count: 1024)
            words = stride(from: 0, to: 1024, by: 8).map { UInt64(bigEndianBytes: bytes[$0..<$0 + 8]) }[...]
            block += 1
        }
        return words.removeFirst()
    }
}
