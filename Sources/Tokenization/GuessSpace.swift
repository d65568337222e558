/// The guesses that an attacker tries: two runs of characters, the rest being known.
///
/// There are few heads, and all tails of one head are hashed in one batch.
@_spi(Literal) public struct GuessSpace: Sendable {
    /// What the attacker is after.
    public enum Kind: String, CaseIterable, Sendable {
        /// A patient's birth date in the hundred years from 1926 on, and the last four digits of the national id.
        case birthDate = "birth-date"
        /// A patient's whole national id: every `US-SSN` number that can be given out.
        case nationalID = "national-id"
        /// A provider's NPI: every one with a right check digit.
        case npi
        /// Four digits and nothing else: a PIN.
        case pin
    }

    /// What the attacker is after.
    public let kind: Kind
    /// How many heads there are.
    public let headCount: Int
    /// How many tails each head has.
    public let tailCount: Int
    /// The tails, four digits each, one after another; an NPI's differ with the check sum of its head.
    private let tailLists: [[UInt8]]

    /// Every guess of `kind`.
    public init(_ kind: Kind) {
        self.kind = kind
        switch kind {
        case .birthDate, .nationalID:
            // Dates, or areas 001 … 665 and 667 … 899 with groups 01 … 99; then the serials but 0000.
            headCount = kind == .birthDate ? 36_525 : 898 * 99
            tailCount = 9_999
            tailLists = [(1...9_999).flatMap { Self.digits($0, 4) }]
        case .npi:
            headCount = 200_000
            tailCount = 1_000
            tailLists = (0..<10).map { headSum in
                (0..<1_000).flatMap { tail in
                    Self.digits(tail, 3) + [0x30 + UInt8((20 - headSum - Self.weightedSum(tail, 3)) % 10)]
                }
            }
        case .pin:
            headCount = 1
            tailCount = 10_000
            tailLists = [(0...9_999).flatMap { Self.digits($0, 4) }]
        }
    }

    /// How many guesses there are.
    public var count: Int { headCount * tailCount }

    /// The head of a number in `0 ..< headCount`; all have one length.
    public func head(_ index: Int) -> String { String(decoding: headBytes(index), as: UTF8.self) }

    /// The tail of a number in `0 ..< tailCount`, for that head.
    public func tail(_ index: Int, ofHead head: Int) -> String {
        String(decoding: tails(ofHead: head)[4 * index..<4 * index + 4], as: UTF8.self)
    }

    func headBytes(_ index: Int) -> [UInt8] {
        switch kind {
        case .birthDate: Self.date(daysAfter1925: index)
        case .nationalID: Self.digits(index / 99 + (index / 99 < 665 ? 1 : 2), 3) + Self.digits(index % 99 + 1, 2)
        case .npi: Self.digits(100_000 + index, 6)
        case .pin: []
        }
    }

    func tails(ofHead index: Int) -> [UInt8] { tailLists[tailList(ofHead: index)] }

    /// Which list of tails a head has.
    func tailList(ofHead index: Int) -> Int {
        // The prefix 80840 adds 24 to the Luhn sum; the stem's last three digits and the check digit are the tail's.
        kind == .npi ? (24 + Self.weightedSum(100_000 + index, 6, behind: 3)) % 10 : 0
    }

    /// The Luhn sum of `count` digits that have `behind` more between them and the check digit.
    private static func weightedSum(_ number: Int, _ count: Int, behind: Int = 0) -> Int {
        var sum = 0
        for (place, digit) in digits(number, count).reversed().enumerated() {
            let weighted = Int(digit - 0x30) * ((place + behind) % 2 == 0 ? 2 : 1)
            sum += weighted / 10 + weighted % 10
        }
        return sum % 10
    }

    private static func date(daysAfter1925 index: Int) -> [UInt8] {
        func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        var (year, month, day) = (1926, 1, index)
        while day >= (isLeap(year) ? 366 : 365) {
            day -= isLeap(year) ? 366 : 365
            year += 1
        }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while day >= lengths[month - 1] {
            day -= lengths[month - 1]
            month += 1
        }
        return digits(year, 4) + [0x2d] + digits(month, 2) + [0x2d] + digits(day + 1, 2)
    }

    private static func digits(_ number: Int, _ count: Int) -> [UInt8] {
        var digits = [UInt8](repeating: 0x30, count: count)
        var rest = number
        for place in digits.indices.reversed() {
            digits[place] += UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }
}
