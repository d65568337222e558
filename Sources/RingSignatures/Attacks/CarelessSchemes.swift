import ByteCoding
import ModularArithmetic

/// An AOS signature that may leave the ring out of its hash (A16) or publish responses unreduced (A17). Careless.
///
///     cᵢ₊₁ = H_q(M, [ring,] i, g^sᵢ·yᵢ^cᵢ)      s_S = u + c_S·(q − x)  [mod q]
struct CarelessAOS {
    struct Signature {
        var c0: Natural
        var s: [Natural]
    }

    let group: SchnorrGroup
    let bindsRing: Bool
    let reduces: Bool

    func sign(
        _ message: [UInt8], ring: [Natural], signer: Int, secret x: Natural,
        using generator: inout some RandomNumberGenerator
    ) -> Signature {
        let (q, n) = (group.q, ring.count)
        let u = Natural.random(in: 1, upTo: q.value, using: &generator)
        var s = ring.map { _ in Natural.random(in: 0, upTo: q.value, using: &generator) }
        var c = challenge(message, ring, signer, group.p.powerVariableTime(group.g.value, u))
        var c0 = c
        for step in 1..<n {
            let index = (signer + step) % n
            if index == 0 { c0 = c }
            c = challenge(message, ring, index, commitment(s[index], ring[index], c))
        }
        if signer == 0 { c0 = c }
        s[signer] = u + c * (q.value - x)
        if reduces { s[signer] = q.reduce(s[signer]) }
        return Signature(c0: c0, s: s)
    }

    /// c₀ … cₙ₋₁, and what has to be c₀ again.
    func challenges(_ signature: Signature, _ message: [UInt8], ring: [Natural]) -> [Natural] {
        var challenges = [signature.c0]
        for (index, y) in ring.enumerated() {
            let next = commitment(signature.s[index], y, challenges[index])
            challenges.append(challenge(message, ring, index, next))
        }
        return challenges
    }

    func verify(_ signature: Signature, _ message: [UInt8], ring: [Natural]) -> Bool {
        challenges(signature, message, ring: ring).last == signature.c0
    }

    private func commitment(_ s: Natural, _ y: Natural, _ c: Natural) -> Natural {
        group.p.twoBasePowersVariableTime([.init(group.g.value, s, y, c)])[0]
    }

    private func challenge(_ message: [UInt8], _ ring: [Natural], _ index: Int, _ commitment: Natural) -> Natural {
        let keys = bindsRing ? ring.map { group.encode(element: $0) } : []
        let items = [message, UInt32(index).bigEndianBytes, group.encode(element: commitment)] + keys
        return LiteralHash(group).scalar("careless-aos", items).value
    }
}

/// An LSAG signature whose base may be g^hash (A14) and whose tag may go unchecked (A15). Careless.
///
///     τ = h^x      cᵢ₊₁ = H_q(ring, M, τ, i, g^sᵢ·yᵢ^cᵢ, h^sᵢ·τ^cᵢ)
struct CarelessLSAG {
    struct Signature {
        let tag: Natural
        let c0: Natural
        let s: [Natural]
    }

    let group: SchnorrGroup
    let base: Natural
    let checksTag: Bool

    /// Signs with the tag given: that of x, or one that x need not fit.
    func sign(
        _ message: [UInt8], ring: [Natural], signer: Int, secret x: Natural, tag: Natural,
        using generator: inout some RandomNumberGenerator
    ) -> Signature {
        let (p, q, n) = (group.p, group.q, ring.count)
        let u = Natural.random(in: 1, upTo: q.value, using: &generator)
        var s = ring.map { _ in Natural.random(in: 0, upTo: q.value, using: &generator) }
        var c = challenge(
            message, ring, tag, signer, p.powerVariableTime(group.g.value, u), p.powerVariableTime(base, u))
        var c0 = c
        for step in 1..<n {
            let index = (signer + step) % n
            if index == 0 { c0 = c }
            c = next(message, ring, tag, index, s[index], c)
        }
        if signer == 0 { c0 = c }
        s[signer] = q.subtract(u, q.multiply(c, x))
        return Signature(tag: tag, c0: c0, s: s)
    }

