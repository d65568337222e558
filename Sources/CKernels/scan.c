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

void ck_scan_prepare(struct ck_scan *scan, const uint32_t *midstates, size_t versions, const void *tail,
                     const void *target) {
    scan->midstates = midstates, scan->versions = versions;
    scan->tail = tail, scan->target = target;
    scan->top = 0;
    for (int i = 0; i < 4; i++) scan->top |= (uint32_t)scan->target[28 + i] << 8 * i;

    uint32_t words[16] = {[4] = 0x80000000, [15] = 80 * 8};
    for (int i = 0; i < 3; i++) words[i] = ck_load_be32(scan->tail + 4 * i);
    ck_prepare_schedule(&scan->schedule, CK_HEADER_END, words);
    for (size_t v = 0; v < versions; v++) ck_prepare_start(&scan->start[v], &scan->schedule, midstates + 8 * v, 3);
}
