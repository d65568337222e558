import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork
import Support
import Testing

@Suite("Version rolling") struct VersionRollingTests {
    @Test("the sixteen bits of BIP 320, all of them and no other") func bits() {
        #expect(VersionRolling.mask == 0x1fff_e000)
        #expect(VersionRolling.mask.nonzeroBitCount == 16)
        for given: Int32 in [0, 1, 4, 0x2000_0000, 0x3fff_ffff, -1, .min, .max] {
            #expect(VersionRolling.version(given, index: 0) == given)
            let versions = Set((0..<VersionRolling.count).map { VersionRolling.version(given, index: $0) })
            #expect(versions.count == 1 << 16)
            let fixed = UInt32(bitPattern: given) & ~VersionRolling.mask
            #expect(versions.allSatisfy { UInt32(bitPattern: $0) & ~VersionRolling.mask == fixed })
        }
        #expect(VersionRolling.version(0x2000_0000, index: 1) == 0x2000_2000)
        #expect(VersionRolling.version(0x2000_0000, index: 0xffff) == 0x3fff_e000)
    }

    /// A search of several versions against one hash at a time.
    @Test("the lowest nonce with any version, and of those that share it the first version") func order() throws {
        var rng = SeededGenerator(seed: 320)
        var shared = 0
        for round in 0..<60 {
            let header = try BlockHeader(bytes: EdgeWeighted.randomBytes(80, using: &rng))
            let versions = (0..<1 + round % NonceSearch.maximumVersionCount).map {
                VersionRolling.version(header.version, index: (round * 1000 + $0 * 77) % VersionRolling.count)
            }
            // From every second hash to one in 2048, so that several versions meet the target with one nonce, too.
            var bits = header
            bits.bits = try CompactTarget(rounding: (Natural(1) << (255 - round % 12)) - 1)
            let target = try bits.bits.target()
            let start = UInt32.random(in: 0...UInt32.max - 300, using: &rng)
            let space = start...start + UInt32.random(in: 0...300, using: &rng)
            var hits: [BlockHeader] = []
            var tries: UInt64 = 0
            for nonce in space where hits.isEmpty {
                for version in versions {
                    var candidate = bits
                    candidate.version = version
                    candidate.headerNonce = nonce
                    if hits.isEmpty { tries += 1 }
                    if candidate.id.meets(target: target) { hits.append(candidate) }
                }
            }
            shared += hits.count > 1 ? 1 : 0
            for threads in [1, 2] {
                let mined = try NonceSearch(bits, versions: versions)
                    .first(in: space, control: SearchControl(threads: threads))
                #expect(mined?.header == hits.first, "round \(round)")
                #expect(mined?.tries == (hits.isEmpty ? nil : tries))
                #expect(mined?.hash == hits.first?.id)
            }
        }
        #expect(shared > 5, "the order of versions is tested where several meet the target")
    }
}
