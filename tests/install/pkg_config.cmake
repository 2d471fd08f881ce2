# Compiles SOURCE with the flags of LIBRARY_DIR/pkgconfig/anneal.pc and runs the result.
find_program(pkg_config NAMES pkg-config pkgconf REQUIRED)
set(ENV{PKG_CONFIG_PATH} "${LIBRARY_DIR}/pkgconfig:$ENV{PKG_CONFIG_PATH}")
if(STATIC)
  set(static --static)
endif()
execute_process(
  COMMAND ${pkg_config} ${static} --cflags --libs anneal
  OUTPUT_VARIABLE flags
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
execute_process(COMMAND ${CXX} -std=c++20 ${SOURCE} -o ${OUTPUT} ${flags} -Wl,-rpath,${LIBRARY_DIR}
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OUTPUT} COMMAND_ERROR_IS_FATAL ANY)
