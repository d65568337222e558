@_spi(Hazmat) import ModularArithmetic
import Testing

@Suite("Schnorr groups") struct SchnorrGroupTests {
    /// The tiny groups, every element of which is tried.
    static let tiny: [(p: UInt64, q: UInt64, g: UInt64, t: UInt64)] = [(7, 3, 2, 2), (23, 11, 4, 5), (47, 23, 4, 11)]

    private func make(_ numbers: (p: UInt64, q: UInt64, g: UInt64, t: UInt64)) throws -> SchnorrGroup {
        try SchnorrGroup(
            validating: Natural(numbers.p), q: Natural(numbers.q), g: Natural(numbers.g), t: Natural(numbers.t))
    }

    @Test("tiny groups: members are the powers of g, by every entry", arguments: tiny)
    func membership(p: UInt64, q: UInt64, g: UInt64, t: UInt64) throws {
        let group = try make((p, q, g, t))
        let powers = Set((0..<q).map { exponent in (0..<exponent).reduce(UInt64(1)) { power, _ in power * g % p } })
        #expect(powers.count == q)
        let candidates = (0...p + 2).map { Natural($0) } + [Natural(1) << 64, Natural(p) << 64 + 4]
        let together = group.elements(candidates)
        try #require(together.count == candidates.count)
        for (candidate, result) in zip(candidates, together) {
            let alone = Result { () throws(GroupValueError) in try group.element(candidate) }
            #expect(alone == result)
            if candidate <= 1 || candidate >= Natural(p - 1) {
                #expect(result == .failure(.outOfRange))
            } else if powers.contains(where: { Natural($0) == candidate }) {
                #expect(try result.get().value == candidate)
            } else {
                #expect(result == .failure(.notInSubgroup))
            }
        }
        #expect(group.elements([]).isEmpty)
    }

    @Test("tiny groups: every scalar, residue and power", arguments: tiny)
    func powers(p: UInt64, q: UInt64, g: UInt64, t: UInt64) throws {
        let group = try make((p, q, g, t))
        let members = (2..<p - 1).compactMap { try? group.element(Natural($0)) }
        #expect(UInt64(members.count) == q - 1)
        for exponent in 0..<q {
            #expect(try group.scalar(Natural(exponent)).value == Natural(exponent))
            let expected = (0..<exponent).reduce(UInt64(1)) { power, _ in power * g % p }
            let power = group.publicPower(group.q.secret(Natural(exponent)))
            #expect(power?.value == (exponent == 0 ? nil : Natural(expected)))
            for member in members {
                let power = group.publicPower(of: member, group.q.secret(Natural(exponent)))
                #expect(
                    power?.value == (exponent == 0 ? nil : group.p.powerVariableTime(member.value, Natural(exponent))))
                if let power { #expect(members.contains(power)) }
            }
        }
        for beyond in [q, q + 1, 2 * q] {
            #expect(throws: GroupValueError.outOfRange) { try group.scalar(Natural(beyond)) }
            #expect(group.scalar(reducing: Natural(beyond)).value == Natural(beyond % q))
        }
        for outside in [0, p, p + 1] {
            #expect(throws: GroupValueError.outOfRange) { try group.residue(Natural(outside)) }
        }
        for unit in 1..<p {
            let residue = try group.residue(Natural(unit))
            let power = (0..<(p - 1) / q).reduce(UInt64(1)) { power, _ in power * unit % p }
            #expect(
                residue.value == Natural(unit) && group.project(residue)?.value == (power == 1 ? nil : Natural(power)))
            if let projected = group.project(residue) { #expect(members.contains(projected)) }
        }
        #expect(group.cofactor == Natural((p - 1) / q) && group.isInsecurelySmall)
        #expect(group.elementByteCount == 1 && group.encode(element: 5) == [5] && group.encode(scalar: 2) == [2])
    }

