#include "server/net/session.hpp"

#include "server/net/session.ipp"

namespace invited::server {

template class session<polled_socket>;

} // namespace invited::server
