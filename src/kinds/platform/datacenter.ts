/** A site: power, cooling and network of everything that stands in it. Not modelled: routes between sites. */
import { kind, plainLife } from '../../model/index.js';

export const datacenter = kind({
  name: 'datacenter',
  summary: 'A site whose loss takes everything in it.',
  omits: 'power feeds, racks and the network between sites',
  placement: {},
  parameters: {},
  functions: { site: { meaning: 'power and network for what stands in it', needs: [] } },
  lifecycle: plainLife('host'),
  faults: {
    outage: { meaning: 'temporary loss of the site; data is kept', depth: 'host', event: 'crash' },
    crash: { meaning: 'the site goes dark; data is kept', depth: 'host', event: 'crash' },
    disaster: { meaning: 'permanent loss of the site and of all data in it', depth: 'host', event: 'crash', wipes: true },
  },
  box: { scope: 'datacenter' },
});
