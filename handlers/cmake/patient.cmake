# Embeds what the patient's pages contain: their style, and the script of /assessment.
#
#   invited_embed_pages(<target>)

# Sets <result> to a C++ string literal of a file without its comments and indentation, which every page would carry.
function(invited_inline_text file result)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" text)
  string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/" "" text "${text}")
  string(REGEX REPLACE "\n *//[^\n]*" "\n" text "\n${text}") # only where a comment is the whole line
  string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
  string(STRIP "${text}" text)
  string(HEX "${text}" hex)
  invited_literal("${hex}" literal)
  set(${result} "${literal}" PARENT_SCOPE)
endfunction()

function(invited_embed_pages target)
  set(web "${CMAKE_CURRENT_SOURCE_DIR}/web/patient")
  invited_inline_text("${web}/page.css" style)
  invited_inline_text("${web}/assessment.js" script)
  invited_add_generated(${target} pages.cpp "const std::string_view page_style = ${style};
const std::string_view assessment_script = ${script};")
endfunction()
