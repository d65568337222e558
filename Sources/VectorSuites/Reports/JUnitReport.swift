extension VectorReport {
    /// The report as JUnit XML: a file is a suite, a group type a class, and the type of a failure its first flag.
    public var junit: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites name=\"\(Self.xml(Self.tool))\">"]
        for file in files {
            lines.append(
                "  <testsuite name=\"\(Self.xml(file.path))\" tests=\"\(file.outcomes.count)\" "
                    + "failures=\"\(file.count(.fail))\" errors=\"\(file.count(.error))\" "
                    + "skipped=\"\(file.count(.skip))\">")
            for outcome in file.outcomes {
                let start =
                    "    <testcase classname=\"\(Self.xml(outcome.groupType))\" name=\"\(Self.xml(outcome.id))\""
                let reason = Self.xml(outcome.reason ?? "")
                switch outcome.outcome {
                case .pass:
                    lines.append(start + "/>")
                    continue
                case .fail:
                    let type = Self.xml(outcome.flags.first ?? "")
                    lines.append(start + ">")
                    lines.append(
                        "      <failure type=\"\(type)\" message=\"\(reason)\">\(Self.xml(outcome.comment))</failure>")
                case .error:
                    lines.append(start + ">")
                    lines.append("      <error message=\"\(reason)\">\(Self.xml(outcome.comment))</error>")
                case .skip:
                    lines.append(start + ">")
                    lines.append("      <skipped message=\"\(reason)\"/>")
                }
                lines.append("    </testcase>")
            }
            lines.append("  </testsuite>")
        }
        return lines.joined(separator: "\n") + "\n</testsuites>\n"
    }

    /// Text that may stand in XML 1.0, between tags and in attributes.
    private static func xml(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || scalar.value == 0xfffe || scalar.value == 0xffff: escaped += "\u{fffd}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
