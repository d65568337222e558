// Which backends this processor has, which of them the environment allows, and dispatch between them.
#include "montgomery_internal.h"
#include "sha256_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[CK_BACKEND_COUNT] = {"portable", "avx2", "sha-ni", "avx512"};

// Set once, before main; never changed again, so read by every thread without a lock.
static int supported[CK_BACKEND_COUNT] = {1};
static int enabled[CK_BACKEND_COUNT] = {1};
static int has_ifma;

#if CK_X86
#include <cpuid.h>

// XCR0: the register states that the system saves. Bits 1 and 2 are XMM and YMM; 5, 6 and 7 what AVX-512 adds.
static uint64_t saved_states(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static void detect(void) {
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return;
    int sse41 = (c & bit_SSSE3) && (c & bit_SSE4_1);
    uint64_t saved = (c & bit_OSXSAVE) ? saved_states() : 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return;
    uint32_t wanted512 = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
    supported[CK_SHA_NI] = sse41 && (b & bit_SHA);
    supported[CK_AVX2] = (saved & 0x06) == 0x06 && (b & bit_AVX2);
    supported[CK_AVX512] = (saved & 0xe6) == 0xe6 && (b & bit_AVX2) && (b & wanted512) == wanted512;
    has_ifma = supported[CK_AVX512] && (b & bit_AVX512IFMA);
}
#else
static void detect(void) {}
#endif

__attribute__((constructor)) static void choose_backends(void) {
    detect();
    int cap = CK_BACKEND_COUNT - 1;
    const char *wanted = getenv("RINGWORK_KERNELS");
    for (int i = 0; wanted && i < CK_BACKEND_COUNT; i++)
        if (strcmp(wanted, names[i]) == 0) cap = i;
    for (int i = 0; i < CK_BACKEND_COUNT; i++) enabled[i] = supported[i] && i <= cap;
}

const char *ck_backend_name(enum ck_backend backend) { return names[backend]; }
int ck_backend_is_supported(enum ck_backend backend) { return supported[backend]; }
int ck_backend_is_enabled(enum ck_backend backend) { return enabled[backend]; }

// One message --------------------------------------------------------------------------------------------------

enum ck_backend ck_sha256_backend(void) { return enabled[CK_SHA_NI] ? CK_SHA_NI : CK_PORTABLE; }

void ck_sha256_compress_on(enum ck_backend backend, uint32_t state[8], const void *data, size_t blocks) {
#if CK_X86
    if (backend == CK_SHA_NI) return ck_sha256_compress_sha_ni(state, data, blocks);
#endif
    (void)backend;
    ck_sha256_compress_portable(state, data, blocks);
}

void ck_sha256_compress(uint32_t state[8], const void *data, size_t blocks) {
    ck_sha256_compress_on(ck_sha256_backend(), state, data, blocks);
}

// Header scan --------------------------------------------------------------------------------------------------

enum ck_backend ck_scan_headers_backend(void) { return ck_sha256_many_backend(); }

static ck_scanner *const scanners[CK_BACKEND_COUNT] = {
#if CK_X86
    ck_scan_portable, ck_scan_avx2, ck_scan_sha_ni, ck_scan_avx512,
#else
    ck_scan_portable, ck_scan_portable, ck_scan_portable, ck_scan_portable,
#endif
};

int ck_scan_versions_on(enum ck_backend backend, const uint32_t *midstates, size_t versions, const void *tail,
                        const void *target, uint32_t start, uint64_t count, uint32_t *nonce, size_t *version) {
    struct ck_scan scan;
    ck_scan_prepare(&scan, midstates, versions, tail, target);
    return scanners[backend](&scan, start, count, nonce, version);
}

int ck_scan_versions(const uint32_t *midstates, size_t versions, const void *tail, const void *target, uint32_t start,
                     uint64_t count, uint32_t *nonce, size_t *version) {
    enum ck_backend backend = ck_scan_headers_backend();
    return ck_scan_versions_on(backend, midstates, versions, tail, target, start, count, nonce, version);
}

int ck_scan_headers_on(enum ck_backend backend, const uint32_t midstate[8], const void *tail, const void *target,
                       uint32_t start, uint64_t count, uint32_t *nonce) {
    size_t version;
    return ck_scan_versions_on(backend, midstate, 1, tail, target, start, count, nonce, &version);
}

int ck_scan_headers(const uint32_t midstate[8], const void *tail, const void *target, uint32_t start, uint64_t count,
                    uint32_t *nonce) {
    return ck_scan_headers_on(ck_scan_headers_backend(), midstate, tail, target, start, count, nonce);
}

// Montgomery lanes ---------------------------------------------------------------------------------------------

int ck_lanes_is_supported(enum ck_backend backend) {
    return backend == CK_PORTABLE || (backend == CK_AVX512 && has_ifma);
}

// A build without optimization keeps every column in memory, and is slower than GMP.
enum ck_backend ck_lanes_backend(void) {
#if defined(__OPTIMIZE__)
    if (enabled[CK_AVX512] && has_ifma) return CK_AVX512;
#endif
    return CK_PORTABLE;
}

void ck_lanes_multiply_on(enum ck_backend backend, const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a,
                          const uint64_t *b, uint64_t *scratch) {
#if CK_X86
    if (backend == CK_AVX512) return ck_lanes_multiply_avx512(n, r, a, b, scratch);
#endif
    (void)backend;
    ck_lanes_multiply_portable(n, r, a, b, scratch);
}

void ck_lanes_square_on(enum ck_backend backend, const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a,
                        size_t times, uint64_t *scratch) {
#if CK_X86
    if (backend == CK_AVX512) return ck_lanes_square_avx512(n, r, a, times, scratch);
#endif
    (void)backend;
    ck_lanes_multiply_portable(n, r, a, a, scratch);
    while (--times > 0) ck_lanes_multiply_portable(n, r, r, r, scratch);
}

void ck_lanes_select_on(enum ck_backend backend, uint64_t *r, const uint64_t *table, size_t entries,
                        const uint64_t digits[CK_LANES], size_t blocks) {
#if CK_X86
    if (backend == CK_AVX512) return ck_lanes_select_avx512(r, table, entries, digits, blocks);
#endif
    (void)backend;
    ck_lanes_select_portable(r, table, entries, digits, blocks);
}
