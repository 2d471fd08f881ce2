# Metal on a CPU, for tests (testing/metal_emulator): ANNEAL_METAL_EMULATOR. It needs metal-cpp, which ./dev setup metal
# puts into build/metal-cpp, and clang 19 or newer, which compiles blocks and, while tests run, kernels.
set(METAL_CPP_DIR ${PROJECT_SOURCE_DIR}/build/metal-cpp CACHE PATH "Folder of Apple's metal-cpp headers")
find_program(ANNEAL_CLANG NAMES clang++-19 clang++ PATHS /usr/lib/llvm-19/bin)
mark_as_advanced(ANNEAL_CLANG)
set(metal_oldest_clang 19)
if(ANNEAL_CLANG)
  execute_process(COMMAND ${ANNEAL_CLANG} -dumpversion OUTPUT_VARIABLE metal_clang_version ERROR_QUIET)
endif()
if(metal_clang_version VERSION_GREATER_EQUAL metal_oldest_clang AND EXISTS ${METAL_CPP_DIR}/Metal/Metal.hpp)
  set(has_metal_tools ON)
else()
  set(has_metal_tools OFF)
endif()

if(ANNEAL_BUILD_TESTS AND NOT APPLE AND NOT CMAKE_CROSSCOMPILING AND has_metal_tools)
  set(metal_emulator_default ON)
else()
  set(metal_emulator_default OFF)
endif()
option(ANNEAL_METAL_EMULATOR "Build the emulator of Metal and its tests; the default is whether it can be built"
       ${metal_emulator_default})
if(NOT ANNEAL_METAL_EMULATOR)
  return()
endif()
if(APPLE)
  message(FATAL_ERROR "ANNEAL_METAL_EMULATOR is ON, but macOS has Metal itself")
endif()
if(NOT has_metal_tools)
  message(FATAL_ERROR "ANNEAL_METAL_EMULATOR is ON, but clang++ ${metal_oldest_clang} or newer, or "
                      "${METAL_CPP_DIR}/Metal/Metal.hpp is missing: run ./dev setup metal, or set METAL_CPP_DIR, or "
                      "build with -D ANNEAL_METAL_EMULATOR=OFF")
endif()

# metal-cpp needs blocks, which g++ does not know. So sources that include it are compiled by clang, whatever compiles
# the rest: as the language OBJCXX, which CMake keeps apart from CXX, but with C++'s meaning.
set(CMAKE_OBJCXX_COMPILER ${ANNEAL_CLANG})
if(NOT DEFINED CMAKE_OBJCXX_COMPILER_LAUNCHER)
  set(CMAKE_OBJCXX_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
enable_language(OBJCXX)
set(CMAKE_OBJCXX_STANDARD 20)
set(CMAKE_OBJCXX_STANDARD_REQUIRED ON)
set(CMAKE_OBJCXX_EXTENSIONS OFF)
set(CMAKE_OBJCXX_COMPILE_OPTIONS_EXPLICIT_LANGUAGE -x c++)

# anneal_use_metal(<target> <file>...): these sources of the target include metal-cpp.
function(anneal_use_metal target)
  set_source_files_properties(${ARGN} PROPERTIES LANGUAGE OBJCXX COMPILE_OPTIONS "-fblocks")
  target_include_directories(${target} SYSTEM PRIVATE ${METAL_CPP_DIR})
  target_link_libraries(${target} PRIVATE metal_emulator)
endfunction()
