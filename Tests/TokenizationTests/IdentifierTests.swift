import ByteCoding
import Testing
import Tokenization

private func patient(
    family: String = "Example", given: [String] = ["Ada"], other: String? = nil, birthDate: String = "1990-01-01",
    nationalID: String = "US-SSN:123456789", plan: String = "ACME-1:PLAN-7"
) throws -> Patient {
    try Patient(
        family: family, given: given, other: other, birthDate: birthDate, nationalID: nationalID, plan: plan)
}

private func provider(npi: String = "1234567893", name: String = "Dr. Example", tin: String = "EIN:123456789")
    throws -> Provider
{ try Provider(npi: npi, name: name, tin: tin) }

@Suite("Identifiers") struct IdentifierTests {
    @Test(
        "birth dates that are days", arguments: ["1800-01-01", "2199-12-31", "2000-02-29", "1984-02-29", "2023-04-30"])
    func birthDates(text: String) throws { #expect(try patient(birthDate: text).birthDate == text) }

    @Test(
        "birth dates that are not",
        arguments: [
            ("1799-12-31", TokenRule.year), ("2200-01-01", .year), ("0000-01-01", .year), ("1900-02-29", .day),
            ("2023-02-29", .day), ("2023-04-31", .day), ("2023-00-10", .day), ("2023-13-10", .day),
            ("2023-01-00", .day), ("2023-01-32", .day), ("90-01-01", .form), ("1990-1-01", .form), ("1990-01", .form),
            ("1990/01/01", .form), ("19900101", .form), ("", .form), ("1990-01-01 ", .form), ("+990-01-01", .form),
            ("١٩٩٠-٠١-٠١", .form), ("1990-01-01-", .form), ("199a-01-01", .form),
        ])
    func badBirthDates(text: String, rule: TokenRule) {
        #expect(throws: TokenError.birthDate(rule)) { try patient(birthDate: text) }
    }

    @Test("every day of the calendar, counted the other way")
    func calendar() {
        var accepted = 0
        for year in 1896...1905 {
            for month in 0...13 {
                for day in 0...32 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    if (try? patient(birthDate: text)) != nil { accepted += 1 }
                }
            }
        }
        // Ten years, with the leap years 1896 and 1904; 1900 is none.
        #expect(accepted == 3652)
    }

