"""AES-256 in Galois/Counter Mode (FIPS 197, NIST SP 800-38D), written out: twelve-byte nonces, sixteen-byte tags.

Slow, and not constant time: for vectors only.
"""


def _multiply(a, b):
    """The product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4.2)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _s_box():
    """The inverse in GF(2^8), then the affine map b_i + b_{i+4} + ... + b_{i+7} + 63 (FIPS 197, section 5.1.1)."""
    box = []
    for value in range(256):
        inverse = next((other for other in range(256) if _multiply(value, other) == 1), 0)
        image = inverse
        for shift in range(1, 5):
            image ^= inverse << shift & 0xFF | inverse >> 8 - shift
        box.append(image ^ 0x63)
    return box


S_BOX = _s_box()


def _expand(key):
    """The fifteen round keys of a 32-byte key (FIPS 197, section 5.2, Nk = 8)."""
    words = [key[i:i + 4] for i in range(0, 32, 4)]
    constant = 1
    while len(words) < 60:
        word = words[-1]
        if len(words) % 8 == 0:
            word = bytes(S_BOX[b] for b in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _multiply(constant, 2)
        elif len(words) % 8 == 4:
            word = bytes(S_BOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(words[-8], word)))
    return [b"".join(words[i:i + 4]) for i in range(0, 60, 4)]


def _xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def _encrypt_block(round_keys, block):
    """One block. The state is column by column: byte r + 4c is row r of column c."""
    state = _xor(block, round_keys[0])
    for round_key in round_keys[1:]:
        state = bytes(S_BOX[b] for b in state)
        state = bytes(state[(i + 4 * (i % 4)) % 16] for i in range(16))  # ShiftRows
        if round_key is not round_keys[-1]:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c:c + 4]
                for r in range(4):
                    mixed.append(_multiply(column[r], 2) ^ _multiply(column[(r + 1) % 4], 3) ^ column[(r + 2) % 4] ^ column[(r + 3) % 4])
            state = bytes(mixed)
        state = _xor(state, round_key)
    return state


def encrypt_block(key, block):
    """AES-256 of one 16-byte block."""
    return _encrypt_block(_expand(key), block)


def _ghash(h, data):
    """GHASH of whole blocks (SP 800-38D, sections 6.3 and 6.4): bit 0 is the leftmost."""
    h, y = int.from_bytes(h, "big"), 0
    for start in range(0, len(data), 16):
        y ^= int.from_bytes(data[start:start + 16], "big")
        product = 0
        for bit in range(127, -1, -1):
            if h >> bit & 1:
                product ^= y
            y = y >> 1 ^ (0xE1 << 120 if y & 1 else 0)
        y = product
    return y.to_bytes(16, "big")


def _padded(data):
    return data + bytes(-len(data) % 16)


def _crypt(key, nonce, data, associated, decrypting):
    """(output, tag): counter mode from nonce || 2, and the tag over what was sent."""
    if len(key) != 32 or len(nonce) != 12:
        raise ValueError("a key has 32 bytes and a nonce 12")
    round_keys = _expand(key)
    output = b""
    for start in range(0, len(data), 16):
        counter = nonce + (start // 16 + 2).to_bytes(4, "big")
        output += _xor(data[start:start + 16], _encrypt_block(round_keys, counter))
    sent = data if decrypting else output
    lengths = (8 * len(associated)).to_bytes(8, "big") + (8 * len(sent)).to_bytes(8, "big")
    digest = _ghash(_encrypt_block(round_keys, bytes(16)), _padded(associated) + _padded(sent) + lengths)
    return output, _xor(digest, _encrypt_block(round_keys, nonce + b"\x00\x00\x00\x01"))


def seal(key, nonce, message, associated):
    """The ciphertext, then the 16-byte tag."""
    output, tag = _crypt(key, nonce, message, associated, False)
    return output + tag


def unseal(key, nonce, sealed, associated):
    """The message, or None when the tag does not fit."""
    if len(sealed) < 16:
        return None
    output, tag = _crypt(key, nonce, sealed[:-16], associated, True)
    return output if tag == sealed[-16:] else None
