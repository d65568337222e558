import ByteCoding
import Testing
import Tokenization

private func key(_ byte: UInt8) throws -> TokenKey {
    var bytes = [UInt8](repeating: byte, count: 32)
    return try TokenKey(SecretBytes(wiping: &bytes))
}

private let ada = Result { try provider("Ada Example") }
private let eve = Result { try provider("Eve Example") }

private func provider(_ name: String) throws -> Provider {
    try Provider(npi: "1234567893", name: name, tin: "EIN:12-3456789")
}

private func tokenizer(_ byte: UInt8, _ epoch: UInt64, _ profile: TokenProfile = .fast) throws -> Tokenizer {
    Tokenizer(key: try key(byte), purpose: "claims", tenant: "north", epoch: epoch, profile: profile)
}

/// Epochs 3, 5 and 9, each with its own master key.
private func keyset() throws -> TokenKeyset {
    var keyset = TokenKeyset(purpose: "claims", tenant: "north")
    for epoch in [5, 9, 3] as [UInt64] { try keyset.add(epoch: epoch, key: try key(UInt8(epoch))) }
    return keyset
}

@Suite("Token keyset") struct TokenKeysetTests {
    @Test("new tokens are of the newest epoch, whatever the order of adding")
    func newest() throws {
        let keyset = try keyset()
        #expect(keyset.epochs == [3, 5, 9])
        #expect(try keyset.token(for: ada.get()) == tokenizer(9, 9).token(for: ada.get()))
    }

    @Test("tokens of every epoch match their record, and no other")
    func matching() throws {
        let keyset = try keyset()
        for epoch in [3, 5, 9] as [UInt64] {
            let token = try tokenizer(UInt8(epoch), epoch).token(for: ada.get())
            #expect(try keyset.epoch(of: token, for: ada.get()) == epoch)
            #expect(throws: TokenError.tokenMismatch) { _ = try keyset.epoch(of: token, for: eve.get()) }
        }
    }

    @Test("tokens of unknown keys are named so: another epoch, master key, purpose or profile")
    func unknownKeys() throws {
        let keyset = try keyset()
        let research = Tokenizer(key: try key(9), purpose: "research", tenant: "north", epoch: 9)
        for token in try [
            tokenizer(9, 8).token(for: ada.get()), tokenizer(8, 9).token(for: ada.get()),
            research.token(for: ada.get()),
        ] {
            #expect(throws: TokenError.keyUnknown(keyID: token.keyID)) {
                _ = try keyset.epoch(of: token, for: ada.get())
            }
        }
        let slow = try Token(parsing: "rw1s" + tokenizer(9, 9).token(for: ada.get()).description.dropFirst(3))
        #expect(throws: TokenError.keyUnknown(keyID: slow.keyID)) { _ = try keyset.epoch(of: slow, for: ada.get()) }
    }

    @Test("retokenizing gives the newest token, once the old one is the record's")
    func retokenizing() throws {
        let keyset = try keyset()
        let old = try tokenizer(3, 3).token(for: ada.get())
        let new = try tokenizer(9, 9).token(for: ada.get())
        #expect(try keyset.retokenize(old, of: ada.get()) == new)
        #expect(try keyset.retokenize(new, of: ada.get()) == new)
        #expect(throws: TokenError.tokenMismatch) { _ = try keyset.retokenize(old, of: eve.get()) }
        let foreign = try tokenizer(4, 4).token(for: ada.get())
        #expect(throws: TokenError.keyUnknown(keyID: foreign.keyID)) {
            _ = try keyset.retokenize(foreign, of: ada.get())
        }
    }

    @Test("a destroyed epoch matches nothing, and can be added again")
    func destroying() throws {
        var keyset = try keyset()
        let newest = try keyset.token(for: ada.get())
        try keyset.destroy(epoch: 9)
        #expect(keyset.epochs == [3, 5])
        #expect(throws: TokenError.keyUnknown(keyID: newest.keyID)) { _ = try keyset.epoch(of: newest, for: ada.get()) }
        #expect(try keyset.token(for: ada.get()) == tokenizer(5, 5).token(for: ada.get()))
        #expect(throws: TokenError.epochUnknown(9)) { try keyset.destroy(epoch: 9) }
        // Who still has the master key has the epoch: destroying reaches as far as the key does.
        try keyset.add(epoch: 9, key: try key(9))
        #expect(try keyset.epoch(of: newest, for: ada.get()) == 9)
    }

    @Test("no epoch twice, and no token without one")
    func misuse() throws {
        var keyset = try keyset()
        #expect(throws: TokenError.epochKnown(5)) { try keyset.add(epoch: 5, key: try key(6)) }
        for epoch in [3, 5, 9] as [UInt64] { try keyset.destroy(epoch: epoch) }
        #expect(throws: TokenError.noEpoch) { _ = try keyset.token(for: ada.get()) }
        let token = try tokenizer(5, 5).token(for: ada.get())
        #expect(throws: TokenError.keyUnknown(keyID: token.keyID)) { _ = try keyset.epoch(of: token, for: ada.get()) }
    }

    @Test("an epoch may change the profile")
    func profiles() throws {
        var keyset = try keyset()
        let old = try keyset.token(for: ada.get())
        try keyset.add(epoch: 10, key: try key(10), profile: .slow)
        let new = try keyset.retokenize(old, of: ada.get())
        #expect(new.profile == .slow)
        #expect(throws: TokenError.tokenMismatch) { _ = try keyset.epoch(of: new, for: eve.get()) }
    }
}
