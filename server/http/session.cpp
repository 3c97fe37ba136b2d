#include "server/http/session.hpp"

#include "server/http/session.ipp"

namespace invited::server {

template class session<tcp_stream>;

} // namespace invited::server
