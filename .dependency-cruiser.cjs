/** The room table of ARCHITECTURE.md as rules: each room may import only what stands in its row. */
const rooms = {
  kernel: [],
  stats: [],
  model: ['kernel'],
  kinds: ['model', 'kernel'],
  experiment: ['model', 'kernel', 'stats'],
  scenario: ['kinds', 'experiment', 'model', 'kernel'],
  report: ['stats', 'experiment', 'model'],
  cli: ['kernel', 'stats', 'model', 'kinds', 'experiment', 'scenario', 'report'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  severity: 'error',
  comment: `${room} may import ${allowed.join(', ') || 'no other room'}`,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'kinds-do-not-know-each-other',
      severity: 'error',
      comment: 'a kind is one file: what two kinds share lives in model, or, as data of one family, in its folder shared',
      from: { path: '^src/kinds/.+/' },
      to: { path: '^src/kinds/', pathNot: '^src/kinds/[^/]+/shared/' },
    },
    {
      name: 'pure-rooms-without-node',
      severity: 'error',
      from: { path: '^src/(kernel|stats|model|kinds)/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
