# Tests of the program as a process (label `process`). Exit code 77 means skipped; the last line of
# the output says why.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(parley_process_test name label timeout)
  add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS "process;${label}" TIMEOUT ${timeout}
    SKIP_RETURN_CODE 77 ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endfunction()

if(NOT PARLEY_FUZZ)
  # The README's first command leads to the program that it builds.
  if(CMAKE_BINARY_DIR STREQUAL "${CMAKE_SOURCE_DIR}/out/release")
    add_test(NAME run_script COMMAND ${CMAKE_SOURCE_DIR}/run --help)
    set_tests_properties(run_script PROPERTIES LABELS process TIMEOUT 600
      PASS_REGULAR_EXPRESSION "--listen")
  endif()
  parley_process_test(demo demo 120 ${CMAKE_CURRENT_SOURCE_DIR}/demo_test.py $<TARGET_FILE:parley>)
  parley_process_test(cloud cloud 120 ${CMAKE_CURRENT_SOURCE_DIR}/cloud_test.py $<TARGET_FILE:parley>)
  parley_process_test(crash crash 600
    ${CMAKE_CURRENT_SOURCE_DIR}/crash/crash_test.py $<TARGET_FILE:parley>)
  set_tests_properties(crash PROPERTIES PROCESSORS 2)
  parley_process_test(numbering numbering 300
    ${CMAKE_CURRENT_SOURCE_DIR}/numbering_test.py $<TARGET_FILE:parley>)
  parley_process_test(speech speech 600
    ${CMAKE_CURRENT_SOURCE_DIR}/speech/speech_test.py $<TARGET_FILE:parley>)
  foreach(client onemsg wasender webhook graph)
    parley_process_test(client_${client} clients 600 ${CMAKE_CURRENT_SOURCE_DIR}/clients/run.py
      $<TARGET_FILE:parley> ${CMAKE_BINARY_DIR}/clients ${client})
  endforeach()
  if(PARLEY_DASHBOARD)
    parley_process_test(dashboard dashboard 1800 ${CMAKE_CURRENT_SOURCE_DIR}/dashboard/run.py
      $<TARGET_FILE:parley> ${CMAKE_BINARY_DIR}/dashboard-tests
      ${CMAKE_BINARY_DIR}/dashboard-screenshots)
    # Types, style and unit tests of the page, with the modules that its build has installed.
    add_test(NAME dashboard_verify COMMAND npm --prefix ${CMAKE_SOURCE_DIR}/dashboard run verify)
    set_tests_properties(dashboard_verify PROPERTIES LABELS "process;dashboard" TIMEOUT 600)
  endif()
  foreach(wire keys codec handshake sessions groups)
    parley_process_test(wire_${wire} clients 600 ${CMAKE_CURRENT_SOURCE_DIR}/clients/wire_test.py
      $<TARGET_FILE:wire_peer> ${CMAKE_BINARY_DIR}/clients ${wire})
  endforeach()
  foreach(mode stock strict whatsmeow)
    parley_process_test(multidevice_${mode} clients 600
      ${CMAKE_CURRENT_SOURCE_DIR}/clients/multidevice_test.py $<TARGET_FILE:parley>
      ${CMAKE_BINARY_DIR}/clients ${mode} stories)
    parley_process_test(multidevice_engine_${mode} clients 600
      ${CMAKE_CURRENT_SOURCE_DIR}/clients/multidevice_test.py $<TARGET_FILE:parley>
      ${CMAKE_BINARY_DIR}/clients ${mode} engine)
  endforeach()
  # The vendors' documents are not ours to ship: these run where the folder with them is.
  set(shared $ENV{PARLEY_SHARED})
  if(NOT shared)
    set(shared ${CMAKE_SOURCE_DIR}/../shared)
  endif()
  if(EXISTS ${shared}/seeds/2chat-postman-collection.json)
    parley_process_test(client_newman_twochat clients 600 ${CMAKE_CURRENT_SOURCE_DIR}/clients/run.py
      $<TARGET_FILE:parley> ${CMAKE_BINARY_DIR}/clients newman_twochat)
    set_property(TEST client_newman_twochat APPEND PROPERTY ENVIRONMENT PARLEY_SHARED=${shared})
  endif()
  if(EXISTS ${shared}/seeds/wapio-postman-collection.json)
    parley_process_test(client_newman_wapio clients 1800 ${CMAKE_CURRENT_SOURCE_DIR}/clients/run.py
      $<TARGET_FILE:parley> ${CMAKE_BINARY_DIR}/clients newman_wapio)
    set_property(TEST client_newman_wapio APPEND PROPERTY ENVIRONMENT PARLEY_SHARED=${shared})
  endif()
  if(EXISTS ${shared}/seeds/1msg-docs-2.39.txt)
    parley_process_test(vendor_samples clients 60 ${CMAKE_CURRENT_SOURCE_DIR}/samples_test.py
      ${shared}/seeds)
  endif()
  parley_process_test(readme clients 120 ${CMAKE_CURRENT_SOURCE_DIR}/clients/readme_test.py
    $<TARGET_FILE:parley> ${CMAKE_SOURCE_DIR}/README.md)
endif()
