# AMD's compiler, where ANNEAL_HIP asks for it: the target anneal_hip, which is the GPU backend compiled as HIP. It is
# there to be compiled. No program uses it, and it has not run on any GPU.
option(ANNEAL_HIP "Compile the GPU backend as HIP too" OFF)
if(NOT ANNEAL_HIP)
  return()
endif()

find_program(ANNEAL_HIPCC hipcc PATHS $ENV{ROCM_PATH}/bin /opt/rocm/bin)
find_library(ANNEAL_HIP_RUNTIME amdhip64 PATHS $ENV{ROCM_PATH}/lib /opt/rocm/lib)
mark_as_advanced(ANNEAL_HIPCC ANNEAL_HIP_RUNTIME)
if(NOT ANNEAL_HIPCC OR NOT ANNEAL_HIP_RUNTIME)
  message(FATAL_ERROR "ANNEAL_HIP is ON, but there is no hipcc with its runtime library: run ./dev setup hip, or "
                      "install Debian's package hipcc, or build with -D ANNEAL_HIP=OFF")
endif()
set(ANNEAL_HIP_ARCHITECTURES gfx90a gfx1030 CACHE STRING "What hipcc compiles for")

# With everything that the same sources of anneal are compiled with, so that ccache knows their objects.
add_library(anneal_hip SHARED EXCLUDE_FROM_ALL)
target_include_directories(anneal_hip PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(anneal_hip PRIVATE HWY_WANT_AVX3_DL __HIP_PLATFORM_AMD__)
target_link_libraries(
  anneal_hip PRIVATE Threads::Threads anneal_warnings TBB::tbb fmt::fmt nlohmann_json::nlohmann_json PkgConfig::HWY
                     PkgConfig::ISAL PkgConfig::ZSTD PkgConfig::HTS ${ANNEAL_BLAS} ${ANNEAL_HIP_RUNTIME})
set_target_properties(anneal_hip PROPERTIES DEFINE_SYMBOL "")

string(TOUPPER "${CMAKE_BUILD_TYPE}" hip_configuration)
separate_arguments(hip_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${hip_configuration}}")
list(APPEND hip_flags -std=c++20 -fPIC -I${PROJECT_SOURCE_DIR}/include -I${PROJECT_SOURCE_DIR}/src ${cxx_warnings}
     -Werror)
foreach(architecture IN LISTS ANNEAL_HIP_ARCHITECTURES)
  list(APPEND hip_flags --offload-arch=${architecture})
endforeach()

# Adds .cu files of the current folder.
function(anneal_add_hip_kernels)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE sources)
  set_property(TARGET anneal_hip APPEND PROPERTY KERNELS ${sources})
endfunction()

# Compiles and checks them, once all are added: in the folder of anneal_hip, or it would not see these commands.
#
# Not as CMake's language HIP: 3.25 looks for hip-lang-config.cmake where Debian does not have it. hipcc includes the
# runtime's header where it is told to, nvcc always does.
function(anneal_compile_hip_kernels)
  get_target_property(sources anneal_hip KERNELS)
  foreach(source IN LISTS sources)
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/src ${source})
    set(object ${PROJECT_BINARY_DIR}/hip/${name}.o)
    get_filename_component(folder ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${ANNEAL_HIPCC} ${hip_flags} -include hip/hip_runtime.h -MD -MF ${object}.d
              -MT ${object} -x hip -c ${source} -o ${object}
      DEPENDS ${source}
      DEPFILE ${object}.d
      COMMENT "Compiling ${name} as HIP"
      VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  target_sources(anneal_hip PRIVATE ${objects})
  add_custom_command(
    TARGET anneal_hip
    POST_BUILD
    COMMAND ${PROJECT_SOURCE_DIR}/testing/hip/check ${ANNEAL_HIPCC} $<TARGET_FILE:anneal_hip>
            "${ANNEAL_HIP_ARCHITECTURES}" ${objects}
    VERBATIM)
endfunction()
