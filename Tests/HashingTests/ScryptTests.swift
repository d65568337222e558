import ByteCoding
import Hashing
import Support
import Testing

private func secret(_ bytes: [UInt8]) -> SecretBytes {
    var copy = bytes.map(\.self)
    return SecretBytes(wiping: &copy)
}

private func derive(_ password: [UInt8], _ salt: [UInt8], _ scrypt: Scrypt, count: Int) throws -> [UInt8] {
    try scrypt.derive(password: secret(password), salt: secret(salt), count: count).unprotectedCopy()
}

@Suite("scrypt") struct ScryptTests {
    /// RFC 7914 §12. Its fourth case takes 1 GiB and some seconds, and is left out.
    @Test(
        "RFC 7914",
        arguments: [
            (
                "", "", 16, 1, 1,
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", 1024, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", 16384, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func rfc7914(_ password: String, _ salt: String, _ n: UInt64, _ r: UInt32, _ p: UInt32, _ hex: String) throws {
        let scrypt = try Scrypt(cost: n, blockSize: r, parallelization: p)
        #expect(Hex.encode(try derive(Array(password.utf8), Array(salt.utf8), scrypt, count: 64)) == hex)
        // The output comes block by block, so a shorter one is the start of a longer one.
        #expect(Hex.encode(try derive(Array(password.utf8), Array(salt.utf8), scrypt, count: 33)) == hex.prefix(66))
    }

    @Test("every byte of password and salt counts, and they do not run together")
    func inputs() throws {
        let scrypt = try Scrypt(cost: 2, blockSize: 1, parallelization: 1)
        var rng = SeededGenerator(seed: 30)
        for length in EdgeWeighted.lengths(upTo: 129) where length > 0 {
            let password = EdgeWeighted.randomBytes(length, using: &rng)
            let salt = EdgeWeighted.randomBytes(length, using: &rng)
            var outputs = Set([try derive(password, salt, scrypt, count: 32)])
            let place = Int.random(in: 0..<length, using: &rng)
            var changed = password
            changed[place] ^= 1
            outputs.insert(try derive(changed, salt, scrypt, count: 32))
            changed = salt
            changed[place] ^= 1
            outputs.insert(try derive(password, changed, scrypt, count: 32))
            outputs.insert(try derive(password + [1], salt, scrypt, count: 32))
            outputs.insert(try derive(password, salt + [1], scrypt, count: 32))
            #expect(outputs.count == 5)
        }
    }

    @Test("memory is what the formula says, and the limit is inclusive")
    func memory() throws {
        let needed = UInt64(128 * 8 * (16384 + 1 + 2))
        #expect(try Scrypt(cost: 16384, blockSize: 8, parallelization: 1).memoryByteCount == needed)
        _ = try Scrypt(cost: 16384, blockSize: 8, parallelization: 1, memoryLimit: needed)
        #expect(throws: ScryptError.memory(needed: needed, limit: needed - 1)) {
            try Scrypt(cost: 16384, blockSize: 8, parallelization: 1, memoryLimit: needed - 1)
        }
        // OpenSSL itself agrees that this is enough, for one and for several parts.
        for (n, r, p) in [(UInt64(16), UInt32(1), UInt32(1)), (16, 1, 7), (2, 3, 5), (1024, 8, 3)] {
            let scrypt = try Scrypt(cost: n, blockSize: r, parallelization: p)
            #expect(try derive([1], [2], scrypt, count: 1).count == 1)
        }
    }

    @Test(
        "parameters that are refused",
        arguments: [
            (0, 8, 1, ScryptError.cost(0)), (1, 8, 1, .cost(1)), (3, 8, 1, .cost(3)), (16383, 8, 1, .cost(16383)),
            (1 << 16, 1, 1, .cost(1 << 16)), (1 << 32, 2, 1, .cost(1 << 32)), (.max, 8, 1, .cost(.max)),
            (1 << 48, 3, 1, .cost(1 << 48)), (16, 0, 1, .blockSize(0)), (16, 8, 0, .parallelization(0)),
            (16, 1, 1 << 30, .parallelization(1 << 30)), (16, 1 << 15, 1 << 15, .parallelization(1 << 15)),
            (16, .max, .max, .parallelization(.max)),
            (1 << 20, 8, 1, .memory(needed: 1_073_744_896, limit: 1 << 28)),
            (1 << 63, 4, 1, .memory(needed: .max, limit: 1 << 28)),
            (16, 1 << 29, 1, .memory(needed: 19 << 36, limit: 1 << 28)),
        ] as [(UInt64, UInt32, UInt32, ScryptError)])
    func refused(cost: UInt64, blockSize: UInt32, parallelization: UInt32, error: ScryptError) {
        #expect(throws: error) { try Scrypt(cost: cost, blockSize: blockSize, parallelization: parallelization) }
        #expect(error.description.contains("scrypt"))
    }

    @Test("the largest cost of small blocks is allowed")
    func costOfSmallBlocks() throws {
        #expect(try Scrypt(cost: 1 << 15, blockSize: 1, parallelization: 1).cost == 1 << 15)
        #expect(try Scrypt(cost: 1 << 19, blockSize: 2, parallelization: 1).cost == 1 << 19)
    }

    @Test("no output, and a negative number of bytes, are refused", arguments: [0, -1, Int(UInt32.max) * 32 + 1])
    func outputs(count: Int) throws {
        let scrypt = try Scrypt(cost: 2, blockSize: 1, parallelization: 1)
        #expect(throws: ScryptError.outputByteCount(count)) { try derive([], [], scrypt, count: count) }
    }
}
