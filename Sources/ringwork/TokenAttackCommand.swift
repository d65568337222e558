import ArgumentParser
import ByteCoding
import Foundation
import Hashing
import Scenarios
@_spi(Literal) import Tokenization

/// `ringwork token attack`
struct TokenAttackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "The dictionary attack on the paper's unkeyed token, and on keyed ones with and without their key.")

    enum Space: String, ExpressibleByArgument, CaseIterable {
        case birthDate = "birth-date"
        case nationalID = "national-id"
        case npi

        var kind: GuessSpace.Kind {
            switch self {
            case .birthDate: .birthDate
            case .nationalID: .nationalID
            case .npi: .npi
            }
        }
    }

    @Option(help: "What the attacker does not know: birth-date (and the last four digits), national-id, or npi.")
    var space: Space = .birthDate
    @Option(help: "How many guesses are searched, rounded up; the person is among them.") var guesses = 20_000_000
    @Flag(help: "Search them all.") var whole = false
    @Flag(help: "The literal token's hash is SHA-256d.") var double = false
    @Option(help: "Take the person and the key from this number: a run that can be repeated, without rates.")
    var seed: UInt64?
    @OptionGroup var output: JSONOption

    func validate() throws {
        guard guesses > 0 else { throw ValidationError("--guesses must be at least 1") }
    }

    func run() throws {
        if seed != nil { Terminal.warning("everything made from a seed is public, keys included") }
        var lesson = TokenAttackLesson(
            kind: space.kind, guesses: whole ? .max : guesses, double: double, isTimed: seed == nil,
            randomness: StoryRandomness(seed: seed))
        let report = try lesson.run()
        try output.print(report.document, report.text)
        guard report.goesAsTheorySays else {
            throw Failure(.internalFault, code: "attack", "the attack did not go as its theory says")
        }
    }
}

/// One attacker, one invented person, and four tokens of that person.
private struct TokenAttackLesson {
    let kind: GuessSpace.Kind
    let guesses: Int
    let double: Bool
    let isTimed: Bool
    var randomness: StoryRandomness

    mutating func run() throws -> TokenAttackReport {
        let space = GuessSpace(kind)
        let heads = 0..<min(space.headCount, (min(guesses, space.count) + space.tailCount - 1) / space.tailCount)
        let head = Int.random(in: heads, using: &randomness)
        let right = (
            head: space.head(head), tail: space.tail(.random(in: 0..<space.tailCount, using: &randomness), ofHead: head)
        )
        let attempts =
            kind == .npi
            ? try attempts(on: provider(right.head + right.tail), heads)
            : try attempts(on: patient(right.head, right.tail), heads)
        let pin = GuessSpace(.pin).tail(.random(in: 0..<10_000, using: &randomness), ofHead: 0)
        let pinAttempt = timed(double ? "SHA-256d of a PIN" : "SHA-256 of a PIN", hasKey: false) {
            DictionaryAttack().open(LiteralToken(fields: [pin], double: double), heads: 0..<1, double: double)
        }
        return TokenAttackReport(
            space: space, searched: heads.count * space.tailCount, attempts: attempts, pin: pinAttempt,
            right: DictionaryAttack.Match(head: right.head, tail: right.tail), rightPIN: pin,
            ambiguity: try Ambiguity(key: key()))
    }

    private mutating func key() throws -> TokenKey {
        var bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &randomness) }
        return try TokenKey(SecretBytes(wiping: &bytes))
    }

    private mutating func patient(_ head: String, _ tail: String) throws -> Patient {
        let numbers = GuessSpace(.nationalID)
        let number = kind == .nationalID ? head : numbers.head(.random(in: 0..<numbers.headCount, using: &randomness))
        return try Patient(
            family: "Example", given: ["Ada"], other: nil, birthDate: kind == .birthDate ? head : "1984-02-29",
            nationalID: "US-SSN:\(number)\(tail)", plan: "ACME:PLAN-001")
    }

    private func provider(_ npi: String) throws -> Provider {
        try Provider(npi: npi, name: "Example Clinic", tin: "EIN:12-3456789")
    }

    private mutating func attempts(
        on person: some TokenSubject, _ heads: Range<Int>
    ) throws -> [TokenAttackReport.Attempt] {
        let attack = DictionaryAttack(kind, known: person)
        let key = try key()
        let fast = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 1)
        let slow = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 1, profile: .slow)
        let token = fast.token(for: person)
        var attempts = [
            timed("literal", hasKey: false) {
                attack.open(LiteralToken(person, double: double), heads: heads, double: double)
            },
            timed("rw1", hasKey: false) {
                attack.open(LiteralToken(digest: token.tag), heads: heads, double: double)
            },
        ]
        let start = ContinuousClock.now
        let opened = attack.open(token, stolenKeyOf: fast, heads: heads)
        attempts.append(attempt("rw1", hasKey: true, opened, since: start))
        // One guess, the right one: what every guess costs.
        let slowStart = ContinuousClock.now
        _ = slow.token(for: person)
        let one = DictionaryAttack.Outcome(match: nil, guesses: 1)
        attempts.append(attempt("rw1s", hasKey: true, one, since: slowStart))
        return attempts
    }

    private func timed(
        _ token: String, hasKey: Bool, _ search: () -> DictionaryAttack.Outcome
    ) -> TokenAttackReport.Attempt {
        let start = ContinuousClock.now
        return attempt(token, hasKey: hasKey, search(), since: start)
    }

    private func attempt(
        _ token: String, hasKey: Bool, _ outcome: DictionaryAttack.Outcome, since start: ContinuousClock.Instant
    ) -> TokenAttackReport.Attempt {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return .init(
            token: token, hasKey: hasKey, outcome: outcome,
            secondsPerGuess: isTimed ? seconds / Double(outcome.guesses) : nil)
    }
}

