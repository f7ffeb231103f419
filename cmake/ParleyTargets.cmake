# parley_library(name [DEPS lib...] SOURCES file...)  one src/ folder; DEPS are the layers it may use
# parley_test(name [DEPS lib...] [LABELS label...] SOURCES file...)  one GoogleTest binary
# parley_fuzz(name [DEPS lib...] SOURCES file...)     one libFuzzer entry, built with preset fuzz only

find_program(MOLD mold)
if(MOLD AND NOT PARLEY_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings are errors. Two exceptions, both for g++ 12: its array-bounds and restrict analyses report
# faults inside libstdc++'s own inlined string code.
add_compile_options(-Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wshadow=local -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                      -Wno-stringop-overread -Wno-maybe-uninitialized -Wno-dangling-pointer -Wno-mismatched-new-delete)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
                        BOOST_BEAST_SEPARATE_COMPILATION)

function(parley_library name)
  cmake_parse_arguments(ARG "" "" "DEPS;SOURCES" ${ARGN})
  add_library(parley_${name} STATIC ${ARG_SOURCES})
  target_include_directories(parley_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(parley_${name} PUBLIC ${ARG_DEPS})
endfunction()

function(parley_test name)
  if(PARLEY_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "DEPS;LABELS;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest_main GTest::gmock)
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                       PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 300)
endfunction()

function(parley_fuzz name)
  if(NOT PARLEY_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "DEPS;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()
