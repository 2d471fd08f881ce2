#include "io/hts/index_contents.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "anneal/error.h"
#include "io/bgzf_block.h"
#include "io/hts/index_path.h"
#include "io/input.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

constexpr int bits_per_level = 3;
constexpr std::size_t columns_size = 28;  // of tabix, and the size of the names behind them

class IndexParser {
 public:
  explicit IndexParser(const std::string& path) : name_(input_name(path)), bytes_(read_input(path)) {}

  IndexContents parse() {
    const std::string_view magic = take(4);
    const bool is_csi = magic == std::string_view("CSI\1", 4);
    result_.is_bai = magic == std::string_view("BAI\1", 4);
    if (!is_csi && !result_.is_bai && magic != std::string_view("TBI\1", 4)) fail("it is neither CSI nor BAI nor TBI");
    if (is_csi) {
      parse_csi_head();
    } else if (result_.is_bai) {
      result_.contig_count = number();
    } else {
      result_.contig_count = number();
      parse_columns();
    }
    for (std::int32_t i = 0; i < result_.contig_count; ++i) parse_contig(is_csi);
    parse_unplaced();
    return std::move(result_);
  }

 private:
  [[noreturn]] void fail(std::string_view reason) const {
    throw Error(ErrorCode::invalid_input,
                fmt::format("the index {} cannot be used: {}; make it again with anneal index", name_, reason));
  }
  std::string_view take(std::size_t size) {
    if (bytes_.size() - position_ < size) fail("it ends too early");
    position_ += size;
    return std::string_view(bytes_).substr(position_ - size, size);
  }
  std::uint64_t little_endian(std::size_t size) {
    std::uint64_t value = 0;
    const std::string_view bytes = take(size);
    for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return value;
  }
  std::int32_t number() { return static_cast<std::int32_t>(little_endian(4)); }
  std::size_t count() {
    const std::int32_t value = number();
    if (value < 0) fail("it has a negative count");
    return static_cast<std::size_t>(value);
  }

  void parse_csi_head() {
    constexpr int most_bits = 62;
    result_.min_shift = number();
    result_.depth = number();
    const bool is_possible = result_.min_shift >= 0 && result_.min_shift <= most_bits && result_.depth >= 0 &&
                             result_.depth <= (most_bits - result_.min_shift) / bits_per_level;
    if (!is_possible)
      fail(fmt::format("its bins of 2^{} positions in {} levels cannot be", result_.min_shift, result_.depth));
    const std::size_t size = count();
    const std::size_t behind = position_ + size;
    if (size >= columns_size) parse_columns();
    if (position_ > behind) fail("its columns do not fit");
    take(behind - position_);
    result_.contig_count = number();
  }

  void parse_columns() {
    result_.has_columns = true;
    for (std::int32_t& column : result_.columns) column = number();
    std::string_view names = take(count());
    while (!names.empty()) {
      const std::size_t end = std::min(names.find('\0'), names.size() - 1);
      result_.contigs.emplace_back(names.substr(0, end));
      names.remove_prefix(end + 1);
    }
  }

  void parse_contig(bool is_csi) {
    const std::uint64_t statistics_bin = ((std::uint64_t{1} << (bits_per_level * (result_.depth + 1))) - 1) / 7 + 1;
    const std::size_t bin_count = count();
    bool has_root = false;
    for (std::size_t i = 0; i < bin_count; ++i) {
      const std::uint64_t bin = little_endian(4);
      if (bin > statistics_bin) fail("its bins are not those of its depth");
      has_root |= bin == 0;
      if (is_csi) take(8);
      std::uint64_t before = 0;
      for (std::size_t chunks = count(); chunks > 0; --chunks) {
        constexpr int block_bits = 16;
        const std::uint64_t begin = little_endian(8) >> block_bits, end_offset = little_endian(8);
        const std::uint64_t end = end_offset >> block_bits;
        if (bin == statistics_bin) continue;
        // Statistics of another depth look like that.
        if (is_csi && begin < before) fail("its bins are not those of its depth");
        before = begin;
        result_.end = std::max(result_.end, end);
        result_.end_offset = std::max(result_.end_offset, end_offset);
        if (result_.begins.empty() || result_.begins.back() != begin) result_.begins.push_back(begin);
      }
    }
    // Where it is the only level, htslib looks for it for ever.
    if (result_.depth == 0 && bin_count > 0 && !has_root) fail("a sequence has statistics and no records");
    if (!is_csi) take(8 * count());
  }

