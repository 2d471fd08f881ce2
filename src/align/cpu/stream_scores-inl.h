// Scores of a block of rows for streams of pairs, from one profile per lane. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STREAM_SCORES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STREAM_SCORES_INL_H_
#undef ANNEAL_ALIGN_CPU_STREAM_SCORES_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STREAM_SCORES_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/interleave-inl.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/stream_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_AVX3_DL
/// Fills profile[letter][row].
inline void build_profile(const ProfileJob& job) {
  for (std::int64_t row = 0; row < job.rows; row += 64) {
    const __m512i codes = _mm512_loadu_si512(job.query + row);
    for (int letter = 0; letter < job.letters; ++letter) {
      const auto* scores = reinterpret_cast<const __m256i*>(job.matrix + SubstitutionMatrix::max_letters * letter);
      _mm512_storeu_si512(job.profile + letter * job.stride + row,
                          _mm512_permutexvar_epi8(codes, _mm512_broadcast_i64x4(_mm256_loadu_si256(scores))));
    }
  }
}
#else
/// Fills profile[letter][row].
inline void build_profile(const ProfileJob& job) {
  const hn::CappedTag<std::uint8_t, 64> d8;
  const auto step = static_cast<std::int64_t>(hn::Lanes(d8));
  const auto half = hn::Set(d8, std::uint8_t{16});
  for (std::int64_t row = 0; row < job.rows; row += step) {
    const auto codes = hn::LoadU(d8, job.query + row);
    // Each half of the table gives 0 for the other half's codes.
    const auto in_low = hn::Or(
        codes, hn::IfThenElse(hn::Eq(hn::And(codes, half), half), hn::Set(d8, std::uint8_t{0x80}), hn::Zero(d8)));
    const auto in_high = hn::Sub(codes, half);
    for (int letter = 0; letter < job.letters; ++letter) {
      const std::int8_t* scores = job.matrix + SubstitutionMatrix::max_letters * letter;
      hn::StoreU(hn::Or(lookup_in_16(d8, scores, in_low), lookup_in_16(d8, scores + 16, in_high)), d8,
                 job.profile + letter * job.stride + row);
    }
  }
}
#endif

#if HWY_TARGET & ANNEAL_SVE_TARGETS
/// The 16 bytes at at(n) become byte n of each of 16 vectors.
template <class At>
void gather_block(const At& at, std::uint8_t* out) {
  const std::size_t bytes = hn::Lanes(hn::ScalableTag<std::uint8_t>());
  for (std::size_t first = 0; first < bytes; first += 16) {
    transpose_16x16([&](std::size_t k) { return at(first + k); }, out + first, bytes);
  }
}
#else
template <class At>
HWY_INLINE auto load_blocks(const At& at, std::size_t k) {
  const auto load = [&](std::size_t block) HWY_ATTR { return load_16(at(16 * block + k)); };
  const hn::CappedTag<std::uint8_t, 32> d32;
  const hn::ScalableTag<std::uint8_t> d;
  if constexpr (hn::MaxLanes(d) == 16) {
    return load(0);
  } else if constexpr (hn::MaxLanes(d) == 32) {
    return hn::Combine(d32, load(1), load(0));
  } else {
    return hn::Combine(d, hn::Combine(d32, load(3), load(2)), hn::Combine(d32, load(1), load(0)));
  }
}

/// The 16 bytes at at(n) become byte n of each of 16 vectors.
template <class At>
HWY_INLINE void gather_block(const At& at, std::uint8_t* out) {
  const hn::ScalableTag<std::uint8_t> d8;
  constexpr std::size_t bytes = hn::MaxLanes(d8);
  hn::Vec<decltype(d8)> a[16], b[16];
  for (std::size_t k = 0; k < 16; ++k) a[k] = load_blocks(at, k);
  const auto round = [&](const auto& x, auto& y) HWY_ATTR {
    for (std::size_t k = 0; k < 8; ++k) {
      y[2 * k] = hn::InterleaveLower(d8, x[k], x[k + 8]);
      y[2 * k + 1] = hn::InterleaveUpper(d8, x[k], x[k + 8]);
    }
  };
  round(a, b);
  round(b, a);
  round(a, b);
  round(b, a);
  for (std::size_t k = 0; k < 16; ++k) hn::Store(a[k], d8, out + k * bytes);
}
#endif

/// Where looking pairs up is faster than profiles are.
inline constexpr bool looks_stream_pairs_up = HWY_TARGET == HWY_AVX3_DL;

/// For lanes of T's size: numbers[column][lane] from four codes of each lane.
template <typename T>
HWY_INLINE void number_targets(const PairScores& table, const std::uint32_t* letters, std::uint8_t* numbers) {
  const hn::ScalableTag<std::uint8_t> d;
  const hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d_lanes;
  const auto* numbers_of_codes = reinterpret_cast<const std::int8_t*>(table.numbers());
  hn::Vec<decltype(d_lanes)> a, b, c, e;
  hn::LoadInterleaved4(d_lanes, reinterpret_cast<const std::uint8_t*>(letters), a, b, c, e);
  const auto store = [&](auto codes, std::size_t column) HWY_ATTR {
    hn::Vec<decltype(d)> all;
    if constexpr (sizeof(T) == 1) {
      all = codes;
    } else {
      all = hn::Combine(d, codes, codes);
    }
    const auto index = hn::And(all, hn::Set(d, std::uint8_t{15}));
    const auto number = hn::IfThenElse(hn::Eq(all, index), lookup_in_16(d, numbers_of_codes, index),
                                       lookup_in_16(d, numbers_of_codes + 16, index));
    hn::Store(number, d, numbers + column * hn::Lanes(d));
  };
  store(a, 0);
  store(b, 1);
  store(c, 2);
  store(e, 3);
}

/// Scores of a block of rows: out[column][row][lane], as gather_block() gives them.
HWY_INLINE void look_pairs_up(const PairScores& table, const std::uint8_t* query, const std::uint8_t* target,
                              std::uint8_t* out) {
  const hn::ScalableTag<std::uint8_t> d;
  const PairNumberScores scores{table};
  const std::size_t lanes = hn::Lanes(d);
  const auto t0 = hn::Load(d, target), t1 = hn::Load(d, target + lanes), t2 = hn::Load(d, target + 2 * lanes),
             t3 = hn::Load(d, target + 3 * lanes);
  const auto first0 = scores.first_pair(d, t0), first1 = scores.first_pair(d, t1), first2 = scores.first_pair(d, t2),
             first3 = scores.first_pair(d, t3);
  for (std::size_t row = 0; row < 16; ++row, query += lanes, out += lanes) {
    const auto q = hn::Load(d, query), first = scores.first_pair(d, q);
    hn::Store(scores.lookup(d, q, first, t0, first0), d, out);
    hn::Store(scores.lookup(d, q, first, t1, first1), d, out + 16 * lanes);
    hn::Store(scores.lookup(d, q, first, t2, first2), d, out + 32 * lanes);
    hn::Store(scores.lookup(d, q, first, t3, first3), d, out + 48 * lanes);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
