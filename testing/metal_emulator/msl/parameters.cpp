#include "msl/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace metal_emulator {
namespace {

// By Binding.
constexpr std::array<std::string_view, 15> attribute_names = {"buffer",
                                                              "threadgroup",
                                                              "thread_position_in_grid",
                                                              "thread_position_in_threadgroup",
                                                              "threadgroup_position_in_grid",
                                                              "threads_per_threadgroup",
                                                              "threads_per_grid",
                                                              "threadgroups_per_grid",
                                                              "dispatch_threads_per_threadgroup",
                                                              "thread_index_in_threadgroup",
                                                              "thread_index_in_simdgroup",
                                                              "simdgroup_index_in_threadgroup",
                                                              "threads_per_simdgroup",
                                                              "simdgroups_per_threadgroup",
                                                              "thread_execution_width"};

bool opens(const Source& source, std::size_t place) {
  return source.is(place, "(") || source.is(place, "[") || source.is(place, "{");
}

/// Where the parameter that begins at `first` ends: at a comma outside all brackets, or at `close`.
std::size_t end_of_parameter(const Source& source, std::size_t first, std::size_t close) {
  int angles = 0;
  for (std::size_t k = first; k < close; ++k) {
    if (opens(source, k)) k = source.closing(k);
    if (source.is(k, "<")) ++angles;
    if (source.is(k, ">")) --angles;
    if (angles == 0 && source.is(k, ",")) return k;
  }
  return close;
}

unsigned parse_index(const Source& source, std::size_t place) {
  const std::string_view text = source[place].text;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) source.fail(place, "expected a number");
  if (value > 30) source.fail(place, "an index of arguments is 30 at most");
  return value;
}

/// Reads the attribute at `place` into the parameter; whether it is a binding.
bool parse_attribute(const Source& source, std::size_t place, std::size_t close, KernelParameter& parameter) {
  const std::string_view name = source[place + 2].text;
  if (name == "function_constant") return false;
  const auto found = std::find(attribute_names.begin(), attribute_names.end(), name);
  if (found == attribute_names.end()) {
    source.fail(place, "kernel parameters with [[" + std::string(name) + "]] are not emulated");
  }
  parameter.binding = static_cast<Binding>(found - attribute_names.begin());
  if (parameter.binding <= Binding::threadgroup) {
    if (place + 4 >= close) source.fail(place, "[[" + std::string(name) + "]] needs an index");
    parameter.index = parse_index(source, place + 4);
  }
  return true;
}

void check_address_space(const Source& source, std::size_t first, std::size_t end, Binding binding) {
  const auto has = [&](std::string_view word) {
    for (std::size_t k = first; k < end; ++k) {
      if (source.is(k, word) && !source.is(k - 1, "[")) return true;
    }
    return false;
  };
  if (binding == Binding::buffer && !has("device") && !has("constant")) {
    source.fail(first, "a buffer is in the device or the constant address space");
  }
  if (binding == Binding::threadgroup && !has("threadgroup")) {
    source.fail(first, "threadgroup memory is in the threadgroup address space");
  }
}

KernelParameter parse_parameter(const Source& source, std::size_t first, std::size_t end, Edits& edits) {
  KernelParameter parameter{};
  bool is_bound = false;
  for (std::size_t k = first; k < end; ++k) {
    if (source.opens_attribute(k)) {
      const std::size_t close = source.closing(k);
      is_bound = parse_attribute(source, k, close, parameter) || is_bound;
      edits.remove(k, close + 1);
      k = close;
    } else if (source.is_word(k) && !is_bound) {
      parameter.name = source[k].text;
    }
  }
  if (!is_bound) {
    source.fail(first, "kernel parameter '" + parameter.name +
                           "' needs [[buffer(n)]], [[threadgroup(n)]] or [[...]] of a built-in");
  }
  check_address_space(source, first, end, parameter.binding);
  return parameter;
}

}  // namespace

std::vector<KernelParameter> parse_parameters(const Source& source, std::size_t first, std::size_t close,
                                              Edits& edits) {
  std::vector<KernelParameter> parameters;
  while (first < close) {
    const std::size_t end = end_of_parameter(source, first, close);
    KernelParameter parameter = parse_parameter(source, first, end, edits);
    const auto has_same_place = [&](const KernelParameter& other) {
      return parameter.binding <= Binding::threadgroup && other.binding == parameter.binding &&
             other.index == parameter.index;
    };
    if (std::any_of(parameters.begin(), parameters.end(), has_same_place)) {
      source.fail(first, "index " + std::to_string(parameter.index) + " is used twice");
    }
    parameters.push_back(std::move(parameter));
    first = end + 1;
  }
  return parameters;
}

}  // namespace metal_emulator
