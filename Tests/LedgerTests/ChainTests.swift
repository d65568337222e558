import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork
import RingSignatures
import Support
import Testing

@testable import Ledger

@Suite("Blocks, the chain and its state") struct ChainTests {
    /// Checks that `block` is refused for `error` and that the chain stays as it was.
    private func refuses(_ error: BlockError, _ block: Block, in chain: Chain, now: UInt64? = nil) {
        var copy = chain
        #expect(throws: error) { try copy.append(block, now: now) }
        #expect(copy.blocks == chain.blocks)
        #expect(copy.state.transactionIDs == chain.state.transactionIDs)
        #expect(copy.state.keys == chain.state.keys)
        #expect(copy.state.claimCount == chain.state.claimCount)
    }

    @Test("blocks come back from their bytes; cut, longer and lying ones are refused")
    func bytes() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        let block = try chain.extend([Ledgers.enrolment(chain, 2), Ledgers.enrolment(chain, 3)])
        let bytes = block.bytes
        #expect(try Block(bytes: bytes) == block)
        #expect(block.id == block.header.id)
        for count in 0..<bytes.count {
            #expect(throws: BlockError.self) { try Block(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: BlockError.bytes(.trailingBytes(count: 1))) { try Block(bytes: bytes + [0]) }
        let head = bytes[..<80]
        #expect(throws: BlockError.bytes(.nonCanonicalCompactSize(field: "transaction counter", value: 3))) {
            try Block(bytes: Array(head + [0xfd, 3, 0] + bytes[81...]))
        }
        let left = bytes.count - 81
        #expect(
            throws: BlockError.bytes(
                .lengthTooLarge(field: "transaction counter", length: .max, limit: left))
        ) { try Block(bytes: Array(head + [UInt8](repeating: 0xff, count: 9) + bytes[81...])) }
        #expect(throws: BlockError.transaction(index: 0, .unknownType(9))) {
            try Block(bytes: Array(head + [3, 9] + bytes[82...]))
        }
        #expect(try Block(bytes: Array(head + [0])).transactions.isEmpty)
    }

    @Test("each header rule refuses with its own reason, the first broken one first")
    func header() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        try chain.extend()
        let coinbase = [try chain.coinbase()]
        var missed = try chain.sealed(coinbase)
        while (try? missed.header.checkProofOfWork()) != nil { missed.header.headerNonce += 1 }
        let target = try Ledgers.easy.target()
        refuses(.proofOfWork(.missed(hash: missed.id, target: target)), missed, in: chain)
        missed.header.bits = CompactTarget(bits: 0)
        refuses(.proofOfWork(.target(.zero(bits: 0))), missed, in: chain)
        refuses(.version(2), try chain.sealed(coinbase) { $0.version = 2 }, in: chain)
        refuses(.version(-1), try chain.sealed(coinbase) { $0.version = -1 }, in: chain)
        let other = CompactTarget(bits: 0x207f_fffe)
        refuses(
            .bits(expected: Ledgers.easy, actual: other), try chain.sealed(coinbase) { $0.bits = other }, in: chain)
        refuses(
            .previous(expected: chain.tip.id, actual: .zero), try chain.sealed(coinbase) { $0.previous = .zero },
            in: chain)
        let block = try chain.sealed(coinbase) { $0.merkleRoot = .zero }
        refuses(.merkleRoot(expected: .zero, actual: try block.merkleRoot()), block, in: chain)
        var good = chain
        try good.append(chain.sealed(coinbase))
        #expect(good.height == 2)
    }

    @Test("a block's time is above the median of eleven, and at most two hours ahead")
    func time() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        for ahead in [1000, 500, 0, 700, 3, 0, 900, 0, 1, 50, 0, 400, 0, 20] as [UInt32] {
            try chain.extend(time: #require(chain.earliestTime) + ahead)
            let times = chain.blocks.suffix(11).map(\.header.time).sorted()
            let median = times[times.count / 2]
            #expect(chain.earliestTime == median + 1)
            let coinbase = [try chain.coinbase()]
            refuses(
                .timeTooEarly(time: median, median: median), try chain.sealed(coinbase) { $0.time = median },
                in: chain)
            var copy = chain
            try copy.append(chain.sealed(coinbase) { $0.time = median + 1 })
        }
        let coinbase = [try chain.coinbase()]
        let now: UInt64 = 100_000
        let late = try chain.sealed(coinbase) { $0.time = 107_201 }
        refuses(.timeTooLate(time: 107_201, latest: 107_200), late, in: chain, now: now)
        var copy = chain
        try copy.append(late)
        copy = chain
        try copy.append(chain.sealed(coinbase) { $0.time = 107_200 }, now: now)
        copy = chain
        try copy.append(chain.sealed(coinbase) { $0.time = .max }, now: .max)
    }

    @Test("a chain whose median has reached the last second has no time left")
    func lastSecond() throws {
        let chain = try Ledgers.chain(Ledgers.parameters(time: .max))
        #expect(chain.earliestTime == nil)
        refuses(
            .timeTooEarly(time: .max, median: .max), try chain.sealed([chain.coinbase()]) { $0.time = .max }, in: chain)
    }

    @Test("a block of exactly the limit is taken, one byte more is refused")
    func size() throws {
        for limit in [1000, 1200] {
            let chain = try Ledgers.chain(Ledgers.parameters(limit: limit))
            func block(_ padding: Int) throws -> Block {
                let transaction = try Ledgers.enrolment(chain, 2, label: String(repeating: "a", count: padding))
                return try chain.sealed([chain.coinbase(), Ledgers.enrolment(chain, 3, label: "b"), transaction])
            }
            let filling = try limit - block(700).bytes.count + 700
            var copy = chain
            let full = try block(filling)
            #expect(full.bytes.count == limit)
            try copy.append(full)
            refuses(.tooLarge(bytes: limit + 1, limit: limit), try block(filling + 1), in: chain)
        }
    }

    @Test("coinbase rules, an empty block and a mutated list")
    func body() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        let (a, b) = (try Ledgers.enrolment(chain, 2), try Ledgers.enrolment(chain, 3))
        try chain.extend()
        let coinbase = try chain.coinbase()
        let id = chain.parameters.chainID
        refuses(.coinbase(index: 0), try chain.sealed([a]), in: chain)
        refuses(.coinbase(index: 1), try chain.sealed([coinbase, chain.coinbase(height: 3)]), in: chain)
        for height in [0, 1, 3] {
            refuses(.coinbase(index: 0), try chain.sealed([chain.coinbase(height: height)]), in: chain)
        }
        let short = try Transaction(type: .coinbase, chainID: id, payload: [1])
        refuses(.coinbase(index: 0), try chain.sealed([short]), in: chain)
        let signed = try Transaction(type: .coinbase, chainID: id, payload: coinbase.payload, signature: [1])
        refuses(.coinbase(index: 0), try chain.sealed([signed]), in: chain)
        let honest = try chain.sealed([coinbase, a, b])
        refuses(.mutated, Block(header: honest.header, transactions: [coinbase, a, b, b]), in: chain)
        refuses(.empty, Block(header: honest.header, transactions: []), in: chain)
        refuses(
            .merkleRoot(
                expected: honest.header.merkleRoot,
                actual: try Block(header: honest.header, transactions: [coinbase, b, a]).merkleRoot()),
            Block(header: honest.header, transactions: [coinbase, b, a]), in: chain)
        try chain.append(honest)
        #expect(chain.state.keys.count == 2)
    }

    @Test("transactions of another chain, on the chain already, or by members not enrolled, are refused")
    func state() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        let other = try Ledgers.chain(Ledgers.parameters("other"))
        #expect(chain.parameters.chainID != other.parameters.chainID)
        let keys = try [2, 3, 4].map { try Ledgers.enrolment(chain, $0) }
        try chain.extend(keys)
        func refuses(_ transaction: Transaction, _ error: (Int) -> BlockError) throws {
            let extra = try Ledgers.enrolment(chain, 9)
            self.refuses(error(1), try chain.sealed([chain.coinbase(), transaction]), in: chain)
            self.refuses(error(2), try chain.sealed([chain.coinbase(), extra, transaction]), in: chain)
        }
        try refuses(Ledgers.enrolment(other, 5)) { .foreignTransaction(index: $0) }
        try refuses(keys[1]) { .state(index: $0, .repeated(txid: keys[1].id)) }
        try refuses(Ledgers.enrolment(chain, 2, label: "again")) { .state(index: $0, .keyEnrolled) }

        let claim = try Ledgers.claim(chain, Ledgers.claim("1"))
        let unknown = try Ledgers.position(of: 6, among: [2, 6], chain)
        try refuses(Ledgers.claim(chain, Ledgers.claim(), exponents: [2, 6])) {
            .state(index: $0, .unknownMember(index: unknown))
        }
        let replayed = try Ledgers.claim(other, Ledgers.claim(), chainID: other.parameters.chainID)
        try refuses(replayed) { .foreignTransaction(index: $0) }
        let moved = try Transaction(
            type: .claim, chainID: chain.parameters.chainID, payload: replayed.payload, signature: replayed.signature)
        try refuses(moved) { .state(index: $0, .signature(.ringEquation)) }
        let changed = try Transaction(
            type: .claim, chainID: chain.parameters.chainID,
            payload: Ledgers.claim("7").unsignedTransaction(chainID: chain.parameters.chainID).payload,
            signature: claim.signature)
        try refuses(changed) { .state(index: $0, .signature(.ringEquation)) }
        let unsigned = try Ledgers.claim().unsignedTransaction(chainID: chain.parameters.chainID)
        try refuses(unsigned) {
            .state(index: $0, .signatureBytes(.bytes(.truncated(field: "version", needed: 1, left: 0))))
        }
        let empty = try Transaction(type: .claim, chainID: chain.parameters.chainID, payload: [])
        do {
            try chain.append(chain.sealed([chain.coinbase(), empty]))
            Issue.record("a claim without tokens was taken")
        } catch {
            guard case BlockError.state(index: 1, .payload(.payload(.claim, _))) = error else {
                Issue.record("\(error)")
                return
            }
        }

        try chain.extend([claim])
        #expect(chain.state.claimCount == 1)
        try refuses(claim) { .state(index: $0, .repeated(txid: claim.id)) }
        // Another signature on the same claim is another transaction.
        try chain.extend([Ledgers.claim(chain, Ledgers.claim("1"), exponents: [3, 2, 4], seed: 2)])
        #expect(chain.state.claimCount == 2)
        // Enrolled and used in one block, in that order only.
        let late = [try Ledgers.enrolment(chain, 6), try Ledgers.claim(chain, Ledgers.claim("3"), exponents: [6, 2])]
        let place = try Ledgers.position(of: 6, among: [2, 6], chain)
        self.refuses(
            .state(index: 1, .unknownMember(index: place)), try chain.sealed([chain.coinbase(), late[1], late[0]]),
            in: chain)
        try chain.extend(late)
        #expect(chain.state.claimCount == 3)
    }

    @Test("rings of a claim are checked: order is free, a member twice or one member is not")
    func rings() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        try chain.extend([Ledgers.enrolment(chain, 2), Ledgers.enrolment(chain, 3)])
        let group = chain.parameters.group.group
        let claim = try Ledgers.claim(chain, Ledgers.claim())
        func with(_ change: (inout RingSignatureFields) -> Void) throws -> Block {
            var fields = try RingSignatureFields(decoding: claim.signature, in: group)
            change(&fields)
            let transaction = try Transaction(
                type: .claim, chainID: claim.chainID, payload: claim.payload, signature: fields.encoded(in: group))
            return try chain.sealed([chain.coinbase(), transaction])
        }
        refuses(.state(index: 1, .signature(.duplicateKey(index: 1))), try with { $0.ring[1] = $0.ring[0] }, in: chain)
        refuses(.state(index: 1, .signature(.ringEquation)), try with { $0.ring.swapAt(0, 1) }, in: chain)
        refuses(
            .state(index: 1, .signature(.ringTooSmall(members: 1))),
            try with {
                $0.ring.removeLast()
                $0.alpha.removeLast()
                $0.beta.removeLast()
            }, in: chain)
        refuses(.state(index: 1, .unknownMember(index: 0)), try with { $0.ring[0] = 0 }, in: chain)
        refuses(.state(index: 1, .signature(.deltaOutOfRange)), try with { $0.delta = 0 }, in: chain)
        try chain.append(with { _ in })
    }

    @Test("a first block needs a coinbase with usable parameters, their time, and no predecessor")
    func genesis() throws {
        let parameters = try Ledgers.parameters()
        let genesis = try Ledgers.mined(Chain.genesis(parameters))
        #expect(try Chain(genesis: genesis).parameters == parameters)
        func remade(_ note: [UInt8], _ change: (inout BlockHeader) -> Void = { _ in }) throws -> Block {
            let coinbase = try Coinbase(height: 0, extraNonce: 0, note: note)
                .transaction(chainID: parameters.chainID)
            var block = Block(header: genesis.header, transactions: [coinbase])
            block.header.merkleRoot = try block.merkleRoot()
            change(&block.header)
            return try Ledgers.mined(block)
        }
        #expect(throws: BlockError.empty) { try Chain(genesis: Block(header: genesis.header, transactions: [])) }
        let enrolment = try Ledgers.enrolment(Chain(genesis: genesis), 2)
        #expect(throws: BlockError.coinbase(index: 0)) {
            try Chain(genesis: Block(header: genesis.header, transactions: [enrolment]))
        }
        for note: [UInt8] in [[], [0x7b], Array("{}".utf8), [0xff]] {
            do {
                _ = try Chain(genesis: remade(note))
                Issue.record("\(note) were parameters")
            } catch {
                guard case BlockError.parameters(.document) = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
        #expect(throws: BlockError.genesisTime(expected: 1000, actual: 1001)) {
            try Chain(genesis: remade(parameters.documentBytes) { $0.time = 1001 })
        }
        #expect(throws: BlockError.genesisTime(expected: 1000, actual: 999)) {
            try Chain(genesis: remade(parameters.documentBytes) { $0.time = 999 })
        }
        let id = genesis.id
        #expect(throws: BlockError.previous(expected: .zero, actual: id)) {
            try Chain(genesis: remade(parameters.documentBytes) { $0.previous = id })
        }
        let other = try Ledgers.parameters("other")
        #expect(throws: BlockError.foreignTransaction(index: 0)) { try Chain(genesis: remade(other.documentBytes)) }
    }

    @Test("parameters outside their limits are refused, and every change gives another chain")
    func parameters() throws {
        let long = String(repeating: "a", count: 257)
        #expect(throws: ChainParametersError.nameTooLong(bytes: 257)) { try Ledgers.parameters(long) }
        for limit in [999, 32_000_001, -1, .max] {
            #expect(throws: ChainParametersError.blockSize(limit)) { try Ledgers.parameters(limit: limit) }
        }
        #expect(throws: ChainParametersError.bits(.zero(bits: 0))) {
            try Ledgers.parameters(bits: CompactTarget(bits: 0))
        }
        let all = [
            try Ledgers.parameters(), try Ledgers.parameters("b"), try Ledgers.parameters(group: Ledgers.toy),
            try Ledgers.parameters(bits: Ledgers.harder), try Ledgers.parameters(time: 1001),
            try Ledgers.parameters(limit: 1000), try Ledgers.parameters(limit: 32_000_000),
        ]
        #expect(Set(all.map(\.chainID)).count == all.count)
        for parameters in all { #expect(try ChainParameters(documentBytes: parameters.documentBytes) == parameters) }
    }

    @Test("random and damaged bytes never crash a block or a transaction, and have one spelling")
    func random() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        try chain.extend([Ledgers.enrolment(chain, 2), Ledgers.enrolment(chain, 3)])
        let block = try chain.sealed([chain.coinbase(), Ledgers.claim(chain, Ledgers.claim())])
        let (whole, one) = (block.bytes, block.transactions[1].bytes)
        var generator = SeededGenerator(seed: 21)
        var (blocks, transactions) = (0, 0)
        for round in 0..<10_000 {
            var bytes = EdgeWeighted.randomBytes(Int.random(in: 0...200, using: &generator), using: &generator)
            if round % 2 == 1 {
                bytes = round % 4 == 1 ? whole : one
                bytes[.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            if let read = try? Block(bytes: bytes) {
                #expect(read.bytes == bytes)
                blocks += 1
                // Another body never has the header's root; another header may be another good one.
                if read != block, read.header == block.header {
                    #expect(throws: BlockError.self) { try chain.append(read) }
                }
            }
            if let read = try? Transaction(bytes: bytes) {
                #expect(read.bytes == bytes)
                transactions += 1
            }
        }
        #expect(blocks > 1000)
        #expect(transactions > 1000)
    }
}
