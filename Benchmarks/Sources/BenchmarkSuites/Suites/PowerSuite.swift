import BenchmarkReport
import BigInt
import CPeers
import Foundation
import ModularArithmetic
import RingSignatures

/// Modular powers with 256-bit exponents: many at once and one alone, public and secret.
struct PowerSuite {
    private let settings: RunSettings

    init(_ settings: RunSettings) { self.settings = settings }

    func cases() throws -> SuiteCases {
        var cases = SuiteCases()
        for bits in settings.moduli {
            let group = try EmbeddedGroup.withModulus(bits: bits)
            let powers = Powers(
                modulus: group.p, exponentLimit: group.q.value, count: settings.quick ? 16 : 64, settings)
            let name = "modexp-\(bits)-256"
            cases.comparisons += [
                comparison("\(name)/mpz_powm", powers.oursPublic, powers.peer(CP_MPZ_POWM, "GMP mpz_powm")),
                comparison("\(name)/mpz_powm_sec", powers.oursSecret, powers.peer(CP_MPZ_POWM_SEC, "GMP mpz_powm_sec")),
                comparison(
                    "\(name)/BN_mod_exp_mont", powers.oursPublic, powers.peer(CP_BN_MONT, "OpenSSL BN_mod_exp_mont")),
                comparison(
                    "\(name)/BN_mod_exp_mont_consttime", powers.oursSecret,
                    powers.peer(CP_BN_MONT_CONSTTIME, "OpenSSL BN_mod_exp_mont_consttime")),
            ]
            let alone = Powers(modulus: group.p, exponentLimit: group.q.value, count: 1, settings)
            cases.comparisons.append(
                comparison("\(name)-single/mpz_powm", alone.oursPublic, alone.peer(CP_MPZ_POWM, "GMP mpz_powm")))
            if !settings.quick {
                cases.comparisons.append(comparison("\(name)/attaswift-BigInt", powers.oursPublic, powers.attaswift))
            }
            if cp_flint_version() != nil {
                cases.comparisons.append(
                    comparison("\(name)/flint", powers.oursPublic, powers.peer(CP_FLINT, "FLINT fmpz_powm")))
            }
        }
        if cp_flint_version() == nil { cases.absent.append((peer: "FLINT", reason: "not installed")) }
        cases.series = try widths()
        return cases
    }

    private func comparison(_ id: String, _ ours: Workload, _ peer: Workload) -> ComparisonCase {
        ComparisonCase(
            id: id, unit: "ns per exponentiation", note: "values converted beforehand", repeats: [.portable],
            ours: ours,
            peer: peer)
    }

    /// One power against the width of the modulus.
    private func widths() throws -> [SeriesCase] {
        let widths = settings.quick ? [1024, 2048, 3072] : [1024, 1536, 2048, 3072, 4096, 6144, 8192]
        let all = try widths.map { bits in
            var generator = settings.generator(for: "modulus-\(bits)")
            // An odd number with its top bit set: powers do not ask whether it is prime.
            var bytes = generator.bytes(bits / 8)
            bytes[0] |= 0x80
            bytes[bytes.count - 1] |= 1
            let modulus = try Modulus(Natural(bigEndianBytes: bytes))
            return (bits, Powers(modulus: modulus, exponentLimit: Natural(1) << 256, count: 16, settings))
        }
        func series(_ name: String, _ label: String, _ workload: (Powers) -> Workload) -> SeriesCase {
            SeriesCase(
                id: "modexp-bits-\(name)", x: "bits", unit: "ns per exponentiation", label: label, model: .power,
                points: all.map { SeriesCase.Point(x: Double($0), value: .measured(workload($1))) })
        }
        return [
            series("ringwork", "ours, many at once", \.oursPublic),
            series("ringwork-secret", "ours, constant-time", \.oursSecret),
            series("mpz_powm", "GMP mpz_powm") { $0.peer(CP_MPZ_POWM, "GMP mpz_powm") },
            series("BN_mod_exp_mont", "OpenSSL BN_mod_exp_mont") { $0.peer(CP_BN_MONT, "OpenSSL BN_mod_exp_mont") },
        ]
    }
}

/// The same powers for everybody.
private struct Powers {
    private let modulus: Modulus
    private let pairs: [(base: Natural, exponent: Natural)]
    private let secrets: SecretsBox
    private let prepared: PreparedPowers

