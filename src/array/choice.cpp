#include "array/choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "anneal/error.h"
#include "array/backends.h"
#include "array/cost.h"
#include "array/cpu/backend.h"
#include "array/rates.h"
#include "array/shape.h"
#include "array/validation.h"

namespace anneal::array {
namespace {

// Work below this is done before a GPU could have begun; a product's is counted in multiplications.
constexpr double least_elements = 1 << 20;
constexpr double least_multiplications = 1 << 26;

bool is_product(const Work& work) {
  const Operation operation = work.steps.front().operation;
  return operation == Operation::matmul || operation == Operation::conv1d;
}

bool is_large(const Work& work) { return work.amount >= (is_product(work) ? least_multiplications : least_elements); }

bool has_operand_in(const Work& work, const gpu::Gpu* memory) {
  return std::ranges::any_of(work.operands, [&](const auto& operand) { return operand.node->is_in(memory); });
}

bool has_dtypes(const Backend& backend, const Work& work) {
  return std::ranges::all_of(work.dtypes, [&](DType dtype) { return backend.has(dtype); });
}

bool is_right(Backend& backend, const Work& work) {
  return std::ranges::all_of(work.steps, [&](const Work::Step& step) {
    return validation(backend, step.operation, step.dtype) != Validation::wrong;
  });
}

void check_forced(Backend& backend, const Work& work) {
  for (const DType dtype : work.dtypes) {
    if (backend.has(dtype)) continue;
    throw Error(ErrorCode::unavailable, fmt::format("{} has no {}: cast() to f32, or set another backend of arrays",
                                                    backend.name(), name_of(dtype)));
  }
  if (backend.memory() == nullptr) return;
  for (const Work::Step& step : work.steps) {
    if (validation(backend, step.operation, step.dtype) != Validation::wrong) continue;
    throw Error(ErrorCode::device_failed,
                fmt::format("{} cannot be used for {} of {} on this machine, where {}: set another backend of arrays",
                            backend.name(), name_of(step.operation), name_of(step.dtype),
                            why_wrong(backend, step.operation, step.dtype)));
  }
}

Backend* forced_for_this_thread() {
  Backend* const own = UseBackend::current();
  return own != nullptr ? own : forced_backend();
}

// The best GPU, for large work; and those that have an operand.
std::vector<Backend*> gpus_for(const Work& work) {
  std::vector<Backend*> result;
  const auto add = [&](Backend* gpu) {
    if (gpu != nullptr && has_dtypes(*gpu, work) && std::ranges::find(result, gpu) == result.end()) {
      result.push_back(gpu);
    }
  };
  if (is_large(work)) {
    for (const std::string& name : gpu_names()) {
      if (Backend* const gpu = usable_gpu(name)) {
        add(gpu);
        break;
      }
    }
  }
  for (Backend* gpu : opened_gpus()) {
    if (has_operand_in(work, gpu->memory())) add(usable_gpu(gpu->name()));
  }
  return result;
}

double expected_seconds(Backend& backend, const Work& work) {
  const Speeds speeds{.rate = [&](const Work::Step& step) { return rate(backend, step.operation, step.dtype); },
                      .overhead = overhead(backend),
                      .copy_rate = copy_rate(backend)};
  return expected_seconds(work, speeds, backend.memory());
}

// Tile kernels were validated when they were first used; BLAS was not.
Backend& cpu_for(const Work& work) {
  return !is_product(work) || is_right(cpu::vector_backend(), work) ? cpu::vector_backend() : cpu::scalar_backend();
}

// Infinite where it cannot do it, which is no error of whoever wants an array.
double seconds_of_gpu(Backend& gpu, const Work& work) try {
  return is_right(gpu, work) ? expected_seconds(gpu, work) : std::numeric_limits<double>::infinity();
} catch (const Error& error) {
  if (error.code() == ErrorCode::device_failed) give_up(gpu, error.what());
  return std::numeric_limits<double>::infinity();
}

// Has what throw_with_shapes() adds.
class NoMemory : public Error {
 public:
  using Error::Error;
};

std::string text_of(const Work& work) {
  constexpr std::size_t most = 4;
  std::vector<std::string> shapes;
  for (const Work::Operand& operand : work.operands) {
    if (shapes.size() == most) break;
    shapes.push_back(array::text_of(operand.node->shape));
  }
  if (work.operands.size() > most) shapes.emplace_back("...");
  const Work::Step& step = work.steps.front();
  return fmt::format("{} of {}, of shapes {},", name_of(step.operation), name_of(step.dtype),
                     fmt::join(shapes, " and "));
}

}  // namespace

Backend& choose_backend(const Work& work) {
  if (Backend* own = UseBackend::current()) return *own;
  if (Backend* forced = forced_backend()) {
    check_forced(*forced, work);
    return *forced;
  }
  Backend* best = &cpu_for(work);
  const std::vector<Backend*> gpus = gpus_for(work);
  if (gpus.empty()) return *best;
  double best_seconds = expected_seconds(*best, work);
  for (Backend* gpu : gpus) {
    const double seconds = seconds_of_gpu(*gpu, work);
    if (seconds >= best_seconds) continue;
    best = gpu;
    best_seconds = seconds;
  }
  return *best;
}

Backend& choose_backend(const Node& node) {
  Backend* const forced = forced_for_this_thread();
  if (forced != nullptr && forced->memory() == nullptr) return *forced;
  const Node& widest = node.kind == NodeKind::reduction ? *node.inputs[0] : node;
  const bool is_small = static_cast<double>(count_of(widest.shape)) < least_elements;
  if (forced == nullptr && is_small && !has_opened_gpu()) return cpu::vector_backend();
  return choose_backend(work_of(node));
}

bool may_use_cpu_after(const Error& error, const Backend& backend) {
  const bool is_by_device = error.code() == ErrorCode::out_of_memory || error.code() == ErrorCode::device_failed ||
                            error.code() == ErrorCode::unavailable;
  if (!is_by_device || backend.memory() == nullptr || forced_for_this_thread() != nullptr) return false;
  if (error.code() == ErrorCode::device_failed) give_up(backend, error.what());
  return true;
}

void throw_with_shapes(const Error& error, const Backend& backend, const Work& work) {
  const bool is_named = dynamic_cast<const NoMemory*>(&error) != nullptr;
  if (error.code() != ErrorCode::out_of_memory || backend.memory() == nullptr || is_named) throw;
  throw NoMemory(ErrorCode::out_of_memory,
                 fmt::format("{} has not the memory of {}: use the backend cpu, smaller arrays or a smaller dtype ({})",
                             text_of(work), backend.name(), error.what()));
}

void throw_with_shapes(const Error& error, const Backend& backend, const Node& node) {
  throw_with_shapes(error, backend, work_of(node));
}

}  // namespace anneal::array
