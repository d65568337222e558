import ByteCoding
import CMarks
import Hashing
@_spi(Kernels) import ModularArithmetic
import RingSignatures
import Sealing
import Tokenization

/// A part of the library that works on secrets, run once.
struct Section {
    let name: String
    let run: () throws -> Void

    init(_ name: String, _ run: @escaping () throws -> Void) {
        self.name = name
        self.run = run
    }
}

/// AES-256-GCM as a sealed signature uses it. The ciphertext is published, and what was opened goes to its reader.
let aes = Sealer(
    seal: { key, message, data in
        let nonce = [UInt8](repeating: 0, count: 12)
        guard var sealed = try? AEAD.aes256GCM.seal(message, key: key, nonce: nonce, associatedData: data) else {
            return nil
        }
        publish(&sealed)
        return sealed
    },
    open: { key, ciphertext, data in
        let nonce = [UInt8](repeating: 0, count: 12)
        guard var opened = try? AEAD.aes256GCM.open(ciphertext, key: key, nonce: nonce, associatedData: data) else {
            return nil
        }
        publish(&opened)
        return opened
    })

/// Every valid mode.
let modes: [PaperMode] = (0..<16).map { PaperMode(rawValue: $0) }.filter(\.isValid)

/// Three members, a recipient and an administrator whose exponents are secret.
struct Party {
    let group: SchnorrGroup
    let ring: Ring
    let keys: [SigningKeyBox]
    let recipient: SigningKeyBox
    let administrator: SigningKeyBox
    static let message = Array("message".utf8)

    init(_ group: SchnorrGroup) throws {
        var generator = SecretGenerator(seed: 3)
        func key(_ label: String) throws -> SigningKeyBox {
            SigningKeyBox(try SigningKey(group: group, label: label, using: &generator))
        }
        self.group = group
        let members = [try key("a"), try key("b"), try key("c")]
        ring = try Ring(members.map { $0.key.verificationKey })
        // In the ring's order, which is public.
        keys = ring.members.compactMap { y in members.first { $0.key.verificationKey == y } }
        recipient = try key("recipient")
        administrator = try key("administrator")
    }

    func sign(_ mode: PaperMode, index: Int, seed: UInt64 = 5) throws -> ClaimableSignature {
        let options = SigningOptions(
            context: [1, 2], isLinkable: mode.contains(.link),
            recipient: mode.contains(.designated) ? recipient.key.verificationKey : nil,
            administrator: mode.contains(.open) ? administrator.key.verificationKey : nil,
            sealer: mode.contains(.sealed) ? aes : nil)
        var generator = SecretGenerator(seed: seed)
        return try ring.signClaimably(
            message: Self.message, with: keys[index].key, options: options, using: &generator)
    }
}

/// p of 256, q of 128 bits: large enough for every path, small enough for valgrind.
func smallGroup() throws -> SchnorrGroup {
    let made = try GroupGeneration.ringwork1(elementBits: 256, scalarBits: 128, seed: [1])
    return try SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t)
}

func sections() throws -> [Section] {
    let small = try smallGroup()
    let large = EmbeddedGroups.standard.group
    let party = try Party(small)
    let parts: [Section] = [
        Section("secret residues, 128 and 256 bits") {
            residues(small.q)
            residues(small.p)
        },
        Section("secret residues, 3072 bits") { residues(large.p) },
        Section("powers, 256 and 3072 bits") {
            for group in [small, large] {
                let exponent = group.q.secret(reducing: secretBytes(group.q.byteWidth))
                _ = group.p.power(group.g.value, exponent).declassified()
                _ = group.p.power(0, exponent)
            }
        },
        Section("batches of powers and a base with tables, 256 bits, by GMP") { try batches(small.p, .gmp) },
        // The lanes' own code, on the portable kernel: valgrind does not know the instructions of the AVX-512 one.
        Section("the same in lanes") { try batches(small.p, .portableLanes) },
        Section("hashes of secrets") { hashes() },
        Section("keys and proofs of possession") { try keys(small) },
        Section("a key at 3072 bits") { try keys(large) },
    ]
    let signing = modes.map { mode in
        Section("sign, \(mode)") {
            for index in party.keys.indices {
                let made = try party.sign(mode, index: index)
                if !mode.contains(.sealed) { try made.signature.verify(message: Party.message) }
            }
        }
    }
    let proofs: [Section] = [
        Section("sign at 3072 bits, all modes at once") {
            _ = try Party(large).sign([.link, .open, .designated, .sealed], index: 1)
        },
        Section("confirm and show it") { try confirm(party) },
        Section("open") { try open(party) },
        Section("claim") { try claim(party) },
        Section("unseal, and confirm what was sealed") { try unseal(party) },
        Section("stealth keys") { try stealth(party) },
        Section("tokens") { try tokens() },
        Section("authenticated encryption") { try encryption() },
    ]
    return parts + signing + proofs
}

private func hashes() {
    for count in [1, 32, 200, 1000] {
        _ = SHAKE256.secretHash(prefix: [1], secret: secretBytes(count), suffix: [2], count: 300)
        _ = HMACSHA256.tag(key: secretBytes(count), message: [3])
        _ = HKDFSHA256.derive(key: secretBytes(count), info: [4], count: 64)
        _ = secretBytes(count).framed().constantTimeEquals(secretBytes(count, seed: 2).framed())
    }
}

