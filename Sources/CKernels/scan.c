// What every header scan computes once, and the whole check of the few nonces that pass its short one.
#include "sha256_internal.h"

#include <string.h>

// Whether a digest, read least significant byte first, is at most the target.
static int meets(const uint8_t digest[32], const uint8_t target[32]) {
    for (int i = 31; i >= 0; i--)
        if (digest[i] != target[i]) return digest[i] < target[i];
    return 1;
}

static int meets_target(const struct ck_scan *scan, uint32_t nonce, size_t version) {
    uint8_t block[64] = {0}; // header bytes 64…79, then the padding of an 80-byte message
    memcpy(block, scan->tail, 12);
    for (int b = 0; b < 4; b++) block[12 + b] = (uint8_t)(nonce >> 8 * b);
    block[16] = 0x80;
    ck_store_be32(block + 60, 80 * 8);
    uint32_t inner[8];
    memcpy(inner, scan->midstates + 8 * version, sizeof inner);
    ck_sha256_compress_portable(inner, block, 1);

    uint8_t digest[32];
    for (int i = 0; i < 8; i++) ck_store_be32(digest + 4 * i, inner[i]);
    ck_sha256_chain_on(CK_PORTABLE, digest, 1);
    return meets(digest, scan->target);
}

int ck_scan_confirm(const struct ck_scan *scan, const unsigned *candidates, unsigned lanes, uint32_t start,
                    uint64_t offset, uint64_t count, uint32_t *nonce, size_t *version) {
    for (unsigned lane = 0; lane < lanes && offset + lane < count; lane++)
        for (size_t v = 0; v < scan->versions; v++) {
            uint32_t candidate = start + (uint32_t)offset + lane;
            if (!(candidates[v] >> lane & 1) || !meets_target(scan, candidate, v)) continue;
            *nonce = candidate, *version = v;
            return 1;
        }
    return 0;
}

// The schedule of a hash. `words` are its 16 message words, 0 where they vary.
static void prepare_schedule(struct ck_schedule *schedule, int second, const uint32_t words[16]) {
    uint32_t *w = schedule->w, varying[64] = {0};
    memcpy(w, words, 16 * sizeof *w);
    for (int t = 0; t < 64; t++) {
        // A word that varies counts as 0 in the words that come from it.
        const uint32_t *known = varying;
        if (t >= 16)
            w[t] = ck_small_sigma1(known[t - 2]) + known[t - 7] + ck_small_sigma0(known[t - 15]) + known[t - 16];
        varying[t] = ck_word_varies(second, t) ? 0 : w[t];
        schedule->k[t] = ck_sha256_k[t] + varying[t];
    }
}

// The rounds of a hash up to round `set`, the first whose word varies.
static void prepare_start(struct ck_start *start, const struct ck_schedule *schedule,
                          const uint32_t state[8], int set) {
    uint32_t *s = start->state;
    memcpy(s, state, sizeof start->state);
    for (int t = 0; t <= set; t++) {
        uint32_t t1 = s[7] + ck_big_sigma1(s[4]) + ck_ch(s[4], s[5], s[6]) + schedule->k[t];
        uint32_t t2 = ck_big_sigma0(s[0]) + ck_maj(s[0], s[1], s[2]);
        start->set_a = t1 + t2, start->set_e = s[3] + t1;
        if (t == set) break;
        memmove(s + 1, s, 7 * sizeof *s);
        s[0] = start->set_a, s[4] = start->set_e;
    }
    for (int i = 0; i < 3; i++) start->k[i] = schedule->k[set + 1 + i] + s[6 - i]; // g, f, e above
}

void ck_scan_prepare(struct ck_scan *scan, const uint32_t *midstates, size_t versions, const void *tail,
                     const void *target) {
    static const uint32_t initial[8] = CK_SHA256_INITIAL_STATE;
    scan->midstates = midstates, scan->versions = versions;
    scan->tail = tail, scan->target = target;
    scan->top = 0;
    for (int i = 0; i < 4; i++) scan->top |= (uint32_t)scan->target[28 + i] << 8 * i;

    uint32_t first[16] = {[4] = 0x80000000, [15] = 80 * 8}, second[16] = {[8] = 0x80000000, [15] = 32 * 8};
    for (int i = 0; i < 3; i++) first[i] = ck_load_be32(scan->tail + 4 * i);
    prepare_schedule(&scan->first, 0, first);
    prepare_schedule(&scan->second, 1, second);
    for (size_t v = 0; v < versions; v++) prepare_start(&scan->first_start[v], &scan->first, midstates + 8 * v, 3);
    prepare_start(&scan->second_start, &scan->second, initial, 0);
}
