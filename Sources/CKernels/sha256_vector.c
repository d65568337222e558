// SHA-256 and the header scan, 4 lanes to a register, in C with the compilers' own vectors: for any processor.
#include "sha256_internal.h"

#define TARGET
#define INLINE static inline __attribute__((always_inline))
#define PIN(x) (void)(x)
#define FINISH() (void)0
#define LANES 4

typedef uint32_t vector __attribute__((vector_size(16)));

#define rotate(x, n) ((x) >> (n) | (x) << (32 - (n)))
#define shift(x, n) ((x) >> (n))

INLINE vector add(vector x, vector y) { return x + y; }
INLINE vector xor3(vector x, vector y, vector z) { return x ^ y ^ z; }
INLINE vector choose(vector x, vector y, vector z) { return z ^ (x & (y ^ z)); }
INLINE vector majority(vector x, vector y, vector z) { return (x & y) | (z & (x | y)); }

INLINE vector load(const uint32_t *p) { return *(const vector *)(const void *)p; }
INLINE void store(uint32_t *p, vector x) { *(vector *)(void *)p = x; }
INLINE vector broadcast(const uint32_t *p) { return (vector){*p, *p, *p, *p}; }

INLINE vector swap_bytes(vector x) {
    x = (x >> 8 & 0x00ff00ff) | (x & 0x00ff00ff) << 8;
    return x >> 16 | x << 16;
}
INLINE vector low_pairs(vector x, vector y) { return __builtin_shufflevector(x, y, 0, 4, 1, 5); }
INLINE vector high_pairs(vector x, vector y) { return __builtin_shufflevector(x, y, 2, 6, 3, 7); }
INLINE vector low_halves(vector x, vector y) { return __builtin_shufflevector(x, y, 0, 1, 4, 5); }
INLINE vector high_halves(vector x, vector y) { return __builtin_shufflevector(x, y, 2, 3, 6, 7); }

// 16 bytes at `offset` from p[0].
INLINE vector load_row(const uint8_t *const *p, size_t offset) {
    vector row;
    __builtin_memcpy(&row, p[0] + offset, sizeof row);
    return row;
}
INLINE void store_row(uint8_t *const *p, size_t offset, vector row) {
    __builtin_memcpy(p[0] + offset, &row, sizeof row);
}

INLINE vector lane_numbers(void) { return (vector){0, 1, 2, 3}; }
INLINE unsigned at_most(vector x, vector y) {
    unsigned lanes = 0;
    for (unsigned i = 0; i < LANES; i++) lanes |= (unsigned)(x[i] <= y[i]) << i;
    return lanes;
}

#include "sha256_lanes.h"

ENGINE(vector_4, 1);

#include "scan_lanes.h"

SCAN(portable)