/// Two people whose fields join to the same bytes.
private struct Ambiguity {
    static let left = ["AnnaB", "1990-01-01"]
    static let right = ["Anna", "B1990-01-01"]
    let literalTokens = [LiteralToken(fields: left), LiteralToken(fields: right)]
    let keyedTokens: [Token]

    /// The same with names, which records can hold: a letter moves from one name to the next.
    init(key: borrowing TokenKey) throws {
        let tokenizer = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 1)
        keyedTokens = try [("AnnaB", "ell"), ("Anna", "Bell")].map { family, given in
            tokenizer.token(
                for: try Patient(
                    family: family, given: [given], other: nil, birthDate: "1990-01-01", nationalID: "US-SSN:123456789",
                    plan: "ACME:PLAN-001"))
        }
    }

    var isThere: Bool { literalTokens[0] == literalTokens[1] && keyedTokens[0] != keyedTokens[1] }
}

/// What the attacks came to.
private struct TokenAttackReport {
    struct Attempt {
        let token: String
        let hasKey: Bool
        let outcome: DictionaryAttack.Outcome
        let secondsPerGuess: Double?
    }

    let space: GuessSpace
    let searched: Int
    let attempts: [Attempt]
    let pin: Attempt
    let right: DictionaryAttack.Match
    let rightPIN: String
    let ambiguity: Ambiguity

    var goesAsTheorySays: Bool {
        attempts.map(\.outcome.match) == [right, nil, right, nil] && pin.outcome.match?.tail == rightPIN
            && ambiguity.isThere
    }

    private static let spaces = [
        ("birth dates of a hundred years", 36_525),
        ("birth date and last four digits", GuessSpace(.birthDate).count), ("NPI", GuessSpace(.npi).count),
        ("US-SSN", GuessSpace(.nationalID).count),
    ]

    // MARK: - JSON

    var document: JSONValue {
        [
            "schema": "ringwork/token-attack/1", "space": .string(space.kind.rawValue),
            "guesses": .integer(Int64(space.count)), "searched": .integer(Int64(searched)),
            "attempts": .array(attempts.map(Self.document)), "pin": Self.document(pin),
            "ambiguity": [
                "left": .array(Ambiguity.left.map { .string($0) }),
                "right": .array(Ambiguity.right.map { .string($0) }),
                "literal": .string(ambiguity.literalTokens[0].description),
                "keyed": .array(ambiguity.keyedTokens.map { .string($0.description) }),
            ],
            "spaces": .array(
                Self.spaces.map { ["name": .string($0.0), "guesses": .integer(Int64($0.1))] }),
            "asTheorySays": .boolean(goesAsTheorySays),
        ]
    }

    private static func document(_ attempt: Attempt) -> JSONValue {
        [
            "token": .string(attempt.token), "key": attempt.hasKey ? "stolen" : "none",
            "found": attempt.outcome.match.map { ["head": .string($0.head), "tail": .string($0.tail)] } ?? .null,
            "guesses": .integer(Int64(attempt.outcome.guesses)),
            "guessesPerSecond": JSONValue(attempt.secondsPerGuess.map { Lesson.decimals(1 / $0, 1) }),
        ]
    }

    // MARK: - Text

    var text: String {
        var lines = [
            "Known to the attacker: everything but the \(unknown).",
            "\(searched) of \(space.count) guesses are searched:",
        ]
        lines += attempts.map { "  \(line($0))" }
        lines += [
            "A PIN's hash:", "  \(line(pin))", "Joined without boundaries:",
            "  \(Self.sum(Ambiguity.left)) and \(Self.sum(Ambiguity.right)): both \(ambiguity.literalTokens[0])",
            "  as family and given name, keyed and framed: \(ambiguity.keyedTokens[0])",
            "                                          and \(ambiguity.keyedTokens[1])",
        ]
        if let literal = attempts[0].secondsPerGuess, let keyed = attempts[2].secondsPerGuess,
            let slow = attempts[3].secondsPerGuess
        {
            lines.append("All guesses, one core: literal; rw1 and rw1s with the key stolen:")
            lines += Self.spaces.map { name, count in
                let times = [literal, keyed, slow].map { Lesson.duration($0 * Double(count)) }
                return "  \(name), 2^\(Lesson.decimals(log2(Double(count)), 1)): \(times.joined(separator: "; "))"
            }
        }
        return
            (lines + [
                "Stopped by: the key, which there are 2^256 of. A slow token costs a thief of the key more, and that is all."
            ]).joined(separator: "\n")
    }

    private var unknown: String {
        switch space.kind {
        case .birthDate: "birth date and the last four digits of the national id"
        case .nationalID: "national id"
        case .npi: "NPI"
        case .pin: "PIN"
        }
    }

    private static func sum(_ fields: [String]) -> String {
        fields.map { "\u{22}\($0)\u{22}" }.joined(separator: " + ")
    }

    private func line(_ attempt: Attempt) -> String {
        let who = attempt.token + (attempt.hasKey ? ", key stolen" : attempt.token == "rw1" ? ", no key" : "")
        let rate = attempt.secondsPerGuess.map { ", \(Lesson.rate(1 / $0)) guesses a second" } ?? ""
        if attempt.token == "rw1s" { return "\(who): every guess is a scrypt of 128 MiB\(rate)" }
        let result =
            attempt.outcome.match.map { "found \(([$0.head, $0.tail].filter { !$0.isEmpty }).joined(separator: " "))" }
            ?? "no guess fits"
        return "\(who): \(result) after \(attempt.outcome.guesses) guesses\(rate)"
    }
}
