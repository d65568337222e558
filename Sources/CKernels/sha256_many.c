// Many messages of one length at once: which blocks they have, and which engine takes how many of them.
//
//     prefix ‖ message, cut into 64-byte blocks, for every lane alike:
//
//     |p|      63 bytes      |      64 bytes      |  …  | rest |80 00 …     length|  or  | rest |80 00| |00 … length|
//      built: `head`           read where it lies         built: `tail`                   `tail`         the same in
//      (only with a prefix)                               (only if there is a rest)                      every lane
//
// The last block is the same in every lane where no message byte is left for it. Its schedule is computed once.
#include "sha256_internal.h"

#include <string.h>

struct batch {
    size_t length, stride; // of the messages
    int prefix;            // 0…255, or CK_NO_PREFIX
    int doubled;
    size_t whole; // blocks before the tail
    size_t rest;  // message bytes in the tail
    int has_tail, has_constant;
    const uint32_t *constant; // the schedule of the last block where every lane has the same
    uint32_t schedule[64];    // room for it
    uint8_t head[CK_MAXIMUM_LANES][64], tail[CK_MAXIMUM_LANES][64];
};

// What is the same for every message, with room for `lanes` of them.
static void prepare(struct batch *b, size_t lanes) {
    size_t prefixed = b->prefix != CK_NO_PREFIX;
    size_t total = b->length + prefixed;
    size_t used = total % 64;
    uint64_t bits = 8 * (uint64_t)total;
    b->whole = total / 64;
    b->rest = b->whole == 0 ? b->length : used;
    b->has_tail = used > 0;
    b->has_constant = used == 0 || used >= 56;

    uint8_t last[64] = {0};
    for (int i = 0; i < 8; i++) last[56 + i] = (uint8_t)(bits >> (56 - 8 * i));
    if (total == 64) {
        b->constant = ck_schedule_after_64;
    } else if (b->has_constant) {
        if (used == 0) last[0] = 0x80;
        ck_sha256_schedule(b->schedule, last);
        b->constant = b->schedule;
    }
    if (!b->has_tail) return;
    uint8_t tail[64] = {0}; // the padding; what comes before it is set lane by lane
    if (!b->has_constant) memcpy(tail, last, 64);
    tail[used] = 0x80;
    if (b->whole == 0 && prefixed) tail[0] = (uint8_t)b->prefix;
    for (size_t lane = 0; lane < lanes; lane++) memcpy(b->tail[lane], tail, 64);
}

// Fetches the batch after the next where batches are short: the processor does not foresee that many streams. The
// address may lie past the messages, which does no harm; it is an integer, because a pointer may not.
static void prefetch(const uint8_t *batch, size_t size) {
    enum { CACHE_LINE = 64, SHORT = 4096 };
    for (size_t offset = 0; offset < size && size <= SHORT; offset += CACHE_LINE)
        __builtin_prefetch((const void *)((uintptr_t)batch + 2 * size + offset));
}

// The message's last bytes. One byte is what a prefix leaves of a 64-byte node, too little to call a function for.
static void copy_rest(uint8_t *to, const uint8_t *end, size_t rest) {
    if (rest == 1)
        *to = end[-1];
    else if (rest > 0)
        memcpy(to, end - rest, rest);
}

// Hashes `count` messages, at most as many as the engine has lanes. Lanes without a message repeat the first.
static void hash_batch(const struct ck_engine *engine, struct batch *b, uint8_t *digests, const uint8_t *messages,
                       size_t count) {
    _Alignas(64) uint32_t state[8 * CK_MAXIMUM_LANES];
    const uint8_t *message[CK_MAXIMUM_LANES], *block[CK_MAXIMUM_LANES];
    size_t lanes = engine->lanes, prefixed = b->prefix != CK_NO_PREFIX;
    for (size_t i = 0; i < lanes; i++) message[i] = messages + b->stride * (i < count ? i : 0);
    prefetch(message[0], b->stride * lanes);

    engine->begin(state);
    for (size_t k = 0; k < b->whole; k++) {
        int is_built = k == 0 && prefixed;
        for (size_t i = 0; i < lanes; i++) {
            block[i] = is_built ? b->head[i < count ? i : 0] : message[i] + 64 * k - prefixed;
            if (!is_built || i >= count) continue;
            b->head[i][0] = (uint8_t)b->prefix;
            memcpy(b->head[i] + 1, message[i], 63);
        }
        engine->blocks(state, block);
    }
    if (b->has_tail) {
        size_t at = b->whole == 0 ? prefixed : 0;
        for (size_t i = 0; i < lanes; i++) {
            block[i] = b->tail[i < count ? i : 0];
            if (i < count) copy_rest(b->tail[i] + at, message[i] + b->length, b->rest);
        }
        engine->blocks(state, block);
    }
    if (b->has_constant) engine->constant(state, b->constant);
    if (b->doubled) engine->again(state, 1);

    uint8_t *digest[CK_MAXIMUM_LANES], unused[32];
    for (size_t i = 0; i < lanes; i++) digest[i] = i < count ? digests + 32 * i : unused;
    engine->end(state, digest);
}

