// The proof-of-work search in portable C, two compressions a nonce from the header's midstate, and what the other
// kernels compute once for a header.
#include "sha256_internal.h"

#include <string.h>

// Whether a digest, read least significant byte first, is at most the target.
static int meets(const uint8_t digest[32], const uint8_t target[32]) {
    for (int i = 31; i >= 0; i--)
        if (digest[i] != target[i]) return digest[i] < target[i];
    return 1;
}

int ck_scan_headers_portable(const uint32_t midstate[8], const void *tail, const void *target, uint32_t start,
                             uint64_t count, uint32_t *nonce) {
    uint8_t second[64] = {0}; // header bytes 64…79, then the padding of an 80-byte message
    memcpy(second, tail, 12);
    second[16] = 0x80;
    ck_store_be32(second + 60, 80 * 8);

    uint8_t outer[64] = {0}; // the first digest, then the padding of a 32-byte message
    outer[32] = 0x80;
    ck_store_be32(outer + 60, 32 * 8);

    for (uint64_t i = 0; i < count; i++) {
        uint32_t candidate = start + (uint32_t)i;
        for (int b = 0; b < 4; b++) second[12 + b] = (uint8_t)(candidate >> 8 * b);

        uint32_t inner[8];
        memcpy(inner, midstate, sizeof inner);
        ck_sha256_compress_portable(inner, second, 1);
        for (int w = 0; w < 8; w++) ck_store_be32(outer + 4 * w, inner[w]);

        uint32_t state[8] = CK_SHA256_INITIAL_STATE;
        ck_sha256_compress_portable(state, outer, 1);
        uint8_t digest[32];
        for (int w = 0; w < 8; w++) ck_store_be32(digest + 4 * w, state[w]);
        if (meets(digest, target)) {
            *nonce = candidate;
            return 1;
        }
    }
    return 0;
}

int ck_scan_meets(const struct ck_scan *scan, uint32_t nonce) {
    return ck_scan_headers_portable(scan->midstate, scan->tail, scan->target, nonce, 1, &nonce);
}

// The rounds and schedule words of one hash that do not vary. `w` holds the words that do not, 0 where they do; the
// first word that varies is the one of round `set`.
static void prepare_hash(struct ck_scan_hash *hash, int second, const uint32_t state[8], uint32_t w[64], int set) {
    uint32_t *s = hash->state;
    memcpy(s, state, sizeof hash->state);
    for (int t = 0; t <= set; t++) {
        uint32_t t1 = s[7] + ck_big_sigma1(s[4]) + ck_ch(s[4], s[5], s[6]) + ck_sha256_k[t] + w[t];
        uint32_t t2 = ck_big_sigma0(s[0]) + ck_maj(s[0], s[1], s[2]);
        hash->set_a = t1 + t2, hash->set_e = s[3] + t1;
        if (t == set) break;
        memmove(s + 1, s, 7 * sizeof *s);
        s[0] = hash->set_a, s[4] = hash->set_e;
    }
    for (int t = 0; t < 64; t++) {
        if (t >= 16) w[t] = ck_small_sigma1(w[t - 2]) + w[t - 7] + ck_small_sigma0(w[t - 15]) + w[t - 16];
        hash->w[t] = w[t];
        if (ck_scan_varies(second, t)) w[t] = 0;
        hash->k[t] = ck_sha256_k[t] + w[t];
    }
    // In the three rounds that follow, h is one of the g, f, e above.
    for (int i = 1; i <= 3; i++) hash->k[set + i] += s[7 - i];
}

void ck_scan_prepare(struct ck_scan *scan, const uint32_t midstate[8], const void *tail, const void *target) {
    static const uint32_t initial[8] = CK_SHA256_INITIAL_STATE;
    scan->midstate = midstate;
    scan->tail = tail;
    scan->target = target;
    scan->top = 0;
    for (int i = 0; i < 4; i++) scan->top |= (uint32_t)scan->target[28 + i] << 8 * i;

    uint32_t first[64] = {[4] = 0x80000000, [15] = 80 * 8}, second[64] = {[8] = 0x80000000, [15] = 32 * 8};
    for (int i = 0; i < 3; i++) first[i] = scan->tail_words[i] = ck_load_be32(scan->tail + 4 * i);
    prepare_hash(&scan->first, 0, midstate, first, 3);
    prepare_hash(&scan->second, 1, initial, second, 0);
}
