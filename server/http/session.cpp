#include "server/http/session.hpp"

#include "server/http/session.ipp"

namespace invited::server {

template class session<polled_socket>;

} // namespace invited::server
