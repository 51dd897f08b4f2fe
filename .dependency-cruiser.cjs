/** The order is the architecture: a folder of server/src imports only from itself and from what stands above it. */
const ORDER = [
  // How to speak with Meta: it knows nothing of this product.
  'whatsapp',
  'platform',
  'identity',
  'events',
  'contacts',
  'conversations',
  'templates',
  'messaging',
  'campaigns',
  'automation',
  'usage',
  'privacy',
  'security',
  'api',
  'demo',
  'launch',
  'app.ts',
  'main.ts',
];

const at = (place) => `^server/src/${place.replace('.', '\\.')}${place.endsWith('.ts') ? '$' : '/'}`;
const TEST = '\\.test\\.ts$';

const downward = ORDER.slice(0, -1).map((place, index) => ({
  name: `${place}-imports-upward-only`,
  comment: `${place} may import only from: ${ORDER.slice(0, index + 1).join(', ')}`,
  severity: 'error',
  from: { path: at(place), pathNot: TEST },
  to: { path: ORDER.slice(index + 1).map(at) },
}));

/** Whatever the list does not name has no place yet, and would escape every rule above. */
const unnamed = { path: '^server/src/', pathNot: ORDER.map(at) };
const comment = 'Every file of server/src stands in a folder of the list in .dependency-cruiser.cjs.';

module.exports = {
  forbidden: [
    ...downward,
    { name: 'folder-not-in-the-list', comment, severity: 'error', from: {}, to: unnamed },
    { name: 'folder-not-in-the-list', comment, severity: 'error', from: unnamed, to: {} },
    {
      name: 'launch-starts-processes-only',
      comment: 'launch/ knows the platform and node, no feature.',
      severity: 'error',
      from: { path: at('launch'), pathNot: TEST },
      to: { path: '^server/(src|simulator)/', pathNot: [at('launch'), at('platform')] },
    },
    {
      name: 'simulator-is-metas-side',
      comment: 'The simulator shares the types of the wire with the server and nothing else, or it would repeat its mistakes.',
      severity: 'error',
      from: { path: '^server/simulator/', pathNot: TEST },
      to: { path: '^server/', pathNot: ['^server/simulator/', '^server/src/whatsapp/wire\\.ts$', '/node_modules/'] },
    },
    {
      name: 'product-without-simulator-and-tests',
      comment: 'What runs in production imports neither the simulator nor tests.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: TEST },
      to: { path: ['^server/(simulator|test|bench)/', TEST] },
    },
    {
      name: 'web-knows-the-schema-only',
      comment: 'The web client talks to the server through the API.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|migrations)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'unresolvable', severity: 'error', from: { path: '^server/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/build/', '^web/\\.svelte-kit/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    progress: { type: 'none' },
  },
};
