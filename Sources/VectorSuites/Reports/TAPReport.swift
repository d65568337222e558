import ByteCoding

extension VectorReport {
    /// The report in the Test Anything Protocol, version 13: what `prove` reads.
    ///
    /// A test that did not pass is followed by a YAML block; strings in it are JSON strings, which YAML reads alike.
    public var tap: String {
        var lines = ["TAP version 13", "1..\(testCount)"]
        for (number, outcome) in files.flatMap(\.outcomes).enumerated() {
            let isOK = outcome.outcome == .pass || outcome.outcome == .skip
            var line = "\(isOK ? "ok" : "not ok") \(number + 1) - \(Self.tapText(outcome.id + " " + outcome.comment))"
            if outcome.outcome == .skip { line += " # SKIP " + Self.tapText(outcome.reason ?? "") }
            lines.append(line)
            guard !isOK else { continue }
            lines.append("  ---")
            lines.append("  expected: " + JSONValue.string(outcome.expected.description).compactText)
            lines.append("  got: " + JSONValue(outcome.got?.description).compactText)
            lines.append("  reason: " + JSONValue(outcome.reason).compactText)
            lines.append("  flags: " + JSONValue.array(outcome.flags.map { .string($0) }).compactText)
            lines.append("  ...")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line, in which no `#` begins a directive.
    private static func tapText(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "#" || scalar == "\\" { line.append("\\") }
            line.append(scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar)
        }
        return String(line)
    }
}