    /// RFC 5114 §2.3, as OpenSSL 3 prints it (`-pkeyopt dh_rfc5114:3`): 2048 bits with a subgroup of 256.
    @Test("RFC 5114 §2.3") func rfc5114() throws {
        let p = try number(
            """
            87a8e61db4b6663cffbbd19c651959998ceef608660dd0f25d2ceed4435e3b00e00df8f1d61957d4faf7df4561b2aa3016c3d911
            34096faa3bf4296d830e9a7c209e0c6497517abd5a8a9d306bcf67ed91f9e6725b4758c022e0b1ef4275bf7b6c5bfc11d45f9088
            b941f54eb1e59bb8bc39a0bf12307f5c4fdb70c581b23f76b63acae1caa6b7902d52526735488a0ef13c6d9a51bfa4ab3ad83477
            96524d8ef6a167b5a41825d967e144e5140564251ccacb83e6b486f6b3ca3f7971506026c0b857f689962856ded4010abd0be621
            c3a3960a54e710c375f26375d7014103a4b54330c198af126116d2276e11715f693877fad7ef09cadb094ae91e1a1597
            """)
        let g = try number(
            """
            3fb32c9b73134d0b2e77506660edbd484ca7b18f21ef205407f4793a1a0ba12510dbc15077be463fff4fed4aac0bb555be3a6c1b
            0c6b47b1bc3773bf7e8c6f62901228f8c28cbb18a55ae31341000a650196f931c77a57f2ddf463e5e9ec144b777de62aaab8a862
            8ac376d282d6ed3864e67982428ebc831d14348f6f2f9193b5045af2767164e1dfc967c1fb3f2e55a4bd1bffe83b9c80d052b985
            d182ea0adb2a3b7313d3fe14c8484b1e052588b9b7d2bbd2df016199ecd06e1557cd0915b3353bbb64e0ec377fd028370df92b52
            c7891428cdc67eb6184b523d1db246c32f63078490f00ef8d647d148d47954515e2327cfef98c582664b4c0f6cc41659
            """)
        let q = try number("8cf83642a709a097b447997640129da299b1a47d1eb3750ba308b0fe64f5fbd3")
        let group = try SchnorrGroup(validating: p, q: q, g: g, t: nil)
        #expect(group.p.bitWidth == 2048 && group.q.bitWidth == 256 && !group.isInsecurelySmall)
        #expect(group.elementByteCount == 256 && group.scalarByteCount == 32 && group.cofactor * q + 1 == p)
        #expect(group.g.value == g && g.powerVariableTime(q, modulo: p) == 1)
        let one = group.publicPower(group.q.secret(0))
        let generator = group.publicPower(group.q.secret(1))
        let inverse = group.publicPower(group.q.secret(q - 1))
        #expect(one == nil && generator == group.g)
        #expect(inverse?.value == group.p.inverseVariableTime(g))
        #expect(throws: GroupValueError.notInSubgroup) { try group.element(p - g) }
        #expect(SchnorrGroup.brokenRules(p: p, q: q, g: p - g, t: nil) == [.gHasOrderQ])
        // The same elements through the trusting entry.
        #expect(try SchnorrGroup(trusting: p, q: q, g: g, t: nil) == group)
    }

    /// Each rule broken, alone where it can be: p = 529 = 23² has 118 of order 11; 3 divides (19 − 1)/3; a g of
    /// order q needs q | p − 1, so the fifth cannot be broken without the seventh.
    static let broken: [(UInt64, UInt64, UInt64, UInt64?, [SchnorrGroupRule])] = [
        (22, 11, 4, nil, [.pIsUsable]), (1, 11, 4, nil, [.pIsUsable, .qIsUsable]),
        (0, 0, 0, 0, [.pIsUsable, .qIsUsable]),
        (23, 10, 4, nil, [.qIsUsable]), (23, 1, 4, nil, [.qIsUsable]), (23, 0, 4, nil, [.qIsUsable]),
        (23, 23, 4, nil, [.qIsUsable]), (23, 25, 4, nil, [.qIsUsable]), (3, 3, 2, nil, [.qIsUsable]),
        (529, 11, 118, nil, [.pIsPrime]), (31, 15, 2, nil, [.qIsPrime]),
        (23, 7, 4, nil, [.qDividesPMinusOne, .gHasOrderQ]), (19, 3, 7, nil, [.qDividesOnce]),
        (23, 11, 5, nil, [.gHasOrderQ]), (23, 11, 0, nil, [.gHasOrderQ]), (23, 11, 1, nil, [.gHasOrderQ]),
        (23, 11, 22, nil, [.gHasOrderQ]), (23, 11, 23, nil, [.gHasOrderQ]), (23, 11, 27, nil, [.gHasOrderQ]),
        (23, 11, 4, 10, [.tIsPrime]), (23, 11, 4, 1, [.tIsPrime]), (23, 11, 4, 3, [.tDividesQMinusOne]),
        (23, 11, 4, 11, [.tDividesQMinusOne]), (23, 11, 4, 0, [.tIsPrime, .tDividesQMinusOne]),
        (23, 11, 4, 97, [.tDividesQMinusOne]), (23, 11, 4, 2, []), (23, 11, 4, 5, []),
    ]

