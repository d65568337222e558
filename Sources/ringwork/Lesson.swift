import Foundation

/// How lessons print what they measured.
enum Lesson {
    /// A number with so many decimals.
    static func decimals(_ number: Double, _ count: Int) -> String { String(format: "%.\(count)f", number) }

    /// A rate per second, with three digits that count.
    static func rate(_ perSecond: Double) -> String {
        switch perSecond {
        case 1e6...: "\(decimals(perSecond / 1e6, 1)) million"
        case 100...: decimals(perSecond, 0)
        default: decimals(perSecond, 1)
        }
    }

    /// A time in the unit that fits.
    static func duration(_ seconds: Double) -> String {
        let year = 365.25 * 86_400
        switch seconds {
        case (1e6 * year)...: return "10^\(decimals(log10(seconds / year), 1)) years"
        case (2 * year)...: return "\(decimals(seconds / year, 0)) years"
        case (2 * 86_400)...: return "\(decimals(seconds / 86_400, 0)) days"
        case 7200...: return "\(decimals(seconds / 3600, 1)) h"
        case 120...: return "\(decimals(seconds / 60, 1)) min"
        case 1...: return "\(decimals(seconds, 1)) s"
        default: return "\(decimals(seconds * 1000, 2)) ms"
        }
    }
}
