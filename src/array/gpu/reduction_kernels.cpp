#include "array/gpu/reduction_kernels.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "array/gpu/functions.h"
#include "array/gpu/op_texts.h"
#include "array/gpu/reduction_texts.h"

namespace anneal::array::gpu {

unsigned lanes_of(const ReductionPass& pass, unsigned threads) {
  return std::min(threads, static_cast<unsigned>(pass.plan.lanes));
}

namespace {

const char* index_type(const ReductionPass& pass) { return pass.is_wide ? "i64" : "i32"; }

// The accumulators of `lanes` threads, which are `apart` from each other, become that of the first.
std::string tree_text(unsigned lanes, const std::string& apart) {
  if (lanes == 1) return "";
  return fmt::format(R"(  shared[THREAD] = acc;
  BARRIER();
  for (u32 half_lanes = {}; half_lanes > 0; half_lanes /= 2) {{
    if (lane < half_lanes) {{
      Accumulator other;
      other = shared[THREAD + half_lanes * {}];
      acc = combined(acc, other);
      shared[THREAD] = acc;
    }}
    BARRIER();
  }}
)",
                     lanes / 2, apart);
}

std::string shared_text(unsigned lanes, unsigned threads) {
  return lanes == 1 ? "" : fmt::format("  SHARED Accumulator shared[{}];\n", threads);
}

std::string store_text(const ReductionPass& pass) {
  return fmt::format("  if (lane == 0 && is_used) to[result] = {};\n", stored(pass.result_dtype, "finished(acc)"));
}

// Which part of which result the thread has, and which lane it is.
std::string begin_text(const ReductionPass& pass, unsigned threads, LeafTexts& leaves) {
  const unsigned lanes = lanes_of(pass, threads);
  const unsigned columns = threads / lanes;
  std::string text;
  if (pass.is_by_rows) {
    text = fmt::format(
        "  const u32 lane = THREAD % {0};\n  const Index item = Index(GROUP_X) * {1} + Index(THREAD / {0});\n", lanes,
        columns);
    text += pass.is_partial() ? fmt::format("  const Index result = {};\n  const Index part = item - result * {};\n",
                                            leaves.quotient("item", pass.plan.parts), leaves.index(pass.plan.parts))
                              : "  const Index result = item;\n  const Index part = 0;\n";
  } else {
    const std::int64_t blocks = (pass.plan.results + columns - 1) / columns;
    text = fmt::format("  const u32 lane = THREAD / {};\n", columns);
    text += pass.is_partial()
                ? fmt::format("  const Index part = {};\n  const Index block = Index(GROUP_X) - part * {};\n",
                              leaves.quotient("Index(GROUP_X)", blocks), leaves.index(blocks))
                : "  const Index part = 0;\n  const Index block = Index(GROUP_X);\n";
    text += fmt::format("  const Index result = block * {0} + Index(THREAD % {0});\n", columns);
  }
  return text + fmt::format("  const bool is_used = result < {};\n", leaves.index(pass.plan.results));
}

// Where the result's elements begin, for each leaf.
std::string origins_text(const ReductionPass& pass, LeafTexts& leaves) {
  std::string text = leaves.places(pass.kept, 1, "result", "p");
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    text += fmt::format("    const Index origin{} = {};\n", leaf,
                        leaves.offset(pass.kept, leaf, 1, "p", leaves.start(pass.reduced, &pass.kept, leaf)));
  }
  return text;
}

std::string origin(std::size_t leaf) { return fmt::format("origin{}", leaf); }

// Loads chunk `at` to slot u.
std::string load_text(const ReductionPass& pass, LeafTexts& leaves) {
  const int chunk = pass.plan.chunk;
  if (chunks_fit(pass.reduced, chunk)) {
    std::string text = leaves.places(pass.reduced, chunk, "at", "q");
    for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
      text += "    " + leaves.load(pass.access, leaf, "u", leaves.offset(pass.reduced, leaf, chunk, "q", origin(leaf)),
                                   leaves.step(pass.reduced, leaf));
    }
    return text;
  }
  std::string text = fmt::format("    for (int k = 0; k < {0}; ++k) {{\n    const Index element = at * {0} + k;\n{1}",
                                 chunk, leaves.places(pass.reduced, 1, "element", "q"));
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    text += fmt::format("    x{0}[u].v[k] = from{0}[{1}];\n", leaf,
                        leaves.offset(pass.reduced, leaf, 1, "q", origin(leaf)));
  }
  return text + "    }\n";
}

// The elements behind the last chunk.
std::string tail_text(const ReductionPass& pass, LeafTexts& leaves) {
  std::string text = fmt::format(
      "    if (lane == 0 && part == {}) {{\n#pragma unroll\n    for (int k = 0; k < {}; ++k) {{\n"
      "    const Index element = {} + k;\n    if (element >= {}) continue;\n{}",
      leaves.index(pass.plan.parts - 1), pass.plan.chunk - 1, leaves.index(pass.plan.chunks() * pass.plan.chunk),
      leaves.index(pass.plan.elements), leaves.places(pass.reduced, 1, "element", "q"));
  std::vector<std::string> offsets;
  offsets.reserve(pass.chain.leaves.size());
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    offsets.push_back(leaves.offset(pass.reduced, leaf, 1, "q", origin(leaf)));
  }
  return text +
         fmt::format("    accs[k] = added(accs[k], {}, i64(element));\n    }}\n    }}\n", leaves.value_at(offsets));
}

