/* A peer that no package has: a shared library that bench_peers --plugin loads. Plain C, for plugins in any language.
 *
 * Such a library defines the two functions at the end. A gap of n letters costs gap_open + n * gap_extend, coordinates
 * are 0-based and half-open, and extensions are those of bwa's ksw_extend2. */
#ifndef ANNEAL_BENCH_PLUGIN_H
#define ANNEAL_BENCH_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Goes up with every change to what is below. */
#define ANNEAL_BENCH_VERSION 1

enum anneal_bench_mode { ANNEAL_BENCH_LOCAL, ANNEAL_BENCH_GLOBAL, ANNEAL_BENCH_EXTEND };
enum anneal_bench_output { ANNEAL_BENCH_SCORE, ANNEAL_BENCH_END, ANNEAL_BENCH_PATH };
enum anneal_bench_alphabet { ANNEAL_BENCH_DNA, ANNEAL_BENCH_PROTEIN };

/* What is to be computed. It is valid only during the call that gets it. */
struct anneal_bench_work {
  int32_t mode, output, alphabet; /* of the enumerations above */
  const char* matrix;             /* its name, such as "BLOSUM62"; in DNA "" */
  int32_t match, mismatch;        /* DNA only; a mismatch costs `mismatch` */
  const char* letters;            /* of the matrix, in the order of their codes */
  int32_t letter_count;
  const int8_t* scores; /* of a query letter's row and a target letter's column, letter_count * letter_count */
  int32_t gap_open, gap_extend;
  int32_t band;             /* only cells with |column - row| <= band; -1: all */
  int32_t zdrop, end_bonus; /* extensions only; 0: none */
};

struct anneal_bench_sequence {
  const char* letters; /* ASCII, upper case; a zero follows */
  int32_t length;
};

struct anneal_bench_pairs {
  size_t count;
  const struct anneal_bench_sequence *queries, *targets;
  const int32_t* h0; /* score of the seed before each pair; extensions only */
};

/* Filled with zeros, and ends with -1, before a run: a plugin sets what was asked for and what it knows. */
struct anneal_bench_answer {
  int32_t score, query_end, target_end;
  int32_t global_score, global_target_end, max_off; /* extensions only */
  int32_t query_begin, target_begin;                /* of a local path */
  /* Runs of a path as BAM has them (length << 4 | 0 M, 1 I, 2 D, 7 =, 8 X), valid until the next run. */
  const uint32_t* path;
  size_t path_runs;
};

/* One kernel. Texts and state live until the process ends. */
struct anneal_bench_contestant {
  const char *peer, *name; /* "kswv", "8 bits AVX-512" */
  /* Why its scores may rightly differ, in a few words; "" where they may not. Where they may be too low, the first word
   * is "heuristic", and the report takes it for nobody's best peer. */
  const char* other_rules;
  void* state;             /* handed to `run` */
  /* Aligns all pairs; what it does is timed. Where keep_paths is 0, paths have to be found, but nobody reads them.
   * Returns NULL, or what went wrong. */
  const char* (*run)(void* state, const struct anneal_bench_pairs* pairs, struct anneal_bench_answer* answers,
                     int keep_paths);
};

/* ANNEAL_BENCH_VERSION, as the plugin was compiled. */
int anneal_bench_version(void);

/* Writes the kernels that do this work on this processor to `offers`, which has room for `room`; returns how many. */
size_t anneal_bench_offer(const struct anneal_bench_work* work, struct anneal_bench_contestant* offers, size_t room);

#ifdef __cplusplus
}
#endif

#endif
