import { environmentJsonSchema } from '../../model/json-schema.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printResult } from '../terminal.ts';

/** `atelier schema`: the JSON Schema of an environment file. */
export async function runSchema(): Promise<ExitCode> {
  printResult(JSON.stringify(environmentJsonSchema(), null, 2));
  return EXIT.clean;
}
