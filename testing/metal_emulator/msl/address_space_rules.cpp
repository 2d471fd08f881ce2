#include "msl/address_space_rules.h"

#include <string_view>

#include "msl/threadgroup_variables.h"

namespace metal_emulator {
namespace {

bool names_address_space(const Source& source, std::size_t first, std::size_t end) {
  for (std::size_t k = first; k < end; ++k) {
    // `auto` gets it from what it is initialised with.
    for (const std::string_view space : {"device", "constant", "threadgroup", "thread", "auto"}) {
      if (source.is(k, space)) return true;
    }
  }
  return false;
}

bool is_indirection(const Source& source, std::size_t place) { return source.is(place, "*") || source.is(place, "&"); }

/// Behind a type's name at `first`: words, scopes, template arguments. `first` where there is none.
std::size_t end_of_type(const Source& source, std::size_t first, std::size_t end) {
  std::size_t k = first;
  while (k < end) {
    if (source.is(k, "<") && k > first) {
      int depth = 0;
      std::size_t close = k;
      for (; close < end; ++close) {
        if (source.is(close, "<")) ++depth;
        if (source.is(close, ">") && --depth == 0) break;
      }
      if (close == end) return k;
      k = close;
    } else if (!source.is_word(k) && !source.is(k, ":")) {
      return k;
    }
    ++k;
  }
  return k;
}

/// Whether a declaration of a pointer or reference begins at `first`: type, * or &, name, and what may follow a name.
/// `last` is where it then ends.
bool declares_pointer(const Source& source, std::size_t first, std::size_t end, std::size_t& last) {
  for (const std::string_view word : {"return", "else", "case", "using", "typedef", "delete", "operator"}) {
    if (source.is(first, word)) return false;
  }
  const std::size_t star = end_of_type(source, first, end);
  std::size_t name = star;
  while (is_indirection(source, name)) ++name;
  if (star == first || name == star || !source.is_word(name) || source.is(name, "operator")) return false;
  last = name + 1;
  return last >= end || source.is(last, "=") || source.is(last, ",") || source.is(last, "[") || source.is(last, ":") ||
         source.is(last, ")");
}

[[noreturn]] void fail(const Source& source, std::size_t place) {
  source.fail(place, "pointers and references must have an address space: device, constant, threadgroup or thread");
}

/// `int (&x)[3]`.
bool declares_reference_to_array(const Source& source, std::size_t first, std::size_t end) {
  const std::size_t open = end_of_type(source, first, end);
  return open > first && open + 2 < end && source.is(open, "(") && is_indirection(source, open + 1) &&
         source.is(source.closing(open) + 1, "[");
}

void check_declaration(const Source& source, std::size_t first, std::size_t end) {
  if (declares_reference_to_array(source, first, end) && !names_address_space(source, first, end)) fail(source, first);
  std::size_t last = 0;
  if (declares_pointer(source, first, end, last) && !names_address_space(source, first, last)) fail(source, last - 1);
}

/// The parameters between the parentheses at `open`, and what their function returns, from `first` on.
void check_function(const Source& source, std::size_t first, std::size_t open) {
  const std::size_t close = source.closing(open);
  std::size_t parameter = open + 1;
  int angles = 0;
  for (std::size_t k = open + 1; k <= close; ++k) {
    if (source.is(k, "(") || source.is(k, "[")) k = source.closing(k);
    if (source.is(k, "<")) ++angles;
    if (source.is(k, ">")) --angles;
    if (k < close && (angles > 0 || !source.is(k, ","))) continue;
    check_declaration(source, parameter, k);
    // Without a name.
    const std::size_t star = end_of_type(source, parameter, k);
    if (star > parameter && star + 1 == k && is_indirection(source, star) &&
        !names_address_space(source, parameter, k)) {
      fail(source, star);
    }
    parameter = k + 1;
  }
  for (std::size_t k = first; k < open; ++k) {
    if (source.is(k, "template") && source.is(k + 1, "<")) k = source.closing(k + 1);
    const bool is_result = is_indirection(source, k) && (source.is_word(k + 1) || source.is(k + 1, "("));
    if (is_result && !names_address_space(source, first, k)) fail(source, k);
  }
}

/// `(float*)x`: words and stars alone between parentheses.
void check_casts(const Source& source, const Statement& statement) {
  for (std::size_t k = statement.first; k < statement.end; ++k) {
    if (!source.is(k, "(")) continue;
    const std::size_t star = end_of_type(source, k + 1, statement.end);
    std::size_t after = star;
    while (source.is(after, "*")) ++after;
    if (star > k + 1 && after > star && source.is(after, ")") && !names_address_space(source, k + 1, star)) {
      fail(source, star);
    }
  }
}

void check_loop_head(const Source& source, const Statement& statement) {
  if (source.is(statement.first, "for") && source.is(statement.first + 1, "(")) {
    check_declaration(source, statement.first + 2, statement.end);
  }
}

std::size_t parenthesis_of_declaration(const Source& source, const Statement& statement) {
  for (std::size_t k = statement.first; k < statement.end; ++k) {
    if (source.opens_attribute(k)) k = source.closing(k);
    if (source.is(k, "template") && source.is(k + 1, "<")) k = source.closing(k + 1);
    if (source.is(k, "=")) break;
    if (source.is(k, "(")) return k;
  }
  return statement.end;
}

bool declares_no_variable(const Source& source, std::size_t first) {
  for (const std::string_view word : {"struct", "class", "union", "enum", "using", "typedef", "template", "namespace",
                                      "static_assert", "friend", "public", "private", "protected"}) {
    if (source.is(first, word)) return true;
  }
  return false;
}

}  // namespace

void check_address_spaces(const Source& source, const Scopes& scopes) {
  for (const Statement& statement : scopes.statements()) {
    if (statement.scope == ScopeKind::body) {
      check_declaration(source, statement.first, statement.end);
      check_loop_head(source, statement);
      check_casts(source, statement);
      continue;
    }
    const std::size_t open = parenthesis_of_declaration(source, statement);
    const bool is_assertion = source.is(statement.first, "static_assert");
    if (open < statement.end && !is_assertion) {
      check_function(source, statement.first, open);
    } else if (!source.is(statement.first, "template")) {
      check_declaration(source, statement.first, statement.end);
    }
  }
}

void check_variables(const Source& source, const Scopes& scopes) {
  for (const Statement& statement : scopes.statements()) {
    const auto& functions = scopes.functions();
    const bool is_in_kernel = statement.function != Scopes::none && functions[statement.function].is_kernel;
    if (statement.scope == ScopeKind::body) {
      if (!is_in_kernel && declares_threadgroup_variable(source, statement.first)) {
        source.fail(statement.first, "only a kernel's body can have variables in threadgroup memory");
      }
      if (source.is(statement.first, "static") && !names_address_space(source, statement.first, statement.end)) {
        source.fail(statement.first, "a static variable must be in the constant address space");
      }
      continue;
    }
    const bool is_member = statement.scope == ScopeKind::type && !source.is(statement.first, "static");
    const bool is_opened = source.is(statement.end, "{") && !source.is(statement.end - 1, "=");
    if (is_member || is_opened || !source.is_word(statement.first) || declares_no_variable(source, statement.first)) {
      continue;
    }
    const std::size_t name_end = parenthesis_of_declaration(source, statement);
    const bool is_function = name_end < statement.end;
    if (is_function) continue;
    bool is_constant = false;
    for (std::size_t k = statement.first; k < statement.end && !source.is(k, "="); ++k) {
      is_constant = is_constant || source.is(k, "constant");
    }
    if (!is_constant)
      source.fail(statement.first, "a variable outside functions must be in the constant address space");
  }
}

}  // namespace metal_emulator
