// SHA-256 compression in portable C, in the order of FIPS 180-4 §6.2.2. Constant time: no branch or index on data.
#include "sha256_internal.h"

#include <string.h>

// FIPS 180-4 §4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
_Alignas(64) const uint32_t ck_sha256_k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

void ck_sha256_schedule(uint32_t kw[64], const uint8_t block[64]) {
    uint32_t w[64];
    for (int t = 0; t < 16; t++) w[t] = ck_load_be32(block + 4 * t);
    for (int t = 16; t < 64; t++)
        w[t] = ck_small_sigma1(w[t - 2]) + w[t - 7] + ck_small_sigma0(w[t - 15]) + w[t - 16];
    for (int t = 0; t < 64; t++) kw[t] = ck_sha256_k[t] + w[t];
}

static void compress(uint32_t state[8], const uint32_t kw[64]) {
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int t = 0; t < 64; t++) {
        uint32_t t1 = h + ck_big_sigma1(e) + ck_ch(e, f, g) + kw[t];
        uint32_t t2 = ck_big_sigma0(a) + ck_maj(a, b, c);
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void ck_sha256_compress_portable(uint32_t state[8], const void *data, size_t blocks) {
    const uint8_t *p = data;
    for (; blocks > 0; blocks--, p += 64) {
        uint32_t kw[64];
        ck_sha256_schedule(kw, p);
        compress(state, kw);
    }
}

// The engine of one lane -------------------------------------------------------------------------------------

static const uint32_t initial_state[8] = CK_SHA256_INITIAL_STATE;

static void begin(uint32_t *state) { memcpy(state, initial_state, sizeof initial_state); }

static void blocks(uint32_t *state, const uint8_t *const *block) { ck_sha256_compress_portable(state, block[0], 1); }

static void end(const uint32_t *state, uint8_t *const *digest) {
    for (int i = 0; i < 8; i++) ck_store_be32(digest[0] + 4 * i, state[i]);
}

static void again(uint32_t *state, size_t times) {
    uint8_t block[64] = {0}; // the digest, then the padding of a 32-byte message
    uint8_t *const digest = block;
    block[32] = 0x80;
    ck_store_be32(block + 60, 32 * 8);
    for (; times > 0; times--) {
        end(state, &digest);
        begin(state);
        ck_sha256_compress_portable(state, block, 1);
    }
}

const struct ck_engine ck_engine_portable = {1, begin, blocks, compress, again, end};
