// Marks for valgrind, and a record of the calls into GMP and OpenSSL.
#ifndef CMARKS_H
#define CMARKS_H

#include <stdbool.h>
#include <stddef.h>

/// Whether the program runs under valgrind and was built with its header.
bool cm_is_checked(void);
/// Marks memory as secret: branching on it, or using it as an address, is reported.
void cm_mark_secret(void *start, size_t count);
/// The errors reported so far.
size_t cm_error_count(void);

/// Where values were published: how many places, each told once on valgrind's output.
size_t cm_publication_count(void);

/// A table lookup and a branch that depend on `secret`: the positive control.
int cm_leak(const unsigned char *secret, size_t count);

/// Starts recording calls of GMP and OpenSSL.
void cm_record_start(void);
/// Ends recording. `entries` holds `count` numbers: kind and sizes of each call in their order.
void cm_record_stop(const unsigned long **entries, size_t *count);

#endif
