#define _GNU_SOURCE
#include "cmarks.h"

#include <execinfo.h>
#include <string.h>

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#define HAS_VALGRIND 1
#else
#define HAS_VALGRIND 0
#endif

bool cm_is_checked(void) {
#if HAS_VALGRIND
    return RUNNING_ON_VALGRIND != 0;
#else
    return false;
#endif
}

void cm_mark_secret(void *start, size_t count) {
#if HAS_VALGRIND
    VALGRIND_MAKE_MEM_UNDEFINED(start, count);
#else
    (void)start, (void)count;
#endif
}

size_t cm_error_count(void) {
#if HAS_VALGRIND
    return VALGRIND_COUNT_ERRORS;
#else
    return 0;
#endif
}

// The innermost callers tell one place from another.
#define DEPTH 6
#define PLACES 512
static void *places[PLACES][DEPTH];
static size_t place_count;

size_t cm_publication_count(void) { return place_count; }

/// Called by ByteCoding where a value is published, in a build with CONSTANT_TIME_CHECK.
void ringwork_mark_public(void *start, size_t count) {
#if HAS_VALGRIND
    if (!RUNNING_ON_VALGRIND) return;
    // Values made from public ones come here too; only what was secret is told.
    bool was_secret = false;
    for (size_t index = 0; index < count && !was_secret; index++) {
        unsigned char bits = 0;
        was_secret = VALGRIND_GET_VBITS((char *)start + index, &bits, 1) == 1 && bits != 0;
    }
    VALGRIND_MAKE_MEM_DEFINED(start, count);
    if (!was_secret || place_count == PLACES) return;
    void *place[DEPTH] = {0};
    void *frames[DEPTH + 1] = {0};
    int found = backtrace(frames, DEPTH + 1);
    for (int index = 1; index < found; index++) place[index - 1] = frames[index];
    for (size_t index = 0; index < place_count; index++) {
        if (memcmp(places[index], place, sizeof place) == 0) return;
    }
    memcpy(places[place_count++], place, sizeof place);
    VALGRIND_PRINTF_BACKTRACE("published\n");
#else
    (void)start, (void)count;
#endif
}

static volatile int leaked;
static const unsigned char table[256] = {1, 2, 3};

__attribute__((noinline)) int cm_leak(const unsigned char *secret, size_t count) {
    for (size_t index = 0; index < count; index++) {
        leaked = table[secret[index]];
        if (secret[index] != 0) return (int)index;
    }
    return -1;
}