    func verify(_ signature: Signature, _ message: [UInt8], ring: [Natural]) -> Bool {
        if checksTag, (try? group.element(signature.tag)) == nil { return false }
        let last = ring.indices.reduce(signature.c0) {
            next(message, ring, signature.tag, $1, signature.s[$1], $0)
        }
        return last == signature.c0
    }

    private func next(
        _ message: [UInt8], _ ring: [Natural], _ tag: Natural, _ index: Int, _ s: Natural, _ c: Natural
    ) -> Natural {
        let powers = group.p.twoBasePowersVariableTime([
            .init(group.g.value, s, ring[index], c), .init(base, s, tag, c),
        ])
        return challenge(message, ring, tag, index, powers[0], powers[1])
    }

    private func challenge(
        _ message: [UInt8], _ ring: [Natural], _ tag: Natural, _ index: Int, _ a: Natural, _ b: Natural
    ) -> Natural {
        let items = ring.map { group.encode(element: $0) } + [message] + [tag, a, b].map { group.encode(element: $0) }
        return LiteralHash(group).scalar("careless-lsag", [UInt32(index).bigEndianBytes] + items).value
    }
}

/// DualRing with a tag put beside it, the naive way (A19). Careless.
///
///     Σcᵢ = c = H_q(ring, M, τ, g^z·Πyᵢ^cᵢ, h^z·τ^c)
struct CarelessLinkableDualRing {
    struct Signature {
        let tag: Natural
        let c: [Natural]
        let z: Natural
    }

    let group: SchnorrGroup
    let base: Natural

    func verify(_ signature: Signature, _ message: [UInt8], ring: [Natural]) -> Bool {
        let (p, q) = (group.p, group.q)
        guard (try? group.element(signature.tag)) != nil else { return false }
        let sum = signature.c.reduce(Natural(0)) { q.add($0, $1) }
        let first = zip(ring, signature.c).reduce(p.powerVariableTime(group.g.value, signature.z)) {
            p.multiply($0, p.powerVariableTime($1.0, $1.1))
        }
        let second = p.multiply(p.powerVariableTime(base, signature.z), p.powerVariableTime(signature.tag, sum))
        return challenge(message, ring, signature.tag, first, second) == sum
    }

    func challenge(_ message: [UInt8], _ ring: [Natural], _ tag: Natural, _ a: Natural, _ b: Natural) -> Natural {
        let items = ring.map { group.encode(element: $0) } + [message] + [tag, a, b].map { group.encode(element: $0) }
        return LiteralHash(group).scalar("careless-dualring", items).value
    }
}

/// The reading of the trapdoor as ElGamal's signature: g^m = y^r·r^s, exponents mod q. Careless without a range for r.
struct CarelessElGamal {
    let group: SchnorrGroup
    let checksRange: Bool

    func sign(_ m: Natural, secret x: Natural, using generator: inout some RandomNumberGenerator) -> (
        r: Natural, s: Natural
    ) {
        let q = group.q
        while true {
            let k = Natural.random(in: 1, upTo: q.value, using: &generator)
            let r = group.p.powerVariableTime(group.g.value, k)
            guard let inverse = q.inverseVariableTime(k) else { continue }
            return (r, q.multiply(q.subtract(m, q.multiply(q.reduce(r), x)), inverse))
        }
    }

    func verify(_ m: Natural, r: Natural, s: Natural, key y: Natural) -> Bool {
        let (p, q) = (group.p, group.q)
        if checksRange, r.isZero || r >= p.value { return false }
        let left = p.powerVariableTime(group.g.value, q.reduce(m))
        return left == p.multiply(p.powerVariableTime(y, q.reduce(r)), p.powerVariableTime(r, s))
    }
}
