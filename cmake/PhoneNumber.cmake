# libphonenumber. Debian 12's libphonenumber-dev depends on Boost 1.74's headers, which conflict with
# the 1.81 used here. Its run-time package does not, so `./build` installs that, and the headers are
# unpacked from the -dev package into the build folder.

set(PHONENUMBER_DIR ${CMAKE_BINARY_DIR}/phonenumber)
if(NOT EXISTS ${PHONENUMBER_DIR}/usr/include/phonenumbers/phonenumberutil.h)
  file(MAKE_DIRECTORY ${PHONENUMBER_DIR})
  execute_process(COMMAND apt-get download libphonenumber-dev WORKING_DIRECTORY ${PHONENUMBER_DIR}
                  RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE why)
  file(GLOB package ${PHONENUMBER_DIR}/libphonenumber-dev_*.deb)
  if(failed OR NOT package)
    message(FATAL_ERROR "apt-get download libphonenumber-dev failed; run ./build once as root\n${why}")
  endif()
  execute_process(COMMAND dpkg -x ${package} ${PHONENUMBER_DIR} COMMAND_ERROR_IS_FATAL ANY)
endif()

find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
add_library(phonenumber INTERFACE)
target_include_directories(phonenumber SYSTEM INTERFACE ${PHONENUMBER_DIR}/usr/include)
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} protobuf)
