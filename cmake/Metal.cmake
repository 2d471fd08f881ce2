# Metal: the backend for Apple's GPUs (ANNEAL_METAL), on macOS; and Metal on a CPU, for tests on Linux
# (testing/metal_emulator, ANNEAL_METAL_EMULATOR). Both need metal-cpp, which ./dev setup metal puts into
# build/metal-cpp. The emulator also needs clang 19 or newer, which compiles blocks and, while tests run, kernels.
set(METAL_CPP_DIR ${PROJECT_SOURCE_DIR}/build/metal-cpp CACHE PATH "Folder of Apple's metal-cpp headers")

# anneal_embed_msl(<target> <file>...): sources in the Metal Shading Language, below src/, with all that they include.
# Each becomes a device::metal::Source of the target: see embed_msl.cmake. Also as one file below msl/ in the build
# folder, for Apple's compiler.
function(anneal_embed_msl target)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/src OUTPUT_VARIABLE path)
    set(flat ${PROJECT_BINARY_DIR}/msl/${path})
    cmake_path(GET flat PARENT_PATH folder)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(
      OUTPUT ${flat}.cpp
      BYPRODUCTS ${flat}
      DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/embed_msl.cmake
      DEPFILE ${flat}.d
      COMMAND
        ${CMAKE_COMMAND} -D SOURCES=${PROJECT_SOURCE_DIR}/src -D FILE=${path} -D FLAT=${flat} -D CODE=${flat}.cpp
        -D DEPENDENCIES=${flat}.d -P ${PROJECT_SOURCE_DIR}/cmake/embed_msl.cmake
      COMMENT "Embedding ${path}"
      VERBATIM)
    target_sources(${target} PRIVATE ${flat}.cpp)
    # ISO C++ asks compilers for 65,536 characters only.
    set_source_files_properties(
      ${flat}.cpp TARGET_DIRECTORY ${target} PROPERTIES GENERATED ON COMPILE_OPTIONS -Wno-overlength-strings)
    # The target may be of another folder, which does not see this one's commands.
    string(MAKE_C_IDENTIFIER ${path} name)
    add_custom_target(embed_${name} DEPENDS ${flat}.cpp)
    add_dependencies(${target} embed_${name})
  endforeach()
endfunction()

option(ANNEAL_METAL "Build the Metal backend; the default is whether this is macOS" ${APPLE})
if(ANNEAL_METAL)
  if(NOT APPLE)
    message(FATAL_ERROR "ANNEAL_METAL is ON, but only macOS has Metal: on Linux, tests run the backend on an emulator, "
                        "ANNEAL_METAL_EMULATOR")
  endif()
  if(NOT EXISTS ${METAL_CPP_DIR}/Metal/Metal.hpp)
    set(METAL_CPP_URL https://developer.apple.com/metal/cpp/files/metal-cpp_macOS15.2_iOS18.2.zip
        CACHE STRING "Where Apple's metal-cpp is fetched from if METAL_CPP_DIR lacks it")
    message(STATUS "Fetching ${METAL_CPP_URL}")
    include(FetchContent)
    FetchContent_Declare(metal_cpp URL ${METAL_CPP_URL} DOWNLOAD_EXTRACT_TIMESTAMP ON)
    FetchContent_MakeAvailable(metal_cpp)
    set(METAL_CPP_DIR ${metal_cpp_SOURCE_DIR})
  endif()
  # Without CoreGraphics, programs of the command line are shown no default device.
  set(ANNEAL_METAL_FRAMEWORKS "-framework Metal" "-framework Foundation" "-framework CoreGraphics")
endif()

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
set(pch_extension ${CMAKE_PCH_EXTENSION})
set(pch_prologue ${CMAKE_PCH_PROLOGUE})
enable_language(OBJCXX)
# CMake has these two once for all languages.
set(CMAKE_PCH_EXTENSION ${pch_extension})
set(CMAKE_PCH_PROLOGUE ${pch_prologue})
set(CMAKE_OBJCXX_STANDARD 20)
set(CMAKE_OBJCXX_STANDARD_REQUIRED ON)
set(CMAKE_OBJCXX_EXTENSIONS OFF)
set(CMAKE_OBJCXX_COMPILE_OPTIONS_EXPLICIT_LANGUAGE -x c++)

# anneal_use_metal(<target> <file>...): these sources of the target include metal-cpp.
function(anneal_use_metal target)
  set(options -fblocks)
  if(ANNEAL_SANITIZE MATCHES "undefined")
    list(APPEND options -fno-sanitize=function) # g++ may link, and its runtime lacks this check
  endif()
  set_source_files_properties(${ARGN} PROPERTIES LANGUAGE OBJCXX COMPILE_OPTIONS "${options}")
  target_include_directories(${target} SYSTEM PRIVATE ${METAL_CPP_DIR})
  target_link_libraries(${target} PRIVATE metal_emulator)
endfunction()
