#include "map/minimap/index.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "io/open_file.h"
#include "map/minimap/build_index.h"
#include "map/minimap/packed_codes.h"

namespace anneal::map {
namespace {

// As many letters without an N as a minimizer has.
bool has_minimizer(const mm_idx_t& index) {
  for (std::uint32_t target = 0; target < index.n_seq; ++target) {
    const mm_idx_seq_t& sequence = index.seq[target];
    int run = 0;
    for (std::uint64_t i = sequence.offset; i < sequence.offset + sequence.len; ++i) {
      run = mm_seq4_get(index.S, i) < 4 ? run + 1 : 0;
      if (run == index.k) return true;
    }
  }
  return false;
}

// What depends on how often minimizers are there; minimap2 wants one at least.
void complete(mm_mapopt_t& options, const mm_idx_t& index) {
  mm_verbose = 0;
  if (!has_minimizer(index)) options.mid_occ = std::max(options.mid_occ, options.min_mid_occ);
  mm_mapopt_update(&options, &index);
}

}  // namespace

MapIndex own(OwnedIndex minimizers, MapPreset preset, const std::string& source) {
  auto impl = std::make_shared<MapIndex::Impl>();
  impl->preset = preset;
  impl->parameters = parameters_of(preset);
  check_minimizers(minimizers->k, minimizers->w, minimizers->flag, preset, source);
  complete(impl->parameters.mapping, *minimizers);
  impl->minimizers = std::move(minimizers);
  return MapIndex(std::move(impl));
}

void check_minimizers(int letters, int window, int flags, MapPreset preset, const std::string& source) {
  const mm_idxopt_t wanted = parameters_of(preset).index;
  if (letters == wanted.k && window == wanted.w && flags == wanted.flag) return;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("{} has minimizers of {} letters in windows of {}, and preset {} needs {} in {}; make it again by "
                  "'anneal index --map -x {}'",
                  source, letters, window, name_of(preset), wanted.k, wanted.w, name_of(preset)));
}

void copy_codes(const MapIndex::Impl& index, int target, std::int64_t begin, std::int64_t end, char* codes) {
  const std::uint64_t first = index.minimizers->seq[target].offset;
  unpack_codes(index.minimizers->S, first + static_cast<std::uint64_t>(begin), first + static_cast<std::uint64_t>(end),
               codes);
}

}  // namespace anneal::map

namespace anneal {

MapIndex MapIndex::build(const std::string& path, MapPreset preset, const RunControl& control) {
  map::OwnedIndex minimizers = map::build_index(map::read_genome(path), map::parameters_of(preset).index, control);
  return map::own(std::move(minimizers), preset, io::input_name(path));
}

MapPreset MapIndex::preset() const { return impl_->preset; }

int MapIndex::target_count() const { return static_cast<int>(impl_->minimizers->n_seq); }

std::string_view MapIndex::target_name(int target) const { return impl_->minimizers->seq[target].name; }

std::int64_t MapIndex::target_length(int target) const { return impl_->minimizers->seq[target].len; }

std::string MapIndex::letters(int target, std::int64_t begin, std::int64_t end) const {
  std::string letters(static_cast<std::size_t>(end - begin), '\0');
  map::copy_codes(*impl_, target, begin, end, letters.data());
  for (char& letter : letters) letter = "ACGTN"[static_cast<unsigned char>(letter)];
  return letters;
}

}  // namespace anneal
