#include "msl/scopes.h"

namespace metal_emulator {
namespace {

bool declares_type(const Source& source, std::size_t first, std::size_t end) {
  for (std::size_t k = first; k < end; ++k) {
    if (source.is(k, "(") || source.is(k, "=")) return false;
    if (source.is(k, "template") && source.is(k + 1, "<")) k = source.closing(k + 1);
    if (source.is(k, "struct") || source.is(k, "class") || source.is(k, "union") || source.is(k, "enum")) return true;
  }
  return false;
}

std::string name_of_type(const Source& source, std::size_t first, std::size_t end) {
  std::string name;
  for (std::size_t k = first; k < end; ++k) {
    if (source.is(k, "template") && source.is(k + 1, "<")) k = source.closing(k + 1);
    if (source.is(k, ":") || source.is(k, "<")) break;
    if (source.is(k, "alignas") && source.is(k + 1, "(")) {
      k = source.closing(k + 1);
      continue;
    }
    if (source.is_word(k)) name = source[k].text;
  }
  return name;
}

/// The first parenthesis of a declaration outside a template's head and attributes; `end`: there is none.
std::size_t first_parenthesis(const Source& source, std::size_t first, std::size_t end) {
  for (std::size_t k = first; k < end; ++k) {
    if (source.opens_attribute(k)) k = source.closing(k);
    if (source.is(k, "template") && source.is(k + 1, "<")) k = source.closing(k + 1);
    if (source.is(k, "(")) return k;
    if (source.is(k, "=")) return end;
  }
  return end;
}

/// Whether the brace at `place`, in a function, opens a block.
bool opens_block(const Source& source, std::size_t place) {
  for (const std::string_view before : {")", "{", "}", ";", ":", "else", "do"}) {
    if (source.is(place - 1, before)) return true;
  }
  return false;
}

}  // namespace

Scopes::Scopes(const Source& source) : source_(source) {
  open_.push_back({ScopeKind::file, none, ""});
  std::size_t statement = 0;
  int parentheses = 0;
  for (std::size_t k = 0; k < source.size(); ++k) {
    if (source.is(k, "(")) ++parentheses;
    if (source.is(k, ")")) --parentheses;
    if (parentheses > 0) continue;
    const bool is_access_label = open_.back().kind == ScopeKind::type && source.is(k, ":") && k == statement + 1;
    if (source.is(k, "{")) {
      end_statement(statement, k);
      open(k, statement);
    } else if (source.is(k, "}")) {
      end_statement(statement, k);
      if (open_.size() > 1) open_.pop_back();
    } else if (source.is(k, ";")) {
      end_statement(statement, k);
    } else if (!is_access_label) {
      continue;
    }
    statement = k + 1;
  }
}

void Scopes::end_statement(std::size_t first, std::size_t end) {
  if (first < end && open_.back().kind != ScopeKind::value)
    statements_.push_back({first, end, open_.back().kind, open_.back().function});
}

void Scopes::open(std::size_t place, std::size_t statement) {
  const Open outer = open_.back();
  if (outer.kind == ScopeKind::value) {
    open_.push_back(outer);
  } else if (declares_type(source_, statement, place)) {
    const std::string name = name_of_type(source_, statement, place);
    if (outer.kind != ScopeKind::body) add_class(place, statement, name);
    open_.push_back({ScopeKind::type, outer.function, name});
  } else if (outer.kind == ScopeKind::body) {
    open_.push_back({opens_block(source_, place) ? ScopeKind::body : ScopeKind::value, outer.function, outer.type});
  } else if (first_parenthesis(source_, statement, place) < place) {
    open_.push_back({ScopeKind::body, add_function(place, statement), outer.type});
  } else {
    const bool is_namespace = source_.is(statement, "namespace") || source_.is(statement, "extern");
    open_.push_back({is_namespace ? ScopeKind::file : ScopeKind::value, none, outer.type});
  }
}

void Scopes::add_class(std::size_t brace, std::size_t statement, const std::string& name) {
  for (std::size_t k = statement; k < brace; ++k) {
    if (source_.is(k, "template") && source_.is(k + 1, "<")) k = source_.closing(k + 1);
    if (source_.is(k, "enum") || source_.is(k, "union")) return;
    if (!source_.is(k, "struct") && !source_.is(k, "class")) continue;
    if (name != "struct" && name != "class") classes_.push_back({name, brace, source_.is(k, "class")});
    return;
  }
}

std::size_t Scopes::add_function(std::size_t brace, std::size_t statement) {
  Function function{};
  function.parameters = first_parenthesis(source_, statement, brace);
  const std::size_t name = function.parameters - 1;
  if (function.parameters > 0 && source_.is_word(name) && !source_.is(name, "operator")) {
    function.name = source_[name].text;
  }
  function.type = open_.back().type;
  function.body = brace;
  function.end = source_.closing(brace);
  for (std::size_t k = statement; k < function.parameters; ++k) {
    if (source_.is(k, "kernel")) function.is_kernel = true;
  }
  functions_.push_back(std::move(function));
  return functions_.size() - 1;
}

}  // namespace metal_emulator
