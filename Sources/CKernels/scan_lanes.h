// The header scan, a nonce in each lane. A template as sha256_lanes.h, which is included before, with two more
// operations:
//
//     lane_numbers              0, 1, 2, …
//     at_most(x, y)             bit i is set where x is at most y in lane i
//
// A nonce takes two hashes, one after the other, so a batch of nonces is one long chain of rounds. The loop therefore
// works on two items, an item being a batch with one of the versions: the first hash of one and the second hash of the
// item before, round by round, so that there is always a round that does not wait.
//
//     pass            1            2            3            4
//     first hash     item 1       item 2       item 3        …
//                           \            \            \                     digest words, registers of `message`
//     second hash                 item 1       item 2       item 3   …      → compare, and the pass ends
//
// The versions of a batch have the first hash's schedule in common. It is made before their passes.
//
// Of the 128 rounds a nonce, those are left out, or shortened, that are the same for every nonce (struct ck_scan), and
// those that only change words which nobody looks at: the digest's last word is its most significant one, it is e of
// round 61 plus a constant, and almost every nonce is refused by it.

enum { FIRST_SET = 3, LAST_FULL_ROUND = 56, LAST_ROUND = 60 };
enum { SCHEDULED = 64 - CK_FIRST_VARYING };

// K[t] + W[t] of the first hash for the words that vary.
INLINE void schedule_batch(const struct ck_scan *scan, vector kw[SCHEDULED], vector nonces) {
    vector w[16];
    w[FIRST_SET] = nonces;
#pragma clang loop unroll(full)
    for (int t = CK_FIRST_VARYING; t < 64; t++) {
        vector word = next_varying_word(&scan->schedule, CK_HEADER_END, w, t);
        kw[t - CK_FIRST_VARYING] = add(word, broadcast(&scan->schedule.k[t]));
    }
}

// Round t of the first hash.
INLINE void first_hash_round(const struct ck_scan *scan, const struct ck_start *from, vector s[8], vector nonces,
                             const vector kw[SCHEDULED], int t) {
    if (t < FIRST_SET) return;
    if (t == FIRST_SET) return start(from, FIRST_SET, s, nonces);
    if (t <= FIRST_SET + 3) return one_round(s, t, broadcast(&from->k[t - FIRST_SET - 1]));
    vector addend = t < CK_FIRST_VARYING ? broadcast(&scan->schedule.k[t]) : kw[t - CK_FIRST_VARYING];
    one_round(s, t, add(AT(s, t, 7), addend));
}

// Round t of the second hash. w[0…7] holds the first digest.
INLINE void second_hash_round(vector s[8], vector w[16], int t) {
    if (t > LAST_ROUND) return;
    if (t == 0) return start(&ck_digest_start, 0, s, w[0]);
    if (t >= 16) next_varying_word(&ck_digest_schedule, CK_DIGEST, w, t);
    vector sum = digest_sum(s, w, t);
    if (t <= LAST_FULL_ROUND)
        one_round(s, t, sum);
    else
        half_round(s, t, sum);
}

// The lanes whose digest may meet the target: its most significant word is at most the target's.
INLINE unsigned candidates(const struct ck_scan *scan, vector s[8]) {
    vector last = add(AT(s, LAST_ROUND + 1, 4), broadcast(&initial_state[7]));
    return at_most(swap_bytes(last), broadcast(&scan->top));
}

// One pass: the first hash of the batch with `version`, whose digest words come to be the message, and the second hash
// of the message before. Returns the second hash's candidates.
INLINE unsigned pass(const struct ck_scan *scan, size_t version, vector nonces, const vector kw[SCHEDULED],
                     vector message[8]) {
    vector s1[8], s2[8], w2[16];
    for (int i = 0; i < 8; i++) w2[i] = message[i];
#pragma clang loop unroll(full)
    for (int t = 0; t < 64; t++) {
        first_hash_round(scan, &scan->start[version], s1, nonces, kw, t);
        second_hash_round(s2, w2, t);
    }
    for (int i = 0; i < 8; i++) message[i] = add(s1[i], broadcast(&scan->midstates[8 * version + (size_t)i]));
    return candidates(scan, s2);
}

INLINE int scan_versions(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce,
                         size_t *version) {
    vector message[8], kw[SCHEDULED];
    unsigned lanes[CK_MOST_VERSIONS], any = 0; // candidates of the batch before, or of this one
    size_t last = scan->versions - 1;
    for (int i = 0; i < 8; i++) message[i] = broadcast(&scan->midstates[i]); // of no item, in the first pass
    for (uint64_t offset = 0;; offset += LANES) {
        uint32_t lowest = start + (uint32_t)offset;
        vector nonces = swap_bytes(add(broadcast(&lowest), lane_numbers()));
        schedule_batch(scan, kw, nonces);
#pragma clang loop unroll(disable)
        for (size_t v = 0; v <= last; v++) {
            unsigned found = pass(scan, v, nonces, kw, message);
            lanes[v > 0 ? v - 1 : last] = found;
            any |= found;
            if (v > 0) continue;
            // Now the batch before is done.
            if (__builtin_expect(any != 0, 0) && offset > 0)
                if (ck_scan_confirm(scan, lanes, LANES, start, offset - LANES, count, nonce, version)) return 1;
            if (offset >= count) return 0;
            any = 0;
        }
    }
}

// The kernel itself, as an outer function.
#define SCAN(name)                                                                                            \
    TARGET int ck_scan_##name(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce,     \
                              size_t *version) {                                                               \
        int found = scan_versions(scan, start, count, nonce, version);                                         \
        FINISH();                                                                                              \
        return found;                                                                                          \
    }
