// Montgomery arithmetic in lanes, one lane after the other: the twin that the AVX-512 kernel is tested against, and
// what moves numbers in and out of lanes for both.
#include "montgomery_internal.h"

#include <string.h>

// HAC algorithm 14.36 in radix 2^52: a row of a·b and a row of q·n in turn, and the limb that is cleared dropped. After
// each pair of rows the sum is below b + n < 3n, which fits in the limbs; in the end it is (a·b + q·n) / R < 2n.
static void multiply_lane(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, const uint64_t *b,
                          uint64_t *sum) {
    size_t limbs = CK_LANE_BLOCK * n->blocks;
    memset(sum, 0, (limbs + 1) * sizeof *sum);
    for (size_t i = 0; i < limbs; i++) {
        unsigned __int128 x = 0;
        for (size_t j = 0; j < limbs; j++, x >>= CK_LANE_LIMB_BITS) {
            x += (unsigned __int128)a[CK_LANES * i] * b[CK_LANES * j] + sum[j];
            sum[j] = (uint64_t)x & ck_lane_limb_mask;
        }
        sum[limbs] += (uint64_t)x;

        uint64_t q = sum[0] * n->negated_inverse & ck_lane_limb_mask;
        x = ((unsigned __int128)q * n->limbs[0] + sum[0]) >> CK_LANE_LIMB_BITS;
        for (size_t j = 1; j < limbs; j++, x >>= CK_LANE_LIMB_BITS) {
            x += (unsigned __int128)q * n->limbs[j] + sum[j];
            sum[j - 1] = (uint64_t)x & ck_lane_limb_mask;
        }
        x += sum[limbs];
        sum[limbs - 1] = (uint64_t)x & ck_lane_limb_mask;
        sum[limbs] = (uint64_t)(x >> CK_LANE_LIMB_BITS);
    }
    for (size_t i = 0; i < limbs; i++) r[CK_LANES * i] = sum[i];
}

void ck_lanes_multiply_portable(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, const uint64_t *b,
                                uint64_t *scratch) {
    for (size_t lane = 0; lane < CK_LANES; lane++) multiply_lane(n, r + lane, a + lane, b + lane, scratch);
}

void ck_lanes_select_portable(uint64_t *r, const uint64_t *table, size_t entries, const uint64_t digits[CK_LANES],
                              size_t blocks) {
    size_t words = CK_LANES * CK_LANE_BLOCK * blocks;
    memset(r, 0, words * sizeof *r);
    for (size_t entry = 0; entry < entries; entry++, table += words) {
        for (size_t lane = 0; lane < CK_LANES; lane++) {
            // All ones where the digit names the entry, where the difference is 0. The empty statement keeps the
            // compiler from seeing that, and from branching on it.
            uint64_t difference = digits[lane] ^ entry;
            uint64_t mask = ((difference | (0 - difference)) >> 63) - 1;
            __asm__("" : "+r"(mask));
            for (size_t i = lane; i < words; i += CK_LANES) r[i] |= table[i] & mask;
        }
    }
}

void ck_lanes_pick(uint64_t *r, const uint64_t *const from[CK_LANES], size_t stride, size_t blocks) {
    for (size_t i = 0; i < CK_LANE_BLOCK * blocks; i++)
        for (size_t lane = 0; lane < CK_LANES; lane++) r[CK_LANES * i + lane] = from[lane][stride * i];
}

void ck_lanes_split(uint64_t *r, size_t lane, size_t blocks, const uint64_t *limbs, size_t count) {
    for (size_t i = 0; i < CK_LANE_BLOCK * blocks; i++) {
        size_t word = CK_LANE_LIMB_BITS * i / 64, shift = CK_LANE_LIMB_BITS * i % 64;
        uint64_t limb = word < count ? limbs[word] >> shift : 0;
        if (shift > 64 - CK_LANE_LIMB_BITS && word + 1 < count) limb |= limbs[word + 1] << (64 - shift);
        r[CK_LANES * i + lane] = limb & ck_lane_limb_mask;
    }
}

void ck_lanes_join(uint64_t *limbs, size_t count, const uint64_t *a, size_t lane, size_t blocks) {
    memset(limbs, 0, count * sizeof *limbs);
    for (size_t i = 0; i < CK_LANE_BLOCK * blocks; i++) {
        size_t word = CK_LANE_LIMB_BITS * i / 64, shift = CK_LANE_LIMB_BITS * i % 64;
        uint64_t limb = a[CK_LANES * i + lane];
        if (word < count) limbs[word] |= limb << shift;
        if (shift > 64 - CK_LANE_LIMB_BITS && word + 1 < count) limbs[word + 1] |= limb >> (64 - shift);
    }
}
