import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { secondCreation } from './second-creation.ts';

type Values = Readonly<Record<string, unknown>>;

/** A resource that exists in the cloud that does not. */
export interface CloudResourceRecord {
  readonly id: string;
  readonly token: string;
  readonly urn: string;
  /** As they were when it was made, or changed last. */
  readonly inputs: Values;
  /** What AWS tells two of the type apart by, where it does. */
  readonly identity?: string;
}

type Known = Pick<CloudResourceRecord, 'id' | 'token' | 'urn'>;

type Entry =
  | { readonly operation: 'create'; readonly resource: CloudResourceRecord }
  | { readonly operation: 'update'; readonly resource: Known & Pick<CloudResourceRecord, 'inputs'> }
  | { readonly operation: 'delete'; readonly resource: Known };

/**
 * What exists in the cloud, kept in a file of its own, so that it outlives the provider's process and knows of resources
 * that the engine's state lost. One line per creation, change or deletion: a killed process leaves whole lines.
 */
export class Inventory {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  resources(): readonly CloudResourceRecord[] {
    const existing = new Map<string, CloudResourceRecord>();
    const lines = existsSync(this.#file)
      ? readFileSync(this.#file, 'utf8')
          .split('\n')
          .filter((line) => line.endsWith('}'))
      : [];
    for (const line of lines) {
      const entry = JSON.parse(line) as Entry;
      const key = `${entry.resource.token} ${entry.resource.id}`;
      const known = existing.get(key);
      if (entry.operation === 'create') existing.set(key, entry.resource);
      else if (entry.operation === 'delete') existing.delete(key);
      else if (known) existing.set(key, { ...known, inputs: entry.resource.inputs });
    }
    return [...existing.values()];
  }

  /**
   * Makes a resource, or does with a second of its kind what AWS does; returns its id.
   *
   * @throws Error where AWS refuses a second one.
   */
  create(resource: Omit<CloudResourceRecord, 'identity'>, plain: Values): string {
    const { id, token } = resource;
    const second = secondCreation(token, plain);
    const existing = this.resources();
    if (second.kind === 'doubled') {
      // Ids are made of names, and there is one of the name already.
      const taken = existing.filter((each) => each.token === token && each.id.startsWith(id)).length;
      const other = taken === 0 ? id : `${id}${taken}`;
      this.#write({ operation: 'create', resource: { ...resource, id: other } });
      return other;
    }
    const { kind, identity } = second;
    const twin = existing.find((each) => each.token === token && each.identity === identity);
    if (twin && kind === 'adopted') return twin.id;
    if (twin) throw new Error(`${token} ${identity} already exists (made for ${twin.urn})`);
    const made: CloudResourceRecord = { ...resource, identity };
    this.#write({ operation: 'create', resource: made });
    return id;
  }

  update({ token, id, urn }: Known, inputs: Values): void {
    this.#write({ operation: 'update', resource: { id, token, urn, inputs } });
  }

  delete(token: string, id: string, urn: string): void {
    this.#write({ operation: 'delete', resource: { id, token, urn } });
  }

  #write(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}
