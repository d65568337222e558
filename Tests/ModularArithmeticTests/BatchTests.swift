import Support
import Synchronization
import Testing

@testable import ModularArithmetic

@Suite("Batches") struct BatchTests {
    @Test("pieces are joined in order, whatever the threads", arguments: [1, 2, 3, 8])
    func map(_ threads: Int) {
        let policy = BatchPolicy(threads: threads)
        for grain in [1, 8] {
            for count in [0, 1, 7, 8, 9, 63, 64, 65, 1000] {
                let lengths = Mutex<[Int]>([])
                let result = policy.map(count, grain: grain) { range in
                    lengths.withLock { $0.append(range.count) }
                    return range.map { $0 * $0 }
                }
                #expect(result == (0..<count).map { $0 * $0 })
                // All pieces but the last are whole lanes.
                #expect(lengths.withLock { $0.filter { $0 % grain != 0 }.count } <= 1)
            }
        }
    }

    @Test("inside a piece there is one thread") func nested() {
        let counts = BatchPolicy(threads: 3).map(64) { range in range.map { _ in BatchPolicy.current.threads } }
        #expect(counts == [Int](repeating: 1, count: 64))
        #expect(BatchPolicy.current.threads == 1)
        BatchPolicy.$current.withValue(BatchPolicy(threads: 2)) { #expect(BatchPolicy.current.threads == 2) }
    }

    @Test("rounds cover the whole, in order, and are reported; an error ends them") func rounds() throws {
        struct Stop: Error {}
        let reports = Mutex<[[Int]]>([])
        let policy = BatchPolicy { done, total in reports.withLock { $0.append([done, total]) } }
        var seen: [Range<Int>] = []
        policy.rounds(25, of: 10) { seen.append($0) }
        #expect(seen == [0..<10, 10..<20, 20..<25] && reports.withLock { $0 } == [[10, 25], [20, 25], [25, 25]])
        policy.rounds(0) { _ in Issue.record("no member, no round") }
        #expect(throws: Stop.self) {
            try policy.rounds(25, of: 10) { round throws(Stop) in if round.lowerBound == 10 { throw Stop() } }
        }
        #expect(reports.withLock { $0.count } == 4)
    }

    @Test("a fold takes every result once and in order, whatever the threads", arguments: [1, 2, 3, 8])
    func fold(_ threads: Int) {
        let reports = Mutex<[Int]>([])
        let policy = BatchPolicy(threads: threads) { done, total in reports.withLock { $0.append(done) } }
        for grain in [1, 8] {
            for count in [0, 1, 7, 9, 64, 1000, 3000] {
                reports.withLock { $0 = [] }
                let taken = policy.fold(count, into: [Int](), grain: grain) { range in
                    // Late pieces are done early.
                    _ = (0..<(range.lowerBound % 7) * 500).reduce(0, &+)
                    return range.map { $0 * 3 }
                } consume: { taken, range, part in
                    #expect(taken.count == range.lowerBound && part.count == range.count)
                    taken += part
                }
                #expect(taken == (0..<count).map { $0 * 3 })
                #expect(reports.withLock { $0 == $0.sorted() && $0.last == (count == 0 ? nil : count) })
            }
        }
    }

    @Test("inverses of many are those of each", arguments: [Natural(3), 47, 65_537, (Natural(1) << 127) - 1])
    func inverses(_ n: Natural) throws {
        let modulus = try Modulus(n)
        var generator = SeededGenerator(seed: 1)
        let numbers = [1, n - 1] + (0..<9).map { _ in modulus.secretRandom(using: &generator).declassified() }
        let units = numbers.filter { !$0.isZero }
        for count in 0...units.count {
            let part = Array(units[..<count])
            #expect(modulus.inversesVariableTime(part) == part.compactMap { modulus.inverseVariableTime($0) })
        }
        #expect(modulus.inversesVariableTime(units + [0]) == nil)
    }

    @Test("no inverse where one number shares a divisor with the modulus") func noInverse() throws {
        let modulus = try Modulus(15)
        #expect(modulus.inversesVariableTime([2, 4, 7]) == [8, 4, 13])
        #expect(modulus.inversesVariableTime([2, 3, 7]) == nil && modulus.inversesVariableTime([5]) == nil)
    }

    @Test("a prepared base gives the same powers, is the same element, and is shared by threads")
    func prepared() throws {
        let group = try PrimeOrderGroupTests.medium()
        var generator = SeededGenerator(seed: 2)
        let exponents = (0..<40).map { _ in
            group.scalar(reducing: group.q.secretRandom(using: &generator).declassified())
        }
        let base = group.powersVariableTime([(group.generator, exponents[0])])[0]
        let other = group.powersVariableTime([(group.generator, exponents[1])])[0]
        let plain = exponents.map { group.p.powerVariableTime(base.value, $0.value) }
        for uses in [0, 1, PreparedBase.worthwhileUses, 1000] {
            let ready = group.prepared(base, uses: uses)
            #expect(ready == base && ready.hashValue == base.hashValue)
            #expect((ready.prepared != nil) == (uses >= PreparedBase.worthwhileUses))
            #expect(group.prepared(ready, uses: 1000).prepared === ready.prepared || ready.prepared == nil)
            for threads in [1, 3] {
                BatchPolicy.$current.withValue(BatchPolicy(threads: threads)) {
                    #expect(group.powersVariableTime(exponents.map { (ready, $0) }).map(\.value) == plain)
                    // Every place of prepared and plain bases in a term.
                    let terms = exponents.flatMap { x -> [TwoBasePower<SubgroupMember>] in
                        [
                            .init(ready, x, other, x), .init(other, x, ready, x), .init(other, x, base, x),
                            .init(ready, x, group.generator, x), .init(group.generator, x, other, x),
                        ]
                    }
                    let expected = terms.map { term in
                        group.p.multiply(
                            group.p.powerVariableTime(term.bases.0.value, term.exponents.0.value),
                            group.p.powerVariableTime(term.bases.1.value, term.exponents.1.value))
                    }
                    #expect(group.twoBasePowersVariableTime(terms).map(\.value) == expected)
                }
            }
            let product = plain.reduce(Natural(1)) { group.p.multiply($0, $1) }
            let pairs = exponents.enumerated().map { ($0 % 2 == 0 ? ready : base, $1) }
            #expect(group.multiPowerVariableTime(pairs.map { (base: $0.0, exponent: $0.1) }).value == product)
            let secret = group.q.secret(exponents[3].value)
            #expect(group.power(ready, secret).value == plain[3])
            #expect(group.secretPower(ready, secret).declassified() == plain[3])
        }
    }

    @Test("equal groups are equal whatever tables they have") func equality() throws {
        let (one, two) = (try PrimeOrderGroupTests.medium(), try PrimeOrderGroupTests.medium())
        _ = one.power(one.generator, one.q.secret(3))
        #expect(one == two && one.hashValue == two.hashValue && one.generator == two.generator)
        let tiny = try PrimeOrderGroupTests.tiny()
        #expect(one != tiny)
        #expect(try SchnorrGroup(validating: tiny.p.value, q: tiny.q.value, g: 2, t: 11) != tiny)
        #expect(try SchnorrGroup(validating: tiny.p.value, q: tiny.q.value, g: 4, t: nil) != tiny)
    }
}
