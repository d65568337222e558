import Foundation

/// Cells in columns, for people and for documents.
struct TextTable {
    let header: [String]
    let rows: [[String]]

    /// Columns two spaces apart; the first one to the left, the others to the right.
    var plain: String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }
            return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }.joined(separator: "\n")
    }

    /// A Markdown table.
    var markdown: String {
        let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
        return ([header, rule] + rows).map { row in
            "| " + row.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    /// Comma-separated values (RFC 4180), lines ended by LF.
    var csv: String {
        ([header] + rows).map { row in
            row.map { cell in
                cell.contains { ",\"\n".contains($0) }
                    ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
            }.joined(separator: ",")
        }.joined(separator: "\n")
    }
}

extension Double {
    /// Three significant digits.
    var shortText: String {
        guard self != 0 else { return "0" }
        let digits = max(0, 2 - Int(log10(abs(self)).rounded(.down)))
        return String(format: "%.\(digits)f", self)
    }
}
