// GET /invites/{ref}/qr.svg and qr.png.
#include "tests/handlers/desk.hpp"
#include "tests/support/qr_reader.hpp"

namespace invited::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(draw_link, desk)

BOOST_AUTO_TEST_CASE(both_pictures_read_as_the_link_at_every_scale) {
  const invite of = make();
  const std::string url = "https://invite.example.org" + of.link;
  for (const std::string_view scale : {"", "?scale=1", "?scale=32", "?scale="}) BOOST_TEST_CONTEXT(scale) {
      const response svg = get(of.item + "/qr.svg" + std::string(scale), grey);
      BOOST_TEST(svg.status == 200U);
      BOOST_TEST(svg.content_type == "image/svg+xml");
      BOOST_TEST(svg.no_store);
      BOOST_TEST(std::string_view(svg.ref) == of.ref);
      BOOST_TEST(std::string_view(svg.provider) == "clinic-1");
      const bool readable = scale != "?scale=1"; // our reader looks at few pixels
      if (readable) BOOST_TEST(read_qr_svg(svg.body) == url);
      const response png = get("/invites/" + of.id + "/qr.png" + std::string(scale), admin);
      BOOST_TEST(png.content_type == "image/png");
      if (readable) BOOST_TEST(read_qr_png(png.body) == url);
    }
  BOOST_TEST(last_event() == "link_copied ok dr.grey admin 198.51.100.7");
}

struct far_away : desk {
  far_away() : desk(call_limits{.base_url = "https://h.example/" + std::string(2400, 'x')}) {}
};

BOOST_FIXTURE_TEST_CASE(a_link_that_no_code_holds_is_said_so, far_away) {
  const invite of = make();
  const response out = get(of.item + "/qr.svg", grey);
  BOOST_TEST(told(out) == "422 link_too_long");
  BOOST_TEST(contains(out.body, "The link has 2462 bytes, and a QR code holds at most 2331."));
  BOOST_TEST(fault == "");
  BOOST_TEST(get(of.item + "/link", grey).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_wrong_scale_is_reported_only_to_whoever_may_see_the_link) {
  const invite of = make();
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"scale=0", "422 invalid_content /scale:out_of_range"},
      {"scale=33", "422 invalid_content /scale:out_of_range"},
      {"scale=-1", "422 invalid_content /scale:out_of_range"},
      {"scale=99999999999999999999", "422 invalid_content /scale:out_of_range"},
      {"scale=1.5", "422 invalid_content /scale:wrong_type"},
      {"scale=big", "422 invalid_content /scale:wrong_type"},
      {"size=8", "422 invalid_content /size:unknown_field"},
      {"scale=8&scale=8", "422 invalid_content /scale:duplicate_field"},
      {"scale=%zz", "400 malformed_query"},
      {"scale=%ff", "400 malformed_query"},
  };
  for (const auto& [query, wanted] : cases) {
    const std::string path = of.item + "/qr.png?" + std::string(query);
    BOOST_TEST(told(get(path, grey)) == wanted, query);
    BOOST_TEST(told(get(path, bearer("clinician", {"clinic-2"}))) == "404 not_found");
    BOOST_TEST(told(get(path, portal)) == "403 forbidden");
  }
  for (const std::string& event : audit_of()) BOOST_TEST(!event.starts_with("link_copied"));
  post(of.item + "/revoke", grey);
  BOOST_TEST(told(get(of.item + "/qr.png?scale=0", grey)) == "409 revoked");
}

BOOST_AUTO_TEST_CASE(too_long_a_wait_is_refused_and_a_caller_that_leaves_harms_nobody) {
  const invite of = make();
  std::vector<std::unique_ptr<under_way>> all;
  for (int i = 0; i < 40; ++i) all.push_back(begin(verb::get, of.item + "/qr.png?scale=32", grey));
  int drawn = 0, busy = 0;
  for (std::size_t i = 0; i < all.size(); i += 2) {
    const response out = finish(*all[i]);
    drawn += out.status == 200;
    if (out.status == 200) continue;
    BOOST_TEST(told(out) == "503 busy");
    BOOST_TEST(field_of(out, "Retry-After") == "1");
    ++busy;
  }
  all.clear(); // the other callers leave
  BOOST_TEST(drawn > 0);
  BOOST_TEST(busy > 0);
  BOOST_TEST(get(of.item + "/qr.svg", grey).status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
