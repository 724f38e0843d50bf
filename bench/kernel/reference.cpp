// The workloads on std::priority_queue, as a plain loop: what a hand-written program in C++ reaches.
// It cannot cancel: the churn workload leaves tombstones, found by a version per entity.
//
//   reference <table file> <workload> <n> <steps>   prints {"seconds":…,"check":…}
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <queue>
#include <vector>

static const int BITS = 13;
static const double ARRIVAL_RATE = 0.9, FAILURE_RATE = 0.1, TIMEOUT = 30;
static const int REPAIRERS = 3, RING = 1 << 14;

static double table[1 << BITS];
static uint32_t state = 12345;

static inline double next() {
  state = state * 1664525u + 1013904223u;
  return table[state >> (32 - BITS)];
}

struct Event {
  double time;
  int32_t kind;
  int32_t version;
  bool operator>(const Event &other) const { return time > other.time; }
};
typedef std::priority_queue<Event, std::vector<Event>, std::greater<Event>> List;

struct Model {
  List list;
  virtual ~Model() {}
  virtual void run(long steps) = 0;
  virtual double check() = 0;
};

struct Hold final : Model {
  double now = 0;
  explicit Hold(int n) {
    for (int index = 0; index < n; index++) list.push({next(), index, 0});
  }
  void run(long steps) override {
    while (steps-- > 0) {
      Event event = list.top();
      list.pop();
      now = event.time;
      list.push({now + next(), event.kind, 0});
    }
  }
  double check() override { return now; }
};

struct Mm1 final : Model {
  std::vector<double> arrivals = std::vector<double>(RING);
  long head = 0, tail = 0;
  double sojourns = 0;
  Mm1() { list.push({next() / ARRIVAL_RATE, 0, 0}); }
  void run(long steps) override {
    while (steps-- > 0) {
      Event event = list.top();
      list.pop();
      double now = event.time;
      if (event.kind == 0) {
        list.push({now + next() / ARRIVAL_RATE, 0, 0});
        arrivals[tail & (RING - 1)] = now;
        if (tail++ == head) list.push({now + next(), 1, 0});
      } else {
        sojourns += now - arrivals[head & (RING - 1)];
        if (++head != tail) list.push({now + next(), 1, 0});
      }
    }
  }
  double check() override { return sojourns / head; }
};

struct Repair final : Model {
  int n, up;
  double since = 0, area = 0;
  explicit Repair(int n) : n(n), up(n) {
    for (int index = 0; index < n; index++) list.push({next() / FAILURE_RATE, 0, 0});
  }
  void run(long steps) override {
    while (steps-- > 0) {
      Event event = list.top();
      list.pop();
      double now = event.time;
      area += up * (now - since);
      since = now;
      if (event.kind == 0) {
        up--;
        if (n - up <= REPAIRERS) list.push({now + next(), 1, 0});
      } else {
        if (n - up > REPAIRERS) list.push({now + next(), 1, 0});
        up++;
        list.push({now + next() / FAILURE_RATE, 0, 0});
      }
    }
  }
  double check() override { return area / since; }
};

struct Churn final : Model {
  std::vector<int32_t> versions;
  long expired = 0;
  explicit Churn(int n) : versions(n, 0) {
    for (int entity = 0; entity < n; entity++) list.push({next(), entity, -1});
  }
  void run(long steps) override {
    while (steps > 0) {
      Event event = list.top();
      list.pop();
      if (event.version >= 0) {
        if (versions[event.kind] == event.version) expired++;
        continue;
      }
      int32_t version = ++versions[event.kind];
      list.push({event.time + next(), event.kind, -1});
      list.push({event.time + TIMEOUT * next(), event.kind, version});
      steps--;
    }
  }
  double check() override { return expired; }
};

int main(int count, char **arguments) {
  if (count != 5) return 2;
  FILE *file = std::fopen(arguments[1], "rb");
  if (!file || std::fread(table, sizeof table, 1, file) != 1) return 3;
  std::fclose(file);
  const char *workload = arguments[2];
  int n = static_cast<int>(std::atof(arguments[3]));
  long steps = static_cast<long>(std::atof(arguments[4]));
  Model *model = nullptr;
  if (!std::strcmp(workload, "hold")) model = new Hold(n);
  else if (!std::strcmp(workload, "mm1")) model = new Mm1();
  else if (!std::strcmp(workload, "repair")) model = new Repair(n);
  else if (!std::strcmp(workload, "churn")) model = new Churn(n);
  else return 2;
  model->run(steps / 4);
  auto start = std::chrono::steady_clock::now();
  model->run(steps);
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("{\"seconds\":%.9g,\"check\":%.17g}\n", seconds.count(), model->check());
  delete model;
}
