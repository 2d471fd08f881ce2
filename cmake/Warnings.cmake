# Linked privately by every target of this project, so that no warning option reaches its users.
add_library(anneal_warnings INTERFACE)
target_compile_options(
  anneal_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wno-sign-conversion
            -Wno-missing-field-initializers # designated initialisers leave the rest to their defaults
            -Wnon-virtual-dtor
            -Woverloaded-virtual)
if(ANNEAL_WERROR)
  target_compile_options(anneal_warnings INTERFACE -Werror)
endif()
