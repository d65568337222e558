import ByteCoding
import Hashing
import ModularArithmetic
import RingSignatures
import Support
import Testing

@testable import Ledger

@Suite("Transactions and their payloads") struct TransactionTests {
    private static let id = SHA256.hash([1])

    @Test("every type comes back from its bytes")
    func roundTrip() throws {
        for type in TransactionType.allCases {
            for length in [0, 1, 252, 253, 254, 65_535, 65_536] {
                for signature in [[], [7], [UInt8](repeating: 1, count: 300)] {
                    let transaction = try Transaction(
                        type: type, chainID: Self.id, payload: .init(repeating: 5, count: length),
                        signature: signature)
                    let bytes = transaction.bytes
                    #expect(try Transaction(bytes: bytes) == transaction)
                    let header = [type.rawValue] + Self.id.bytes + compactSize(UInt64(length))
                    #expect(bytes.starts(with: header))
                    #expect(transaction.id == SHA256.doubleHash(bytes))
                    #expect(throws: TransactionError.bytes(.trailingBytes(count: 1))) {
                        try Transaction(bytes: bytes + [0])
                    }
                }
            }
        }
    }

    @Test("no transaction is 64 bytes long, made or read")
    func sixtyFour() throws {
        for (payload, signature) in [(29, 0), (0, 29), (14, 15)] {
            let signature = [UInt8](repeating: 2, count: signature)
            let payload = [UInt8](repeating: 1, count: payload)
            #expect(throws: TransactionError.sixtyFourBytes) {
                try Transaction(type: .claim, chainID: Self.id, payload: payload, signature: signature)
            }
            let bytes = [2] + Self.id.bytes + compactSizeFramed(payload) + compactSizeFramed(signature)
            #expect(bytes.count == 64)
            #expect(throws: TransactionError.sixtyFourBytes) { try Transaction(bytes: bytes) }
            #expect(try Transaction(type: .claim, chainID: Self.id, payload: payload + [1]).bytes.count != 64)
        }
        #expect(throws: TransactionError.sixtyFourBytes) {
            try Coinbase(height: 1, extraNonce: 2, note: .init(repeating: 0, count: 17)).transaction(chainID: Self.id)
        }
    }

    @Test("cut bytes, long spellings of lengths, lengths that lie, and unknown types are refused")
    func refusals() throws {
        let bytes = try Transaction(type: .claim, chainID: Self.id, payload: [1, 2], signature: [3]).bytes
        for count in 0..<bytes.count {
            #expect(throws: TransactionError.self) { try Transaction(bytes: Array(bytes[..<count])) }
        }
        for type in UInt8(3)...UInt8.max {
            #expect(throws: TransactionError.unknownType(type)) { try Transaction(bytes: [type] + bytes.dropFirst()) }
        }
        let long: [([UInt8], UInt64)] = [
            ([0xfd, 2, 0], 2), ([0xfd, 252, 0], 252), ([0xfe, 2, 0, 0, 0], 2), ([0xfe, 0xff, 0xff, 0, 0], 65_535),
            ([0xff, 2, 0, 0, 0, 0, 0, 0, 0], 2), ([0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], 0xffff_ffff),
        ]
        for (spelling, value) in long {
            let damaged = bytes[..<33] + spelling + bytes[34...]
            #expect(throws: TransactionError.bytes(.nonCanonicalCompactSize(field: "payload", value: value))) {
                try Transaction(bytes: Array(damaged))
            }
        }
        let lie = bytes[..<33] + [UInt8](repeating: 0xff, count: 9) + bytes[34...]
        #expect(throws: TransactionError.bytes(.lengthTooLarge(field: "payload", length: .max, limit: 4))) {
            try Transaction(bytes: Array(lie))
        }
    }

    @Test("payloads come back, and what is no payload of its type is refused")
    func payloads() throws {
        let chain = try Ledgers.chain(Ledgers.parameters())
        let (id, group) = (chain.parameters.chainID, chain.parameters.group)
        let coinbase = Coinbase(height: .max, extraNonce: .max, note: [1, 2])
        #expect(try Coinbase(coinbase.transaction(chainID: id)) == coinbase)
        let enrolment = Enrolment(try Ledgers.key(group, 5, label: "Dr \u{e9}").verificationKey)
        let enrolled = try enrolment.transaction(chainID: id)
        #expect(try Enrolment(enrolled, in: group) == enrolment)
        let claim = try Ledgers.claim()
        let unsigned = try claim.unsignedTransaction(chainID: id)
        let read = try Claim(unsigned)
        #expect((read.patient, read.provider) == (claim.patient, claim.provider))

        func refuses(_ type: TransactionType, _ payload: [UInt8], signature: [UInt8] = []) throws {
            // One of the lengths gone through would make 64 bytes.
            guard payload.count + signature.count != 29 else { return }
            let transaction = try Transaction(type: type, chainID: id, payload: payload, signature: signature)
            do {
                switch type {
                case .coinbase: _ = try Coinbase(transaction)
                case .enrolment: _ = try Enrolment(transaction, in: group)
                case .claim: _ = try Claim(transaction)
                }
                Issue.record("\(type) \(payload) was read")
            } catch {
                guard case .payload(type, _) = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
        for count in 0..<12 { try refuses(.coinbase, .init(repeating: 0, count: count)) }
        try refuses(.coinbase, .init(repeating: 0, count: 12), signature: [1])
        let payload = enrolled.payload
        for count in 0..<payload.count { try refuses(.enrolment, Array(payload[..<count])) }
        try refuses(.enrolment, payload + [0x61])
        try refuses(.enrolment, payload.dropLast() + [0xff])
        try refuses(.enrolment, payload, signature: [1])
        for index in payload.indices {
            var damaged = payload
            damaged[index] ^= 1
            try refuses(.enrolment, damaged)
        }
        let tokens = unsigned.payload
        for count in 0..<tokens.count { try refuses(.claim, Array(tokens[..<count])) }
        try refuses(.claim, tokens + [0])
        for place in [0, 1, 5, 13, 14, 78, 79, tokens.count - 1] {
            var damaged = tokens
            damaged[place] = 0xff
            try refuses(.claim, damaged)
        }
    }

    @Test("what a signer signs names type, chain and payload")
    func signedMessage() throws {
        let first = try Transaction(type: .claim, chainID: Self.id, payload: [1, 2])
        let messages = [
            first.signedMessage,
            try Transaction(type: .coinbase, chainID: Self.id, payload: [1, 2]).signedMessage,
            try Transaction(type: .claim, chainID: .zero, payload: [1, 2]).signedMessage,
            try Transaction(type: .claim, chainID: Self.id, payload: [1, 2, 0]).signedMessage,
            try Transaction(type: .claim, chainID: Self.id, payload: []).signedMessage,
        ]
        #expect(Set(messages).count == 5)
        let signed = try Transaction(type: .claim, chainID: Self.id, payload: [1, 2], signature: [9])
        #expect(signed.signedMessage == first.signedMessage)
    }
}
