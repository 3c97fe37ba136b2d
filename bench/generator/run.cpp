#include "bench/generator/run.hpp"

#include "bench/generator/load_thread.hpp"
#include "bench/generator/second_line.hpp"

#include <atomic>
#include <cstdio>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace invited::bench {
namespace {

using std::chrono::duration_cast;

steady::duration seconds(double s) {
  return duration_cast<steady::duration>(std::chrono::duration<double>(s));
}

/// The first address of the host that accepts a connection; if none does, the first one.
boost::asio::ip::tcp::endpoint resolve(const settings& s) {
  boost::asio::io_context io;
  const auto all = boost::asio::ip::tcp::resolver(io).resolve(s.host, s.port);
  for (const auto& entry : all) {
    boost::system::error_code e;
    tcp_socket(io.get_executor()).connect(entry.endpoint(), e);
    if (!e) return entry.endpoint();
  }
  return all.begin()->endpoint();
}

/// The threads of a run, and the calling one, which watches the others and the processes.
class conductor {
public:
  conductor(const settings& s, const std::atomic<bool>& stop) : settings_(s), stop_(stop) {
    const boost::asio::ip::tcp::endpoint server = resolve(s);
    for (unsigned i = 0; i < s.threads; ++i) loads_.emplace_back(s, i, server);
  }

  result play() {
    out_.idle = read();
    start_all(&load_thread::prepare);
    watch("prepare", steady::time_point::max());
    rethrow();
    out_.interrupted = stop_;
    if (!out_.interrupted) load();
    return std::move(out_);
  }

private:
  void load() {
    when_.start = steady::now() + std::chrono::milliseconds(20); // all threads are there by then
    when_.warm = when_.start + seconds(settings_.warmup_s);
    when_.end = when_.warm + seconds(settings_.duration_s);
    when_.interval = settings_.interval;
    if (settings_.seconds)
      for (load_thread& l : loads_) pulses_.push_back(&l.tell_seconds(when_));
    const auto one = [this](load_thread& l) { l.load(when_); };
    start_all(one);
    watch("warm up", when_.warm);
    out_.warm = read();
    steady::time_point stage_end = when_.warm;
    for (const stage& s : settings_.stages) {
      stage_end += duration_cast<steady::duration>(s.length);
      watch("measure", stage_end);
      out_.stage_ends.push_back(read());
    }
    watch("measure", when_.end);
    out_.end = read();
    watch("drain", steady::time_point::max());
    rethrow();
    out_.interrupted = stop_;
    start_all(&load_thread::finish);
    watch("check", steady::time_point::max());
    rethrow();
    gather();
  }

  template <class Function>
  void start_all(Function f) {
    running_ = loads_.size();
    for (load_thread& l : loads_) {
      threads_.emplace_back([this, f, &l] {
        try {
          std::invoke(f, l);
        } catch (...) {
          const std::lock_guard hold(mutex_);
          thrown_ = std::current_exception();
        }
        --running_;
      });
    }
  }

  /// Until `end`, or until all threads have ended.
  void watch(const char* phase, steady::time_point end) {
    while (running_ > 0) {
      const steady::time_point now = steady::now();
      if (now >= end) return;
      if (stop_)
        for (load_thread& l : loads_) l.stop();
      tell_seconds();
      if (now >= next_reading_) {
        next_reading_ = now + settings_.interval;
        out_.readings.push_back(read());
        tell(phase, now);
      }
      std::this_thread::sleep_until(std::min({end, next_reading_, now + std::chrono::milliseconds(20)}));
    }
    threads_.clear(); // joins
    tell_seconds();
  }

  void tell_seconds() const {
    while (const std::optional<second> s = next_second(pulses_)) {
      const auto ago = duration_cast<std::chrono::system_clock::duration>(steady::now() - s->until);
      const std::string line = line_of(*s, when_, settings_.stages, std::chrono::system_clock::now() - ago);
      std::fprintf(stderr, "%s\n", line.c_str());
    }
  }

  void tell(const char* phase, steady::time_point now) const {
    if (!settings_.progress) return;
    std::uint64_t good = 0, bad = 0;
    for (const load_thread& l : loads_) good += l.good(), bad += l.bad();
    const double at = std::chrono::duration<double>(now - when_.start).count();
    std::fprintf(stderr, "{\"phase\":\"%s\",\"t\":%.1f,\"of\":%.1f,\"good\":%llu,\"bad\":%llu}\n", phase,
                 when_.start == steady::time_point{} ? 0.0 : at, settings_.warmup_s + settings_.duration_s,
                 static_cast<unsigned long long>(good), static_cast<unsigned long long>(bad));
  }

  void rethrow() {
    if (thrown_) std::rethrow_exception(thrown_);
  }

  reading read() const { return {steady::now(), usages_of(settings_.watch)}; }

  void gather() {
    const load_thread& first = loads_.front();
    out_.ops.assign(first.ops().begin(), first.ops().end());
    out_.numbers = figures(out_.ops.size());
    out_.numbers.when = when_;
    for (const load_thread& l : loads_) {
      out_.numbers.merge(l.numbers());
      out_.numbers.when.end = std::min(out_.numbers.when.end, l.numbers().when.end);
      out_.cpu_shares.push_back(l.cpu_share());
      out_.wait_shares.push_back(l.wait_share());
    }
  }

  const settings& settings_;
  const std::atomic<bool>& stop_;
  std::list<load_thread> loads_{};
  std::vector<pulse*> pulses_{}; ///< of loads_
  figures::window when_{};
  result out_{};
  steady::time_point next_reading_{};
  std::mutex mutex_{};
  std::exception_ptr thrown_{};
  std::atomic<std::size_t> running_{0};
  std::list<std::jthread> threads_{}; // last: they use the others
};

} // namespace

result run(const settings& s, const std::atomic<bool>& stop) {
  return conductor(s, stop).play();
}

} // namespace invited::bench
