#include "msl/recursion_rule.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace metal_emulator {
namespace {

/// Class, name, number of parameters.
using Key = std::tuple<std::string, std::string, int>;

int count_arguments(const Source& source, std::size_t open) {
  const std::size_t close = source.closing(open);
  if (close == open + 1) return 0;
  int count = 1, angles = 0;
  for (std::size_t k = open + 1; k < close; ++k) {
    if (source.is(k, "(") || source.is(k, "[") || source.is(k, "{")) k = source.closing(k);
    if (source.is(k, "<")) ++angles;
    if (source.is(k, ">") && angles > 0) --angles;
    if (source.is(k, ",") && angles == 0) ++count;
  }
  return count;
}

class CallGraph {
 public:
  CallGraph(const Source& source, const Scopes& scopes) : source_(source) {
    for (const Function& function : scopes.functions()) {
      if (!function.name.empty()) functions_[key_of(function)] = &function;
    }
    for (const auto& [key, function] : functions_) add_calls(key, *function);
  }

  void check() const {
    for (const auto& [key, function] : functions_) {
      std::set<Key> seen;
      if (reaches(key, key, seen)) {
        source_.fail(function->parameters - 1, "function '" + function->name + "' is recursive");
      }
    }
  }

 private:
  Key key_of(const Function& function) const {
    return {function.type, function.name, count_arguments(source_, function.parameters)};
  }

  void add_calls(const Key& caller, const Function& function) {
    for (std::size_t k = function.body; k < function.end; ++k) {
      if (!source_.is_word(k) || !source_.is(k + 1, "(")) continue;
      const bool is_qualified = source_.is(k - 1, ":") && source_.is(k - 2, ":");
      const bool is_through_pointer = source_.is(k - 1, ">") && source_.is(k - 2, "-");
      if (source_.is(k - 1, ".") || is_qualified || is_through_pointer) continue;
      const int arguments = count_arguments(source_, k + 1);
      const std::string name(source_[k].text);
      const Key member{function.type, name, arguments}, other{"", name, arguments};
      if (functions_.count(member) != 0) {
        calls_[caller].insert(member);
      } else if (functions_.count(other) != 0) {
        calls_[caller].insert(other);
      }
    }
  }

  bool reaches(const Key& from, const Key& goal, std::set<Key>& seen) const {
    const auto called = calls_.find(from);
    if (called == calls_.end()) return false;
    for (const Key& key : called->second) {
      if (key == goal || (seen.insert(key).second && reaches(key, goal, seen))) return true;
    }
    return false;
  }

  const Source& source_;
  std::map<Key, const Function*> functions_;
  std::map<Key, std::set<Key>> calls_;
};

}  // namespace

void check_recursion(const Source& source, const Scopes& scopes) { CallGraph(source, scopes).check(); }

}  // namespace metal_emulator
