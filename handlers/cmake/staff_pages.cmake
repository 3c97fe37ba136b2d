# Builds the staff's pages (web/tools/pages.mjs) and embeds them; without npm's packages (scripts/get_web) or with
# INVITED_WEB=OFF, a page that says so stands in for each.
#
#   invited_embed_staff_pages(<target>)      says in INVITED_HAS_WEB whether they were built, from then on everywhere
#
# The target web_package packs the API's client and the form for other sites: handlers/invited-web-<version>.tgz.
option(INVITED_WEB "Build the staff's pages (needs Node 18 and what scripts/get_web fetches)" ON)

# Runs the build; <files> is what it wrote into <out>.
function(invited_build_staff_pages out files)
  set(web "${CMAKE_CURRENT_SOURCE_DIR}/web")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${web}/src/*" "${web}/tools/*")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources}
    "${PROJECT_SOURCE_DIR}/.deps/web/package-lock.json")
  execute_process(
    COMMAND "${NODE}" "${web}/tools/pages.mjs" --source "${web}" --packages "${PROJECT_SOURCE_DIR}/.deps/web"
      --openapi "${CMAKE_CURRENT_BINARY_DIR}/openapi.json" --stage "${CMAKE_CURRENT_BINARY_DIR}/web" --out "${out}"
    RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "the staff's pages could not be built (-DINVITED_WEB=OFF builds the server without them)")
  endif()
  file(STRINGS "${out}/files.txt" lines)
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([^ ]+) (.*)$" whole "${line}")
    set(name "${CMAKE_MATCH_1}")
    set(media_type "${CMAKE_MATCH_2}")
    invited_asset("${out}/${name}.gz" "${media_type}" asset)
    string(APPEND all "    {\"${name}\", ${asset}},\n")
  endforeach()
  set(${files} "${all}" PARENT_SCOPE)
endfunction()

function(invited_embed_staff_pages target)
  find_program(NODE NAMES node nodejs)
  set(files "")
  set(has_web OFF)
  if(INVITED_WEB AND NODE AND EXISTS "${PROJECT_SOURCE_DIR}/.deps/web/node_modules/esbuild")
    set(has_web ON)
    invited_add_web_package()
    set(shells "${CMAKE_CURRENT_BINARY_DIR}/staff_pages")
    invited_build_staff_pages("${shells}" files)
    message(STATUS "The staff's pages: built by ${NODE}")
  else()
    message(STATUS "The staff's pages: left out (scripts/get_web fetches what builds them)")
  endif()
  foreach(page dashboard invite sign_in password)
    set(shell "${shells}/${page}.html")
    if(NOT has_web)
      set(shell "${CMAKE_CURRENT_SOURCE_DIR}/web/absent.html")
    endif()
    invited_asset("${shell}" "text/html; charset=utf-8" ${page})
  endforeach()
  invited_add_generated(${target} staff_pages_files.cpp "const asset dashboard_page${dashboard};
const asset new_invite_page${invite};
const asset sign_in_page${sign_in};
const asset password_page${password};

std::span<const packed_file> page_files() noexcept {
  static const std::vector<packed_file> all = {
${files}  };
  return all;
}")
  set(INVITED_HAS_WEB ${has_web} CACHE INTERNAL "")
endfunction()

function(invited_add_web_package)
  set(package "${CMAKE_CURRENT_BINARY_DIR}/web_package")
  add_custom_target(web_package
    COMMAND "${NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/web/tools/package.mjs" --stage "${CMAKE_CURRENT_BINARY_DIR}/web"
      --version "${PROJECT_VERSION}" --out "${package}"
    COMMAND npm pack "${package}"
    WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" VERBATIM)
endfunction()
