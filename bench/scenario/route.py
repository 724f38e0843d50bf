# The three-hop route as processes of SimPy: one process a message, and one a poll that finds something. No faults, no ledgers.
#
#   route.py <rate> <messages>   prints {"seconds":...,"check":...}; check: mean time on the way, s
import json
import math
import random
import sys
import time

import simpy

RATE, MESSAGES = float(sys.argv[1]), int(float(sys.argv[2]))
PERIOD = 0.5


class Polled:
    """Messages that wait for the next poll all wait for the same event."""

    def __init__(self, env, phase):
        self.env, self.phase, self.next = env, phase, None

    def taken(self):
        if self.next is None:
            self.next = self.env.event()
            self.env.process(self.poll())
        return self.next

    def poll(self):
        ticks = math.ceil((self.env.now - self.phase) / PERIOD)
        yield self.env.timeout(max(0.0, self.phase + PERIOD * ticks - self.env.now))
        waiting, self.next = self.next, None
        waiting.succeed()


def main():
    env, draw, spent = simpy.Environment(), random.Random(1), []
    process, transmit = Polled(env, 0.1), Polled(env, 0.3)

    def message():
        offered = env.now
        yield env.timeout(0.02)
        yield process.taken()
        yield env.timeout(draw.random())
        yield transmit.taken()
        yield env.timeout(0.05)
        spent.append(env.now - offered)

    def arrivals():
        for _ in range(MESSAGES):
            yield env.timeout(draw.expovariate(RATE))
            env.process(message())

    start = time.perf_counter()
    env.process(arrivals())
    env.run()
    print(json.dumps({"seconds": time.perf_counter() - start, "check": sum(spent) / len(spent)}))


main()