private func residues(_ n: Modulus) {
    var generator = SecretGenerator(seed: 2)
    let a = n.secretRandom(using: &generator)
    let b = n.secret(reducing: secretBytes(n.byteWidth))
    _ = n.secret(reducing: secretBytes(2 * n.byteWidth + 3))
    _ = n.secret(reducing: secretBytes(1))
    let results = n.multiply(n.add(a, b), n.subtract(b, a))
    _ = n.negate(results).declassified()
    _ = a.equality(b)
    _ = a.isZero
    _ = n.secret(canonical: n.add(a, n.secret(7)).bigEndianBytes(count: n.byteWidth))
}

private func batches(_ n: Modulus, _ engine: PowerEngine) throws {
    var generator = SecretGenerator(seed: 9)
    let n = try Modulus(n.value, engine: engine)
    var exponents = SecretResidues(of: n, capacity: 1)
    for _ in 0..<9 { exponents.append(n.secretRandom(using: &generator)) }
    let bases = (0..<9).map { Natural($0) }
    _ = n.powers(bases, exponents).declassified()
    _ = n.powers(bases, exponents.residue(at: 3)).declassified()
    let base = FixedBase(2, modulus: n, exponentBits: n.bitWidth)
    _ = n.power(base, exponents.residue(at: 4)).declassified()
}

private func keys(_ group: SchnorrGroup) throws {
    var generator = SecretGenerator(seed: 4)
    let key = try SigningKey(group: group, label: "label", using: &generator)
    _ = try SigningKey(canonical: key.secretBytes(), verificationKey: key.verificationKey)
    _ = try SigningKey(canonical: key.secretBytes(), group: group, using: &generator)
    _ = try VerificationKey(
        checking: .init(
            y: key.verificationKey.y.value, label: "label", c: key.verificationKey.proof.c.value,
            s: key.verificationKey.proof.s.value), in: group)
}

private func confirm(_ party: Party) throws {
    var generator = SecretGenerator(seed: 6)
    for index in party.keys.indices {
        let signature = try party.sign(.designated, index: index).signature
        let found = try signature.confirm(message: Party.message, with: party.recipient.key)
        guard published(found) == index else { fatalError("another member was confirmed") }
        let proof = try signature.transferConfirmation(
            message: Party.message, with: party.recipient.key, using: &generator)
        guard published(proof.index) == index else { fatalError("another member was shown") }
    }
}

private func open(_ party: Party) throws {
    var generator = SecretGenerator(seed: 7)
    let signature = try party.sign([.link, .open], index: 1).signature
    let proof = try signature.open(message: Party.message, with: party.administrator.key, using: &generator)
    try proof.verify(signature, message: Party.message)
}

private func claim(_ party: Party) throws {
    var generator = SecretGenerator(seed: 8)
    for mode: PaperMode in [[], .designated] {
        let made = try party.sign(mode, index: 2)
        _ = try made.claimSecret.claim(made.signature, message: Party.message, using: &generator)
    }
}

private func unseal(_ party: Party) throws {
    var generator = SecretGenerator(seed: 9)
    let made = try party.sign([.designated, .sealed], index: 0)
    let unsealed = try made.signature.unseal(with: party.recipient.key, sealer: aes, using: &generator)
    try unsealed.signature.verify(message: unsealed.message, unsealing: unsealed.proof)
    _ = published(try unsealed.signature.confirm(message: unsealed.message, with: party.recipient.key))
    _ = try made.claimSecret.claim(
        unsealed.signature, message: unsealed.message, unsealing: unsealed.proof, using: &generator)
}

private func stealth(_ party: Party) throws {
    var generator = SecretGenerator(seed: 10)
    let (sender, recipient) = (party.keys[0], party.recipient)
    let y = try sender.key.stealthElement(for: recipient.key.verificationKey, context: [1], index: 2)
    let key = try recipient.key.stealthKey(
        from: sender.key.verificationKey, context: [1], index: 2, using: &generator)
    guard key.verificationKey.y == y else { fatalError("the stealth keys differ") }
}

private func tokens() throws {
    let tokenizer = Tokenizer(key: try TokenKey(secretBytes(32)), purpose: "claims", tenant: "t", epoch: 1)
    let provider = try Provider(npi: "1234567893", name: "Ada Example", tin: "EIN:12-3456789")
    let token = tokenizer.token(for: provider)
    try tokenizer.check(token, of: provider)
}

private func encryption() throws {
    for cipher in AEAD.allCases {
        let nonce = [UInt8](repeating: 1, count: 12)
        for count in [0, 1, 16, 100, 1000] {
            let message = secretBytes(count).unprotectedCopy()
            var sealed = try cipher.seal(message, key: secretBytes(32), nonce: nonce, associatedData: [5])
            publish(&sealed)
            _ = try cipher.open(sealed, key: secretBytes(32), nonce: nonce, associatedData: [5])
        }
    }
}
