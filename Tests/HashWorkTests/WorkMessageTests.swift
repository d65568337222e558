import ByteCoding
import HashWork
import Testing

@Suite("Work message") struct WorkMessageTests {
    private static let session = [UInt8](repeating: 0xab, count: 32)

    private static func message(_ step: WorkStep) throws -> WorkMessage {
        try WorkMessage(
            session: step.hasSession ? session : nil, step: step,
            value: [UInt8](repeating: 1, count: step.valueByteCount), k: step.hasAmount ? 64 : nil)
    }

    @Test("a line has this spelling")
    func spelling() throws {
        let ones = String(repeating: "01", count: 32)
        #expect(
            try Self.message(.commitA).line
                == #"{"schema":"ringwork/work/1","session":null,"step":"commitA","value":"\#(ones)","k":null}"#)
        let session = String(repeating: "ab", count: 32)
        #expect(
            try Self.message(.step1).line
                == #"{"schema":"ringwork/work/1","session":"\#(session)","step":"1","value":"\#(ones)","k":64}"#)
    }

    @Test("every step comes back from its line", arguments: WorkStep.allCases)
    func roundTrip(step: WorkStep) throws {
        let message = try Self.message(step)
        #expect(message.line.utf8.count < 400)
        #expect(try WorkMessage(line: Array(message.line.utf8)) == message)
    }

    @Test("parts that the step does not have, or lacks", arguments: WorkStep.allCases)
    func parts(step: WorkStep) throws {
        let good = try Self.message(step)
        let otherSession = step.hasSession ? nil : Self.session
        #expect(throws: DocumentError.self) {
            try WorkMessage(session: otherSession, step: step, value: good.value, k: good.k)
        }
        let otherK = step.hasAmount ? nil : 16
        #expect(throws: DocumentError.self) {
            try WorkMessage(session: good.session, step: step, value: good.value, k: otherK)
        }
        for count in [0, 31, 33, 63, 65, 96 - step.valueByteCount] {
            #expect(throws: DocumentError.self) {
                let value = [UInt8](repeating: 0, count: count)
                return try WorkMessage(session: good.session, step: step, value: value, k: good.k)
            }
        }
        if step.hasAmount {
            #expect(throws: DocumentError.malformed(field: "k", reason: "an amount is not negative")) {
                try WorkMessage(session: good.session, step: step, value: good.value, k: -1)
            }
        }
        if step.hasSession {
            #expect(throws: DocumentError.self) {
                try WorkMessage(session: Array(Self.session.dropLast()), step: step, value: good.value, k: good.k)
            }
        }
    }

    @Test(
        "lines that are refused",
        arguments: [
            ("not JSON", #""session""#, #"session"#),
            ("another schema", "work/1", "work/2"),
            ("unknown field", #""k":64"#, #""k":64,"x":0"#),
            ("duplicate field", #""k":64"#, #""k":64,"k":64"#),
            ("missing field", #","k":64"#, ""),
            ("unknown step", #""step":"1""#, #""step":"3""#),
            ("step as a number", #""step":"1""#, #""step":1"#),
            ("upper case", #""session":"ab"#, #""session":"AB"#),
            ("fraction", #""k":64"#, #""k":64.0"#),
            ("negative", #""k":64"#, #""k":-1"#),
            ("string for k", #""k":64"#, #""k":"64""#),
            ("over 63 bits", #""k":64"#, #""k":9223372036854775808"#),
            ("null value", #""value":""#, #""value":null,"y":""#),
            ("two lines", #","k""#, ",\n\"k\""),
            ("text behind", #""k":64}"#, #""k":64}{}"#),
        ])
    func refused(name: String, part: String, replacement: String) throws {
        let line = try Self.message(.step1).line
        let pieces = line.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(pieces.count == 2, "the line no longer holds \(part)")
        let changed = pieces[0] + replacement + pieces[1]
        #expect(throws: DocumentError.self) { try WorkMessage(line: Array(changed.utf8)) }
    }

    @Test("1024 bytes and no more")
    func longest() throws {
        let message = try Self.message(.openA)
        let room = WorkMessage.lineByteLimit - message.line.utf8.count
        let longest = Array(message.line.utf8) + [UInt8](repeating: 0x20, count: room)
        #expect(try WorkMessage(line: longest) == message)
        #expect(throws: DocumentError.json(.tooLarge(bytes: 1025, limit: 1024))) {
            try WorkMessage(line: longest + [0x20])
        }
    }

    @Test("the largest amount fits")
    func largestAmount() throws {
        let message = try WorkMessage(session: Self.session, step: .step1, value: Self.session, k: .max)
        #expect(try WorkMessage(line: Array(message.line.utf8)).k == .max)
    }
}
