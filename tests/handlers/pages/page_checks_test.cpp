// The checks that every page must pass find each fault.
#include "tests/handlers/pages/page_checks.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <set>

namespace invited::handlers {
namespace {

constexpr std::string_view voids = " meta link input br ";
constexpr std::string_view raw_text = " style script ";

bool lists(std::string_view words, std::string_view word) {
  return words.find(' ' + std::string(word) + ' ') != words.npos;
}

/// Reads one page from beginning to end.
class html_reader {
public:
  explicit html_reader(std::string_view html) : rest_(html) {}

  std::vector<std::string> flaws() {
    while (!rest_.empty()) {
      text();
      if (!rest_.empty()) tag();
    }
    for (const std::string& name : open_) note("not closed: " + name);
    for (const std::string& id : pointed_to_) {
      if (!ids_.contains(id)) note("there is no id " + id);
    }
    return std::move(flaws_);
  }

private:
  void note(std::string flaw) { flaws_.push_back(std::move(flaw)); }

  std::string_view take(std::size_t n) {
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void text() {
    const bool raw = !open_.empty() && lists(raw_text, open_.back());
    const std::size_t end = raw ? rest_.find("</" + open_.back()) : rest_.find('<');
    const std::string_view all = take(end);
    if (!raw && all.find('>') != all.npos) note("a bare '>' in: " + std::string(all));
    for (std::size_t at = all.find('&'); !raw && at != all.npos; at = all.find('&', at + 1)) {
      const std::string_view entity = all.substr(at, all.find(';', at) - at);
      if (!lists(" &amp &lt &gt &quot ", entity)) note("no entity: " + std::string(entity));
    }
  }

  void tag() {
    const std::size_t end = rest_.find('>');
    if (end == rest_.npos) {
      note("a tag without end");
      rest_ = {};
      return;
    }
    std::string_view inner = take(end + 1).substr(1, end - 1);
    if (inner.starts_with('!')) return;
    if (inner.starts_with('/')) return close(inner.substr(1));
    const bool closed = inner.ends_with('/');
    if (closed) inner.remove_suffix(1);
    const std::string name(inner.substr(0, inner.find(' ')));
    inner.remove_prefix(name.size());
    attributes(name, inner);
    if (!closed && !lists(voids, name)) open_.push_back(name);
  }

  void close(std::string_view name) {
    if (open_.empty() || open_.back() != name) {
      note("closed but not open: " + std::string(name));
    } else {
      open_.pop_back();
    }
  }

  void attributes(const std::string& of, std::string_view list) {
    std::set<std::string, std::less<>> seen;
    while (!list.empty()) {
      if (list.front() != ' ') return note("<" + of + "> has " + std::string(list));
      list.remove_prefix(1);
      const std::string name(list.substr(0, list.find_first_of(" =")));
      list.remove_prefix(name.size());
      if (name.empty() || !seen.insert(name).second) note("<" + of + "> has twice or nameless: " + name);
      if (!list.starts_with('=')) continue;
      const std::size_t end = list.find('"', 2);
      if (!list.starts_with("=\"") || end == list.npos) return note("no quotes: " + name);
      attribute(name, list.substr(2, end - 2));
      list.remove_prefix(end + 1);
    }
  }

  void attribute(std::string_view name, std::string_view value) {
    if (name == "id" && !ids_.emplace(value).second) note("twice: id " + std::string(value));
    if (name == "style" || name.starts_with("on")) note("inline: " + std::string(name));
    if (name != "for" && name != "aria-describedby") return;
    while (!value.empty()) {
      const std::string_view id = value.substr(0, value.find(' '));
      pointed_to_.emplace(id);
      value.remove_prefix(std::min(id.size() + 1, value.size()));
    }
  }

  std::string_view rest_;
  std::vector<std::string> open_, flaws_;
  std::set<std::string, std::less<>> ids_, pointed_to_;
};

/// With OpenSSL directly, not with the code of the pages.
std::string csp_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned size = 0;
  BOOST_REQUIRE(EVP_Digest(text.data(), text.size(), hash.data(), &size, EVP_sha256(), nullptr) == 1);
  std::array<unsigned char, 64> base64;
  const int n = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(size));
  return "'sha256-" + std::string(base64.begin(), base64.begin() + n) + "'";
}

} // namespace

std::vector<std::string> html_flaws(std::string_view html) {
  return html_reader(html).flaws();
}

void check_page(const response& out, const page_texts& texts) {
  BOOST_TEST(out.content_type == "text/html; charset=utf-8");
  BOOST_TEST(out.body.size() < 15U * 1024);
  for (const std::string& flaw : html_flaws(out.body)) BOOST_ERROR(flaw);
  const std::string tag(texts.tag);
  BOOST_TEST(contains(out.body, "<html lang=\"" + tag + "\">"));
  BOOST_TEST(contains(out.fields, "Content-Language: " + tag + "\r\n"));
  BOOST_TEST(between(out.body, "<title>", "</title>") == texts.title);
  BOOST_TEST(contains(out.body, "<meta property=\"og:title\" content=\"" + std::string(texts.title) + "\">"));
  BOOST_TEST(contains(out.body, "<meta name=\"robots\" content=\"noindex"));
  const std::string_view head = between(out.body, "<head>", "<style>");
  for (const std::string_view told : {"clinic", "assess", "health", "clínica", "evaluación", "salud"})
    BOOST_TEST(!contains(head, told));
  const std::string_view policy = between(out.fields, "Content-Security-Policy: ", "\r\n");
  BOOST_TEST(contains(policy, "default-src 'none'; style-src " +
                                  csp_hash(between(out.body, "<style>", "</style>")) + ";"));
  BOOST_TEST(contains(policy, "base-uri 'none'; frame-ancestors 'none'; form-action "));
  BOOST_TEST(!contains(policy, "unsafe"));
  const std::string_view script = between(out.body, "<script>", "</script>");
  BOOST_TEST(contains(policy, "script-src") == !script.empty());
  if (!script.empty())
    BOOST_TEST(contains(policy, "script-src " + csp_hash(script) + "; connect-src 'self';"));
  BOOST_TEST(contains(policy, "form-action 'none'") == !contains(out.body, "<form"));
  for (const std::string_view foreign : {" src=\"", "http://", "<script "})
    BOOST_TEST(!contains(out.body, foreign));
}

request asked_with(std::string_view accept_language, std::string_view query) {
  request r;
  r.path = "/invite/of-a-patient";
  r.query = query;
  r.request_id = "test-1";
  r.fields[static_cast<std::size_t>(field::accept_language)] = accept_language;
  return r;
}

BOOST_AUTO_TEST_SUITE(page_checks)

BOOST_AUTO_TEST_CASE(every_fault_is_found) {
  BOOST_TEST(html_flaws("<!doctype html><p class=\"a\">x &amp; y</p><input required><path d=\"\"/>").empty());
  for (const std::string_view wrong :
       {"<p>", "</p>", "<p><b></p></b>", "<p a=\"1\" a=\"2\"></p>", "<p a=b></p>", "<p a=\"b></p>", "<p",
        "a > b", "a & b", "<p id=\"x\"></p><p id=\"x\"></p>", "<label for=\"x\"></label>",
        "<p style=\"\"></p>", "<p onclick=\"\"></p>", "<style>p{}</p>"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!html_flaws(wrong).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
