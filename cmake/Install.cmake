# `cmake --install`: library, headers, program, man pages and completion, CMake package and pkg-config file.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/anneal)

install(
  TARGETS anneal
  EXPORT annealTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
# Programs that link the static library need the runtime that it was built with, wherever they are built.
if(ANNEAL_CUDA AND NOT BUILD_SHARED_LIBS)
  install(FILES ${ANNEAL_CUDART_STATIC} DESTINATION ${CMAKE_INSTALL_LIBDIR}/anneal)
  set(pkgconfig_cuda "-L\${libdir}/anneal -lcudart_static -ldl -lrt")
endif()
if(ANNEAL_METAL AND NOT BUILD_SHARED_LIBS)
  list(JOIN ANNEAL_METAL_FRAMEWORKS " " pkgconfig_metal)
endif()
# Not Requires: these .pc files ask static programs for what htslib was built with and for the Fortran compiler's
# libraries.
list(JOIN HTS_LDFLAGS " " pkgconfig_hts)
if(APPLE)
  set(pkgconfig_blas "${ANNEAL_BLAS}")
else()
  list(JOIN OPENBLAS_LDFLAGS " " pkgconfig_blas)
endif()
# Mapping is a part of the program alone.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/anneal DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} PATTERN map.h EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(TARGET anneal_cli)
  file(RELATIVE_PATH bin_to_lib ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  if(APPLE)
    set_target_properties(anneal_cli PROPERTIES INSTALL_RPATH @loader_path/${bin_to_lib})
  else()
    set_target_properties(anneal_cli PROPERTIES INSTALL_RPATH "${CMAKE_INSTALL_RPATH};$ORIGIN/${bin_to_lib}")
  endif()
  install(TARGETS anneal_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(EXPORT annealTargets NAMESPACE anneal:: DESTINATION ${package_dir})
configure_package_config_file(cmake/annealConfig.cmake.in ${PROJECT_BINARY_DIR}/annealConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/annealConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/annealConfig.cmake ${PROJECT_BINARY_DIR}/annealConfigVersion.cmake
        DESTINATION ${package_dir})

# Relative to the .pc file itself, so that the installed tree can be moved.
file(RELATIVE_PATH pkgconfig_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" pkgconfig_to_prefix "${pkgconfig_to_prefix}")
configure_file(cmake/anneal.pc.in ${PROJECT_BINARY_DIR}/anneal.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/anneal.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
