import ByteCoding
import ModularArithmetic
import Support
import Synchronization
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Many signatures, many threads, long rings") struct BatchTests {
    /// Every mode that is not sealed, rings of 2 to 9, two contexts; some for another message, some damaged.
    private func mixed(_ group: SchnorrGroup, seed: UInt64 = 1) throws -> [(RingSignature, [UInt8])] {
        var claims: [(RingSignature, [UInt8])] = []
        for (number, mode) in (openModes + openModes).enumerated() {
            let size = 2 + (number * 3 + Int(seed)) % 8
            let signature = try group.sign(
                [UInt8(number)], mode: mode, size: size, index: number % size, context: [UInt8(number % 2)],
                seed: seed + UInt64(number))
            claims.append((signature, [number % 5 == 4 ? 99 : UInt8(number)]))
            guard number % 3 == 0 else { continue }
            var fields = signature.fields
            fields.beta[size - 1] = group.q.add(fields.beta[size - 1], 1)
            claims.append((try RingSignature(checking: fields, in: group), [UInt8(number)]))
        }
        return claims
    }

    private func alone(_ claims: [(RingSignature, [UInt8])]) -> [RingSignatureError?] {
        claims.map { signature, message in
            do throws(RingSignatureError) {
                try signature.verify(message: message)
                return nil
            } catch { return error }
        }
    }

    @Test("verified together or alone, on one thread or three: the same verdicts")
    func together() throws {
        let (large, small) = (try TestGroup.k2.group, try TestGroup.p47.group)
        let claims = try mixed(large) + mixed(small, seed: 2) + mixed(large, seed: 3)
        let expected = alone(claims)
        #expect(expected.contains(nil) && expected.contains(.ringEquation))
        let verdicts = RingSignature.verify(each: claims.map { (signature: $0.0, message: $0.1) })
        #expect(verdicts == expected)
        let threaded = BatchPolicy.$current.withValue(BatchPolicy(threads: 3)) {
            RingSignature.verify(each: claims.map { (signature: $0.0, message: $0.1) })
        }
        #expect(threaded == expected)
        #expect(RingSignature.verify(each: []) == [])
    }

    @Test("values checked together or alone: the same results, and the first reason of each")
    func checkedTogether() throws {
        let group = try TestGroup.k2.group
        let signature = try group.sign([4], mode: [.link, .open, .designated], size: 5)
        let minusOne = group.p.value - 1
        let damages: [(inout RingSignatureFields) -> Void] = [
            { _ in }, { $0.alpha.removeLast() }, { $0.opening1 = nil }, { $0.ring[3] = $0.ring[1] },
            { $0.ring[4] = minusOne }, { ($0.ring[2], $0.ring[4], $0.recipient) = (2, minusOne, 1) },
            { $0.recipient = minusOne }, { $0.administrator = 0 }, { $0.recipient = $0.administrator },
            { $0.ephemeral = minusOne }, { ($0.ephemeral, $0.linkingTag) = (1, 1) }, { $0.linkingTag = minusOne },
            { $0.opening1 = 1 }, { $0.opening2 = minusOne }, { $0.opening1 = $0.ephemeral }, { $0.delta = 0 },
            { $0.alpha[2] = 0 }, { $0.beta[3] = group.q.value }, { $0.gamma[1] = group.q.value },
            { ($0.ring, $0.alpha, $0.beta, $0.gamma) = ([], [], [], []) },
        ]
        let fields = damages.map { damage in
            var fields = signature.fields
            damage(&fields)
            return fields
        }
        let expected = fields.map { fields in
            Result { () throws(RingSignatureError) in try RingSignature(checking: fields, in: group) }
        }
        let reasons = Set(expected.map { result in if case .failure(let error) = result { error.code } else { "" } })
        #expect(reasons.count == 18)
        #expect(RingSignature.check(each: fields, in: group) == expected)
        let ring = try group.ring(5).ring
        #expect(RingSignature.check(each: fields, in: group, knownRing: ring) == expected)
        let repeated = Array(repeating: fields, count: 3).flatMap(\.self)
        let threaded = BatchPolicy.$current.withValue(BatchPolicy(threads: 2)) {
            RingSignature.check(each: repeated, in: group)
        }
        #expect(threaded == expected + expected + expected)
    }

    @Test("the first bad key is named, wherever its piece ends and whatever the threads")
    func firstBadKey() throws {
        let group = try TestGroup.k2.group
        let size = 2 * Ring.pieceMemberCount + 5
        let good = (0..<size).map {
            Natural(4).powerVariableTime(2 * group.cofactor * Natural(UInt64($0 + 1)), modulo: group.p.value)
        }
        for bad in [0, 7, Ring.pieceMemberCount - 1, Ring.pieceMemberCount, size - 1] {
            var ring = good
            for index in bad..<size where index % 3 == bad % 3 { ring[index] = group.p.value - ring[index] }
            for threads in [1, 3] {
                let result = BatchPolicy.$current.withValue(BatchPolicy(threads: threads)) {
                    RingMembership.keys(of: [good, ring, Array(good.prefix(3))], in: group)
                }
                #expect(try result[0].get().map(\.value) == good && result[2].get().count == 3)
                #expect(throws: RingSignatureError.keyNotInGroup(index: bad)) { try result[1].get() }
            }
        }
    }

    @Test("a signature made on several threads is the one made on one", arguments: openModes)
    func signing(_ mode: PaperMode) throws {
        let group = try TestGroup.k2.group
        let one = try group.sign([1], mode: mode, size: 19, index: 4)
        let three = try BatchPolicy.$current.withValue(BatchPolicy(threads: 3)) {
            try group.sign([1], mode: mode, size: 19, index: 4)
        }
        #expect(one == three)
        try BatchPolicy.$current.withValue(BatchPolicy(threads: 2)) { try one.verify(message: [1]) }
    }

    @Test("a ring longer than a round closes, is reported on, and is refused where one value is wrong")
    func rounds() throws {
        let group = try SchnorrGroup(
            validating: Natural(canonicalHex: "f0000014b"), q: Natural(canonicalHex: "8000000b"),
            g: Natural(canonicalHex: "40000000"),
            t: nil)
        let size = BatchPolicy.roundMemberCount + 30
        let (ring, exponents) = try group.ring(size)
        var generator = SeededGenerator(seed: 3)
        let signature = try ring.sign(
            message: [1], with: group.key(exponents[size - 1]), options: group.options([.link, .open]),
            using: &generator)
        let reports = Mutex<[[Int]]>([])
        let policy = BatchPolicy(threads: 2) { done, total in reports.withLock { $0.append([done, total]) } }
        try BatchPolicy.$current.withValue(policy) { try signature.verify(message: [1]) }
        let done = reports.withLock { $0.map { $0[0] } }
        #expect(done == done.sorted() && done.last == size && done.count > 1)
        #expect(reports.withLock { $0.allSatisfy { $0[1] == size } })
        for index in [0, BatchPolicy.roundMemberCount - 1, BatchPolicy.roundMemberCount, size - 1] {
            var fields = signature.fields
            fields.gamma[index] = group.q.add(fields.gamma[index], 1)
            let damaged = try RingSignature(checking: fields, in: group, knownRing: ring)
            #expect(throws: RingSignatureError.ringEquation) { try damaged.verify(message: [1]) }
        }
        let confirmed = try ring.sign(
            message: [1], with: group.key(exponents[3]), options: group.options([.designated]), using: &generator)
        #expect(try confirmed.confirm(message: [1], with: group.key(7)) == 3)
    }

    @Test("bases hashed together are those hashed alone, also where tries fail")
    func generators() throws {
        func check<G: PrimeOrderGroup>(_ group: G) {
            let hash = GroupHash(group)
            let lists: [[[UInt8]]] = (0..<40).map { [[$0], [1, $0 % 3]] }
            #expect(hash.generators("link", lists) == lists.map { hash.generator("link", $0) })
            #expect(hash.generators("link", []) == [])
        }
        check(try TestGroup.p23.group)
        check(try TestGroup.k2.group)
        check(EllipticCurve.secp256k1)
    }

    @Test("key files read together: the result of each alone") func keyFiles() throws {
        let named = try #require(EmbeddedGroups.named("rfc5114-2048-256"))
        var generator = SeededGenerator(seed: 4)
        let keys = try (0..<3).map {
            try SigningKey(group: named.group, label: "\($0)", using: &generator).verificationKey
        }
        let texts = keys.map { PublicKeyDocument(group: named, key: $0).document.documentText }
        let wrong = texts[1].replacing("\"1\"", with: "\"2\"")
        let files = [texts[0], "{", wrong, texts[2], texts[0]].map { Array($0.utf8) }
        let alone = files.map { file in
            Result { () throws(RingDocumentError) in try PublicKeyDocument(file) }
        }
        #expect(PublicKeyDocument.read(each: files) == alone)
        #expect(throws: RingDocumentError.key(index: nil, .proofMismatch)) { try alone[2].get() }
    }
}
