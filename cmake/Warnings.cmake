# Linked privately by every target of this project, so that no warning option reaches its users.
add_library(anneal_warnings INTERFACE)
set(cxx_warnings
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion
    -Wno-sign-conversion
    -Wno-missing-field-initializers # designated initialisers leave the rest to their defaults
    -Wnon-virtual-dtor
    -Woverloaded-virtual)
set(cuda_warnings -Xcompiler=-Wall,-Wextra)
if(ANNEAL_WERROR)
  list(APPEND cxx_warnings -Werror)
  list(APPEND cuda_warnings --Werror=all-warnings)
endif()
target_compile_options(anneal_warnings INTERFACE "$<$<COMPILE_LANGUAGE:CXX,OBJCXX>:${cxx_warnings}>"
                                                 "$<$<COMPILE_LANGUAGE:CUDA>:${cuda_warnings}>")
