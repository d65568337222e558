import ByteCoding
import CKernels
import Support
import Testing

@Suite("SHA-256 kernels") struct SHA256KernelTests {
    // Which backends the tests below reach on this processor.

    @Test("portable is tested") func portable() { #expect(Backend.named("portable")?.isSupported == true) }
    @Test("avx2 is tested", .enabled(if: Backend.named("avx2")?.isSupported == true, "this processor has no AVX2"))
    func avx2() {}
    @Test(
        "sha-ni is tested", .enabled(if: Backend.named("sha-ni")?.isSupported == true, "this processor has no SHA-NI"))
    func shaNI() {}
    @Test(
        "avx512 is tested",
        .enabled(if: Backend.named("avx512")?.isSupported == true, "this processor has no AVX-512 F, BW and VL"))
    func avx512() {}

    @Test("the backends have the names of RINGWORK_KERNELS, in the order in which a cap takes them away")
    func names() {
        #expect(Backend.all.map(\.name) == ["portable", "avx2", "sha-ni", "avx512"])
    }

    @Test("dispatch takes only what is there, and the most preferred of it")
    func dispatch() {
        let enabled = Backend.all.filter { ck_backend_is_enabled($0.kernels) == 1 }
        #expect(enabled.first?.name == "portable" && Set(enabled).isSubset(of: Backend.supported))
        #expect(Backend(kernels: ck_sha256_many_backend()) == enabled.last)
        #expect(Backend(kernels: ck_scan_headers_backend()) == enabled.last)
        let single = Backend(kernels: ck_sha256_backend())
        #expect(single.name == (enabled.contains { $0.name == "sha-ni" } ? "sha-ni" : "portable"))
    }

    // MARK: - One message

    /// FIPS 180-4 §5.1.1, written here a second time.
    private func padded(_ message: [UInt8]) -> [UInt8] {
        let zeros = (119 - message.count % 64) % 64
        return message + [0x80] + [UInt8](repeating: 0, count: zeros) + UInt64(8 * message.count).bigEndianBytes
    }

    @Test("one message of every length from 0 to 300, and around many blocks", arguments: Backend.supported)
    func everyLength(_ backend: Backend) {
        var rng = SeededGenerator(seed: 14)
        for length in Array(0...300) + [1_000, 4_095, 4_096, 4_097] {
            let message = EdgeWeighted.randomBytes(length, using: &rng)
            let blocks = padded(message)
            var state = initialState
            ck_sha256_compress_on(backend.kernels, &state, blocks, blocks.count / 64)
            #expect(state.flatMap(\.bigEndianBytes) == oracle(message), "\(length) bytes")
        }
    }

    @Test("one message at any alignment", arguments: Backend.supported)
    func alignment(_ backend: Backend) {
        var rng = SeededGenerator(seed: 17)
        let message = EdgeWeighted.randomBytes(150, using: &rng)
        let blocks = padded(message)
        for shift in 0..<64 {
            var state = initialState
            ([UInt8](repeating: 0, count: shift) + blocks).withUnsafeBytes {
                ck_sha256_compress_on(
                    backend.kernels, &state, $0.baseAddress?.advanced(by: shift), blocks.count / 64)
            }
            #expect(state.flatMap(\.bigEndianBytes) == oracle(message))
        }
    }

    @Test("no blocks leave the state as it is", arguments: Backend.supported)
    func noBlocks(_ backend: Backend) {
        var state = initialState
        ck_sha256_compress_on(backend.kernels, &state, nil, 0)
        #expect(state == initialState)
    }

    @Test("a chain is one hash after another", arguments: Backend.supported)
    func chain(_ backend: Backend) {
        let first = Array(UInt8(1)...32)
        var expected = first
        for times in 0..<20 {
            var digest = first
            ck_sha256_chain_on(backend.kernels, &digest, times)
            #expect(digest == expected, "\(times) times")
            expected = oracle(expected)
        }
    }

    // MARK: - Many messages

    /// Every form of a batch: none, RFC 9162's two prefixes or any other, once and twice.
    private static let forms: [(prefix: Int, doubled: Bool)] = [
        (-1, false), (-1, true), (0, false), (1, false), (0xa5, true),
    ]

    /// The digests of `count` messages of `length` bytes, `gap` bytes apart, by one backend or by dispatch.
    private func many(
        _ backend: Backend?, _ memory: [UInt8], length: Int, gap: Int, count: Int, prefix: Int, doubled: Bool
    ) -> [UInt8] {
        // One digest more than there are, to see that it is left alone.
        var digests = [UInt8](repeating: 0x5a, count: 32 * (count + 1))
        let (stride, prefix, doubled) = (length + gap, Int32(prefix), Int32(doubled ? 1 : 0))
        if let backend {
            ck_sha256_many_on(backend.kernels, &digests, memory, length, stride, count, prefix, doubled)
        } else {
            ck_sha256_many(&digests, memory, length, stride, count, prefix, doubled)
        }
        #expect(digests.suffix(32) == [UInt8](repeating: 0x5a, count: 32)[...])
        return digests.dropLast(32)
    }

    private func expected(
        _ memory: [UInt8], length: Int, gap: Int, count: Int, prefix: Int, doubled: Bool
    ) -> [UInt8] {
        (0..<count).flatMap { i in
            let message = memory[i * (length + gap)..<i * (length + gap) + length]
            let digest = oracle((prefix < 0 ? [] : [UInt8(prefix)]) + message)
            return doubled ? oracle(digest) : digest
        }
    }

    @Test("every length from 0 to 300 and around many blocks, in every form, agrees with OpenSSL")
    func manyEveryLength() {
        var rng = SeededGenerator(seed: 18)
        let memory = EdgeWeighted.randomBytes(40 * 1_100, using: &rng)
        for length in Array(0...300) + [511, 512, 513, 1_023, 1_024, 1_025] {
            let (prefix, doubled) = Self.forms[length % Self.forms.count]
            for (prefix, doubled) in length < 140 ? Self.forms : [(prefix, doubled), (-1, false)] {
                // A full register and a bit, and a few.
                for count in [35, 1 + length % 9] {
                    let digests = expected(
                        memory, length: length, gap: length % 3, count: count, prefix: prefix, doubled: doubled)
                    for backend in Backend.supported + [nil] {
                        let ours = many(
                            backend, memory, length: length, gap: length % 3, count: count, prefix: prefix,
                            doubled: doubled)
                        #expect(ours == digests, "\(backend?.name ?? "dispatch"), \(count) of \(length) bytes")
                    }
                }
            }
        }
    }

    @Test("every batch size from 0 to 130, for nodes and for headers, agrees with OpenSSL")
    func manyEverySize() {
        var rng = SeededGenerator(seed: 19)
        let memory = EdgeWeighted.randomBytes(130 * 80, using: &rng)
        for (length, prefix, doubled) in [(64, -1, true), (64, 1, false), (80, -1, true)] {
            let digests = expected(memory, length: length, gap: 0, count: 130, prefix: prefix, doubled: doubled)
            for count in 0...130 {
                for backend in Backend.supported + [nil] {
                    let ours = many(
                        backend, memory, length: length, gap: 0, count: count, prefix: prefix, doubled: doubled)
                    #expect(ours == Array(digests.prefix(32 * count)), "\(backend?.name ?? "dispatch"), \(count)")
                }
            }
        }
    }

    /// Around the ends of a pipeline, which large batches of pairs go through.
    private static let largeBatches = [511, 512, 513, 527, 528, 1_055]

    @Test("large batches of pairs and of what is almost pairs agree with OpenSSL")
    func manyPairs() {
        var rng = SeededGenerator(seed: 21)
        let memory = EdgeWeighted.randomBytes(1_055 * 65, using: &rng)
        for (length, gap, prefix, doubled) in [(64, 0, -1, true), (64, 1, -1, true), (64, 0, -1, false)] {
            let digests = expected(memory, length: length, gap: gap, count: 1_055, prefix: prefix, doubled: doubled)
            for count in Self.largeBatches {
                for backend in Backend.supported + [nil] {
                    let ours = many(
                        backend, memory, length: length, gap: gap, count: count, prefix: prefix, doubled: doubled)
                    #expect(ours == Array(digests.prefix(32 * count)), "\(backend?.name ?? "dispatch"), \(count)")
                }
            }
        }
    }

    @Test("digests may overwrite the messages they are of")
    func inPlace() {
        var rng = SeededGenerator(seed: 20)
        for count in EdgeWeighted.lengths(upTo: 130) + Self.largeBatches {
            let memory = EdgeWeighted.randomBytes(64 * count, using: &rng)
            let digests = expected(memory, length: 64, gap: 0, count: count, prefix: -1, doubled: true)
            for backend in Backend.supported + [nil] {
                var ours = memory
                ours.withUnsafeMutableBytes {
                    let all = $0.baseAddress
                    if let backend {
                        ck_sha256_many_on(backend.kernels, all, all, 64, 64, count, -1, 1)
                    } else {
                        ck_sha256_many(all, all, 64, 64, count, -1, 1)
                    }
                }
                #expect(Array(ours.prefix(32 * count)) == digests, "\(backend?.name ?? "dispatch"), \(count)")
            }
        }
    }
}
