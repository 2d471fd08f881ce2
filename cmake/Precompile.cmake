option(ANNEAL_PRECOMPILE "Precompile the headers that most sources include: a missing #include may then go unseen" OFF)

# anneal_precompile(<target>): only what g++ or clang++ compiles as C++.
function(anneal_precompile target)
  if(NOT ANNEAL_PRECOMPILE)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/precompiled.h>)
  # ccache asks it of GCC.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endfunction()
