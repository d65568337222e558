// Clocks, and what keeps a measurement honest.
#define _POSIX_C_SOURCE 200809L
#include "cpeers.h"

#include <time.h>

static uint64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t cp_wall_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }
uint64_t cp_cpu_nanoseconds(void) { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }

void cp_sink(const void *result) { __asm__ volatile("" : : "r"(result) : "memory"); }

#if defined(__x86_64__)
// A 64-bit multiplication takes 3 cycles on every Intel core since Nehalem and every AMD core since Zen.
uint64_t cp_multiply_chain(uint64_t length) {
    uint64_t value = length | 1;
    for (uint64_t i = 0; i < length / 16; i++)
        __asm__ volatile(
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0\n\t"
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0\n\t"
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0\n\t"
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0"
            : "+r"(value));
    return length / 16 * 16 * 3;
}

__attribute__((target("avx"))) static void clear_upper(void) { __asm__ volatile("vzeroupper"); }

void cp_clear_upper_registers(void) {
    if (__builtin_cpu_supports("avx")) clear_upper();
}
#else
uint64_t cp_multiply_chain(uint64_t length) {
    (void)length;
    return 0;
}

void cp_clear_upper_registers(void) {}
#endif