// What Candidates of a lane's turns have found.
std::string found_text(int chunk, unsigned lanes) {
  return fmt::format(
      "    if (begin < end) {{\n#pragma unroll\n    for (int k = 0; k < {0}; ++k) {{\n"
      "    accs[k].value = best[k].value;\n"
      "    accs[k].place = (i64(begin) + i64(best[k].turn) * {1}) * {0} + k;\n    }}\n    }}\n",
      chunk, lanes);
}

std::string main_text(const ReductionPass& pass, unsigned lanes, LeafTexts& leaves) {
  const int chunk = pass.plan.chunk;
  const int unroll = unroll_of(pass.access);
  std::string text = fmt::format(
      "    const Index begin = part * {} + Index(lane);\n    const Index end = min({}, (part + 1) * {});\n",
      leaves.index(pass.plan.part_chunks), leaves.index(pass.plan.chunks()), leaves.index(pass.plan.part_chunks));
  if (is_find(pass.reduction)) {
    text += fmt::format(
        "    Candidate best[{0}];\n#pragma unroll\n    for (int k = 0; k < {0}; ++k) best[k] = no_candidate();\n"
        "    u32 turn = 0;\n",
        chunk);
  }
  text += fmt::format("    for (Index first = begin; first < end; first += {}) {{\n", static_cast<int>(lanes) * unroll);
  text += leaves.declarations(pass.access, unroll);
  const auto for_chunks = [&](const std::string& body) {
    text += fmt::format(
        "#pragma unroll\n    for (int u = 0; u < {}; ++u) {{\n    const Index at = first + u * {};\n"
        "    if (at >= end) continue;\n{}    }}\n",
        unroll, lanes, body);
  };
  if (!pass.chain.leaves.empty()) for_chunks(load_text(pass, leaves));
  const std::string value = leaves.value(pass.access, "u", "k");
  for_chunks(fmt::format("#pragma unroll\n    for (int k = 0; k < {}; ++k)\n    {}\n", chunk,
                         is_find(pass.reduction)
                             ? fmt::format("best[k] = better(best[k], {}, turn + u);", value)
                             : fmt::format("accs[k] = added(accs[k], {}, i64(at) * {} + k);", value, chunk)));
  text += is_find(pass.reduction) ? fmt::format("    turn += {};\n    }}\n{}", unroll, found_text(chunk, lanes))
                                  : std::string("    }\n");
  return text;
}

// Those at the same place of the chunks become one.
std::string join_text(int chunk) {
  std::string text;
  for (int half = chunk / 2; half > 0; half /= 2) {
    text += fmt::format("#pragma unroll\n  for (int k = 0; k < {0}; ++k) accs[k] = combined(accs[k], accs[k + {0}]);\n",
                        half);
  }
  return text + "  Accumulator acc = accs[0];\n";
}

}  // namespace

std::string reduce_text(const ReductionPass& pass, unsigned threads, Words& words) {
  LeafTexts leaves(pass.chain, words, pass.is_wide);
  const unsigned lanes = lanes_of(pass, threads);
  const int chunk = pass.plan.chunk;
  std::string body = shared_text(lanes, threads) + leaves.constants() + begin_text(pass, threads, leaves);
  body += fmt::format(
      "  Accumulator accs[{0}];\n#pragma unroll\n  for (int k = 0; k < {0}; ++k) accs[k] = empty();\n"
      "  if (is_used) {{\n",
      chunk);
  body += origins_text(pass, leaves) + main_text(pass, lanes, leaves);
  if (chunk > 1) body += tail_text(pass, leaves);
  body += "  }\n" + join_text(chunk) + tree_text(lanes, pass.is_by_rows ? "1" : fmt::format("{}", threads / lanes));
  body += pass.is_partial() ? fmt::format("  if (lane == 0 && is_used) to[result * {} + part] = acc;\n",
                                          leaves.index(pass.plan.parts))
                            : store_text(pass);
  const std::size_t count = pass.chain.leaves.size();
  const std::string type = pass.is_partial() ? "Accumulator" : memory_type(pass.result_dtype);
  return with_functions(
      fmt::format("{}typedef {} Index;\n{}{}KERNEL(reduce) {}OUT({}, to, {}), VALUE(Pass, pass, {}) END {{\n{}}}\n",
                  words.definition(), index_type(pass), pass.chain.text, reduction_text(pass.reduction, pass.dtype),
                  leaves.parameters(), type, count, count + 1, body));
}

unsigned combining_lanes(const ReductionPass& pass, unsigned threads) {
  return std::min(threads, static_cast<unsigned>(std::bit_ceil(static_cast<std::uint64_t>(pass.plan.parts))));
}

std::string combine_text(const ReductionPass& pass, unsigned threads, Words& words) {
  const unsigned lanes = combining_lanes(pass, threads);
  const std::string results = words.add(pass.plan.results), parts = words.add(pass.plan.parts);
  return with_functions(fmt::format(
      R"({}{}KERNEL(combine) IN(Accumulator, from, 0), OUT({}, to, 1), VALUE(Pass, pass, 2) END {{
{}  const u32 lane = THREAD % {};
  const i64 result = i64(GROUP_X) * {} + i64(THREAD / {});
  const bool is_used = result < {};
  Accumulator acc = empty();
  if (is_used) {{
#pragma unroll 4
    for (i64 part = i64(lane); part < {}; part += {}) {{
      Accumulator other;
      other = from[result * {} + part];
      acc = combined(acc, other);
    }}
  }}
{}{}}}
)",
      words.definition(), reduction_text(pass.reduction, pass.dtype), memory_type(pass.result_dtype),
      shared_text(lanes, threads), lanes, threads / lanes, lanes, results, parts, lanes, parts, tree_text(lanes, "1"),
      store_text(pass)));
}

}  // namespace anneal::array::gpu
