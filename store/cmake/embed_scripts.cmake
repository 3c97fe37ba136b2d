# Embeds Lua scripts, so that the binary needs no files beside it and the text that is sent is the text that was hashed.
#
#   invited_embed_scripts(<target> <name>-<keys>.lua ...)
#
# writes scripts.hpp and scripts.cpp into the current build folder and adds the latter to <target>. Every script becomes
# invited::store::scripts::<name> ('-' in the name becomes '_'); scripts::all() is all of them that have keys. Runs while
# configuring; a changed script makes the build configure again, and an unchanged output is not touched.
#
# Each script carries the commands that it calls and with which keys (script_uses.cmake).

include("${CMAKE_CURRENT_LIST_DIR}/script_uses.cmake")

# Sets <result> to the script's text, each line "-- include <name>" replaced by shared/<name>.lua beside it:
# the shared parts of scripts are written once, and Redis still gets one text.
function(invited_script_text file result)
  file(READ "${file}" text)
  get_filename_component(folder "${file}" DIRECTORY)
  while("${text}" MATCHES "(^|\n)( *-- include ([a-z_]+)\n)")
    set(line "${CMAKE_MATCH_2}")
    set(part "${folder}/shared/${CMAKE_MATCH_3}.lua")
    file(READ "${part}" shared)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${part}")
    string(REPLACE "${line}" "${shared}" text "${text}")
  endwhile()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Sets <result> to a C++ string literal of a text. In hex, because a raw literal would change CR LF, and the
# script's text could end it.
function(invited_script_literal text result)
  string(HEX "${text}" bytes)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  string(REPLACE "\\x0a" "\\x0a\"\n    \"" bytes "${bytes}") # a line of the script is a line of the literal
  set(${result} "\"${bytes}\"" PARENT_SCOPE)
endfunction()

# Sets <name> and <keys> from a path such as scripts/create-8+.lua.
function(invited_script_name file name keys)
  get_filename_component(base "${file}" NAME)
  if(NOT base MATCHES "^([a-z][a-z0-9_-]*)-([0-9]+)\\+?\\.lua$")
    message(FATAL_ERROR "${file}: a script is called <name>-<number of keys>.lua, in lower case; a + says that more may follow")
  endif()
  set(${keys} "${CMAKE_MATCH_2}" PARENT_SCOPE)
  string(REPLACE "-" "_" symbol "${CMAKE_MATCH_1}")
  set(${name} "${symbol}" PARENT_SCOPE)
endfunction()

# Sets <header> and <source> to the text of the two files.
function(invited_render_scripts header source)
  set(declarations "")
  set(definitions "")
  set(names "")
  foreach(file IN LISTS ARGN)
    invited_script_name("${file}" name keys)
    invited_script_text("${file}" text)
    invited_script_literal("${text}" literal)
    string(SHA1 sha1 "${text}")
    string(LENGTH "${text}" size)
    string(APPEND declarations "extern const script ${name};\n")
    set(uses "")
    if(keys GREATER 0)
      string(APPEND names "${name}, ")
      invited_script_uses("${file}" "${text}" ${keys} calls)
      foreach(each IN LISTS calls)
        string(REGEX MATCH "^([A-Z ]*[A-Z])( ([a-z]+:.*))?$" each "${each}")
        string(APPEND uses "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_3}\"},\n")
      endforeach()
      string(APPEND definitions "constexpr command_use uses_of_${name}[] = {\n${uses}};\n")
      set(uses ", uses_of_${name}")
    endif()
    string(APPEND definitions
      "constinit const script ${name}{\"${name}\",\n    std::string_view(${literal}, ${size}),\n    \"${sha1}\", ${keys}${uses}};\n\n")
  endforeach()
  set(warning "// Generated from store/scripts by store/cmake/embed_scripts.cmake.\n")
  set(${header} "${warning}#pragma once

#include \"store/redis/script.hpp\"

#include <span>

namespace invited::store::scripts {

${declarations}
std::span<const script> all() noexcept;

} // namespace invited::store::scripts
" PARENT_SCOPE)
  set(${source} "${warning}#include \"store/scripts.hpp\"

namespace invited::store::scripts {

${definitions}std::span<const script> all() noexcept {
  static const script every[] = {${names}};
  return every;
}

} // namespace invited::store::scripts
" PARENT_SCOPE)
endfunction()

function(invited_embed_scripts target)
  set(files "")
  foreach(file IN LISTS ARGN)
    get_filename_component(file "${file}" ABSOLUTE)
    list(APPEND files "${file}")
  endforeach()
  list(SORT files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  invited_render_scripts(header source ${files})
  foreach(part header source)
    set(path "${CMAKE_CURRENT_BINARY_DIR}/scripts.hpp")
    if(part STREQUAL "source")
      set(path "${CMAKE_CURRENT_BINARY_DIR}/scripts.cpp")
    endif()
    file(CONFIGURE OUTPUT "${path}" CONTENT "@${part}@" @ONLY) # writes only what changed
  endforeach()
  target_sources(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/scripts.cpp")
endfunction()
