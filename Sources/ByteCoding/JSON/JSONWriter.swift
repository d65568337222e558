extension JSONValue {
    /// The value as JSON text on one line, without spaces, fields in their order, ASCII control characters escaped.
    public var compactText: String {
        var text = ""
        write(into: &text)
        return text
    }

    /// The value as a document: one top-level field a line, LF, a final newline.
    public var documentText: String {
        guard case .object(let fields) = self, !fields.isEmpty else { return compactText + "\n" }
        let lines = fields.map { "  " + Self.quote($0.name) + ": " + $0.value.compactText }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    private func write(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .string(let value): text += Self.quote(value)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(into: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { text += "," }
                text += Self.quote(field.name) + ":"
                field.value.write(into: &text)
            }
            text += "}"
        }
    }

    private static func quote(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20:
                text += "\\u" + Hex.encode(UInt16(scalar.value).bigEndianBytes)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
