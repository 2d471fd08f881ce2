#include <fmt/core.h>

#include <bit>
#include <cerrno>
#include <new>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/alignment_record.h"
#include "io/hts/tag_bytes.h"

namespace anneal::io {
namespace {

static_assert(std::endian::native == std::endian::little);  // as the bytes of tags are

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void check_name(std::string_view name) {
  if (name.size() == 2 && is_letter(name[0]) && (is_letter(name[1]) || is_digit(name[1]))) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{} is no name of a tag: that is a letter, and a letter or digit", base::quote(name)));
}

[[noreturn]] void refuse_malformed(const bam1_t* bam) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("the tags of record {} are malformed; make the file again", base::quote(bam_get_qname(bam))));
}

template <typename Element>
std::vector<Element> array_of(const std::uint8_t* field) {
  std::vector<Element> values(bam_auxB_len(field));
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if constexpr (std::is_floating_point_v<Element>) {
      values[i] = static_cast<Element>(bam_auxB2f(field, i));
    } else {
      values[i] = static_cast<Element>(bam_auxB2i(field, i));
    }
  }
  return values;
}

TagValue array_value(const std::uint8_t* field, const bam1_t* bam) {
  switch (field[1]) {
    case 'c':
      return array_of<std::int8_t>(field);
    case 'C':
      return array_of<std::uint8_t>(field);
    case 's':
      return array_of<std::int16_t>(field);
    case 'S':
      return array_of<std::uint16_t>(field);
    case 'i':
      return array_of<std::int32_t>(field);
    case 'I':
      return array_of<std::uint32_t>(field);
    case 'f':
      return array_of<float>(field);
    default:
      refuse_malformed(bam);
  }
}

// `field` is where htslib finds the type, with the value behind it.
TagValue value_of(const std::uint8_t* field, const bam1_t* bam) {
  switch (*field) {
    case 'A':
      return bam_aux2A(field);
    case 'f':
      return static_cast<float>(bam_aux2f(field));
    case 'd':
      return bam_aux2f(field);
    case 'Z':
      return std::string(bam_aux2Z(field));
    case 'H':
      return HexDigits{bam_aux2Z(field)};
    case 'B':
      return array_value(field, bam);
    default:
      errno = 0;
      const std::int64_t value = bam_aux2i(field);
      if (errno != 0) refuse_malformed(bam);
      return value;
  }
}

template <typename Element>
constexpr char array_type() {
  if constexpr (std::is_same_v<Element, std::int8_t>) return 'c';
  if constexpr (std::is_same_v<Element, std::uint8_t>) return 'C';
  if constexpr (std::is_same_v<Element, std::int16_t>) return 's';
  if constexpr (std::is_same_v<Element, std::uint16_t>) return 'S';
  if constexpr (std::is_same_v<Element, std::int32_t>) return 'i';
  if constexpr (std::is_same_v<Element, std::uint32_t>) return 'I';
  return 'f';
}

// Appends a value to a record that has no such tag; what htslib returns.
struct Append {
  bam1_t* bam;
  const char* name;

  int operator()(char value) const { return bytes('A', 1, &value); }
  int operator()(float value) const { return number('f', value); }
  int operator()(double value) const { return number('d', value); }
  int operator()(const std::string& value) const {
    return bytes('Z', static_cast<int>(value.size()) + 1, value.c_str());
  }
  int operator()(const HexDigits& value) const {
    return bytes('H', static_cast<int>(value.digits.size()) + 1, value.digits.c_str());
  }
  template <typename Element>
  int operator()(const std::vector<Element>& values) const {
    return bam_aux_update_array(bam, name, static_cast<std::uint8_t>(array_type<Element>()),
                                static_cast<std::uint32_t>(values.size()), const_cast<Element*>(values.data()));
  }

  // In the fewest bytes.
  int operator()(std::int64_t value) const {
    if (value >= 0) {
      if (std::in_range<std::uint8_t>(value)) return number('C', static_cast<std::uint8_t>(value));
      if (std::in_range<std::uint16_t>(value)) return number('S', static_cast<std::uint16_t>(value));
      if (std::in_range<std::uint32_t>(value)) return number('I', static_cast<std::uint32_t>(value));
    } else {
      if (std::in_range<std::int8_t>(value)) return number('c', static_cast<std::int8_t>(value));
      if (std::in_range<std::int16_t>(value)) return number('s', static_cast<std::int16_t>(value));
      if (std::in_range<std::int32_t>(value)) return number('i', static_cast<std::int32_t>(value));
    }
    errno = EOVERFLOW;
    return -1;
  }
  template <typename Number>
  int number(char type, Number value) const {
    return bytes(type, sizeof value, &value);
  }
  int bytes(char type, int size, const void* data) const {
    return bam_aux_append(bam, name, type, size, static_cast<const std::uint8_t*>(data));
  }
};

}  // namespace

std::optional<TagValue> AlignmentRecord::tag(std::string_view name) const {
  check_name(name);
  errno = 0;
  const std::uint8_t* const field = bam_aux_get(impl_->bam, std::string(name).c_str());
  if (field != nullptr) return value_of(field, impl_->bam);
  if (errno == EINVAL) refuse_malformed(impl_->bam);
  return std::nullopt;
}

std::vector<Tag> AlignmentRecord::tags() const {
  std::vector<Tag> all;
  const bam1_t* const bam = impl_->bam;
  for (std::span<const std::uint8_t> rest = hts::tag_bytes(*bam); !rest.empty();) {
    const std::size_t size = hts::tag_size(rest);
    if (size == 0) refuse_malformed(bam);
    const std::uint8_t* const name = rest.data();
    all.push_back({std::string(name, name + hts::tag_name_size), value_of(name + hts::tag_name_size, bam)});
    rest = rest.subspan(size);
  }
  return all;
}

void AlignmentRecord::set_tag(std::string_view name, const TagValue& value) {
  remove_tag(name);
  add_tag(name, value);
}

void AlignmentRecord::add_tag(std::string_view name, const TagValue& value) {
  check_name(name);
  if (std::visit(Append{impl_->bam, std::string(name).c_str()}, value) == 0) return;
  if (errno == ENOMEM) throw std::bad_alloc();
  throw Error(ErrorCode::invalid_argument,
              fmt::format("tag {} cannot hold its value; integers are -2147483647 to 4294967295", base::quote(name)));
}

bool AlignmentRecord::remove_tag(std::string_view name) {
  check_name(name);
  errno = 0;
  std::uint8_t* const field = bam_aux_get(impl_->bam, std::string(name).c_str());
  if (field == nullptr && errno == EINVAL) refuse_malformed(impl_->bam);
  if (field != nullptr && bam_aux_del(impl_->bam, field) != 0) refuse_malformed(impl_->bam);
  return field != nullptr;
}

}  // namespace anneal::io
