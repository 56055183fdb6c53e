// The import directions of docs/architecture.md; a domain never imports another domain, and there are no circles.
const DOMAINS = [
  'cloud',
  'nodes',
  'ingress',
  'gpu',
  'workbench',
  'spark',
  'tenancy',
  'policies',
  'priorities',
  'scheduler',
  'storage',
  'monitoring',
];
const only = (room, allowed) => ({
  name: `${room}-imports`,
  severity: 'error',
  from: { path: `^lib/${room}/` },
  to: { path: '^(lib|stacks)/', pathNot: `^lib/(${[room, ...allowed].join('|')})/` },
});

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only('core', []),
    only('catalog', ['core']),
    only('model', ['core', 'catalog']),
    only('constructs', ['core', 'catalog', 'model']),
    only('crds', ['core', 'constructs']),
    only('helm', ['core', 'catalog']),
    ...DOMAINS.map((domain) => only(domain, ['core', 'catalog', 'model', 'constructs', 'crds', 'helm'])),
    only('bundle', ['core', 'catalog', 'model', 'constructs', 'crds', 'helm']),
    only('scheduling', ['core', 'catalog', 'model']),
    only('checks', ['core', 'catalog', 'model', 'bundle', 'scheduling']),
    only('admission', ['core', 'catalog', 'bundle']),
    // Of a domain it knows how the launcher's job becomes a pod, and nothing else.
    only('preview', ['core', 'catalog', 'model', 'bundle', 'scheduling', 'checks', 'admission', 'workbench']),
    only('graph', ['core', 'catalog', 'model', 'bundle', 'scheduling', 'checks']),
    only('verify', ['core', 'bundle', 'preview']),
    // explain follows a session through the job template: its prediction lives in the workbench domain.
    only('explain', ['core', 'catalog', 'model', 'bundle', 'scheduling', 'checks', 'workbench']),
    only('loader', ['core']),
    only('cluster', ['core', 'catalog', 'model', 'bundle']),
    only('pulumi', ['core', 'catalog', 'model', 'bundle']),
    only('delivery', ['core', 'catalog', 'model', 'bundle']),
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { pathNot: '^lib/cli/' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'only-the-top-imports-stacks',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(cli/|index)' },
      to: { path: '^stacks/' },
    },
    {
      name: 'synth-without-pulumi',
      severity: 'error',
      from: { path: '^(lib|stacks)/', pathNot: '^(lib/pulumi/|stacks/cloud)' },
      to: { path: '@pulumi/' },
    },
    {
      name: 'no-aws-before-there-is-a-cloud',
      severity: 'error',
      from: { path: '^(lib|stacks)/', pathNot: '^(lib/pulumi/|stacks/cloud)' },
      to: { path: '^lib/pulumi/aws/' },
    },
    {
      name: 'environments-use-the-public-api',
      severity: 'error',
      from: { path: '^stacks/environments/' },
      to: { path: '^lib/', pathNot: '^lib/index' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
