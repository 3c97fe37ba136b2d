#include "handlers/redeeming/onlooker.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace invited::handlers {
namespace {

request with(field f, std::string_view value) {
  request r;
  r.fields[static_cast<std::size_t>(f)] = value;
  return r;
}

BOOST_AUTO_TEST_SUITE(onlooker)

BOOST_AUTO_TEST_CASE(people_look) {
  for (const std::string_view agent :
       {"", "curl/8.5.0", "Mozilla/5.0 (Linux; Android 9; CUBOT_X18) AppleWebKit/537.36 Chrome/126.0 Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"})
    BOOST_TEST(somebody_looks(with(field::user_agent, agent)), agent);
  BOOST_TEST(somebody_looks(with(field::sec_purpose, "")));
}

BOOST_AUTO_TEST_CASE(what_loads_in_advance_or_for_a_preview_shows_it_to_nobody) {
  for (const std::string_view purpose :
       {"prefetch", "prefetch;prerender", "Prefetch", "prefetch;anonymous-client-ip"}) {
    BOOST_TEST(!somebody_looks(with(field::sec_purpose, purpose)), purpose);
    BOOST_TEST(!somebody_looks(with(field::purpose, purpose)), purpose);
  }
  for (const std::string_view agent :
       {"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0", "facebookexternalhit/1.1",
        "Mozilla/5.0 Windows NT 6.1 SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 AppleWebKit/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "LinkedInBot/1.0"})
    BOOST_TEST(!somebody_looks(with(field::user_agent, agent)), agent);
  request head;
  head.method = verb::head;
  BOOST_TEST(!somebody_looks(head));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
