const inside = (layer) => ({ path: `^subgraphs/([^/]+)/src/${layer}/`, pathNot: '[.]test[.]ts$' });
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    rule(
      'subgraphs-are-islands',
      { path: '^subgraphs/([^/]+)/' },
      { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    ),
    rule('packages-never-look-up', { path: '^(packages|gateway)/' }, { path: '^subgraphs/' }),
    rule('domain-is-pure', inside('domain'), {
      pathNot: ['^subgraphs/$1/src/domain/', '^packages/domain/'],
    }),
    rule('application-knows-no-tools', inside('application'), {
      path: [
        '^subgraphs/$1/src/(schema|infrastructure)/',
        'node_modules/(@prisma|nats|ioredis|graphql|graphql-ws|type-graphql|ws|pg|undici)/',
        '^(node:)?(crypto|timers|timers/promises|fs|http|https|net)$',
      ],
    }),
    rule('schema-asks-the-application', inside('schema'), { path: '^subgraphs/$1/src/infrastructure/' }),
    rule('infrastructure-knows-no-graphql', inside('infrastructure'), {
      path: '^subgraphs/$1/src/schema/',
    }),
    rule(
      'testing-is-for-tests',
      {
        path: '/src/',
        pathNot: ['[.]test[.]ts$', '-under-test[.]ts$', '/src/testing/', '^packages/testing/'],
      },
      { path: '^packages/testing/' },
    ),
    rule('no-cycles', {}, { circular: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    // Prisma's clients are seen, so that rules hold for them, but not looked into.
    doNotFollow: { path: ['node_modules', 'infrastructure/generated/'] },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
