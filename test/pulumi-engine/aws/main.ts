/** The executable `pulumi-resource-aws` of tests: the engine starts it with its address and reads the port it prints. */
import packageJson from '../../../package.json' with { type: 'json' };
import { type StandInOptions, standInForAws } from './provider.ts';
import { serveAws } from './serve.ts';

/** Options as JSON in `ATELIER_AWS_STAND_IN`. */
const options = JSON.parse(process.env.ATELIER_AWS_STAND_IN ?? '{}') as Partial<StandInOptions>;
if (options.inventory === undefined) throw new Error('ATELIER_AWS_STAND_IN has to name an "inventory"');
serveAws(packageJson.dependencies['@pulumi/aws'], standInForAws({ ...options, inventory: options.inventory }));
