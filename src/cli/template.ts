/** The scenario that `hasim init` writes: small, commented, and with every section that a first scenario needs. */

export function scenarioTemplate(name: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# The question: one of two application servers dies. What stops, for how long, and what is lost or done twice?
version: 1
name: ${name}
description: One of two application servers dies. What stops, for how long, and what is lost or done twice?
seed: 1            # same scenario, seed and version: same result
run: { horizon: 1h, warmup: 5m, drain: 5m, replications: 10 }

# What there is. hasim kinds lists what a topology can be built of, hasim kinds <name> describes one of them.
topology:
  site:    { kind: datacenter }
  server1: { kind: server, in: site }
  server2: { kind: server, in: site }
  billing: { kind: application, on: [server1, server2], work: { exponential: 40ms }, concurrency: 8 }

# What passes through it, and what a client does that gets no answer.
flows:
  orders:
    arrivals: { poisson: 5/s }
    route: [billing]
    client: { retry: 3, backoff: 500ms, timeout: 2s }

# What goes wrong.
faults:
  - { id: server1-dies, kind: crash, target: server1, at: 20m, for: 10m }

# Wishes: reported as met or missed.
objectives:
  orders: { rto: 1m, deadline: 30s }

# Checks: a missed one makes hasim run end with exit code 1.
expect:
  - orders.lost == 0
  - orders.availability >= 99%
  - faults.server1-dies.restore < 1m
`;
}
