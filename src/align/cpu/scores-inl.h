// Score lookup for vectors of letter codes. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_SCORES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_SCORES_INL_H_
#undef ANNEAL_ALIGN_CPU_SCORES_INL_H_
#else
#define ANNEAL_ALIGN_CPU_SCORES_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/pair_scores.h"
#include "align/cpu/score_table.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Looks bytes up in a table of 16, whatever the width of the index vector. Where an index's highest bit is set, it
/// finds 0.
template <class D8>
HWY_INLINE hn::VFromD<D8> lookup_in_16(D8 d8, const std::int8_t* table, hn::VFromD<D8> index) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  if constexpr (hn::MaxLanes(D8()) >= 16) {
    return hn::TableLookupBytesOr0(hn::LoadDup128(d8, bytes), index);
  } else {
    return hn::TableLookupBytesOr0(hn::LoadU(hn::Full128<std::uint8_t>(), bytes), index);
  }
}

/// Scores by the exclusive or of two codes: one table of 16.
struct MatchScores {
  const ScoreTable& table;

  template <class D8>
  HWY_INLINE hn::VFromD<D8> prepare_target(D8 d8, hn::VFromD<D8> target) const {
    return hn::Add(target, hn::And(target, hn::Set(d8, ScoreTable::unknown_bit)));
  }
  template <class D8>
  HWY_INLINE hn::VFromD<D8> lookup(D8 d8, hn::VFromD<D8> query, hn::VFromD<D8> target) const {
    return lookup_in_16(d8, table.by_xor(), hn::Xor(query, target));
  }
};

/// The same for target letters that were prepared before.
struct PreparedMatchScores {
  const ScoreTable& table;

  template <class D8>
  HWY_INLINE hn::VFromD<D8> lookup(D8 d8, hn::VFromD<D8> query, hn::VFromD<D8> target) const {
    return lookup_in_16(d8, table.by_xor(), hn::Xor(query, target));
  }
};

/// Scores of a whole matrix.
struct MatrixScores {
  const ScoreTable& table;

  template <class D8>
  HWY_INLINE hn::VFromD<D8> prepare_target(D8, hn::VFromD<D8> target) const {
    return target;
  }

  template <class D8>
  HWY_INLINE hn::VFromD<D8> lookup(D8 d8, hn::VFromD<D8> query, hn::VFromD<D8> target) const {
#if HWY_TARGET == HWY_AVX3_DL
    if constexpr (hn::MaxLanes(D8()) == 64) {
      return hn::VFromD<D8>{lookup_in_128s(query.raw, target.raw)};
    } else if constexpr (hn::MaxLanes(D8()) == 32) {
      const __m512i found = lookup_in_128s(_mm512_castsi256_si512(query.raw), _mm512_castsi256_si512(target.raw));
      return hn::VFromD<D8>{_mm512_castsi512_si256(found)};
    } else {
      const __m512i found = lookup_in_128s(_mm512_castsi128_si512(query.raw), _mm512_castsi128_si512(target.raw));
      return hn::VFromD<D8>{_mm512_castsi512_si128(found)};
    }
#else
    return lookup_by_letter(d8, query, target);
#endif
  }

 private:
#if HWY_TARGET == HWY_AVX3_DL
  // Four matrix rows at a time fill the two registers of vpermi2b.
  HWY_INLINE __m512i lookup_in_128s(__m512i query, __m512i target) const {
    const __m512i low_rows = _mm512_and_si512(target, _mm512_set1_epi8(3));
    const __m512i index = _mm512_or_si512(query, _mm512_slli_epi16(low_rows, 5));
    const __m512i group = _mm512_and_si512(_mm512_srli_epi16(target, 2), _mm512_set1_epi8(7));
    __m512i scores = _mm512_set1_epi8(table.padding_score());
    const int groups = (table.letters() + 3) / 4;
    for (int g = 0; g < groups; ++g) {
      const std::int8_t* rows = table.by_target() + 128 * g;
      const __m512i found = _mm512_permutex2var_epi8(_mm512_load_si512(rows), index, _mm512_load_si512(rows + 64));
      scores =
          _mm512_mask_mov_epi8(scores, _mm512_cmpeq_epi8_mask(group, _mm512_set1_epi8(static_cast<char>(g))), found);
    }
    return scores;
  }
#endif

