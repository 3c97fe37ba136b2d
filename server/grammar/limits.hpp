#pragma once

#include <cstddef>

namespace invited::server {

/// How much a connection may make the server hold.
struct http_limits {
  std::size_t head = 8 * 1024;   ///< bytes of request line and fields together; more: 431
  std::size_t fields = 100;      ///< field lines; more: 431
  std::size_t target = 4 * 1024; ///< bytes of request target; more: 414
  std::size_t ignored_body =
      16 * 1024;                    ///< bytes of content on GET, HEAD and OPTIONS, which is read and dropped
  std::size_t linger = 1280 * 1024; ///< bytes read and dropped after the last answer: the largest content, so
                                    ///< that a client which sends all of it first still gets the refusal
};

} // namespace invited::server
