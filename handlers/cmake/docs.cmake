# Embeds the page /docs and its files, compressed; without npm's packages (scripts/get_web), a page that says so.
#
#   invited_embed_docs(<target>)
option(INVITED_DOCS "Serve a viewer of the OpenAPI document at /docs (Swagger UI, fetched by scripts/get_web)" ON)

# Sets <result> to an initializer of a packed_file of the compressed file.
function(invited_docs_file file name media_type result)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  set(packed "${CMAKE_CURRENT_BINARY_DIR}/docs/${name}.gz")
  file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/docs")
  execute_process(COMMAND "${GZIP}" -9 --no-name --stdout "${file}" OUTPUT_FILE "${packed}" COMMAND_ERROR_IS_FATAL ANY)
  invited_asset("${packed}" "${media_type}" asset)
  set(${result} "    {\"${name}\", ${asset}},\n" PARENT_SCOPE)
endfunction()

function(invited_embed_docs target)
  set(web "${CMAKE_CURRENT_SOURCE_DIR}/web/docs")
  set(viewer "${PROJECT_SOURCE_DIR}/.deps/web/node_modules/swagger-ui-dist")
  find_program(GZIP gzip)
  set(page absent.html)
  set(files "")
  if(INVITED_DOCS AND GZIP AND EXISTS "${viewer}/swagger-ui-bundle.js")
    set(page index.html)
    invited_docs_file("${web}/init.js" init.js text/javascript file)
    string(APPEND files "${file}")
    invited_docs_file("${viewer}/swagger-ui-bundle.js" swagger-ui-bundle.js text/javascript file)
    string(APPEND files "${file}")
    invited_docs_file("${viewer}/swagger-ui.css" swagger-ui.css text/css file)
    string(APPEND files "${file}")
    invited_docs_file("${viewer}/LICENSE" license.txt text/plain file)
    string(APPEND files "${file}")
    message(STATUS "/docs: Swagger UI of ${viewer}")
  else()
    message(STATUS "/docs: without a viewer (scripts/get_web fetches it)")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${web}/${page}")
  invited_asset("${web}/${page}" "text/html; charset=utf-8" page_asset)
  invited_add_generated(${target} docs.cpp "const asset docs_page${page_asset};

std::span<const packed_file> docs_files() noexcept {
  static const std::vector<packed_file> all = {
${files}  };
  return all;
}")
endfunction()
