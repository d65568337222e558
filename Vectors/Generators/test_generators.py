#!/usr/bin/env python3
"""Self-checks of the generators: published known answers first, then the files themselves.

    python3 Vectors/Generators/test_generators.py
"""

import hashlib
import hmac
import json
import pathlib
import re
import sys
import unicodedata
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import aes_gcm  # noqa: E402
import companion_schemas  # noqa: E402
import companions  # noqa: E402
import foreign  # noqa: E402
import generate  # noqa: E402
import group_parameters  # noqa: E402
import hash_work  # noqa: E402
import merkle  # noqa: E402
import merkle_proofs  # noqa: E402
import pow_header  # noqa: E402
import retarget  # noqa: E402
import ring_paper  # noqa: E402
import ring_proofs  # noqa: E402
import sha256 as plain_sha256  # noqa: E402
import tokens  # noqa: E402
import vectors_companions  # noqa: E402
import vectors_group_parameters  # noqa: E402
import vectors_merkle  # noqa: E402
import vectors_pow  # noqa: E402
import vectors_retarget  # noqa: E402
import vectors_ring_paper as ring_vectors  # noqa: E402
from companion_schemes import SCHEMES, interpolate  # noqa: E402
from documents import ROOT_KEYS  # noqa: E402
from drbg import Drbg  # noqa: E402
from framing import frame  # noqa: E402

VECTORS = generate.VECTORS


def load_files():
    return {str(path.relative_to(VECTORS)): json.loads(path.read_text(encoding="ascii"))
            for path in sorted((VECTORS / "v1").rglob("*_test.json"))}


