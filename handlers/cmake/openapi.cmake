# Puts the OpenAPI document together and embeds it.
#
#   invited_embed_openapi(<target> openapi/openapi.json openapi/<part>.json ...)
#
# The first file is the frame: everything but paths. Each part adds paths and components. The version is the project's.
# The audit's words ("@AUDIT_ACTIONS@") are those of store/audit/audit_actions.def.
# A path may be in several parts, each with methods of its own. A method or component that comes twice stops
# the configuration, and so does invalid JSON.

# Sets <doc> to itself with the members that <part> has under the path of keys given; none may be there already.
function(invited_merge_members doc part)
  string(JSON count ERROR_VARIABLE none LENGTH "${part}" ${ARGN})
  if(NOT none STREQUAL "NOTFOUND" OR count EQUAL 0)
    return()
  endif()
  set(merged "${${doc}}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON name MEMBER "${part}" ${ARGN} ${i})
    string(JSON value GET "${part}" ${ARGN} "${name}")
    string(JSON there ERROR_VARIABLE absent GET "${merged}" ${ARGN} "${name}")
    if(absent STREQUAL "NOTFOUND" AND "${ARGN}" STREQUAL "paths")
      invited_merge_members(merged "${part}" paths "${name}") # another part has other methods of this path
      continue()
    endif()
    if(absent STREQUAL "NOTFOUND")
      message(FATAL_ERROR "the OpenAPI document has two of ${ARGN} ${name}")
    endif()
    string(JSON merged SET "${merged}" ${ARGN} "${name}" "${value}")
  endforeach()
  set(${doc} "${merged}" PARENT_SCOPE)
endfunction()

# Sets <words> to the words of the audit's events, as members of a JSON array.
function(invited_audit_actions words)
  set(table "${PROJECT_SOURCE_DIR}/store/audit/audit_actions.def")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
  file(STRINGS "${table}" rows REGEX "^INVITED_AUDIT_ACTION")
  list(TRANSFORM rows REPLACE "^INVITED_AUDIT_ACTION.([a-z_]+),.*" "\"\\1\"")
  list(JOIN rows ", " rows)
  set(${words} "${rows}" PARENT_SCOPE)
endfunction()

function(invited_embed_openapi target frame)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${frame} ${ARGN})
  invited_audit_actions(actions)
  file(READ "${frame}" document)
  string(REPLACE "@PROJECT_VERSION@" "${PROJECT_VERSION}" document "${document}")
  foreach(file IN LISTS ARGN)
    file(READ "${file}" part)
    string(REPLACE "\"@AUDIT_ACTIONS@\"" "${actions}" part "${part}")
    foreach(kind headers responses parameters schemas)
      invited_merge_members(document "${part}" components ${kind})
    endforeach()
    invited_merge_members(document "${part}" paths)
  endforeach()
  string(REGEX REPLACE "\n *" "" document "${document}") # within strings there are no line ends: this is layout only
  set(whole "${CMAKE_CURRENT_BINARY_DIR}/openapi.json")
  file(CONFIGURE OUTPUT "${whole}" CONTENT "@document@" @ONLY NEWLINE_STYLE UNIX)
  invited_asset("${whole}" application/json asset)
  invited_add_generated(${target} openapi.cpp "const asset openapi_document${asset};")
endfunction()
