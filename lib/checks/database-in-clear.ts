import type { Rule } from './rule.ts';

export const databaseInClear: Rule = {
  id: 'WB013',
  title: 'The connection to the database is encrypted',
  severity: 'warning',
  protectsFrom: 'a database password that crosses the network in a form others can use',
  because:
    'With sslMode `disable` nothing is encrypted, and with `prefer` nothing as soon as somebody on the way says that the server cannot do it.',
  source: 'PostgreSQL documentation, "libpq: SSL Mode Descriptions"',
  example: {
    of: 'environment',
    breaks:
      'workbench: { database: { kind: postgresql, host: postgres.example.org, sslMode: disable, password: { name: workbench-database, key: password } } }',
    mended:
      'workbench: { database: { kind: postgresql, host: postgres.example.org, sslMode: require, password: { name: workbench-database, key: password } } }',
  },
  check: ({ platform }) => {
    const { database } = platform.environment.workbench;
    if (database.kind !== 'postgresql' || !['disable', 'prefer'].includes(database.sslMode)) return [];
    const message = `"${database.sslMode}" sends the password to ${database.host} in clear, or may do so.`;
    return [{ at: ['workbench', 'database', 'sslMode'], message, hint: 'Use "require", better "verify-full".' }];
  },
};
