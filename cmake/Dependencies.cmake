# What the library itself links. Tests, benchmarks and the command line find their own.
# The installed package (annealConfig.cmake.in, anneal.pc.in) repeats this list.
find_package(Threads REQUIRED)
if(ANNEAL_SANITIZE MATCHES "thread")
  # testing/threads_tbb/README.md says why.
  add_library(TBB::tbb INTERFACE IMPORTED GLOBAL)
  target_include_directories(TBB::tbb INTERFACE ${PROJECT_SOURCE_DIR}/testing/threads_tbb)
  target_link_libraries(TBB::tbb INTERFACE Threads::Threads)
else()
  find_package(TBB REQUIRED)
endif()
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy>=1.0.3)
pkg_check_modules(ISAL REQUIRED IMPORTED_TARGET libisal)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
# Their headers alone.
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
find_path(ANNEAL_DLPACK_INCLUDE dlpack/dlpack.h REQUIRED)
add_library(anneal_dlpack INTERFACE)
target_include_directories(anneal_dlpack SYSTEM INTERFACE ${ANNEAL_DLPACK_INCLUDE})
# macOS has a BLAS of its own.
if(APPLE)
  set(ANNEAL_BLAS "-framework Accelerate")
else()
  pkg_check_modules(OPENBLAS REQUIRED IMPORTED_TARGET openblas)
  set(ANNEAL_BLAS PkgConfig::OPENBLAS)
endif()