  // Letter by letter: the row of the matrix where the target has that letter.
  template <class D8>
  HWY_INLINE hn::VFromD<D8> lookup_by_letter(D8 d8, hn::VFromD<D8> query, hn::VFromD<D8> target) const {
    const auto in_upper_half = hn::Gt(query, hn::Set(d8, std::uint8_t{15}));
    const auto low_index = hn::And(query, hn::Set(d8, std::uint8_t{15}));
    auto scores = hn::Set(d8, static_cast<std::uint8_t>(table.padding_score()));
    for (int letter = 0; letter < table.letters(); ++letter) {
      const std::int8_t* row = table.by_target() + SubstitutionMatrix::max_letters * letter;
      const auto found =
          hn::IfThenElse(in_upper_half, lookup_in_16(d8, row + 16, low_index), lookup_in_16(d8, row, low_index));
      scores = hn::IfThenElse(hn::Eq(target, hn::Set(d8, static_cast<std::uint8_t>(letter))), found, scores);
    }
    return scores;
  }
};

/// Scores of numbered letters.
struct PairNumberScores {
  const PairScores& table;

  template <class D8>
  HWY_INLINE hn::VFromD<D8> prepare_target(D8, hn::VFromD<D8> target) const {
    return target;
  }

  template <class D8>
  HWY_INLINE hn::VFromD<D8> lookup(D8 d8, hn::VFromD<D8> query, hn::VFromD<D8> target) const {
    return at(d8, hn::Add(first_pair(d8, hn::Max(query, target)), hn::Min(query, target)));
  }

  /// For letters that meet many others, with the first_pair() of each.
  template <class D8, class V = hn::VFromD<D8>>
  HWY_INLINE V lookup(D8 d8, V query, V first_of_query, V target, V first_of_target) const {
    // The sum that begins with the lower number is never the higher one.
    return at(d8, hn::Max(hn::Add(first_of_query, target), hn::Add(first_of_target, query)));
  }

  /// Where the pairs of a letter with those of no higher number begin.
  template <class D8>
  HWY_INLINE hn::VFromD<D8> first_pair(D8 d8, hn::VFromD<D8> number) const {
#if HWY_TARGET == HWY_AVX3_DL
    return part(d8, _mm512_permutexvar_epi8(whole(number), _mm512_load_si512(table.first_pairs())));
#else
    const auto* first_pairs = reinterpret_cast<const std::int8_t*>(table.first_pairs());
    const auto low_index = hn::And(number, hn::Set(d8, std::uint8_t{15}));
    return hn::IfThenElse(hn::Gt(number, hn::Set(d8, std::uint8_t{15})), lookup_in_16(d8, first_pairs + 16, low_index),
                          lookup_in_16(d8, first_pairs, low_index));
#endif
  }

 private:
#if HWY_TARGET == HWY_AVX3_DL
  template <class V>
  static HWY_INLINE __m512i whole(V v) {
    if constexpr (sizeof(v.raw) == 64) {
      return v.raw;
    } else if constexpr (sizeof(v.raw) == 32) {
      return _mm512_castsi256_si512(v.raw);
    } else {
      return _mm512_castsi128_si512(v.raw);
    }
  }

  template <class D8>
  static HWY_INLINE hn::VFromD<D8> part(D8, __m512i v) {
    using V = hn::VFromD<D8>;
    if constexpr (sizeof(V) == 64) {
      return V{v};
    } else if constexpr (sizeof(V) == 32) {
      return V{_mm512_castsi512_si256(v)};
    } else {
      return V{_mm512_castsi512_si128(v)};
    }
  }

  // Each of the two lookups ignores the index's highest bit.
  template <class D8>
  HWY_INLINE hn::VFromD<D8> at(D8 d8, hn::VFromD<D8> place) const {
    const std::int8_t* scores = table.scores();
    const __m512i index = whole(place);
    const __m512i in_first = _mm512_permutex2var_epi8(_mm512_load_si512(scores), index, _mm512_load_si512(scores + 64));
    const __m512i in_second =
        _mm512_permutex2var_epi8(_mm512_load_si512(scores + 128), index, _mm512_load_si512(scores + 192));
    return part(d8, _mm512_mask_mov_epi8(in_first, _mm512_movepi8_mask(index), in_second));
  }
#else
  template <class D8>
  HWY_INLINE hn::VFromD<D8> at(D8 d8, hn::VFromD<D8> index) const {
    // An index outside the piece gets its highest bit set, and then finds 0. x86 ignores the three bits below it.
    const auto outside = hn::Set(d8, std::uint8_t{0x70}), piece = hn::Set(d8, std::uint8_t{16});
    const auto known_bits = hn::Set(d8, static_cast<std::uint8_t>(HWY_ARCH_X86 ? 0xFF : 0x8F));
    auto scores = hn::Zero(d8);
    for (std::size_t first = 0; first < 256; first += 16) {
      const auto in_piece = hn::And(hn::SaturatedAdd(index, outside), known_bits);
      scores = hn::Or(scores, lookup_in_16(d8, table.scores() + first, in_piece));
      index = hn::Sub(index, piece);
    }
    return scores;
  }
#endif
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
