#include "cli/map_insert_sizes.h"

#include <fmt/core.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& text, std::string_view problem) {
  throw Error(ErrorCode::invalid_argument,
              fmt::format("--insert-size '{}': {}; give MEAN,DEVIATION or MEAN,DEVIATION,MIN,MAX in letters, as 400,50 "
                          "or 400,50,200,600",
                          text, problem));
}

double parse_number(const std::string& text, std::string_view field) {
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || end != field.data() + field.size() || !std::isfinite(value)) {
    refuse(text, fmt::format("'{}' is no number", field));
  }
  return value;
}

std::int32_t parse_bound(const std::string& text, std::string_view field) {
  const double value = parse_number(text, field);
  if (value < 1 || value > InsertSizes::most || value != std::floor(value)) {
    refuse(text, fmt::format("'{}' is no whole number of 1 to {}", field, InsertSizes::most));
  }
  return static_cast<std::int32_t>(value);
}

std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  for (std::size_t comma = 0; (comma = text.find(',')) != std::string_view::npos; text.remove_prefix(comma + 1)) {
    fields.push_back(text.substr(0, comma));
  }
  fields.push_back(text);
  return fields;
}

}  // namespace

InsertSizes parse_insert_sizes(const std::string& text) {
  const std::vector<std::string_view> fields = fields_of(text);
  if (fields.size() != 2 && fields.size() != 4) {
    refuse(text, fmt::format("2 or 4 numbers are needed, and it has {}", fields.size()));
  }
  InsertSizes sizes{.mean = parse_number(text, fields[0]), .deviation = parse_number(text, fields[1])};
  const auto bound = [](double size) {
    return static_cast<std::int32_t>(std::clamp(size, 1.0, 1.0 * InsertSizes::most));
  };
  sizes.min = fields.size() == 4 ? parse_bound(text, fields[2]) : bound(sizes.mean - 4 * sizes.deviation);
  sizes.max = fields.size() == 4 ? parse_bound(text, fields[3]) : bound(sizes.mean + 4 * sizes.deviation);
  try {
    validate(sizes);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("--insert-size '{}': {}", text, error.what()));
  }
  return sizes;
}

InsertSizeEstimate estimate_insert_sizes(const Mapper& mapper, std::span<const io::SequenceRecord> sample,
                                         const RunControl& control) {
  constexpr std::size_t slice = 250;
  std::vector<std::vector<MappedRead>> parts((sample.size() + slice - 1) / slice);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
    mapper.map(sample.subspan(i * slice, std::min(slice, sample.size() - i * slice)), parts[i], control);
  });
  std::vector<MappedRead> mapped;
  for (std::vector<MappedRead>& part : parts) std::ranges::move(part, std::back_inserter(mapped));
  return anneal::estimate_insert_sizes(mapped);
}

std::string describe_insert_sizes(const InsertSizeEstimate& estimate, bool was_given) {
  const InsertSizes& sizes = estimate.sizes;
  const std::string source = was_given             ? "as given"
                             : estimate.is_default ? fmt::format("the default: only {} pairs tell them", estimate.pairs)
                                                   : fmt::format("by {} pairs", estimate.pairs);
  return fmt::format("insert sizes {:.0f} +- {:.0f}, proper pairs from {} to {} ({})", sizes.mean, sizes.deviation,
                     sizes.min, sizes.max, source);
}

}  // namespace anneal::cli