    @Test("every broken rule is named", arguments: broken)
    func rules(p: UInt64, q: UInt64, g: UInt64, t: UInt64?, rules: [SchnorrGroupRule]) throws {
        let numbers = (p: Natural(p), q: Natural(q), g: Natural(g), t: t.map { Natural($0) })
        #expect(SchnorrGroup.brokenRules(p: numbers.p, q: numbers.q, g: numbers.g, t: numbers.t) == rules)
        let made = Result { () throws(SchnorrGroupRule) in
            try SchnorrGroup(validating: numbers.p, q: numbers.q, g: numbers.g, t: numbers.t)
        }
        switch made {
        case .success(let group): #expect(rules.isEmpty && group.t == numbers.t && group.g.value == numbers.g)
        case .failure(let rule): #expect(rule == rules.first)
        }
    }

    @Test("the table breaks every rule, and every rule has a sentence") func allRules() {
        #expect(Set(Self.broken.flatMap(\.4)) == Set(SchnorrGroupRule.allCases))
        #expect(Set(SchnorrGroupRule.allCases.map(\.description)).count == SchnorrGroupRule.allCases.count)
    }

    @Test("numbers too wide are refused before anything is computed with them") func wide() {
        let wide = (Natural(1) << 60_000) + 1
        #expect(SchnorrGroup.brokenRules(p: wide, q: 11, g: 4, t: nil) == [.pIsUsable])
        #expect(SchnorrGroup.brokenRules(p: 23, q: wide, g: 4, t: nil) == [.qIsUsable])
        #expect(SchnorrGroup.brokenRules(p: 23, q: 11, g: wide, t: nil) == [.gHasOrderQ])
        #expect(SchnorrGroup.brokenRules(p: 23, q: 11, g: 4, t: wide) == [.tDividesQMinusOne])
    }

    @Test(
        "the trusting entry keeps the cheap rules",
        arguments: [
            (22, 11, 4, .pIsUsable), (2, 11, 4, .pIsUsable), (23, 10, 4, .qIsUsable), (23, 25, 4, .qIsUsable),
            (23, 23, 4, .qIsUsable), (23, 7, 4, .qDividesPMinusOne), (23, 11, 0, .gHasOrderQ), (23, 11, 1, .gHasOrderQ),
            (23, 11, 22, .gHasOrderQ), (23, 11, 23, .gHasOrderQ),
        ] as [(UInt64, UInt64, UInt64, SchnorrGroupRule)])
    func trusting(p: UInt64, q: UInt64, g: UInt64, rule: SchnorrGroupRule) {
        #expect(throws: rule) { try SchnorrGroup(trusting: Natural(p), q: Natural(q), g: Natural(g), t: nil) }
    }

    @Test("a group is insecurely small below 2048 or 224 bits") func small() throws {
        // Not groups: only the sizes are looked at.
        func make(_ pBits: Int, _ qBits: Int) throws -> SchnorrGroup {
            let q = (Natural(1) << (qBits - 1)) + 1
            let p = (((Natural(1) << (pBits - 1)) / q + 2) >> 1) * 2 * q + 1
            return try SchnorrGroup(trusting: p, q: q, g: 4, t: nil)
        }
        for (pBits, qBits, isSmall) in [(2048, 224, false), (2047, 224, true), (2048, 223, true), (3072, 256, false)] {
            let group = try make(pBits, qBits)
            #expect(group.p.bitWidth == pBits && group.q.bitWidth == qBits && group.isInsecurelySmall == isSmall)
        }
    }
}
