import type { JsonObject } from '../core/json.ts';
import type { Environment } from '../model/environment.ts';

/** Where Workbench keeps its state: the file database.conf, and what the server's container needs beside it. */
export interface DatabaseValues {
  /** Settings of database.conf; without a password. */
  readonly conf: Readonly<Record<string, string>>;
  /** core/v1 EnvVar. */
  readonly env: readonly JsonObject[];
}

/**
 * The chart documents `config.database.conf.value` and never reads it (0.22.0); `config.secret` becomes the file. The
 * password is a variable that Workbench reads from the Secret.
 */
export function databaseValues({ workbench: { database } }: Environment): DatabaseValues {
  if (database.kind === 'sqlite') return { conf: { provider: 'sqlite' }, env: [] };
  const { host, port, sslMode, password } = database;
  const account = encodeURIComponent(database.user);
  const name = encodeURIComponent(database.database);
  return {
    conf: {
      provider: 'postgresql',
      'connection-uri': `postgres://${account}@${host}:${port}/${name}?sslmode=${sslMode}`,
    },
    env: [
      {
        name: 'WORKBENCH_POSTGRES_PASSWORD',
        valueFrom: { secretKeyRef: { name: password.name, key: password.key } },
      },
    ],
  };
}
