# What store/cmake/script_uses.cmake reads from a script, and what it refuses to build: a permission that nobody checks
# at connect would be missed halfway through a script. Run by cmake -P. Each case runs in a CMake of its own.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../../store/cmake/script_uses.cmake)

set(header "-- Does.\n--\n-- KEYS 1 inv:{gg}:<h>  the right\n--      2 aud:{gg} or idx:{gg}:<provider>  a stream\n-- ARGV 1 x\n--      3 log:{gg}:<h>\n")

if(DEFINED BODY) # one case
  invited_script_uses("case" "${HEADER}${BODY}" 2 uses)
  message("uses: ${uses}")
  return()
endif()

function(run header body result output)
  execute_process(COMMAND ${CMAKE_COMMAND} "-DHEADER=${header}" "-DBODY=${body}" -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    RESULT_VARIABLE failed OUTPUT_VARIABLE out ERROR_VARIABLE out)
  set(${result} ${failed} PARENT_SCOPE)
  set(${output} "${out}" PARENT_SCOPE)
endfunction()

function(expect_uses body expected)
  run("${header}" "${body}" failed out)
  if(failed OR NOT out STREQUAL "uses: ${expected}\n")
    message(SEND_ERROR "${body}\nwanted ${expected}\ngot ${out}")
  endif()
endfunction()

function(expect_refusal header body why)
  run("${header}" "${body}" failed out)
  string(REGEX REPLACE "[ \n]+" " " out "${out}")
  if(NOT failed OR NOT out MATCHES "${why}")
    message(SEND_ERROR "${body}\nwanted a refusal: ${why}\ngot ${out}")
  endif()
endfunction()

expect_uses("redis.call('GET', KEYS[1])\nif redis.pcall('GET', KEYS[1]) then end\n" "GET inv:{gg}:<h>")
expect_uses("local call = redis.call\nlocal a, b = KEYS[1], KEYS[2]\nlocal t = call('TIME')\ncall('XADD', b, '*')\n"
  "TIME;XADD aud:{gg};XADD idx:{gg}:<provider>")
expect_uses("-- redis.call('DEL', x)\nreturn redis.call('DEL', KEYS[1]) -- redis.call('GET', y)\n" "DEL inv:{gg}:<h>")
expect_uses("redis.call('XGROUP', 'SETID', KEYS[1], 1)\nredis.call('XREADGROUP', 'GROUP', ARGV[1], 'c', 'STREAMS', KEYS[1], '>')\n"
  "XGROUP SETID inv:{gg}:<h>;XREADGROUP inv:{gg}:<h>")
expect_uses("for i = 2, #KEYS do redis.call('XLEN', KEYS[i]) end\n" "XLEN aud:{gg};XLEN idx:{gg}:<provider>")

# Lists of keys, as scripts for many have them.
expect_uses("local a, b = KEYS[i], KEYS[n + i] -- of KEYS 1, 2\nredis.call('GET', a)\nredis.call('XLEN', b)\n"
  "GET inv:{gg}:<h>;XLEN aud:{gg};XLEN idx:{gg}:<provider>")
expect_uses("redis.call('MGET', unpack(KEYS, 2, 1 + n)) -- of KEYS 1\nredis.call('DEL', unpack(gone)) -- of KEYS 1\n"
  "DEL inv:{gg}:<h>;MGET inv:{gg}:<h>")
expect_uses("local a = KEYS[i] -- of KEYS 1\nlocal a = KEYS[2 * i] -- of KEYS 1\nredis.call('GET', a)\n" "GET inv:{gg}:<h>")

expect_refusal("${header}" "redis.call('GET', ARGV[1])\n" "only 0 name their command and key")
expect_refusal("${header}" "redis.call('MGET', unpack(KEYS, 2))\n" "only 0 name their command and key")
expect_refusal("${header}" "local a, b = KEYS[i], KEYS[n + i] -- of KEYS 1\n" "has 2 lists of keys and names 1")
expect_refusal("${header}" "redis.call('GET', KEYS[1]) -- of KEYS 1\n" "has 0 lists of keys and names 1")
expect_refusal("${header}" "local a = KEYS[i] -- of KEYS 1\nlocal a = KEYS[i] -- of KEYS 2\n" "a stands for two keys")
expect_refusal("${header}" "redis.call('GET', 'inv:' .. ARGV[1])\n" "only 0 name")
expect_refusal("${header}" "redis.call('GET', name)\n" "GET is called with name, which is no declared key")
expect_refusal("${header}" "redis.call(command, KEYS[1])\n" "of its 1 calls of Redis only 0")
expect_refusal("${header}" "local run = redis.call\nrun('GET', KEYS[1])\n" "of its 1 calls of Redis only 0")
expect_refusal("${header}" "redis.call('GET', KEYS[1])\nlocal f = {redis.pcall}\n" "of its 2 calls of Redis only 1")
expect_refusal("${header}" "local a = KEYS[1]\nlocal a = KEYS[2]\nredis.call('GET', a)\n" "a stands for two keys")
string(REPLACE "2 aud:" "3 aud:" skipped "${header}")
expect_refusal("${skipped}" "redis.call('GET', KEYS[1])\n" "its header does not name KEYS 2, or not in its place")
string(REGEX REPLACE "--      2 [^\n]*\n" "" short "${header}")
expect_refusal("${short}" "redis.call('GET', KEYS[1])\n" "its header names 1 keys, its name says 2")
