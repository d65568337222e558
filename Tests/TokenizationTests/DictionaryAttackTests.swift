import ByteCoding
import Testing
@_spi(Literal) import Tokenization

private func patient(_ birthDate: String = "1984-02-29", _ nationalID: String = "US-SSN:123-45-6789") throws -> Patient
{
    try Patient(
        family: "Example", given: ["Ada"], other: "Muster", birthDate: birthDate, nationalID: nationalID,
        plan: "ACME-1:PLAN-7")
}

private func provider(_ npi: String) throws -> Provider {
    try Provider(npi: npi, name: "Example Clinic", tin: "EIN:12-3456789")
}

private func tokenizer(_ byte: UInt8 = 7) throws -> Tokenizer {
    var bytes = [UInt8](repeating: byte, count: 32)
    return Tokenizer(key: try TokenKey(SecretBytes(wiping: &bytes)), purpose: "claims", tenant: "north", epoch: 1)
}

@Suite("Guess spaces") struct GuessSpaceTests {
    @Test("as many guesses as the identifiers' rules leave")
    func counts() {
        #expect(GuessSpace(.nationalID).count == 888_931_098)
        #expect(GuessSpace(.npi).count == 200_000_000)
        #expect(GuessSpace(.birthDate).count == 36_525 * 9_999)
        #expect(GuessSpace(.pin).count == 10_000)
    }

    @Test("the edges of every space")
    func edges() {
        let dates = GuessSpace(.birthDate)
        #expect(dates.head(0) == "1926-01-01" && dates.head(36_524) == "2025-12-31")
        #expect(dates.tail(0, ofHead: 5) == "0001" && dates.tail(9_998, ofHead: 5) == "9999")
        let numbers = GuessSpace(.nationalID)
        #expect(
            [0, 98, 99, 65_834, 65_835, 88_901].map(numbers.head) == [
                "00101", "00199", "00201", "66599", "66701", "89999",
            ])
        let npis = GuessSpace(.npi)
        #expect(npis.head(23_456) + npis.tail(789, ofHead: 23_456) == "1234567893")
        #expect(npis.head(0) == "100000" && npis.head(199_999) == "299999")
        let pins = GuessSpace(.pin)
        #expect(pins.head(0) == "" && pins.tail(0, ofHead: 0) == "0000" && pins.tail(9_999, ofHead: 0) == "9999")
    }

    @Test("every date is one, and they ascend; every number and NPI keeps its rules")
    func rules() throws {
        let dates = GuessSpace(.birthDate)
        var last = ""
        for index in stride(from: 0, to: dates.headCount, by: 29) {
            #expect(dates.head(index) > last)
            last = dates.head(index)
            #expect(try patient(last).birthDate == last)
        }
        let numbers = GuessSpace(.nationalID)
        for index in stride(from: 0, to: numbers.headCount, by: 997) {
            let text = "US-SSN:" + numbers.head(index) + numbers.tail(index % 9_999, ofHead: index)
            #expect(try patient("1984-02-29", text).nationalID == text)
        }
        let npis = GuessSpace(.npi)
        for index in stride(from: 0, to: npis.headCount, by: 1_999) {
            let text = npis.head(index) + npis.tail(index % 1_000, ofHead: index)
            #expect(try provider(text).npi == text)
        }
    }
}

@Suite("Dictionary attack") struct DictionaryAttackTests {
    @Test("it finds the person behind a literal token", arguments: [false, true])
    func literal(double: Bool) throws {
        let attack = DictionaryAttack(.nationalID, known: try patient())
        let token = LiteralToken(try patient("1984-02-29", "US-SSN:001-02-0205"), double: double)
        let found = attack.open(token, heads: 0..<3, double: double)
        #expect(found.match == .some(.init(head: "00102", tail: "0205")))
        #expect(found.guesses == 9_999 + 205)
        let missed = attack.open(token, heads: 2..<3, double: double)
        #expect(missed.match == nil && missed.guesses == 9_999)
        #expect(attack.open(token, heads: 0..<2, double: !double).match == nil)
    }

    @Test("a birth date and four digits; an NPI, across lists of check digits; a PIN")
    func otherSpaces() throws {
        let person = try patient("1926-01-03", "US-SSN:123-45-9999")
        let dates = DictionaryAttack(.birthDate, known: try patient()).open(LiteralToken(person), heads: 1..<4)
        #expect(dates.match == .some(.init(head: "1926-01-03", tail: "9999")) && dates.guesses == 2 * 9_999)
        let clinic = LiteralToken(try provider("1234567893"))
        let npis = DictionaryAttack(.npi, known: try provider("1993999998")).open(clinic, heads: 23_450..<23_460)
        #expect(npis.match == .some(.init(head: "123456", tail: "7893")) && npis.guesses == 6_790)
        for pin in ["0000", "4711", "9999"] {
            let found = DictionaryAttack().open(LiteralToken(fields: [pin]), heads: 0..<1)
            #expect(found.match == .some(.init(head: "", tail: pin)))
        }
        #expect(DictionaryAttack().open(LiteralToken(fields: ["47110"]), heads: 0..<1).match == nil)
    }

    @Test("a keyed token survives the same attack, and does not survive the loss of its key")
    func keyed() throws {
        let person = try patient("1984-02-29", "US-SSN:001-02-0205")
        let attack = DictionaryAttack(.nationalID, known: try patient())
        let tokenizer = try tokenizer()
        let token = tokenizer.token(for: person)
        #expect(attack.open(LiteralToken(digest: token.tag), heads: 0..<3).match == nil)
        let stolen = attack.open(token, stolenKeyOf: tokenizer, heads: 0..<3)
        #expect(stolen.match == .some(.init(head: "00102", tail: "0205")) && stolen.guesses == 9_999 + 205)
        let other = try TokenizationTests.tokenizer(8)
        #expect(attack.open(token, stolenKeyOf: other, heads: 1..<2).match == nil)
    }

    @Test("a record that lacks the field, or a slow token, is the caller's mistake")
    func misuse() async {
        await #expect(processExitsWith: .failure) {
            _ = DictionaryAttack(.npi, known: try patient()).open(LiteralToken(fields: []), heads: 0..<1)
        }
        await #expect(processExitsWith: .failure) {
            let person = try patient("1984-02-29", "GB-NHS:9434765919")
            _ = DictionaryAttack(.nationalID, known: person).open(LiteralToken(fields: []), heads: 0..<1)
        }
        await #expect(processExitsWith: .failure) { _ = DictionaryAttack(.pin, known: try patient()) }
        await #expect(processExitsWith: .failure) {
            _ = DictionaryAttack().open(LiteralToken(fields: []), heads: 0..<2)
        }
    }
}
