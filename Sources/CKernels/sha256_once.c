// One message from its first byte to its digest, and chains of digests, without a stream's bookkeeping.
#include "sha256_internal.h"

#include <string.h>

void ck_sha256(void *digest, const void *message, size_t length) {
    uint32_t state[8] = CK_SHA256_INITIAL_STATE;
    ck_sha256_compress(state, message, length / 64);

    uint8_t last[128] = {0}; // what is left, then the padding: one block or two
    size_t rest = length % 64, end = rest < 56 ? 64 : 128;
    if (rest > 0) memcpy(last, (const uint8_t *)message + (length - rest), rest);
    last[rest] = 0x80;
    uint64_t bits = 8 * (uint64_t)length;
    ck_store_be32(last + end - 8, (uint32_t)(bits >> 32));
    ck_store_be32(last + end - 4, (uint32_t)bits);
    ck_sha256_compress(state, last, end / 64);
    for (int i = 0; i < 8; i++) ck_store_be32((uint8_t *)digest + 4 * i, state[i]);
}

void ck_sha256_chain_on(enum ck_backend backend, void *digest, size_t times) {
    const struct ck_engine *engine = &ck_engine_portable;
#if CK_X86
    if (backend == CK_SHA_NI) engine = &ck_engine_sha_ni_1;
#endif
    (void)backend;
    if (times == 0) return;
    _Alignas(64) uint32_t state[8];
    uint8_t block[64] = {0}; // the digest, then the padding of a 32-byte message
    memcpy(block, digest, 32);
    block[32] = 0x80;
    ck_store_be32(block + 60, 32 * 8);
    const uint8_t *const first = block;
    uint8_t *const last = digest;
    engine->begin(state);
    engine->blocks(state, &first);
    engine->again(state, times - 1);
    engine->end(state, &last);
}

void ck_sha256_chain(void *digest, size_t times) { ck_sha256_chain_on(ck_sha256_backend(), digest, times); }
