# Makes C++ of a kernel source, since Metal compiles a string: cmake -D SOURCES=<src folder> -D FILE=<path in it>
# -D FLAT=<file> -D CODE=<file> -D DEPENDENCIES=<file> -P embed_msl.cmake
#
# FLAT is the source with all that it includes from SOURCES, once each, in one file. CODE defines it as a
# device::metal::Source, <file name>_source in the namespace that is called as the folder. DEPENDENCIES lists the files
# for make and ninja.
cmake_policy(VERSION 3.25)

set(seen "")

# Appends to `flat`: the text of a file, with includes from the same tree replaced by what is in them.
function(flatten name)
  if(name IN_LIST seen)
    return()
  endif()
  list(APPEND seen ${name})
  file(READ ${SOURCES}/${name} text)
  string(REGEX REPLACE "#pragma once\n" "\n" text "${text}")
  set(line 1)
  string(APPEND flat "#line 1 \"${name}\"\n")
  while(text MATCHES "(^|\n)#include \"([^\"\n]+)\"[^\n]*\n")
    set(included ${CMAKE_MATCH_2})
    string(FIND "${text}" "${CMAKE_MATCH_0}" begin)
    string(LENGTH "${CMAKE_MATCH_0}" length)
    string(LENGTH "${CMAKE_MATCH_1}" newline)
    math(EXPR end "${begin} + ${length}")
    math(EXPR begin "${begin} + ${newline}")
    string(SUBSTRING "${text}" 0 ${begin} before)
    string(SUBSTRING "${text}" ${end} -1 text)
    string(REGEX REPLACE "[^\n]" "" newlines "${before}")
    string(LENGTH "${newlines}" lines)
    math(EXPR line "${line} + ${lines} + 1")
    string(APPEND flat "${before}")
    flatten(${included})
    string(APPEND flat "#line ${line} \"${name}\"\n")
  endwhile()
  string(APPEND flat "${text}")
  set(flat "${flat}" PARENT_SCOPE)
  set(seen ${seen} PARENT_SCOPE)
endfunction()

set(flat "")
flatten(${FILE})
file(WRITE ${FLAT} "${flat}")

cmake_path(GET FILE STEM stem)
cmake_path(GET FILE PARENT_PATH folder)
string(REPLACE "/" "::" namespace ${folder})
file(
  WRITE ${CODE}
  "// Made of ${FILE} by cmake/embed_msl.cmake.
#include \"device/metal/kernel.h\"

namespace anneal::${namespace} {

extern const device::metal::Source ${stem}_source;
constinit const device::metal::Source ${stem}_source(\"${FILE}\", R\"msl(${flat})msl\");

}  // namespace anneal::${namespace}
")

list(TRANSFORM seen PREPEND ${SOURCES}/)
list(JOIN seen " " dependencies)
file(WRITE ${DEPENDENCIES} "${CODE}: ${dependencies}\n")
