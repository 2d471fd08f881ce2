#include "map/minimap/dump.h"

#include <cstring>
#include <limits>
#include <unordered_set>
#include <utility>

namespace anneal::map {
namespace {

constexpr std::uint32_t most_bucket_bits = 24;

// Values from the front of bytes; zeros, and is_cut(), once they are at an end.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}

  template <typename Value>
  Value take() {
    Value value{};
    const std::string_view bytes = take_bytes(sizeof(Value));
    if (!is_cut_) std::memcpy(&value, bytes.data(), bytes.size());
    return value;
  }
  std::string_view take_bytes(std::uint64_t count) {
    if (count > bytes_.size()) is_cut_ = true;
    if (is_cut_) return {};
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  template <typename Value>
  DumpArray<Value> take_array(std::uint64_t count) {
    return {take_bytes(count > bytes_.size() ? std::numeric_limits<std::uint64_t>::max() : count * sizeof(Value))};
  }

  bool is_cut() const { return is_cut_; }
  bool is_over() const { return !is_cut_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool is_cut_ = false;
};

// Names are what SAM's columns can hold.
bool is_name(std::string_view name) {
  return !name.empty() && name.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
}

class Parser {
 public:
  explicit Parser(std::string_view dump) : fields_(dump) {
    parts_.header = header_of(dump);
    fields_.take_bytes(std::strlen(MM_IDX_MAGIC) + sizeof(DumpHeader));
  }

  std::optional<DumpParts> parts() {
    if (!is_possible_header() || !take_targets() || !take_buckets() || !take_codes()) return std::nullopt;
    return std::move(parts_);
  }

 private:
  bool is_possible_header() const {
    constexpr std::uint32_t most_letters = 28;  // of a minimizer
    const DumpHeader& header = parts_.header;
    return !fields_.is_cut() && header.targets > 0 && header.letters > 0 && header.letters <= most_letters &&
           header.bucket_bits <= most_bucket_bits && header.bucket_bits <= 2 * header.letters &&
           header.targets <= static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max()) &&
           (header.flags & MM_I_NO_SEQ) == 0;
  }

  bool take_targets() {
    std::unordered_set<std::string_view> names;
    for (std::uint32_t i = 0; i < parts_.header.targets; ++i) {
      const std::string_view name = fields_.take_bytes(fields_.take<std::uint8_t>());
      const auto length = fields_.take<std::uint32_t>();
      constexpr auto longest = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
      if (fields_.is_cut() || !is_name(name) || !names.insert(name).second || length > longest) return false;
      parts_.targets.push_back({name, length});
      letters_ += length;
    }
    return true;
  }

  bool take_buckets() {
    for (std::uint64_t i = 0; i < std::uint64_t{1} << parts_.header.bucket_bits; ++i) {
      const auto place_count = fields_.take<std::int32_t>();
      if (fields_.is_cut() || place_count < 0) return false;
      DumpBucket bucket;
      bucket.places = fields_.take_array<std::uint64_t>(static_cast<std::uint64_t>(place_count));
      bucket.minimizers = fields_.take_array<DumpMinimizer>(fields_.take<std::uint32_t>());
      if (fields_.is_cut()) return false;
      parts_.buckets.push_back(bucket);
      parts_.minimizer_count += bucket.minimizers.size();
    }
    return true;
  }

  bool take_codes() {
    constexpr std::uint64_t codes_per_word = 8;
    parts_.codes = fields_.take_array<std::uint32_t>((letters_ + codes_per_word - 1) / codes_per_word);
    return fields_.is_over();
  }

  Fields fields_;
  DumpParts parts_;
  std::uint64_t letters_ = 0;
};

}  // namespace

DumpHeader header_of(std::string_view dump) {
  Fields fields(dump);
  fields.take_bytes(std::strlen(MM_IDX_MAGIC));
  return fields.take<DumpHeader>();
}

std::optional<DumpParts> parts_of(std::string_view dump) {
  if (!dump.starts_with(MM_IDX_MAGIC)) return std::nullopt;
  return Parser(dump).parts();
}

}  // namespace anneal::map
