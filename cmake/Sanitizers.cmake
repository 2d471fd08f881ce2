# Instruments every target of the build, which a sanitizer needs to be reliable.
if(ANNEAL_SANITIZE)
  set(sanitizer_flags -fsanitize=${ANNEAL_SANITIZE} -fno-omit-frame-pointer)
  if(ANNEAL_SANITIZE MATCHES "undefined")
    list(APPEND sanitizer_flags -fno-sanitize-recover=all)
  endif()
  add_compile_options(${sanitizer_flags})
  add_link_options(${sanitizer_flags})
  # Sanitized kernels take long to compile: on x86 there are those for AVX2 alone.
  add_compile_definitions(ANNEAL_FEW_TARGETS)
endif()
if(ANNEAL_BUILD_FUZZERS AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "ANNEAL_BUILD_FUZZERS needs clang, this is ${CMAKE_CXX_COMPILER_ID}: "
                      "set CMAKE_CXX_COMPILER, or use ./dev fuzz")
endif()

# anneal_vector_kernels(<target> <file>...): sources of a target that compile once per instruction set.
function(anneal_vector_kernels target)
  get_target_property(folder ${target} SOURCE_DIR)
  if(ANNEAL_SLOW_KERNELS)
    # Where inlining is forced, clang simplifies a kernel again at each level of calls: minutes for a file.
    set_source_files_properties(${ARGN} DIRECTORY ${folder} PROPERTIES COMPILE_DEFINITIONS always_inline=unused
                                                                       SKIP_PRECOMPILE_HEADERS ON)
  endif()
  if(ANNEAL_SANITIZE)
    set_source_files_properties(${ARGN} DIRECTORY ${folder} PROPERTIES COMPILE_OPTIONS "-fno-sanitize=undefined;-O1")
  endif()
endfunction()
