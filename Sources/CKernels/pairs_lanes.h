// The SHA-256d of many 64-byte messages, in a pipeline. A template as sha256_lanes.h, which is included before.
//
// It takes three compressions: the message, the padding block of a 64-byte message, and the first digest. They wait for
// one another, so the loop works on three batches at once, one in each, round by round:
//
//     pass                1          2          3          4
//     message          batch 1    batch 2    batch 3    batch 4
//                             \          \          \                state
//     padding block              batch 1    batch 2    batch 3
//                                       \          \                 first digest
//     digest                               batch 1    batch 2   …    → written
//
// The padding block is the same for all: its schedule is a table. The words of the messages are turned into lanes, and
// the digests back, while the rounds of the others go on.

struct pipeline {
    vector state[8];  // after the message
    vector digest[8]; // after the padding block
};

// Rounds t and words t + 16 of all three, for base ≤ t < base + 16 in steps of one. `first` and `last` tell the ends.
INLINE void pairs_round(vector a[8], vector wa[16], vector b[8], const uint32_t *padding, vector c[8], vector wc[16],
                        int t, int base, int is_first, int is_last) {
    if (is_first && t == 0)
        start(&ck_digest_start, 0, a, wa[0]);
    else if (is_first && t <= 3)
        one_round(a, t, add(wa[t], broadcast(&ck_digest_start.k[t - 1])));
    else
        any_round(a, wa, t, base);
    if (!is_last) next_word(wa, t);
    one_round(b, t, add(AT(b, t, 7), broadcast(padding + base + t)));
    if (is_first) {
        digest_round(c, wc, t);
    } else {
        any_round(c, wc, t, base);
        if (!is_last) next_word(wc, t);
    }
}

// One pass: reads a batch, and leaves the digests of the one before last in `out`.
INLINE void pairs_pass(struct pipeline *p, const uint8_t *pairs, const uint32_t *padding, vector out[8]) {
    const uint8_t *block[LANES];
    for (int i = 0; i < LANES; i++) block[i] = pairs + 64 * i;
    vector a[8], b[8], c[8], wa[16], wc[16];
    for (int i = 0; i < 8; i++) b[i] = p->state[i], wc[i] = p->digest[i];
    read_blocks(wa, block);
#pragma clang loop unroll(full)
    for (int t = 0; t < 16; t++) pairs_round(a, wa, b, padding, c, wc, t, 0, 1, 0);
#pragma clang loop unroll(disable)
    for (int base = 16; base < 48; base += 16) {
#pragma clang loop unroll(full)
        for (int t = 0; t < 16; t++) pairs_round(a, wa, b, padding, c, wc, t, base, 0, 0);
    }
#pragma clang loop unroll(full)
    for (int t = 0; t < 16; t++) pairs_round(a, wa, b, padding, c, wc, t, 48, 0, 1);
    for (int i = 0; i < 8; i++) {
        p->digest[i] = add(p->state[i], b[i]);
        p->state[i] = add(a[i], broadcast(&initial_state[i]));
        out[i] = add(c[i], broadcast(&initial_state[i]));
    }
}

INLINE void write_digests(vector words[8], uint8_t *digests) {
    uint8_t *digest[LANES];
    for (int i = 0; i < LANES; i++) digest[i] = digests + 32 * i;
    for (int half = 0; half < 2; half++) {
        transpose(words + 4 * half);
        for (int i = 0; i < 4; i++) store_row(digest + i, 16 * (size_t)half, swap_bytes(words[4 * half + i]));
    }
}

// The last two passes read the last batch again, for nothing.
INLINE void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t count) {
    struct pipeline p;
    for (int i = 0; i < 8; i++) p.state[i] = p.digest[i] = broadcast(&initial_state[i]); // of no batch
    vector out[8];
    for (size_t i = 0; i < count + 2 * LANES; i += LANES) {
        size_t at = i < count ? i : count - LANES;
        pairs_pass(&p, pairs + 64 * at, ck_schedule_after_64, out);
        if (i >= 2 * LANES) write_digests(out, digests + 32 * (i - 2 * LANES));
    }
}

#define PAIRS(name)                                                                                            \
    TARGET void ck_sha256_pairs_##name(uint8_t *digests, const uint8_t *pairs, size_t count) {                  \
        hash_pairs(digests, pairs, count);                                                                      \
        FINISH();                                                                                               \
    }
