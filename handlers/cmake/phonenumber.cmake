# libphonenumber, which reads phone numbers in any spelling. Defines the target invited_phonenumber: with the option
# INVITED_PHONENUMBER and the library found it carries the headers, the libraries and INVITED_HAVE_PHONENUMBER;
# otherwise it is empty, and only E.164 is accepted.
#
# Where the -dev package can be installed beside Boost (Debian 13, Ubuntu 24.04), the system's headers are
# used. On Debian 12 it needs another Boost than ours, so the headers come unpacked from the package
# (scripts/get_phonenumber) and only the runtime library libphonenumber8 is the system's. The headers need
# those of libprotobuf and Abseil.

set(INVITED_PHONENUMBER_ROOT "${CMAKE_SOURCE_DIR}/.deps/phonenumber" CACHE PATH
  "Where the package libphonenumber-dev is unpacked, when it is not installed")

add_library(invited_phonenumber INTERFACE)

function(invited_find_phonenumber)
  find_path(INVITED_PHONENUMBER_INCLUDE phonenumbers/phonenumberutil.h)
  find_library(INVITED_PHONENUMBER_LIBRARY phonenumber)
  find_library(INVITED_PROTOBUF_LIBRARY protobuf)
  find_path(INVITED_PROTOBUF_INCLUDE google/protobuf/message.h)
  find_path(INVITED_ABSEIL_INCLUDE absl/container/node_hash_set.h)
  set(include "${INVITED_PHONENUMBER_INCLUDE}")
  set(library "${INVITED_PHONENUMBER_LIBRARY}")

  set(unpacked "${INVITED_PHONENUMBER_ROOT}/usr/include")
  if((NOT include OR NOT library) AND EXISTS "${unpacked}/phonenumbers/phonenumberutil.h")
    # Only the -dev package has the name libphonenumber.so; the runtime library goes by its full one.
    find_library(INVITED_PHONENUMBER_RUNTIME NAMES libphonenumber.so.8)
    set(include "${unpacked}")
    set(library "${INVITED_PHONENUMBER_RUNTIME}")
  endif()

  if(NOT include OR NOT library OR NOT INVITED_PROTOBUF_LIBRARY OR NOT INVITED_PROTOBUF_INCLUDE
      OR NOT INVITED_ABSEIL_INCLUDE)
    message(WARNING "libphonenumber not found: phone numbers will be taken as E.164 only (+14155550123). "
      "Install libphonenumber-dev, or libphonenumber8, libprotobuf-dev and libabsl-dev, and run scripts/get_phonenumber; "
      "-DINVITED_PHONENUMBER=OFF makes this choice silently.")
    return()
  endif()

  message(STATUS "libphonenumber: ${library}, headers in ${include}")
  # SYSTEM: protobuf's headers do not pass our warnings.
  target_include_directories(invited_phonenumber SYSTEM INTERFACE
    "${include}" "${INVITED_PROTOBUF_INCLUDE}" "${INVITED_ABSEIL_INCLUDE}")
  target_link_libraries(invited_phonenumber INTERFACE "${library}" "${INVITED_PROTOBUF_LIBRARY}")
  target_compile_definitions(invited_phonenumber INTERFACE INVITED_HAVE_PHONENUMBER)
endfunction()

if(INVITED_PHONENUMBER)
  invited_find_phonenumber()
else()
  message(STATUS "libphonenumber: not wanted (INVITED_PHONENUMBER is OFF); phone numbers are taken as E.164 only")
endif()
