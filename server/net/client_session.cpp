#include "server/net/client_session.hpp"

#include "server/net/client_session.ipp"

namespace invited::server {

template class client_session<polled_socket>;

} // namespace invited::server
