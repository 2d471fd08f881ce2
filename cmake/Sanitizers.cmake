# Instruments every target of the build, which a sanitizer needs to be reliable.
if(ANNEAL_SANITIZE)
  set(sanitizer_flags -fsanitize=${ANNEAL_SANITIZE} -fno-omit-frame-pointer)
  if(ANNEAL_SANITIZE MATCHES "undefined")
    list(APPEND sanitizer_flags -fno-sanitize-recover=all)
  endif()
  add_compile_options(${sanitizer_flags})
  add_link_options(${sanitizer_flags})
  # Sanitized kernels take long to compile: there are none for AVX-512.
  add_compile_definitions(ANNEAL_FEW_TARGETS)
endif()
if(ANNEAL_BUILD_FUZZERS AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "ANNEAL_BUILD_FUZZERS needs clang, this is ${CMAKE_CXX_COMPILER_ID}: "
                      "set CMAKE_CXX_COMPILER, or use ./dev fuzz")
endif()
