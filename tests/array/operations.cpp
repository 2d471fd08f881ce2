#include "array/operations.h"

#include <functional>
#include <map>
#include <optional>

#include "anneal/array_ops.h"
#include "array/elementwise_functions.h"

namespace anneal::test {
namespace {

using Json = nlohmann::json;
using Operands = std::vector<Array>;
using Operation = std::function<std::vector<Array>(const Operands&, const Json&)>;
using Table = std::map<std::string, Operation>;

using Unary = Array (*)(const Array&);
using Binary = Array (*)(const Array&, const Array&);
using Reduced = Array (*)(const Array&, const Over&);

Operation of(Unary f) {
  return [f](const Operands& a, const Json&) { return Operands{f(a.at(0))}; };
}
Operation of(Binary f) {
  return [f](const Operands& a, const Json&) { return Operands{f(a.at(0), a.at(1))}; };
}
Operation of(Reduced f) {
  return [f](const Operands& a, const Json& arguments) {
    return Operands{f(a.at(0), {arguments.at("axes").get<std::vector<int>>(), arguments.at("keep_axes").get<bool>()})};
  };
}

int axis_of(const Json& arguments) { return arguments.at("axis").get<int>(); }

void add_elementwise(Table& table) {
  for (int k = 0; k < array::op_count; ++k) {
    const auto op = static_cast<array::Op>(k);
    const std::string name(array::name_of(op));
    if (const auto function = array::function_of_one(op)) table[name] = of(function);
    if (const auto function = array::function_of_two(op)) table[name] = of(function);
  }
  table["dot"] = of(dot);
  table["where"] = [](const Operands& a, const Json&) { return Operands{where(a.at(0), a.at(1), a.at(2))}; };
  table["clip"] = [](const Operands& a, const Json&) { return Operands{clip(a.at(0), a.at(1), a.at(2))}; };
  table["cast"] = [](const Operands& a, const Json& arguments) {
    return Operands{cast(a.at(0), dtype_named(arguments.at("dtype")))};
  };
}

void add_reductions(Table& table) {
  const std::map<std::string, Reduced> reductions{{"sum", sum}, {"prod", prod}, {"mean", mean}, {"var", var},
                                                  {"min", min}, {"max", max},   {"any", any},   {"all", all}};
  for (const auto& [name, f] : reductions) table[name] = of(f);
  for (const auto& [name, f] : {std::pair{"argmin", &argmin}, std::pair{"argmax", &argmax}}) {
    table[name] = [find = f](const Operands& a, const Json& arguments) {
      const Json& axis = arguments.at("axis");
      return Operands{find(a.at(0), axis.is_null() ? std::nullopt : std::optional(axis.get<int>()),
                           arguments.at("keep_axes").get<bool>())};
    };
  }
  table["softmax"] = [](const Operands& a, const Json& j) { return Operands{softmax(a.at(0), axis_of(j))}; };
  table["cumulative_sum"] = [](const Operands& a, const Json& j) {
    return Operands{cumulative_sum(a.at(0), axis_of(j))};
  };
}

void add_views(Table& table) {
  table["transpose"] = [](const Operands& a, const Json& j) {
    return Operands{a.at(0).transpose(j.at("order").get<std::vector<int>>())};
  };
  table["reshape"] = [](const Operands& a, const Json& j) {
    return Operands{a.at(0).reshape(j.at("shape").get<Shape>())};
  };
  table["broadcast_to"] = [](const Operands& a, const Json& j) {
    return Operands{a.at(0).broadcast_to(j.at("shape").get<Shape>())};
  };
  table["slice"] = [](const Operands& a, const Json& j) {
    const auto place = [](const Json& value) {
      return value.is_null() ? std::nullopt : std::optional(value.get<std::int64_t>());
    };
    std::vector<Slice> slices;
    for (const Json& s : j.at("slices")) slices.push_back({place(s.at(0)), place(s.at(1)), s.at(2)});
    return Operands{a.at(0).slice(slices)};
  };
}

void add_products(Table& table) {
  table["matmul"] = [](const Operands& a, const Json& j) {
    static const std::map<std::string, Activation> activations{{"none", Activation::none},
                                                               {"relu", Activation::relu},
                                                               {"gelu", Activation::gelu},
                                                               {"sigmoid", Activation::sigmoid},
                                                               {"silu", Activation::silu}};
    MatmulOptions options;
    if (a.size() > 2) options.bias = a[2];
    options.activation = activations.at(j.at("activation").get<std::string>());
    return Operands{matmul(a.at(0), a.at(1), options)};
  };
  table["conv1d"] = [](const Operands& a, const Json& j) {
    return Operands{
        conv1d(a.at(0), a.at(1), {.stride = j.at("stride"), .padding = j.at("padding"), .dilation = j.at("dilation")})};
  };
}

void add_arrangements(Table& table) {
  table["concatenate"] = [](const Operands& a, const Json& j) { return Operands{concatenate(a, axis_of(j))}; };
  table["stack"] = [](const Operands& a, const Json& j) { return Operands{stack(a, axis_of(j))}; };
  table["gather"] = [](const Operands& a, const Json& j) { return Operands{gather(a.at(0), a.at(1), axis_of(j))}; };
  table["sort"] = [](const Operands& a, const Json& j) { return Operands{sort(a.at(0), axis_of(j))}; };
  table["argsort"] = [](const Operands& a, const Json& j) { return Operands{argsort(a.at(0), axis_of(j))}; };
  table["top_k"] = [](const Operands& a, const Json& j) {
    auto [values, places] = top_k(a.at(0), j.at("count").get<std::int64_t>(), axis_of(j));
    return Operands{std::move(values), std::move(places)};
  };
}

}  // namespace

std::vector<Array> run_operation(const std::string& name, const std::vector<Array>& operands, const Json& arguments) {
  static const Table table = [] {
    Table all;
    add_elementwise(all);
    add_reductions(all);
    add_views(all);
    add_products(all);
    add_arrangements(all);
    return all;
  }();
  return table.at(name)(operands, arguments);
}

}  // namespace anneal::test