    init(modulus: Modulus, exponentLimit: Natural, count: Int, _ settings: RunSettings) {
        var generator = settings.generator(for: "powers-\(modulus.bitWidth)-\(count)")
        let width = modulus.byteWidth
        pairs = (0..<count).map { _ in
            let base = Natural(bigEndianBytes: generator.bytes(width)) % modulus.value
            return (base, Natural(bigEndianBytes: generator.bytes(32)) % exponentLimit)
        }
        self.modulus = modulus
        // A secret belongs to a modulus as wide as itself.
        let order = (try? Modulus(exponentLimit.isOdd ? exponentLimit : exponentLimit - 1)) ?? modulus
        var secrets = SecretResidues(of: order, capacity: count)
        for pair in pairs { secrets.append(order.secret(pair.exponent)) }
        self.secrets = SecretsBox(secrets)
        prepared = PreparedPowers(
            modulus: modulus.value.bigEndianBytes(count: width),
            bases: pairs.map { $0.base.bigEndianBytes(count: width) },
            exponents: pairs.map { $0.exponent.bigEndianBytes(count: 32) })
    }

    private var count: Double { Double(pairs.count) }

    private func bytes(_ results: [Natural]) -> [UInt8] {
        results.flatMap { $0.bigEndianBytes(count: modulus.byteWidth) }
    }

    /// Public values, in time that depends on them.
    var oursPublic: Workload {
        let (modulus, pairs) = (modulus, pairs)
        return Workload(
            "Modulus.powersVariableTime", items: count, output: { bytes(modulus.powersVariableTime(pairs)) }
        ) { keep(modulus.powersVariableTime(pairs)) }
    }

    /// Secret exponents, in time that does not.
    var oursSecret: Workload {
        let (modulus, bases, secrets) = (modulus, pairs.map(\.base), secrets)
        return Workload(
            "Modulus.powers, constant-time", items: count,
            output: { bytes(modulus.powers(bases, secrets.value).declassified()) }
        ) { keepSecret(modulus.powers(bases, secrets.value)) }
    }

    func peer(_ how: cp_power, _ label: String) -> Workload {
        let prepared = prepared
        return Workload(
            label, items: count,
            output: {
                prepared.run(how)
                return prepared.results(how)
            }
        ) { prepared.run(how) }
    }

    /// One power a call: attaswift's are slow. The output is all of them.
    var attaswift: Workload {
        func number(_ value: Natural) -> BigUInt { BigUInt(Data(value.bigEndianBytes(count: value.byteWidth))) }
        let n = number(modulus.value)
        let numbers = pairs.map { (number($0.base), number($0.exponent)) }
        return Workload(
            "attaswift BigUInt.power(_:modulus:)",
            output: {
                numbers.flatMap { base, exponent in
                    let bytes = [UInt8](base.power(exponent, modulus: n).serialize())
                    return [UInt8](repeating: 0, count: modulus.byteWidth - bytes.count) + bytes
                }
            }
        ) { keep(numbers[0].0.power(numbers[0].1, modulus: n)) }
    }
}

/// Secrets for closures, which cannot hold what is not copyable.
private final class SecretsBox: Sendable {
    let value: SecretResidues
    init(_ value: consuming SecretResidues) { self.value = value }
}

/// What ``keep(_:)`` does, for a value that is not copyable.
@inline(never)
private func keepSecret(_ value: consuming SecretResidues) {
    withUnsafePointer(to: value) { cp_sink($0) }
}

/// The peers' copies of the numbers.
private final class PreparedPowers {
    private let powers: OpaquePointer
    private let byteCount: Int

    init(modulus: [UInt8], bases: [[UInt8]], exponents: [[UInt8]]) {
        byteCount = modulus.count * bases.count
        powers = cp_powers_new(
            modulus, modulus.count, bases.flatMap { $0 }, exponents.flatMap { $0 }, exponents[0].count, bases.count)
    }

    deinit { cp_powers_free(powers) }

    func run(_ how: cp_power) { cp_powers_run(powers, how) }

    func results(_ how: cp_power) -> [UInt8] {
        var results = [UInt8](repeating: 0, count: byteCount)
        cp_powers_results(powers, how, &results)
        return results
    }
}

/// The embedded groups by the width of their modulus.
enum EmbeddedGroup {
    static func withModulus(bits: Int) throws -> SchnorrGroup {
        let names = [1024: "rfc5114-1024-160", 2048: "ringwork-2048-256", 3072: "ringwork-3072-256"]
        guard let name = names[bits], let named = EmbeddedGroups.named(name) else {
            throw BenchmarkError.noGroup(bits: bits)
        }
        return named.group
    }
}
