// The proof-of-work search in portable C: two compressions a nonce, from the header's midstate.
#include "ckernels.h"
#include "sha256_portable.h"

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
