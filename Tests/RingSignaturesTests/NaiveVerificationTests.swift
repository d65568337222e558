import ByteCoding
import Hashing
import ModularArithmetic
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// Verification written down again with machine integers for p = 23, q = 11, g = 2, one equation a line.
private struct Naive {
    static let (p, q, g) = (23, 11, 2)

    static func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { value, _ in value * base % p } }

    static func inverse(_ a: Int) -> Int { power(a, p - 2) }

    static func framed(_ items: [[UInt8]]) -> [UInt8] {
        items.flatMap { item in (0..<8).map { UInt8(truncatingIfNeeded: item.count >> (56 - 8 * $0)) } + item }
    }

    static func xof(_ tag: String, _ items: [[UInt8]], _ count: Int) -> [UInt8] {
        SHAKE256.hash(framed([Array(tag.utf8)] + items), count: count)
    }

    static func reduced(_ bytes: [UInt8], _ modulus: Int) -> Int { bytes.reduce(0) { ($0 * 256 + Int($1)) % modulus } }

    static func byte(_ value: Int?) -> [UInt8] { value.map { [UInt8($0)] } ?? [] }

    static func four(_ value: Int) -> [UInt8] { [0, 0, 0, UInt8(value)] }

    static func linkingBase(_ context: [UInt8]) -> Int {
        var counter = 0
        while true {
            let bytes = xof("p:link", [[23], [11], [2], context, four(counter)], 17)
            let h = power(1 + reduced(bytes, p - 1), (p - 1) / q)
            if h != 1 { return h }
            counter += 1
        }
    }

    static func accepts(_ f: RingSignatureFields, _ message: [UInt8]) -> Bool {
        func int(_ value: Natural) -> Int { Int(value.decimal) ?? -1 }
        let (tau, yR, hA) = (f.linkingTag.map(int), f.recipient.map(int), f.administrator.map(int))
        let (a1, a2) = (f.opening1.map(int), f.opening2.map(int))
        let flags = (tau == nil ? 0 : 1) + (hA == nil ? 0 : 2) + (yR == nil ? 0 : 4)
        let head: [[UInt8]] = [[23], [11], [2], byte(flags), four(f.ring.count)] + f.ring.map { byte(int($0)) }
        let tail = [byte(yR), byte(int(f.ephemeral)), byte(tau), byte(hA), byte(a1), byte(a2), f.context, message]
        let lambda = xof("lambda", head + tail, 32)
        let h = linkingBase(f.context)
        var z = int(f.delta)
        for i in f.ring.indices {
            let (alpha, beta, y) = (int(f.alpha[i]), int(f.beta[i]), int(f.ring[i]))
            guard 0 < alpha, alpha < p, 0 <= beta, beta < q else { return false }
            let c = reduced(xof("q:c", [lambda, four(i), byte(alpha)], 17), q)
            let w = power(g, beta) * power(y, c) % p
            var extra: [[UInt8]] = []
            if let tau { extra.append(byte(power(h, beta) * power(tau, c) % p)) }
            if let hA, let a1, let a2 {
                let gamma = int(f.gamma[i])
                extra.append(byte(power(g, gamma) * power(a1, c) % p))
                extra.append(byte(power(hA, gamma) * power(a2 * inverse(y) % p, c) % p))
            }
            z = 1 + reduced(xof("p:z", [lambda, four(i), byte(z * alpha % p * w % p)] + extra, 17), p - 1)
        }
        return z == int(f.delta)
    }
}

@Suite("Verification against the equation written down naively") struct NaiveVerificationTests {
    @Test("every (alpha, beta) of every member: accepted exactly where the equation holds", arguments: openModes)
    func pairs(_ mode: PaperMode) throws {
        let group = try TestGroup.p23.group
        let signature = try group.sign([4], mode: mode, size: 3, index: 1)
        var accepted = 0
        for index in 0..<3 {
            for alpha in 0...UInt64(24) {
                for beta in 0...UInt64(12) {
                    var fields = signature.fields
                    fields.alpha[index] = Natural(alpha)
                    fields.beta[index] = Natural(beta)
                    let verdict: Bool
                    do {
                        try RingSignature(checking: fields, in: group).verify(message: [4])
                        verdict = true
                    } catch { verdict = false }
                    #expect(verdict == Naive.accepts(fields, [4]), "alpha \(alpha) beta \(beta) of \(index)")
                    accepted += verdict ? 1 : 0
                }
            }
        }
        // The signature itself for each index, and others: the group is tiny.
        #expect(accepted >= 3 && accepted < 3 * 25 * 13)
    }
}