    @Test(
        "national ids and their one spelling",
        arguments: ["US-SSN:123456789", "US-SSN:123-45-6789", "US-SSN:123 45 6789"])
    func nationalIDs(text: String) throws { #expect(try patient(nationalID: text).nationalID == "US-SSN:123456789") }

    @Test(
        "national ids that are refused",
        arguments: [
            ("US-SSN:000456789", TokenRule.area), ("US-SSN:666-45-6789", .area), ("US-SSN:900456789", .area),
            ("US-SSN:999456789", .area), ("US-SSN:123006789", .group), ("US-SSN:123450000", .serial),
            ("123456789", .scheme), ("us-ssn:123456789", .scheme), ("US-SSN:", .form), ("US-SSN:12345678", .form),
            ("US-SSN:1234567890", .form), ("US-SSN:123-45 6789", .form), ("US-SSN:123-456789", .form),
            ("US-SSN:12-345-6789", .form), ("US-SSN:123--45-678", .form), ("US-SSN: 123456789", .form),
            ("US-SSN:12345678a", .form), ("US-SSN:123.45.6789", .form), ("US-SSN:١23456789", .form),
            ("US-SSN\u{301}:123456789", .scheme), ("", .scheme), ("XX-ID:123456789", .scheme),
            ("US-SSN:1234-5-678-", .form),
        ])
    func badNationalIDs(text: String, rule: TokenRule) {
        #expect(throws: TokenError.nationalID(rule)) { try patient(nationalID: text) }
    }

    @Test(
        "edges of the national id's parts are accepted",
        arguments: ["001010001", "665999999", "667010001", "899999999"])
    func nationalIDEdges(digits: String) throws {
        #expect(try patient(nationalID: "US-SSN:" + digits).nationalID == "US-SSN:" + digits)
    }

    @Test(
        "NHS numbers and their one spelling",
        arguments: [
            ("GB-NHS:9434765919", "GB-NHS:9434765919"), ("GB-NHS:943 476 5919", "GB-NHS:9434765919"),
            ("GB-NHS:401-023-2137", "GB-NHS:4010232137"), ("GB-NHS:9876543210", "GB-NHS:9876543210"),
        ])
    func healthServiceNumbers(text: String, canonical: String) throws {
        #expect(try patient(nationalID: text).nationalID == canonical)
    }

    @Test(
        "NHS numbers that are refused",
        arguments: [
            ("GB-NHS:9434765918", TokenRule.checkDigit), ("GB-NHS:9434765991", .checkDigit),
            ("GB-NHS:4943765919", .checkDigit), ("GB-NHS:943476591", .form), ("GB-NHS:94347659190", .form),
            ("GB-NHS:943 476-5919", .form), ("GB-NHS:9434 76 5919", .form), ("GB-NHS:943.476.5919", .form),
            ("GB-NHS:943476591X", .form), ("GB-NHS:", .form), ("gb-nhs:9434765919", .scheme),
            ("NHS:9434765919", .scheme),
            ("US-SSN:9434765919", .form),
        ])
    func badHealthServiceNumbers(text: String, rule: TokenRule) {
        #expect(throws: TokenError.nationalID(rule)) { try patient(nationalID: text) }
    }

    @Test("the check digit modulo 11 sees every wrong digit and every exchange of neighbours")
    func modulo11() {
        let digits = Array("9434765919".utf8)
        for place in digits.indices {
            for other in UInt8(0x30)...0x39 where other != digits[place] {
                var wrong = digits
                wrong[place] = other
                #expect(throws: TokenError.nationalID(.checkDigit)) {
                    try patient(nationalID: "GB-NHS:" + String(decoding: wrong, as: UTF8.self))
                }
            }
            guard place > 0, digits[place] != digits[place - 1] else { continue }
            var wrong = digits
            wrong.swapAt(place, place - 1)
            #expect(throws: TokenError.nationalID(.checkDigit)) {
                try patient(nationalID: "GB-NHS:" + String(decoding: wrong, as: UTF8.self))
            }
        }
    }

    @Test("the list of schemes is open, and the caller's")
    func schemes() async throws {
        let scheme = NationalIDScheme(name: "XX-ID") { number throws(TokenRule) in
            guard number.utf8.count == 4 else { throw .form }
            return number
        }
        func patient(_ id: String, _ schemes: [NationalIDScheme]) throws -> Patient {
            try Patient(
                family: "Example", given: ["Ada"], other: nil, birthDate: "1990-01-01", nationalID: id, plan: "A:B",
                schemes: schemes)
        }
        #expect(try patient("XX-ID:12AB", NationalIDScheme.known + [scheme]).nationalID == "XX-ID:12AB")
        #expect(throws: TokenError.nationalID(.form)) { try patient("XX-ID:12", [scheme]) }
        #expect(throws: TokenError.nationalID(.scheme)) { try patient("XX-ID:12AB", NationalIDScheme.known) }
        #expect(throws: TokenError.nationalID(.scheme)) { try patient("US-SSN:123456789", [scheme]) }
        #expect(throws: TokenError.nationalID(.scheme)) { try patient("US-SSN:123456789", []) }
        let document = Array(try patient("XX-ID:12AB", [scheme]).document.documentText.utf8)
        #expect(try Patient(document: document, schemes: [scheme]).nationalID == "XX-ID:12AB")
        #expect(throws: RecordError.value(.nationalID(.scheme))) { try Patient(document: document) }
        await #expect(processExitsWith: .failure) { _ = NationalIDScheme(name: "us:ssn") { $0 } }
    }

    @Test(
        "plans",
        arguments: [
            "A:B", "ACME-1:PLAN-7", String(repeating: "A", count: 64) + ":" + String(repeating: "9", count: 64),
        ])
    func plans(text: String) throws { #expect(try patient(plan: text).plan == text) }

    @Test(
        "plans that are refused",
        arguments: [
            "", ":", "A:", ":B", "AB", "A:B:C", "a:B", "A:b", "A B:C", "A:B ", "A_:B", "É:B",
            String(repeating: "A", count: 65) + ":B", "A:" + String(repeating: "9", count: 65),
        ])
    func badPlans(text: String) { #expect(throws: TokenError.plan(.form)) { try patient(plan: text) } }

    @Test("NPIs", arguments: ["1234567893", "1993999998", "1245319599", "2690505252", "2609505252"])
    func npis(text: String) throws { #expect(try provider(npi: text).npi == text) }

    @Test(
        "NPIs that are refused",
        arguments: [
            ("1234567890", TokenRule.checkDigit), ("1234567983", .checkDigit), ("3234567893", .form),
            ("0234567893", .form), ("123456789", .form), ("12345678930", .form), ("123456789a", .form), ("", .form),
            (" 234567893", .form), ("１234567893", .form),
        ])
    func badNPIs(text: String, rule: TokenRule) { #expect(throws: TokenError.npi(rule)) { try provider(npi: text) } }

    @Test("the Luhn digit is the one that makes the sum with 24 a multiple of ten")
    func luhn() throws {
        for stem in stride(from: 100_000_000, to: 300_000_000, by: 1_999_993) {
            let digits = String(stem).utf8.map { Int($0) - 48 }
            var sum = 24
            for (place, digit) in digits.enumerated() {
                sum += place % 2 == 0 ? (2 * digit > 9 ? 2 * digit - 9 : 2 * digit) : digit
            }
            for last in 0...9 {
                let text = "\(stem)\(last)"
                let accepted = (try? provider(npi: text)) != nil
                #expect(accepted == ((sum + last) % 10 == 0), "\(text)")
            }
        }
    }

    @Test(
        "TINs and their one spelling",
        arguments: [
            ("EIN:12-3456789", "EIN:123456789"), ("EIN:123456789", "EIN:123456789"), ("EIN:010000000", "EIN:010000000"),
            ("SSN:123-45-6789", "SSN:123456789"), ("SSN:123456789", "SSN:123456789"),
            ("ITIN:900-50-0000", "ITIN:900500000"), ("ITIN:999659999", "ITIN:999659999"),
            ("ITIN:912 70 1234", "ITIN:912701234"), ("ITIN:912881234", "ITIN:912881234"),
            ("ITIN:912901234", "ITIN:912901234"), ("ITIN:912921234", "ITIN:912921234"),
            ("ITIN:912941234", "ITIN:912941234"), ("ITIN:912991234", "ITIN:912991234"),
        ])
    func tins(text: String, canonical: String) throws { #expect(try provider(tin: text).tin == canonical) }

    @Test(
        "TINs that are refused",
        arguments: [
            ("EIN:00-3456789", TokenRule.prefix), ("EIN:123-456789", .form), ("EIN:12 3456789", .form),
            ("EIN:12345678", .form), ("EIN:1-23456789", .form), ("EIN:12-345678-", .form), ("ein:123456789", .scheme),
            ("123456789", .scheme), ("SSN:000456789", .area), ("SSN:912456789", .area), ("SSN:123006789", .group),
            ("SSN:123450000", .serial), ("ITIN:812701234", .area), ("ITIN:912491234", .group),
            ("ITIN:912661234", .group), ("ITIN:912691234", .group), ("ITIN:912891234", .group),
            ("ITIN:912931234", .group), ("ITIN:91270123", .form), ("", .scheme),
        ])
    func badTINs(text: String, rule: TokenRule) { #expect(throws: TokenError.tin(rule)) { try provider(tin: text) } }

    @Test("employer prefixes: 83 of 100 are given out")
    func employerPrefixes() throws {
        var used = 0
        for prefix in 0...99 {
            let digits = (prefix < 10 ? "0" : "") + String(prefix)
            do {
                #expect(try provider(tin: "EIN:\(digits)-0000001").tin == "EIN:\(digits)0000001")
                used += 1
            } catch { #expect(error as? TokenError == .tin(.prefix)) }
        }
        #expect(used == 83)
    }

    @Test("groups of individual numbers: 50 to 65, 70 to 88, 90 to 92, 94 to 99")
    func individualGroups() throws {
        let accepted = (0...99).filter { group in
            (try? provider(tin: "ITIN:900\(group < 10 ? "0" : "")\(group)0001")) != nil
        }
        #expect(accepted == Array(50...65) + Array(70...88) + Array(90...92) + Array(94...99))
    }

    @Test("names are named in errors")
    func names() throws {
        #expect(throws: TokenError.nameEmpty(field: "family")) { try patient(family: " ") }
        #expect(throws: TokenError.nameEmpty(field: "given")) { try patient(given: []) }
        #expect(throws: TokenError.nameEmpty(field: "given[1]")) { try patient(given: ["Ada", ""]) }
        #expect(throws: TokenError.nameCodePoint(field: "given[0]")) { try patient(given: ["A\u{200d}da"]) }
        #expect(throws: TokenError.nameEmpty(field: "other")) { try patient(other: " ") }
        #expect(throws: TokenError.nameEmpty(field: "name")) { try provider(name: "") }
        #expect(try patient(other: "") == patient(other: nil))
    }

    @Test("errors have their code and a sentence, and no personal data")
    func codes() {
        let cases: [(TokenError, String)] = [
            (.nameEmpty(field: "family"), "name-empty"), (.nameCodePoint(field: "family"), "name-code-point"),
            (.birthDate(.day), "birth-date"), (.nationalID(.area), "national-id"), (.plan(.form), "plan"),
            (.npi(.checkDigit), "npi"), (.tin(.prefix), "tin"), (.tokenMismatch, "token-mismatch"),
            (.nameUTF8(field: "family"), "name-utf8"), (.keyUnknown(keyID: [0, 1, 2, 3]), "key-unknown"),
            (.epochKnown(1), "epoch-known"), (.epochUnknown(1), "epoch-unknown"), (.noEpoch, "no-epoch"),
            (.tokenSyntax, "token-syntax"), (.keyLength, "key-length"),
        ]
        for (error, code) in cases {
            #expect(error.code == code)
            #expect(RecordError.value(error).code == code)
            #expect(RecordError.value(error).description == error.description)
            #expect(error.description.contains(" "))
        }
        let error = #expect(throws: TokenError.self) { try patient(nationalID: "US-SSN:666-45-6789") }
        #expect(!String(reflecting: error).contains("666") && error?.description.contains("666") == false)
    }
}
