#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace invited::store {

/// Why the store could not do what it was asked. If an invite's state forbids something, that is an outcome
/// and not an error.
enum class errc {
  unavailable = 1, ///< Redis cannot be reached or must not be used: nothing was sent
  unanswered,      ///< it was sent, but no answer came in time: it may or may not have happened
  refused,    ///< Redis answered with an error (out of memory, read-only, loading, ...): nothing has happened
  unexpected, ///< an answer that the script's contract does not allow
  key_unavailable, ///< sealed under a key that this server does not hold
  corrupt,         ///< a sealed record that does not open: changed, moved or damaged
  busy,            ///< too many costly reads are waiting already: nothing was sent
};

const boost::system::error_category& error_category() noexcept;
boost::system::error_code make_error_code(errc e) noexcept;

template <class T>
using result = boost::system::result<T>;

} // namespace invited::store

template <>
struct boost::system::is_error_code_enum<invited::store::errc> : std::true_type {};
