# NVIDIA's compiler and static runtime, where ANNEAL_CUDA asks for them: the target anneal::cudart_static.
# The driver is opened at run time, so nothing here ties a program to a machine with a GPU.
set(cuda_oldest 13.0)

# The nvcc to use: CMAKE_CUDA_COMPILER or CUDACXX, else the first that is new enough.
function(anneal_find_nvcc result)
  set(candidates ${CMAKE_CUDA_COMPILER} $ENV{CUDACXX})
  if(NOT candidates)
    find_program(ANNEAL_NVCC nvcc PATHS $ENV{CUDA_PATH}/bin /usr/local/cuda/bin)
    mark_as_advanced(ANNEAL_NVCC)
    set(candidates ${ANNEAL_NVCC} ${PROJECT_SOURCE_DIR}/build/cuda/bin/nvcc)
  endif()
  foreach(candidate IN LISTS candidates)
    execute_process(COMMAND ${candidate} --version OUTPUT_VARIABLE version ERROR_QUIET RESULT_VARIABLE status)
    if(status EQUAL 0 AND version MATCHES "release ([0-9.]+)" AND CMAKE_MATCH_1 VERSION_GREATER_EQUAL cuda_oldest)
      set(${result} ${candidate} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

anneal_find_nvcc(cuda_compiler)
if(cuda_compiler)
  set(cuda_default ON)
else()
  set(cuda_default OFF)
endif()
option(ANNEAL_CUDA "Build the CUDA backend; the default is whether nvcc is found" ${cuda_default})
if(NOT ANNEAL_CUDA)
  return()
endif()
if(NOT cuda_compiler)
  message(FATAL_ERROR "ANNEAL_CUDA is ON, but there is no nvcc ${cuda_oldest} or newer: run ./dev setup cuda, "
                      "or set CUDACXX, or build without CUDA (preset cpu-only, or -D ANNEAL_CUDA=OFF)")
endif()

# Machine code for the A100's and the H100's generations; the latter's PTX serves newer ones.
set(CMAKE_CUDA_ARCHITECTURES 80-real 90-real 90-virtual CACHE STRING "What nvcc compiles for")
set(CMAKE_CUDA_COMPILER ${cuda_compiler})
enable_language(CUDA)
set(CMAKE_CUDA_RUNTIME_LIBRARY None) # linked by name, below
if(NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION) # CMake before 3.25.2
  set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
  set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
endif()
set(CMAKE_CUDA_STANDARD 20)
set(CMAKE_CUDA_STANDARD_REQUIRED ON)

string(REGEX MATCHALL "[0-9]+" cuda_capabilities "${CMAKE_CUDA_ARCHITECTURES}")
list(SORT cuda_capabilities COMPARE NATURAL)
list(GET cuda_capabilities 0 ANNEAL_CUDA_LOWEST_CAPABILITY)

# Not by find_package(CUDAToolkit), which prefers copies in the system's folders to the compiler's own.
find_library(
  ANNEAL_CUDART_STATIC libcudart_static.a
  PATHS ${CMAKE_CUDA_COMPILER_TOOLKIT_ROOT}
  PATH_SUFFIXES lib64 lib targets/${CMAKE_SYSTEM_PROCESSOR}-linux/lib
  NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(ANNEAL_CUDART_STATIC)
add_library(anneal::cudart_static STATIC IMPORTED GLOBAL)
set_target_properties(anneal::cudart_static PROPERTIES IMPORTED_LOCATION ${ANNEAL_CUDART_STATIC})
target_link_libraries(anneal::cudart_static INTERFACE Threads::Threads ${CMAKE_DL_LIBS} rt)