// Hands `count` messages to engines, largest first; `engines` ends with one that takes the last few.
static void hash_all(const struct ck_engine *const *engines, struct batch *b, uint8_t *digests,
                     const uint8_t *messages, size_t count) {
    while (count > 0) {
        const struct ck_engine *engine = *engines;
        size_t smaller = engines[1] ? engines[1]->lanes : 0;
        if (count <= smaller) {
            engines++;
            continue;
        }
        size_t n = count < engine->lanes ? count : engine->lanes;
        hash_batch(engine, b, digests, messages, n);
        digests += 32 * n, messages += b->stride * n, count -= n;
    }
}

// The engines of a backend, most lanes first.
static const struct ck_engine *const portable[] = {&ck_engine_vector_4, &ck_engine_portable, NULL};
#if CK_X86
static const struct ck_engine *const sha_ni[] = {&ck_engine_sha_ni_2, &ck_engine_sha_ni_1, NULL};
static const struct ck_engine *const avx2[] = {&ck_engine_avx2_8, NULL};
static const struct ck_engine *const avx512[] = {&ck_engine_avx512_32, &ck_engine_avx512_16, NULL};
static const struct ck_engine *const *const engines_of[CK_BACKEND_COUNT] = {portable, avx2, sha_ni, avx512};
#else
static const struct ck_engine *const *const engines_of[CK_BACKEND_COUNT] = {portable, portable, portable, portable};
#endif

// Hashes as many of the messages as a pipeline is for, the first ones, and says how many.
static size_t pipelined(const struct batch *b, uint8_t *digests, const uint8_t *messages, size_t count) {
    enum { LANES = 16, FEWEST = 512 }; // below that, filling and draining it costs more than it gains
    if (b->length != 64 || b->stride != 64 || b->prefix != CK_NO_PREFIX || !b->doubled || count < FEWEST) return 0;
#if CK_X86
    count -= count % LANES;
    ck_sha256_pairs_avx512(digests, messages, count);
    return count;
#else
    (void)digests, (void)messages;
    return 0;
#endif
}

// Hashes `few` of the messages, the last, with one backend, and those before with another.
static void hash_with(enum ck_backend wide, enum ck_backend narrow, size_t few, struct batch *b, uint8_t *digests,
                      const uint8_t *messages, size_t count) {
    size_t piped = wide == CK_AVX512 ? pipelined(b, digests, messages, count - few) : 0;
    digests += 32 * piped, messages += b->stride * piped, count -= piped;
    prepare(b, count < CK_MAXIMUM_LANES ? count : CK_MAXIMUM_LANES);
    hash_all(engines_of[wide], b, digests, messages, count - few);
    hash_all(engines_of[narrow], b, digests + 32 * (count - few), messages + b->stride * (count - few), few);
}

void ck_sha256_many_on(enum ck_backend backend, void *digests, const void *messages, size_t length, size_t stride,
                       size_t count, int prefix, int doubled) {
    struct batch b;
    b.length = length, b.stride = stride, b.prefix = prefix, b.doubled = doubled;
    hash_with(backend, backend, 0, &b, digests, messages, count);
}

enum ck_backend ck_sha256_many_backend(void) {
    for (int i = CK_BACKEND_COUNT - 1; i > 0; i--)
        if (ck_backend_is_enabled((enum ck_backend)i)) return (enum ck_backend)i;
    return CK_PORTABLE;
}

// Below this many messages, the backend for one message is faster than a register with lanes to spare: 16 lanes take as
// long as 8 messages by SHA-NI, or as one in portable code.
static size_t fewest(enum ck_backend wide) {
    if (wide == CK_AVX512 && ck_backend_is_enabled(CK_SHA_NI)) return 8;
    return wide == CK_AVX512 || wide == CK_AVX2 ? 2 : 1;
}

void ck_sha256_many(void *digests, const void *messages, size_t length, size_t stride, size_t count, int prefix,
                    int doubled) {
    enum ck_backend wide = ck_sha256_many_backend(), narrow = ck_sha256_backend();
    size_t lanes = wide == CK_AVX512 ? 16 : wide == CK_AVX2 ? 8 : 1;
    size_t few = count % lanes < fewest(wide) ? count % lanes : 0;
    struct batch b;
    b.length = length, b.stride = stride, b.prefix = prefix, b.doubled = doubled;
    hash_with(wide, narrow, few, &b, digests, messages, count);
}
