/** What tests of receive adapters begin with: a source, a location in a host on two servers or in a cluster, a way to a destination; every time a constant. */
import { scenario } from './support.js';
import type { Parts } from './support.js';

export interface Receiving extends Parts {
  /** Lines of `kind: …` for the source and for the location, without braces. */
  readonly source: string;
  readonly location: string;
  /** Where the receive host stands. */
  readonly host?: string;
  /** The location names its host itself. */
  readonly own?: boolean;
  readonly arrivals?: string;
  /** Where the source stands; lines of topology. */
  readonly around?: string;
}

/** Offered to `source`, taken by `in`, sent to `erp`: published messages are sent within half a second, and the sink has its own memory of nothing. */
export function receiving(parts: Receiving): string {
  const { source, location, host = 'on: [bts1, bts2]', arrivals = '{ every: 60s, from: 30s, limit: 5 }', around = '', own = false } = parts;
  return scenario({
    run: '{ horizon: 2h, drain: 30m }',
    flows: `  files: { arrivals: ${arrivals}, route: [source, in, port], client: { retry: 1000, backoff: 10s } }`,
    ...parts,
    topology: `
  bts1: { kind: server, reboot: 5m }
  bts2: { kind: server, reboot: 5m }
  dbs: { kind: server, reboot: 5m }
  sql: { kind: sql-server, on: [dbs], restart: 20s }
  group: { kind: biztalk-group, message-box: sql, management: sql, sso-database: sql }
  readers: { kind: cluster-group, on: [bts1, bts2], detection: 10s, service-detection: 5s, restart: 20s, failover: 40s }
  receive: { kind: host, in: group, ${host}, shutdown: 10s, start-up: 20s }
  transmit: { kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s }
${around}
  source: { ${source} }
  in: { ${location}, ${own ? '' : 'host: receive, '}from: source }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, work: 50ms, restart: 10s }${parts.topology ?? ''}`,
  });
}

export const CLUSTERED = 'cluster: readers';
export const FTP = 'kind: ftp-server, work: 0s';
export const FTP_IN = 'kind: ftp-receive-location, work: 1s, deletion: 0s';
export const SHARE = 'kind: file-share, work: 0s';
export const FILE_IN = 'kind: file-receive-location, work: 1s, deletion: 0s';
export const MAIL_IN = 'kind: pop3-receive-location, work: 1s, deletion: 0s, first-poll: 10s';
export const ROWS = 'kind: sql-source, in: books, work: 0s';
export const ROWS_IN = 'kind: sql-receive-location, work: 1s, deletion: 0s, first-poll: 10s';
export const SAP = 'kind: sap-system, work: 0s, repeat: 10m';
export const SAP_IN = 'kind: sap-receive-location, work: 1s, confirmation: 100ms';
