#include "map/minimap/dump.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <unordered_set>
#include <vector>

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
  std::string_view take_array(std::uint64_t count) {
    return take_bytes(count > bytes_.size() ? std::numeric_limits<std::uint64_t>::max() : count * sizeof(Value));
  }

  bool is_cut() const { return is_cut_; }
  bool is_over() const { return !is_cut_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool is_cut_ = false;
};

template <typename Value>
Value at(std::string_view array, std::uint64_t index) {
  Value value{};
  std::memcpy(&value, array.data() + index * sizeof(Value), sizeof(Value));
  return value;
}

// Whether keys of one bucket differ. Its memory is kept for the next one.
class Keys {
 public:
  void start(std::uint64_t count) {
    const std::uint64_t size = std::bit_ceil(2 * count + 1);
    shift_ = 64 - static_cast<int>(std::bit_width(size - 1));
    slots_.assign(size, none);
  }
  bool add(std::uint64_t key) {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    std::uint64_t slot = shift_ == 64 ? 0 : key * golden >> shift_;
    for (; slots_[slot] != none; slot = (slot + 1) & (slots_.size() - 1)) {
      if (slots_[slot] == key) return false;
    }
    slots_[slot] = key;
    return true;
  }

 private:
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();  // keys are shorter

  std::vector<std::uint64_t> slots_;
  int shift_ = 64;
};

// Names are what SAM's columns can hold.
bool is_name(std::string_view name) {
  return !name.empty() && name.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
}

class Check {
 public:
  explicit Check(std::string_view dump) : fields_(dump), header_(header_of(dump)) {
    fields_.take_bytes(std::strlen(MM_IDX_MAGIC) + sizeof(DumpHeader));
  }

  bool passes() { return has_targets() && has_buckets() && has_letters() && fields_.is_over(); }

 private:
  bool has_targets() {
    constexpr std::uint32_t most_letters = 28;  // of a minimizer
    const bool is_possible = !fields_.is_cut() && header_.targets > 0 && header_.letters > 0 &&
                             header_.letters <= most_letters && header_.bucket_bits <= most_bucket_bits &&
                             header_.bucket_bits <= 2 * header_.letters &&
                             header_.targets <= static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
    if (!is_possible) return false;
    std::unordered_set<std::string_view> names;
    for (std::uint32_t i = 0; i < header_.targets; ++i) {
      const std::string_view name = fields_.take_bytes(fields_.take<std::uint8_t>());
      lengths_.push_back(fields_.take<std::uint32_t>());
      constexpr auto longest = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
      if (fields_.is_cut() || !is_name(name) || !names.insert(name).second || lengths_.back() > longest) return false;
      letters_ += lengths_.back();
    }
    return true;
  }

  bool has_buckets() {
    for (std::uint64_t i = 0; i < std::uint64_t{1} << header_.bucket_bits; ++i) {
      if (!has_bucket()) return false;
    }
    return true;
  }

  // Places of the minimizers that occur more than once, then all minimizers: those with their places in the first part,
  // the others, which have an odd key, with their place.
  bool has_bucket() {
    const auto count = fields_.take<std::int32_t>();
    if (fields_.is_cut() || count < 0) return false;
    const std::string_view places = fields_.take_array<std::uint64_t>(static_cast<std::uint64_t>(count));
    const auto size = fields_.take<std::uint32_t>();
    const std::string_view minimizers = fields_.take_array<std::uint64_t[2]>(size);
    if (fields_.is_cut()) return false;
    keys_.start(size);
    minimizers_ += size;
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto key = at<std::uint64_t>(minimizers, 2 * std::uint64_t{i});
      const auto value = at<std::uint64_t>(minimizers, 2 * std::uint64_t{i} + 1);
      if (!keys_.add(key >> 1)) return false;
      if ((key & 1) != 0 ? !is_place(value) : !are_places(places, value)) return false;
    }
    return true;
  }

  // In order, as chaining wants them.
  bool are_places(std::string_view places, std::uint64_t value) const {
    const std::uint64_t begin = value >> 32, count = value & 0xffffffff, all = places.size() / sizeof(std::uint64_t);
    if (count == 0 || begin > all || count > all - begin) return false;
    for (std::uint64_t i = begin, last = 0; i < begin + count; ++i) {
      const auto place = at<std::uint64_t>(places, i);
      if (place < last || !is_place(place)) return false;
      last = place;
    }
    return true;
  }

  // Target, the last letter's position, and the strand.
  bool is_place(std::uint64_t place) const {
    const std::uint64_t target = place >> 32, position = (place & 0xffffffff) >> 1;
    return target < lengths_.size() && position < lengths_[target] && position + 1 >= header_.letters;
  }

  // Codes of four bits, of which 4 is the largest. minimap2 wants a minimizer where there is room for one.
  bool has_letters() {
    if ((header_.flags & MM_I_NO_SEQ) != 0) return false;
    const std::string_view codes = fields_.take_array<std::uint32_t>((letters_ + 7) / 8);
    if (fields_.is_cut()) return false;
    constexpr std::uint32_t ones = 0x11111111;
    for (std::uint64_t i = 0; i < codes.size() / sizeof(std::uint32_t); ++i) {
      const auto word = at<std::uint32_t>(codes, i);
      const std::uint32_t above = word >> 3 | (word >> 2 & (word | word >> 1));
      if ((above & ones) != 0) return false;
    }
    return minimizers_ > 0 || !has_run(codes);
  }

  bool has_run(std::string_view codes) const {
    std::uint64_t letter = 0;
    for (const std::uint32_t length : lengths_) {
      std::uint32_t run = 0;
      for (std::uint32_t i = 0; i < length; ++i, ++letter) {
        const std::uint32_t code = at<std::uint32_t>(codes, letter / 8) >> (letter % 8 * 4) & 15;
        run = code < 4 ? run + 1 : 0;
        if (run == header_.letters) return true;
      }
    }
    return false;
  }

  Fields fields_;
  DumpHeader header_;
  std::vector<std::uint32_t> lengths_;  // of the targets
  std::uint64_t letters_ = 0, minimizers_ = 0;
  Keys keys_;
};

}  // namespace

DumpHeader header_of(std::string_view dump) {
  Fields fields(dump);
  fields.take_bytes(std::strlen(MM_IDX_MAGIC));
  return fields.take<DumpHeader>();
}

bool is_sound_dump(std::string_view dump) { return dump.starts_with(MM_IDX_MAGIC) && Check(dump).passes(); }

}  // namespace anneal::map
