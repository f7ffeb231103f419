# parley_library(name [DEPS lib...] SOURCES file...)  one src/ folder; DEPS are the layers it may use
# parley_test(name [DEPS lib...] [LABELS label...] SOURCES file...)  one GoogleTest binary; label
#     "threaded" says that it uses threads and runs under ThreadSanitizer, too
# parley_fuzz(name [DEPS lib...] SOURCES file...)     one libFuzzer entry, built with preset fuzz only;
#     as a test it tries PARLEY_FUZZ_RUNS inputs from the corpus in tests/fuzz/corpus/<name without _fuzz>
#
# Targets for ./test: `tests`, `threaded_tests` and `fuzzers`.

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

add_custom_target(tests)
add_custom_target(threaded_tests)
add_custom_target(fuzzers)

# Most of a file's compile time is its headers. With PARLEY_UNITY (all presets but dev) several files
# of a target are compiled as one; a target whose files use the same names in their anonymous
# namespaces says SEPARATE. dev compiles each file alone, which also finds a forgotten include.
function(parley_join_sources name separate)
  if(PARLEY_UNITY AND NOT separate)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # Its rule is about headers, and a joined file is to it one that includes headers.
      target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()

function(parley_library name)
  cmake_parse_arguments(ARG "SEPARATE" "" "DEPS;SOURCES" ${ARGN})
  add_library(parley_${name} STATIC ${ARG_SOURCES})
  target_include_directories(parley_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(parley_${name} PUBLIC ${ARG_DEPS})
  parley_join_sources(parley_${name} ${ARG_SEPARATE})
endfunction()

# A program that serves: it makes and frees many small objects, some on another thread than their
# own. What the sanitizers watch keeps the allocator that they know.
function(parley_use_fast_allocator name)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_link_libraries(${name} PRIVATE mimalloc)
  endif()
endfunction()

function(parley_test name)
  if(PARLEY_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "SEPARATE" "" "DEPS;LABELS;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  parley_join_sources(${name} ${ARG_SEPARATE})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest_main GTest::gmock)
  add_dependencies(tests ${name})
  if("threaded" IN_LIST ARG_LABELS)
    add_dependencies(threaded_tests ${name})
  endif()
  include(GoogleTest)
  # One word, because discovered tests take no list: `ctest -L` looks for a part of it.
  list(JOIN ARG_LABELS "_" labels)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                       PROPERTIES LABELS "unit_${labels}" TIMEOUT 600)
endfunction()

function(parley_fuzz name)
  if(NOT PARLEY_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "DEPS;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  add_dependencies(fuzzers ${name})
  string(REGEX REPLACE "_fuzz$" "" corpus ${name})
  # What it finds goes into the first folder; the committed corpus is only read.
  set(found ${CMAKE_CURRENT_BINARY_DIR}/found/${corpus})
  file(MAKE_DIRECTORY ${found})
  # The same inputs in every run: what a test says must not depend on luck. Run it by hand, without
  # a seed, to search.
  add_test(NAME ${name} COMMAND ${name} -seed=1 -runs=${PARLEY_FUZZ_RUNS}
           -max_total_time=${PARLEY_FUZZ_SECONDS} -timeout=10
           -rss_limit_mb=2048 -print_final_stats=1 ${found}
           ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${corpus})
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 300)
endfunction()
