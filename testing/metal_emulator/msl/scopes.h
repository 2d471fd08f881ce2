// Functions and statements of a source, found by braces and semicolons.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "msl/source.h"

namespace metal_emulator {

enum class ScopeKind : unsigned char {
  file,  ///< the file and namespaces
  type,  ///< a class, struct, union or enum
  body,  ///< a function's, with all blocks in it
  value  ///< braces around values: what is in them is no statement
};

/// Places first .. end - 1, without the semicolon or the brace that ends it.
struct Statement {
  std::size_t first, end;
  ScopeKind scope;       ///< that it stands in
  std::size_t function;  ///< number of the function whose body it is in; Scopes::none
};

struct Function {
  std::string name;        ///< empty: an operator, or what is only taken for a function
  std::string type;        ///< the class it is defined in
  std::size_t parameters;  ///< place of their parenthesis
  std::size_t body, end;   ///< places of its braces
  bool is_kernel;
};

/// A class or struct with a name and a body, outside functions.
struct ClassBody {
  std::string name;
  std::size_t brace;  ///< place where it opens
  bool is_class;      ///< not a struct: members are private at first
};

class Scopes {
 public:
  static constexpr std::size_t none = ~std::size_t{0};

  explicit Scopes(const Source& source);

  const std::vector<Statement>& statements() const { return statements_; }
  const std::vector<Function>& functions() const { return functions_; }
  const std::vector<ClassBody>& classes() const { return classes_; }

 private:
  struct Open {
    ScopeKind kind;
    std::size_t function;
    std::string type;
  };

  void open(std::size_t place, std::size_t statement);
  void add_class(std::size_t brace, std::size_t statement, const std::string& name);
  std::size_t add_function(std::size_t brace, std::size_t statement);
  void end_statement(std::size_t first, std::size_t end);

  const Source& source_;
  std::vector<Open> open_;
  std::vector<Statement> statements_;
  std::vector<Function> functions_;
  std::vector<ClassBody> classes_;
};

}  // namespace metal_emulator
