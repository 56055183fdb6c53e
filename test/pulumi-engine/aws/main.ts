/** The executable `pulumi-resource-aws` of tests: the engine starts it with its address and reads the port it prints. */
import { main } from '@pulumi/pulumi/provider/index.js';
import { endWithEngine } from '../plugin-process.ts';
import { type StandInOptions, standInForAws } from './provider.ts';

/** Options as JSON in `ATELIER_AWS_STAND_IN`. */
const options = JSON.parse(process.env.ATELIER_AWS_STAND_IN ?? '{}') as Partial<StandInOptions>;
if (options.inventory === undefined) throw new Error('ATELIER_AWS_STAND_IN has to name an "inventory"');
endWithEngine();
void main({ version: '7.48.0', ...standInForAws({ ...options, inventory: options.inventory }) }, process.argv.slice(2));
