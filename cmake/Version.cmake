# Only the generated version.cpp knows the commit, so a commit recompiles one file and links.
set(version_source ${PROJECT_BINARY_DIR}/generated/version.cpp)
set(version_command
    ${CMAKE_COMMAND}
    -D SOURCE_DIR=${PROJECT_SOURCE_DIR}
    -D TEMPLATE=${PROJECT_SOURCE_DIR}/cmake/version.cpp.in
    -D OUTPUT=${version_source}
    -D VERSION=${PROJECT_VERSION}
    -D "COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    -D BUILD_TYPE=$<CONFIG>
    -P ${PROJECT_SOURCE_DIR}/cmake/generate_version.cmake)
add_custom_target(
  anneal_version
  COMMAND ${version_command}
  BYPRODUCTS ${version_source}
  COMMENT "Recording version and commit"
  VERBATIM)
set_source_files_properties(${version_source} PROPERTIES GENERATED ON)
target_sources(anneal PRIVATE ${version_source})
add_dependencies(anneal anneal_version)
