// The three-hop route as a plain loop on std::priority_queue: arrivals, three works, two polls. No faults, no transactions, no ledgers.
//
//   route <rate> <messages>   prints {"seconds":…,"check":…}; check: mean time on the way, s
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <queue>
#include <vector>

static uint64_t state = 88172645463325252ull;

// xorshift64*, in (0, 1)
static inline double uniform() {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (double((state * 2685821657736338717ull) >> 12) + 0.5) * (1.0 / 4503599627370496.0);
}

enum Kind { ARRIVED, RECEIVED, POLL_PROCESS, PROCESSED, POLL_TRANSMIT, SENT };

struct Event {
  double time;
  int32_t kind;
  int32_t message;
  bool operator>(const Event &other) const { return time > other.time; }
};

struct Polled {
  double phase;
  int poll;
  std::vector<int32_t> waiting;
  bool armed;
};

int main(int count, char **arguments) {
  if (count != 3) return 2;
  const double rate = std::atof(arguments[1]), period = 0.5;
  const long messages = static_cast<long>(std::atof(arguments[2]));
  auto start = std::chrono::steady_clock::now();
  std::priority_queue<Event, std::vector<Event>, std::greater<Event>> list;
  std::vector<double> offered;
  std::vector<int32_t> free;
  Polled process = {0.1, POLL_PROCESS, {}, false}, transmit = {0.3, POLL_TRANSMIT, {}, false};
  auto put = [&](Polled &queue, int32_t message, double now) {
    queue.waiting.push_back(message);
    if (queue.armed) return;
    queue.armed = true;
    list.push({queue.phase + period * std::ceil((now - queue.phase) / period), queue.poll, 0});
  };
  long came = 0, went = 0;
  double sum = 0;
  list.push({-std::log(uniform()) / rate, ARRIVED, 0});
  while (!list.empty()) {
    Event event = list.top();
    list.pop();
    const double now = event.time;
    switch (event.kind) {
      case ARRIVED: {
        if (++came < messages) list.push({now - std::log(uniform()) / rate, ARRIVED, 0});
        int32_t message;
        if (free.empty()) {
          message = static_cast<int32_t>(offered.size());
          offered.push_back(now);
        } else {
          message = free.back();
          free.pop_back();
          offered[message] = now;
        }
        list.push({now + 0.02, RECEIVED, message});
        break;
      }
      case RECEIVED: put(process, event.message, now); break;
      case POLL_PROCESS:
        for (int32_t message : process.waiting) list.push({now + uniform(), PROCESSED, message});
        process.waiting.clear();
        process.armed = false;
        break;
      case PROCESSED: put(transmit, event.message, now); break;
      case POLL_TRANSMIT:
        for (int32_t message : transmit.waiting) list.push({now + 0.05, SENT, message});
        transmit.waiting.clear();
        transmit.armed = false;
        break;
      case SENT:
        sum += now - offered[event.message];
        free.push_back(event.message);
        went++;
        break;
    }
  }
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("{\"seconds\":%.9g,\"check\":%.9g}\n", seconds.count(), sum / went);
}
