#include "msl/kernels.h"

#include <algorithm>
#include <string_view>

#include "msl/parameters.h"
#include "msl/threadgroup_variables.h"

namespace metal_emulator {
namespace {

struct Head {
  bool is_kernel = false;
  std::string max_threads = "0";
  std::size_t end = 0;  ///< behind attributes and keyword
};

class KernelFinder {
 public:
  KernelFinder(const Source& source, Edits& edits) : source_(source), edits_(edits) {}

  std::vector<KernelFunction> find() {
    std::size_t place = 0;
    while (place < source_.size()) place = step(place);
    return std::move(found_);
  }

 private:
  /// Looks at what stands at `place`; gives the next place to look at.
  std::size_t step(std::size_t place) {
    if (source_.is(place, "template")) {
      if (!source_.is(place + 1, "<")) return add_instances(place);
      is_template_ = true;
      return source_.closing(place + 1) + 1;
    }
    if (source_.is(place, "kernel") || source_.opens_attribute(place)) {
      const Head head = parse_head(place);
      if (head.is_kernel) return add_kernel(place, head);
      return head.end;
    }
    if (source_.is(place, "{") || source_.is(place, ";")) is_template_ = false;
    return place + 1;
  }

  Head parse_head(std::size_t place) const {
    Head head;
    for (;;) {
      if (source_.opens_attribute(place)) {
        const std::size_t close = source_.closing(place);
        for (std::size_t k = place + 2; k < close; ++k) {
          if (source_.is(k, "kernel")) head.is_kernel = true;
          if (source_.is(k, "max_total_threads_per_threadgroup")) {
            head.max_threads = source_.text(k + 2, source_.closing(k + 1));
          }
        }
        place = close + 1;
      } else if (source_.is(place, "kernel")) {
        head.is_kernel = true;
        ++place;
      } else {
        head.end = place;
        return head;
      }
    }
  }

  std::size_t add_kernel(std::size_t place, const Head& head) {
    remove_attributes(place, head.end);
    std::size_t name = head.end;
    if (!source_.is(name, "void")) source_.fail(name, "a kernel returns void");
    ++name;
    while (source_.opens_attribute(name)) name = source_.closing(name) + 1;
    if (!source_.is(name + 1, "(")) source_.fail(name + 1, "expected '(' after the kernel's name");
    const std::size_t close = source_.closing(name + 1);
    if (!source_.is(close + 1, "{")) source_.fail(close, "a kernel needs a body");
    const std::size_t body_end = source_.closing(close + 1);

    KernelFunction kernel;
    kernel.name = kernel.function = source_[name].text;
    kernel.max_threads = head.max_threads;
    kernel.parameters = parse_parameters(source_, name + 2, close, edits_);
    const auto has_name = [&](const KernelFunction& other) { return other.function == kernel.function; };
    if (std::any_of(declared_.begin(), declared_.end(), has_name)) {
      source_.fail(name, "kernel '" + kernel.name + "' is overloaded");
    }
    rewrite_threadgroup_variables(source_, close + 2, body_end, next_variable_, edits_);
    if (!is_template_) found_.push_back(kernel);
    declared_.push_back(std::move(kernel));
    is_template_ = false;
    return body_end + 1;
  }

  void remove_attributes(std::size_t place, std::size_t end) {
    while (place < end) {
      if (!source_.opens_attribute(place)) {
        ++place;  // the keyword, which is a macro for C++
        continue;
      }
      const std::size_t close = source_.closing(place);
      edits_.remove(place, close + 1);
      place = close + 1;
    }
  }

  /// `template [[host_name("x")]] ... f<int>(...);`
  std::size_t add_instances(std::size_t place) {
    std::size_t begin = place + 1;
    std::string host_name;
    while (source_.opens_attribute(begin)) {
      const std::size_t close = source_.closing(begin);
      for (std::size_t k = begin; k < close; ++k) {
        if (source_.is(k, "host_name")) host_name = unquoted(source_[k + 2].text);
      }
      begin = close + 1;
    }
    const std::size_t end = source_.find(begin, ";");
    for (std::size_t k = begin; k < end; ++k) {
      const auto of_name = [&](const KernelFunction& kernel) { return source_.is(k, kernel.function); };
      const auto kernel = std::find_if(declared_.begin(), declared_.end(), of_name);
      // In `decltype(f<int>) f<int>` the first one only says the type.
      if (kernel == declared_.end() || !source_.is(k + 1, "<") || source_.is(k - 1, "(")) continue;
      KernelFunction instance = *kernel;
      if (!host_name.empty()) instance.name = host_name;
      instance.function = source_.text(k, source_.closing(k + 1) + 1);
      found_.push_back(std::move(instance));
      edits_.remove(place, end);
      break;
    }
    return end + 1;
  }

  static std::string unquoted(std::string_view text) { return std::string(text.substr(1, text.size() - 2)); }

  const Source& source_;
  Edits& edits_;
  std::vector<KernelFunction> declared_, found_;
  bool is_template_ = false;
  unsigned next_variable_ = 0;
};

}  // namespace

std::vector<KernelFunction> find_kernels(const Source& source, Edits& edits) {
  return KernelFinder(source, edits).find();
}

}  // namespace metal_emulator