class Sha256Tests(unittest.TestCase):
    def test_written_out_function_equals_hashlib(self):
        drbg = Drbg("self-check")
        for length in range(130):
            data = drbg.bytes(length)
            self.assertEqual(plain_sha256.sha256_with(data), hashlib.sha256(data).digest())
            self.assertEqual(plain_sha256.sha256_with(data, state=plain_sha256.SHA224_STATE)[:28], hashlib.sha224(data).digest())

    def test_fips_examples(self):
        self.assertEqual(plain_sha256.sha256(b"abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        self.assertEqual(plain_sha256.sha256(b"a" * 1000000).hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        self.assertEqual(plain_sha256.sha256d(b"hello").hex(), "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50")


class PowTests(unittest.TestCase):
    def test_published_headers(self):
        for name, data, claimed in vectors_pow.known_headers():
            self.assertIsNone(pow_header.verify_header(data, claimed), name)

    def test_boundary_headers(self):
        below, above = vectors_pow.boundary_headers()
        target = pow_header.decode_target(0x20400000)
        for data, sign in ((below, 1), (above, -1)):
            distance = sign * (target - int.from_bytes(pow_header.display_hash(data), "big"))
            self.assertTrue(0 <= distance < target >> 22)

    def test_set_compact_list(self):
        for bits, value, negative, overflow in vectors_pow.SET_COMPACT:
            got_value, got_negative, got_overflow = pow_header.set_compact(bits)
            self.assertEqual((got_negative, got_overflow), (negative, overflow), hex(bits))
            if value is not None:
                self.assertEqual(got_value, value, hex(bits))
        for value, bits in vectors_pow.GET_COMPACT:
            self.assertEqual(pow_header.encode_target(value), bits)

    def test_the_sign_is_looked_at_after_the_shift(self):
        for bits in (0x00923456, 0x01803456, 0x02800056, 0x00FFFFFF, 0x0180FFFF, 0x028000FF, 0x03800000, 0xFF800000):
            self.assertEqual(pow_header.verify_decode(bits, None), "target-zero", hex(bits))
        for bits in (0x01810000, 0x02800100, 0x03800001, 0x01FEDCBA, 0x04923456, 0xFF800001):
            self.assertEqual(pow_header.verify_decode(bits, None), "target-negative", hex(bits))

    def test_published_retargets(self):
        rules = retarget.Rules(*vectors_retarget.BITCOIN)
        for height, bits, first, last, following in vectors_retarget.PUBLISHED:
            self.assertEqual(rules.next(bits, first, last), following)
            self.assertIsNone(retarget.reason(rules.transition, height + 1, bits, following))
        # Bitcoin Core's two that are out of bounds: one below a quarter, one above four times.
        self.assertEqual(retarget.reason(rules.transition, 68544, 0x1C05A3F4, 0x1C0168FC), "falls-too-far")
        self.assertEqual(retarget.reason(rules.transition, 46368, 0x1C387F6F, 0x1D00E1FE), "rises-too-far")

    def test_chain_work_of_the_main_network(self):
        targets, marks = vectors_retarget.mainnet_targets()
        for period, through in marks.items():
            work = retarget.chain_work(targets[:period], 2016) + retarget.work(targets[period])
            self.assertEqual(work, through)
        rules = retarget.Rules(*vectors_retarget.BITCOIN)
        for period in range(1, len(targets)):
            self.assertIsNone(retarget.reason(rules.transition, 2016 * period, targets[period - 1], targets[period]))

    def test_overflow_is_256_bits(self):
        for size in range(28, 40):
            for word in (1, 0xFF, 0x100, 0xFFFF, 0x10000, 0x7FFFFF):
                value, _, overflow = pow_header.set_compact(size << 24 | word)
                self.assertEqual(overflow, value >> 256 != 0)


class MerkleTests(unittest.TestCase):
    def test_published_roots(self):
        leaves = [merkle.leaf_hash(merkle.RFC9162, data) for data in vectors_merkle.COMMON_LEAVES]
        for size, root in enumerate(vectors_merkle.COMMON_ROOTS, start=1):
            self.assertEqual(merkle.rfc9162_root(leaves[:size]).hex(), root)
        ids, root = vectors_merkle.BLOCK_100000
        self.assertEqual(merkle.bitcoin_root([bytes.fromhex(text)[::-1] for text in ids])[::-1].hex(), root)

    def test_every_proof_verifies_at_its_own_place_only(self):
        for tree in (merkle.BITCOIN, merkle.RFC9162):
            for size in range(1, 34):
                hashes = [hashlib.sha256(bytes([size, i])).digest() for i in range(size)]
                root = merkle.root_of(tree, hashes)
                for index in range(size):
                    path = merkle.path_of(tree, index, hashes)
                    for other in range(size):
                        verdict = merkle.verify_inclusion(tree, size, other, hashes[index], path, root)
                        self.assertEqual(verdict is None, other == index)
                        if tree == merkle.RFC9162:
                            self.assertEqual(merkle.rfc9162_loop(other, size, hashes[index], path, root), other == index)

    def test_recursion_agrees_with_the_printed_loop_on_every_vector(self):
        for document in load_files().values():
            for group in document["testGroups"]:
                if group["type"] != "Inclusion" or group["tree"] != merkle.RFC9162:
                    continue
                for test in group["tests"]:
                    path = [bytes.fromhex(digest) for digest in test["path"]]
                    leaf, root = bytes.fromhex(test["leaf"]), bytes.fromhex(test["root"])
                    if test["reason"] != "digest-length":
                        accepted = merkle.rfc9162_loop(test["index"], test["size"], leaf, path, root)
                        self.assertEqual(accepted, test["result"] == "valid", test["comment"])

    def test_consistency_of_every_pair_of_sizes(self):
        hashes = [hashlib.sha256(bytes([i])).digest() for i in range(24)]
        roots = [merkle.rfc9162_root(hashes[:size]) for size in range(25)]
        for size in range(1, 25):
            for old in range(1, size + 1):
                path = merkle_proofs.consistency_path(old, hashes[:size])
                self.assertIsNone(merkle_proofs.verify_consistency(old, size, roots[old], path, roots[size]))
                for other in range(1, 25):
                    verdict = merkle_proofs.verify_consistency(other, size, roots[old], path, roots[size])
                    self.assertEqual(verdict is None, other == old)
                    if other < size and old < size:
                        accepted = merkle_proofs.consistency_loop(other, size, roots[old], path, roots[size])
                        self.assertEqual(accepted, other == old)

    def test_consistency_agrees_with_the_printed_loop_on_every_vector(self):
        for document in load_files().values():
            for group in document["testGroups"]:
                for test in group["tests"] if group["type"] == "Consistency" else []:
                    if test["reason"] == "digest-length" or not 0 < test["oldSize"] < test["size"]:
                        continue
                    path = [bytes.fromhex(digest) for digest in test["path"]]
                    old, new = bytes.fromhex(test["oldRoot"]), bytes.fromhex(test["root"])
                    accepted = merkle_proofs.consistency_loop(test["oldSize"], test["size"], old, path, new)
                    self.assertEqual(accepted, test["result"] == "valid", test["comment"])

    def test_multi_proofs_of_every_set_of_leaves(self):
        for tree in (merkle.BITCOIN, merkle.RFC9162):
            for size in range(1, 8):
                hashes = [hashlib.sha256(bytes([size, i])).digest() for i in range(size)]
                root = merkle.root_of(tree, hashes)
                for mask in range(1, 1 << size):
                    indices = [index for index in range(size) if mask >> index & 1]
                    leaves = [hashes[index] for index in indices]
                    path = merkle_proofs.multi_path(tree, indices, hashes)
                    self.assertIsNone(merkle_proofs.verify_multi(tree, size, indices, leaves, path, root))
                    for place in range(len(path)):
                        changed = path[:place] + [bytes(32)] + path[place + 1:]
                        self.assertEqual(merkle_proofs.verify_multi(tree, size, indices, leaves, changed, root), "root-mismatch")
                    if tree == merkle.RFC9162 and len(indices) == 1:
                        self.assertEqual(path, merkle.rfc9162_path(indices[0], hashes))

    def test_duplicated_tail(self):
        hashes = [hashlib.sha256(bytes([i])).digest() for i in range(1, 7)]
        longer = hashes + hashes[4:]
        self.assertEqual(merkle.bitcoin_root(hashes), merkle.bitcoin_root(longer))
        self.assertFalse(merkle.is_mutated(hashes))
        self.assertTrue(merkle.is_mutated(longer))


class AesGcmTests(unittest.TestCase):
    """FIPS 197, appendix C.3; test cases 13, 14 and 16 of the GCM specification that SP 800-38D cites."""

    def test_block(self):
        block = bytes.fromhex("00112233445566778899aabbccddeeff")
        self.assertEqual(aes_gcm.encrypt_block(bytes(range(32)), block).hex(), "8ea2b7ca516745bfeafc49904b496089")

    def test_mode(self):
        self.assertEqual(aes_gcm.seal(bytes(32), bytes(12), b"", b"").hex(), "530f8afbc74536b9a963b4f1c4cb738b")
        self.assertEqual(
            aes_gcm.seal(bytes(32), bytes(12), bytes(16), b"").hex(), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
        key, nonce = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2), bytes.fromhex("cafebabefacedbaddecaf888")
        data = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        message = bytes.fromhex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        sealed = aes_gcm.seal(key, nonce, message, data)
        self.assertEqual(
            sealed.hex(),
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b")
        self.assertEqual(aes_gcm.unseal(key, nonce, sealed, data), message)
        for changed in (sealed[:-1], sealed[1:], sealed + b"\x00", b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
            self.assertIsNone(aes_gcm.unseal(key, nonce, changed, data))
        self.assertIsNone(aes_gcm.unseal(key, nonce, sealed, data + b"\x00"))


class RingTests(unittest.TestCase):
    def test_groups(self):
        for group in (ring_vectors.toy_group(), ring_vectors.k2_group(), ring_vectors.rfc5114_group()):
            self.assertEqual(ring_paper.group_faults(group), [], group.name)
        rfc = ring_vectors.rfc5114_group()
        self.assertEqual((rfc.p.bit_length(), rfc.q.bit_length()), (2048, 256))

    def test_known_answers(self):
        """K1 to K4: the same signature from the same randomness, with every published intermediate value."""
        for name in ("K1", "K2", "K3", "K4"):
            signed, message, known = ring_vectors.known_signature(name)
            signature = signed.signature
            numbers = lambda field: [int(text, 16) for text in known.get(field, [])]  # noqa: E731
            self.assertEqual(signed.lam.hex(), known["lam"], name)
            self.assertEqual((signed.kappa, signed.K), (int(known["kappa"], 16), int(known["K"], 16)), name)
            self.assertEqual(signature.ring, numbers("y"))
            self.assertEqual(signature.delta, int(known["delta"], 16))
            self.assertEqual(signature.alpha, numbers("alpha"))
            self.assertEqual(signature.beta, numbers("beta"))
            self.assertEqual(signature.gamma, numbers("gamma"))
            self.assertEqual(signed.c, numbers("c"))
            for field, key in [("E", "E"), ("tau", "tau"), ("A1", "A1"), ("A2", "A2"), ("recipient", "yR"), ("administrator", "hA")]:
                value = getattr(signature, field)
                expected = int(known[key], 16) if key in known and (name, key) != ("K4", "yR") else None  # the seal hides y_R
                self.assertEqual(value, expected, (name, field))
            self.assertEqual(signature.flags, int(known["flags"], 16))
            self.assertEqual(ring_paper.verify(signature, message), "sealed" if name == "K4" else None)

    def test_seal(self):
        """K4: U, Z, rb and the ciphertext; what the recipient does with it; the unsealing."""
        signed, message, known = ring_vectors.known_signature("K4")
        signature, x_r = signed.signature, int(ring_vectors.known_answers()["K2"]["x_R"], 16)
        self.assertEqual((signature.U, signed.Z), (int(known["U"], 16), int(known["Z"], 16)))
        self.assertEqual((signed.bound.hex(), signature.ciphertext.hex()), (known["rb"], known["ciphertext"]))
        self.assertEqual(ring_proofs.unseal(signature, x_r), (message, None))
        self.assertEqual(ring_proofs.confirm(signature, message, x_r), (1, None))
        unsealing = ring_proofs.unsealing(signature, signed.lam, x_r, 0x89ABCDEF)
        self.assertEqual((unsealing.c, unsealing.s), (0xCF5CFD6249D8BEC346E1F4905DBF1320, 0x53B7F2040B6F71530792C6CBA9703B9C))
        self.assertEqual(unsealing.D, signed.Z)
        named = signature.changed(recipient=int(known["yR"], 16))
        self.assertIsNone(ring_proofs.verify_proof(named, message, None, unsealing))
        self.assertEqual(ring_proofs.verify_proof(signature, message, None, unsealing), "sealed")

    def test_confirm_and_open(self):
        known = ring_vectors.known_answers()
        for name, expected in (("K1", 1), ("K2", 2)):
            signed, message, _ = ring_vectors.known_signature(name)
            self.assertEqual(ring_proofs.confirm(signed.signature, message, int(known[name]["x_R"], 16)), (expected, None))
        signed, _, _ = ring_vectors.known_signature("K2")
        self.assertEqual(ring_proofs.opened_key(signed.signature, int(known["K2"]["x_A"], 16)), signed.signature.ring[2])

    def test_proofs(self):
        known = ring_vectors.known_answers()
        group = ring_vectors.k2_group()
        fact = known["PoP"]
        y, c, s = ring_paper.prove_possession(group, fact["label"], int(fact["x"], 16), int(fact["r"], 16))
        self.assertEqual((c, s), (int(fact["c"], 16), int(fact["s"], 16)))
        self.assertIsNone(ring_paper.verify_possession(group, fact["label"], y, c, s))
        signed, message, k2 = ring_vectors.known_signature("K2")
        nonce = 0x89ABCDEF
        for purpose, secret, base, a, fact in [
            ("transfer", k2["x_R"], signed.signature.E, None, known["K2-transfer"]), ("open", k2["x_A"], signed.signature.A1, None, known["K2-open"]),
            ("claim", k2["e"], signed.signature.recipient, None, known["K2-claim"])]:
            w = int(secret, 16)
            self.assertEqual(group.power(base, w), int(fact["D"], 16), purpose)
            self.assertEqual(ring_proofs.prove_equality(group, purpose, signed.lam, w, base, nonce), (int(fact["c"], 16), int(fact["s"], 16)), purpose)
        for kind, text in [(ring_proofs.TRANSFER, "K2-transfer"), (ring_proofs.OPENING, "K2-open"), (ring_proofs.CLAIM, "K2-claim")]:
            fact = {key: int(value, 16) for key, value in known[text].items()}
            proof = ring_proofs.Proof(kind, signed.lam, fact["c"], fact["s"], 2, D=fact["D"])
            self.assertIsNone(ring_proofs.verify_proof(signed.signature, message, None, proof), text)
        signed, _, k3 = ring_vectors.known_signature("K3")
        claim = ring_proofs.prove_claim(group, signed.lam, 0, signed.signature.E, int(k3["e"], 16), int(k3["kappa"], 16), nonce)
        self.assertEqual(claim, (0x42B8D08A2E0A4ED64F6DF9E94F8CAEDA, 0x31B45F989C0CB61A660DF037735394F8))

    def test_range_forgery_closes_the_literal_ring(self):
        group = ring_vectors.k2_group()
        party = ring_vectors.Party(group, 3, 0, Drbg("self-check forgery"))
        forged = ring_vectors.range_forgery(party, Drbg("self-check forgery 2"))
        self.assertTrue(ring_paper.ring_closes(forged, party.message, ring_paper.literal_challenge))
        self.assertEqual(ring_paper.verify(forged, party.message), "alpha-out-of-range")

    def test_every_mode_signs_and_verifies(self):
        for group in (ring_vectors.toy_group(), ring_vectors.k2_group()):
            for flags in range(8):
                for n in (2, 3, 6):
                    party = ring_vectors.Party(group, n, flags, Drbg(f"self-check {group.name} {flags} {n}"))
                    signature = party.sign().signature
                    self.assertEqual(signature.flags, flags)
                    self.assertIsNone(ring_paper.verify(signature, party.message))


class TokenTests(unittest.TestCase):
    def test_unicode_version(self):
        if unicodedata.unidata_version != "14.0.0":
            print(f"note: Unicode {unicodedata.unidata_version} here; the token vectors pin 14.0.0", file=sys.stderr)
        for code_point in tokens.ASSIGNED_AFTER_14:
            self.assertNotEqual(unicodedata.category(chr(code_point)), "Cs")
            if unicodedata.unidata_version == "14.0.0":
                self.assertEqual(unicodedata.category(chr(code_point)), "Cn")

    def test_hkdf(self):
        """RFC 5869 A.1 and A.3 (empty salt)."""
        ikm = b"\x0b" * 22
        self.assertEqual(
            tokens.hkdf(ikm, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42).hex(),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        self.assertEqual(
            tokens.hkdf(ikm, b"", b"", 42).hex(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")

    def test_scrypt(self):
        """RFC 7914 section 12, the third case, cut to 32 bytes."""
        self.assertEqual(tokens.scrypt(b"pleaseletmein", b"SodiumChloride", 14).hex(),
                         "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")

    def test_default_ignorable(self):
        """267 of them are assigned and of no refused category; the Hangul fillers all become one under NFKC."""
        self.assertEqual(len(tokens.DEFAULT_IGNORABLE), 267)
        for code_point in tokens.DEFAULT_IGNORABLE:
            self.assertIn(unicodedata.category(chr(code_point)), ("Mn", "Lo"))

    def test_nhs_and_ein(self):
        self.assertEqual(tokens.canonical_national_id("GB-NHS:943 476 5919"), "GB-NHS:9434765919")
        accepted = []
        for prefix in range(100):
            try:
                tokens.canonical_tin(f"EIN:{prefix:02}-0000001")
                accepted.append(prefix)
            except tokens.Refused:
                pass
        self.assertEqual(len(accepted), 83)

    def test_npi_examples(self):
        for npi in ("1234567893", "1993999998", "1245319599", "2690505252", "2609505252"):
            self.assertEqual(tokens.canonical_npi(npi), npi)
        with self.assertRaises(tokens.Refused):
            tokens.canonical_npi("1234567890")

    def test_canonical_names_are_stable(self):
        for name in ("Stra\u00dfe", "\u0130", "O\u00b4Example", "\u0149x", "\uff25xample", "\u1e9b\u0323", "A\u00a0\u2003B"):
            once = tokens.canonical_name(name)
            self.assertEqual(tokens.canonical_name(once), once)


class HashWorkTests(unittest.TestCase):
    def test_published_vector(self):
        a0 = bytes(range(32))
        H = hash_work.HASHES["sha256d"]
        b0, kb, respond = hash_work.mirror(a0, 1024)
        self.assertEqual((b0.hex(), kb), ("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd", 1023))
        step7, _ = hash_work.alice(H, a0, 1024, b0, kb, b"")
        self.assertEqual(step7.hex(), "c5083ef82820f0cc52a4fd675a257290a41b8345914f452a2eb578a82409f231")
        step8 = respond(step7)
        self.assertEqual(step8.hex(), "033136e4eda83756821060835ac33305ffbcdcc6ecd3fcbdfdc45b9d608749df")
        self.assertEqual(hash_work.alice(H, a0, 1024, b0, kb, step8), (step7, None))
        for shift in range(40):
            b0, kb, respond = hash_work.mirror(a0, 40, shift)
            step7, _ = hash_work.alice(H, a0, 40, b0, kb, b"")
            self.assertIsNone(hash_work.alice(H, a0, 40, b0, kb, respond(step7))[1])
        single = hash_work.iterate(hash_work.HASHES["sha256"], a0, 1024)
        self.assertEqual(single.hex(), "014f68f1316b596d8f66923bacb9555f83e22c9887068760371c5b3f299e464b")


class DrbgTests(unittest.TestCase):
    def test_stream(self):
        self.assertEqual(Drbg("x").bytes(100), Drbg("x").bytes(60) + _skip(Drbg("x"), 60, 40))
        self.assertNotEqual(Drbg("x").bytes(32), Drbg("y").bytes(32))
        seed = hashlib.sha256(b"ringwork vectors, version 1").digest()
        self.assertEqual(Drbg("x").bytes(32), hmac.new(seed, frame(b"x") + bytes(8), hashlib.sha256).digest())


class CompanionTests(unittest.TestCase):
    def groups(self):
        return [companions.Schnorr(ring_vectors.toy_group()), companions.Schnorr(ring_vectors.k2_group()),
                companions.Curve("secp256k1"), companions.Curve("P-256")]

    def test_known_points(self):
        """Multiples of the base points: SEC 2's generators doubled and tripled; RFC 6979 A.2.5's key."""
        k1, p256 = companions.Curve("secp256k1"), companions.Curve("P-256")
        self.assertEqual(k1.power(k1.g, 2), (0xc6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5,
                                             0x1ae168fea63dc339a3c58419466ceaeef7f632653266d0e1236431a950cfe52a))
        self.assertEqual(k1.power(k1.g, 3)[0], 0xf9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9)
        self.assertEqual(p256.power(p256.g, 2)[0], 0x7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978)
        self.assertEqual(
            p256.power(p256.g, 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721),
            (0x60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6,
             0x7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299))

    def test_group_laws(self):
        drbg = Drbg("group laws")
        for group in self.groups():
            with self.subTest(group.name):
                self.assertTrue(ring_paper.is_probable_prime(group.q))
                self.assertEqual(group._product([(group.g, group.q)]) if isinstance(group, companions.Curve)
                                 else pow(group.g, group.q, group.p), group.identity)
                for a, b in [(0, 0), (0, 1), (1, 1), (1, group.q - 1), (2, group.q - 2), (drbg.below(group.q), drbg.below(group.q))]:
                    left, right = group.power(group.g, a), group.power(group.g, b)
                    self.assertEqual(group.mul(left, right), group.power(group.g, a + b))
                    self.assertEqual(group.product((group.g, a), (right, 3), (left, 2)), group.power(group.g, 3 * a + 3 * b))
                    self.assertEqual(group.mul(left, group.inv(left)), group.identity)
                    expected = None if left == group.identity else left
                    self.assertEqual(group.decode(group.encode(left)), expected)
                element = companions.hash_g(group, "x", b"y")
                self.assertEqual(group.decode(group.encode(element)), element)

    def test_toy_membership(self):
        """Exactly the subgroup without 1 decodes."""
        group = companions.Schnorr(ring_vectors.toy_group())
        members = {pow(group.g, k, group.p) for k in range(1, group.q)}
        self.assertEqual({v for v in range(256) if group.decode(bytes([v])) is not None}, members)

    def test_interpolation(self):
        q = 101
        for degree in range(5):
            coefficients = [7, 50, 3, 99, 1][:degree + 1]
            value = lambda x: sum(c * x**k for k, c in enumerate(coefficients)) % q
            known = {x: value(x) for x in range(3, 4 + degree)}
            self.assertEqual([interpolate(q, known, x) for x in range(10)], [value(x) for x in range(10)])

    def test_every_place_signs(self):
        """Each scheme, each signer; another message is refused; the encoding has the stated size and comes back."""
        setting = vectors_companions.Setting(companions.Schnorr(ring_vectors.k2_group()), "vector-256-128", 8)
        drbg = Drbg("every place signs")
        sizes = {"aos": 16 * 5, "lsag": 32 + 16 * 5, "franklin-zhang": 32 + 16 * 8, "fujisaki-suzuki": 32 + 16 * 8,
                 "cds": 16 * 7, "dualring": 16 * 5, "groth-kohlweiss": 32 * 5 + 16 * 8}
        for scheme in SCHEMES:
            for place in range(4):
                signers = [place, (place + 1) % 4] if scheme.name == "cds" else [place]
                party = vectors_companions.Party(setting, scheme, range(4), signers, b"m", b"c", extra=2 if scheme.name == "cds" else 0)
                with self.subTest(scheme=scheme.name, place=place):
                    data = party.encode(party.sign(party.draw(drbg)))
                    self.assertEqual(len(data), sizes[scheme.name])
                    self.assertIsNone(scheme.fault(party.statement, data))
                    self.assertEqual(scheme.fault(party.statement.changed(message=b"n"), data), "ring-equation")
                    values, _ = scheme.decode(party.statement, data)
                    self.assertEqual(scheme.encode(party.statement, values), data)

    def test_toy_signatures_counted(self):
        """Every AOS encoding for two members is tried: q^2 are valid, one for each s_0 and last commitment."""
        setting = vectors_companions.Setting(companions.Schnorr(ring_vectors.toy_group()), "toy-47-23", 4)
        aos = SCHEMES[0]
        valid = 0
        for message in range(8):
            party = vectors_companions.Party(setting, aos, [0, 1], [0], bytes([message]), b"")
            valid += sum(aos.fault(party.statement, bytes([c, s, t])) is None for c in range(24) for s in range(24) for t in range(24))
        self.assertEqual(valid, 8 * 23 * 23)

    def test_schemas_are_generated(self):
        for path, schema in companion_schemas.schemas().items():
            self.assertEqual(json.loads((VECTORS / path).read_text(encoding="ascii")), schema)


def _skip(drbg, skipped, count):
    drbg.bytes(skipped)
    return drbg.bytes(count)


class GroupParameterTests(unittest.TestCase):
    def test_facts(self):
        """NIST's samples of every section, with every verdict; building the vectors runs them."""
        found = {(record["section"], record["fields"].get("Result", "")[:1]) for record in vectors_group_parameters.facts()}
        self.assertEqual(found, {("A.1.1.2", ""), ("A.1.1.3", "P"), ("A.1.1.3", "F"), ("A.2.1", ""), ("A.2.2", "P"), ("A.2.2", "F"),
                                 ("A.2.3", ""), ("A.2.4", "P"), ("A.2.4", "F")})

    def test_primes(self):
        known = [n for n in range(2, 20000) if all(n % d for d in range(2, int(n ** 0.5) + 1))]
        self.assertEqual([n for n in range(20000) if group_parameters.is_prime(n)], known)
        # Carmichael numbers, and a Fermat pseudoprime to base 2 without small factors.
        for composite in [561, 41041, 8194 * 8194 - 1, (1 << 67) - 1]:
            self.assertFalse(group_parameters.is_prime(composite))

    def test_rfc7919(self):
        """The ends that RFC 7919 prints, and that p and (p - 1)/2 are prime."""
        p = foreign.rfc7919_prime(2048)
        self.assertEqual(format(p, "x")[:48], "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1")
        self.assertEqual(format(p, "x")[-32:], "886b423861285c97ffffffffffffffff")
        self.assertTrue(group_parameters.is_prime(p) and group_parameters.is_prime(p >> 1))

    def test_records(self):
        text = "# note\n[A.1 Title]\n[mod = L=8, N=4, SHA-1]\nP = 1\nQ = 2\nP = 3\n\nQ = 4\n"
        self.assertEqual(foreign.records(text, "P"), [
            ("A.1", "L=8, N=4, SHA-1", {"P": "1", "Q": "2"}), ("A.1", "L=8, N=4, SHA-1", {"P": "3"}), ("A.1", "L=8, N=4, SHA-1", {"Q": "4"})])
        for text in ["P", "P = 1\nQ = 1\nQ = 2"]:
            self.assertRaises(foreign.Failure, foreign.records, text, "P")

    def test_counts(self):
        counts = foreign.Counts()
        counts.converted, counts.left_out = dict(foreign.CONVERTED), dict(foreign.LEFT_OUT)
        foreign.check(counts)
        counts.take("KeyPair")
        self.assertRaises(foreign.Failure, foreign.check, counts)


class FileTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = load_files()

    def test_shape(self):
        self.assertGreater(len(self.files), 0)
        for path, document in self.files.items():
            with self.subTest(path):
                self.assertEqual(list(document), ROOT_KEYS)
                tests = [test for group in document["testGroups"] for test in group["tests"]]
                self.assertEqual(document["numberOfTests"], len(tests))
                self.assertEqual(sorted(test["tcId"] for test in tests), list(range(1, len(tests) + 1)))
                self.assertEqual(document["schema"], path.split("/")[1] + ".schema.json")
                self.assertEqual(set(document["notes"]), {flag for test in tests for flag in test["flags"]})
                invalid = [test for test in tests if test["result"] == "invalid"]
                self.assertGreater(len(invalid), len(tests) - len(invalid))
                for test in tests:
                    self.assertEqual(test["reason"] is None, test["result"] == "valid")

    def test_no_test_twice(self):
        for path, document in self.files.items():
            for group in document["testGroups"]:
                seen = {}
                for test in group["tests"]:
                    inputs = {key: value for key, value in test.items() if key not in ("tcId", "comment", "flags", "result", "reason")}
                    key = json.dumps(inputs, sort_keys=True)
                    self.assertFalse(key in seen, (path, test["comment"], seen.get(key)))
                    seen[key] = test["comment"]

    def test_every_reason_is_used(self):
        """Each type exercises every reason its schema allows."""
        for kind in sorted({document["schema"] for document in self.files.values()}):
            schema = json.loads((VECTORS / "schemas" / kind).read_text(encoding="ascii"))
            for name, definition in schema["definitions"].items():
                if "tests" not in definition.get("properties", {}):
                    continue
                allowed = set(definition["properties"]["tests"]["items"]["properties"]["reason"]["enum"]) - {None}
                used = {test["reason"] for document in self.files.values() if document["schema"] == kind
                        for group in document["testGroups"] if group["type"] == name for test in group["tests"]}
                self.assertEqual(allowed - used, set(), (kind, name))

    def test_text(self):
        for path in sorted(VECTORS.rglob("*.json")):
            data = path.read_bytes()
            self.assertTrue(data.endswith(b"\n") and b"\r" not in data, path.name)
            self.assertTrue(data.isascii(), path.name)
            self.assertIsNone(re.search(rb"\\ud[89ab]..(?!\\ud[c-f])", data), path.name)

    def test_schemas(self):
        try:
            import jsonschema
            from referencing import Registry, Resource
        except ImportError:
            print("note: the package jsonschema is not installed; the schemas were not applied", file=sys.stderr)
            return
        schemas = {path.name: json.loads(path.read_text(encoding="ascii")) for path in (VECTORS / "schemas").glob("*.json")}
        registry = Registry().with_resources([(name, Resource.from_contents(schema)) for name, schema in schemas.items()])
        for schema in schemas.values():
            jsonschema.Draft7Validator.check_schema(schema)
        for path, document in self.files.items():
            validator = jsonschema.Draft7Validator(schemas[document["schema"]], registry=registry)
            with self.subTest(path):
                error = next(validator.iter_errors(document), None)
                self.assertIsNone(error, error and error.message[:300])

    def test_manifest(self):
        manifest = json.loads((VECTORS / "MANIFEST.json").read_text(encoding="ascii"))
        self.assertEqual(manifest["schema"], "ringwork/vector-manifest/1")
        self.assertEqual([entry["path"] for entry in manifest["files"]], sorted(self.files))
        for entry in manifest["files"]:
            self.assertEqual(entry["sha256"], hashlib.sha256((VECTORS / entry["path"]).read_bytes()).hexdigest())
            self.assertEqual(entry["numberOfTests"], self.files[entry["path"]]["numberOfTests"])
            self.assertTrue((VECTORS / entry["generator"]).is_file())


if __name__ == "__main__":
    unittest.main()