  // Their number, which old programs leave out.
  void parse_unplaced() {
    constexpr std::size_t size = 8;
    result_.has_more = !result_.has_columns && (bytes_.size() - position_ < size || little_endian(size) > 0);
  }

  std::string name_, bytes_;
  std::size_t position_ = 0;
  IndexContents result_{};
};

}  // namespace

IndexContents read_index(const std::string& path) { return IndexParser(path).parse(); }

void check_depth(const IndexContents& index, const std::string& index_path, const std::string& path,
                 std::int64_t longest_contig) {
  constexpr int usual_depth = 6;  // of tabix; others take BAI's 5
  constexpr std::int64_t overhang = 256;
  const auto bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(longest_contig + overhang)));
  const int needed = std::max(bits - index.min_shift + bits_per_level - 1, 0) / bits_per_level;
  if (index.depth <= std::max(needed, usual_depth)) return;
  refuse_foreign(index_path, path, fmt::format("it has {} levels of bins, and {} are enough", index.depth, needed));
}

std::vector<std::uint64_t> some_of(std::vector<std::uint64_t> places) {
  constexpr std::size_t most = 64;
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
  if (places.size() <= most) return places;
  std::vector<std::uint64_t> some;
  some.reserve(most);
  for (std::size_t i = 0; i < most; ++i) some.push_back(places[i * (places.size() - 1) / (most - 1)]);
  return some;
}

namespace {

// Whether nothing follows the last record that the index has, but records of BAM without a position.
bool ends_there(const IndexContents& index, const std::string& path) {
  const std::unique_ptr<BGZF, decltype(&bgzf_close)> file(bgzf_open(path.c_str(), "r"), &bgzf_close);
  if (file == nullptr || bgzf_seek(file.get(), static_cast<std::int64_t>(index.end_offset), SEEK_SET) != 0)
    return false;
  struct {
    std::int32_t size, contig;
  } next{};
  const ssize_t count = bgzf_read(file.get(), &next, sizeof next);
  return count == 0 || (count == sizeof next && index.has_more && next.contig == -1);
}

}  // namespace

std::size_t check_places(const IndexContents& index, const std::string& index_path, const std::string& path) {
  const FileDescriptor file = open_file(path);
  struct stat status{};
  if (index.end == 0 || ::fstat(file.get(), &status) != 0) return 0;
  constexpr std::uint64_t largest_block = 65536, end_marker = 28;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const bool is_cut = index.end > size;
  const bool is_longer = !index.has_more && index.end + largest_block + 2 * end_marker < size;
  if (is_cut || is_longer) {
    refuse_foreign(index_path, path,
                   fmt::format("its records end in the block at byte {}, and the file has {} bytes", index.end, size));
  }
  std::vector<std::uint64_t> places = some_of(index.begins);
  if (index.end < size) places.push_back(index.end);
  for (const std::uint64_t place : places) {
    std::array<char, bgzf_head_size> head{};
    const ssize_t count = ::pread(file.get(), head.data(), head.size(), static_cast<off_t>(place));
    if (count > 0 && is_bgzf_head({head.data(), static_cast<std::size_t>(count)})) continue;
    refuse_foreign(index_path, path, fmt::format("no block begins at byte {}", place));
  }
  return ends_there(index, path) ? places.size() : 0;
}

}  // namespace anneal::io::hts
