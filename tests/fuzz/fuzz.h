/* fuzz.h - what the fuzz targets share.
 *
 * A target reads any bytes and checks what must hold of them. libFuzzer makes
 * such bytes up (tests/fuzz/run); without it replay.c gives each target its
 * seeds, among them the inputs that once broke something.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base.h"

struct problems;

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Aborts with the claim when it is false, so that the input is kept. */
#define HOLDS(claim) ((claim) ? (void)0 : BUG("does not hold: " #claim))

/* Bytes for code that reads files: a path to them, good until the next call. Nothing is written to
 * a disk. */
const char *fuzz_file(const unsigned char *data, size_t size);
/* Prints the problems to nowhere; what is printed must be valid UTF-8. */
void fuzz_print(struct problems *problems);

#endif
