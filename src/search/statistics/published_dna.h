// Parameters that NCBI publishes for nucleotides: the tables of BLAST+ (blast_stat.c).
#pragma once

#include <span>

namespace anneal::search {

/// Stands for gaps that cost match / 2 + mismatch per letter and nothing to open, as those of megablast.
inline constexpr int greedy = -1;

struct PublishedDnaRow {
  int gap_open;
  int gap_extend;
  double lambda;
  double k;
  double h;
  double alpha;
  double beta;
};

struct PublishedDna {
  int match;
  int mismatch;
  std::span<const PublishedDnaRow> rows;
  /// Gaps that cost this much or more, and are in no row, do not matter.
  int ungapped_open;
  int ungapped_extend;
  int score_step = 1;  ///< the parameters are for multiples of it
  double ungapped_beta = 0;
};

// clang-format off
inline constexpr PublishedDnaRow dna_1_5[] = {
    {greedy, 0, 1.39, 0.747, 1.38, 1.0, 0},
    {3, 3, 1.39, 0.747, 1.38, 1.0, 0},
};

inline constexpr PublishedDnaRow dna_1_4[] = {
    {greedy, 0, 1.383, 0.738, 1.36, 1.02, 0},
    {1, 2, 1.36, 0.67, 1.2, 1.1, 0},
    {0, 2, 1.26, 0.43, 0.9, 1.4, -1},
    {2, 1, 1.35, 0.61, 1.1, 1.2, -1},
    {1, 1, 1.22, 0.35, 0.72, 1.7, -3},
};

inline constexpr PublishedDnaRow dna_2_7[] = {
    {greedy, 0, 0.69, 0.73, 1.34, 0.515, 0},
    {2, 4, 0.68, 0.67, 1.2, 0.55, 0},
    {0, 4, 0.63, 0.43, 0.9, 0.7, -1},
    {4, 2, 0.675, 0.62, 1.1, 0.6, -1},
    {2, 2, 0.61, 0.35, 0.72, 1.7, -3},
};

inline constexpr PublishedDnaRow dna_1_3[] = {
    {greedy, 0, 1.374, 0.711, 1.31, 1.05, 0},
    {2, 2, 1.37, 0.7, 1.2, 1.1, 0},
    {1, 2, 1.35, 0.64, 1.1, 1.2, -1},
    {0, 2, 1.25, 0.42, 0.83, 1.5, -2},
    {2, 1, 1.34, 0.6, 1.1, 1.2, -1},
    {1, 1, 1.21, 0.34, 0.71, 1.7, -2},
};

inline constexpr PublishedDnaRow dna_2_5[] = {
    {greedy, 0, 0.675, 0.65, 1.1, 0.6, -1},
    {2, 4, 0.67, 0.59, 1.1, 0.6, -1},
    {0, 4, 0.62, 0.39, 0.78, 0.8, -2},
    {4, 2, 0.67, 0.61, 1.0, 0.65, -2},
    {2, 2, 0.56, 0.32, 0.59, 0.95, -4},
};

inline constexpr PublishedDnaRow dna_1_2[] = {
    {greedy, 0, 1.28, 0.46, 0.85, 1.5, -2},
    {2, 2, 1.33, 0.62, 1.1, 1.2, 0},
    {1, 2, 1.3, 0.52, 0.93, 1.4, -2},
    {0, 2, 1.19, 0.34, 0.66, 1.8, -3},
    {3, 1, 1.32, 0.57, 1.0, 1.3, -1},
    {2, 1, 1.29, 0.49, 0.92, 1.4, -1},
    {1, 1, 1.14, 0.26, 0.52, 2.2, -5},
};

inline constexpr PublishedDnaRow dna_2_3[] = {
    {greedy, 0, 0.55, 0.21, 0.46, 1.2, -5},
    {4, 4, 0.63, 0.42, 0.84, 0.75, -2},
    {2, 4, 0.615, 0.37, 0.72, 0.85, -3},
    {0, 4, 0.55, 0.21, 0.46, 1.2, -5},
    {3, 3, 0.615, 0.37, 0.68, 0.9, -3},
    {6, 2, 0.63, 0.42, 0.84, 0.75, -2},
    {5, 2, 0.625, 0.41, 0.78, 0.8, -2},
    {4, 2, 0.61, 0.35, 0.68, 0.9, -3},
    {2, 2, 0.515, 0.14, 0.33, 1.55, -9},
};

inline constexpr PublishedDnaRow dna_3_4[] = {
    {6, 3, 0.389, 0.25, 0.56, 0.7, -5},
    {5, 3, 0.375, 0.21, 0.47, 0.8, -6},
    {4, 3, 0.351, 0.14, 0.35, 1.0, -9},
    {6, 2, 0.362, 0.16, 0.45, 0.8, -4},
    {5, 2, 0.33, 0.092, 0.28, 1.2, -13},
    {4, 2, 0.281, 0.046, 0.16, 1.8, -23},
};

inline constexpr PublishedDnaRow dna_1_1[] = {
    {3, 2, 1.09, 0.31, 0.55, 2.0, -2},
    {2, 2, 1.07, 0.27, 0.49, 2.2, -3},
    {1, 2, 1.02, 0.21, 0.36, 2.8, -6},
    {0, 2, 0.8, 0.064, 0.17, 4.8, -16},
    {4, 1, 1.08, 0.28, 0.54, 2.0, -2},
    {3, 1, 1.06, 0.25, 0.46, 2.3, -4},
    {2, 1, 0.99, 0.17, 0.3, 3.3, -10},
};

inline constexpr PublishedDnaRow dna_3_2[] = {
    {5, 5, 0.208, 0.03, 0.072, 2.9, -47},
};

inline constexpr PublishedDnaRow dna_4_5[] = {
    {greedy, 0, 0.22, 0.061, 0.22, 1.0, -15},
    {6, 5, 0.28, 0.21, 0.47, 0.6, -7},
    {5, 5, 0.27, 0.17, 0.39, 0.7, -9},
    {4, 5, 0.25, 0.1, 0.31, 0.8, -10},
    {3, 5, 0.23, 0.065, 0.25, 0.9, -11},
};

inline constexpr PublishedDnaRow dna_5_4[] = {
    {10, 6, 0.163, 0.068, 0.16, 1.0, -19},
    {8, 6, 0.146, 0.039, 0.11, 1.3, -29},
};

inline constexpr PublishedDna published_dna[] = {
    {.match = 1, .mismatch = 5, .rows = dna_1_5, .ungapped_open = 3, .ungapped_extend = 3},
    {.match = 1, .mismatch = 4, .rows = dna_1_4, .ungapped_open = 2, .ungapped_extend = 2},
    {.match = 2, .mismatch = 7, .rows = dna_2_7, .ungapped_open = 4, .ungapped_extend = 4, .score_step = 2},
    {.match = 1, .mismatch = 3, .rows = dna_1_3, .ungapped_open = 2, .ungapped_extend = 2},
    {.match = 2, .mismatch = 5, .rows = dna_2_5, .ungapped_open = 4, .ungapped_extend = 4, .score_step = 2},
    {.match = 1, .mismatch = 2, .rows = dna_1_2, .ungapped_open = 2, .ungapped_extend = 2},
    {.match = 2, .mismatch = 3, .rows = dna_2_3, .ungapped_open = 6, .ungapped_extend = 4, .score_step = 2,
     .ungapped_beta = -2},
    {.match = 3, .mismatch = 4, .rows = dna_3_4, .ungapped_open = 6, .ungapped_extend = 3, .score_step = 2},
    {.match = 1, .mismatch = 1, .rows = dna_1_1, .ungapped_open = 4, .ungapped_extend = 2, .ungapped_beta = -2},
    {.match = 3, .mismatch = 2, .rows = dna_3_2, .ungapped_open = 5, .ungapped_extend = 5},
    {.match = 4, .mismatch = 5, .rows = dna_4_5, .ungapped_open = 12, .ungapped_extend = 8},
    {.match = 5, .mismatch = 4, .rows = dna_5_4, .ungapped_open = 25, .ungapped_extend = 10},
};
// clang-format on

}  // namespace anneal::search
