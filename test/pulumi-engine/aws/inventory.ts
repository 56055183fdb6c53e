import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** A resource that exists in the cloud that does not. */
export interface CloudResourceRecord {
  readonly id: string;
  readonly token: string;
  readonly urn: string;
  /** Name stated in the inputs, which AWS wants to be unique. */
  readonly name?: string;
}

interface Entry {
  readonly operation: 'create' | 'delete';
  readonly resource: CloudResourceRecord;
}

/**
 * What exists in the cloud, kept in a file of its own, so that it outlives the provider's process and knows of resources
 * that the engine's state lost. One line per creation or deletion: a killed process leaves whole lines.
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
      const { operation, resource } = JSON.parse(line) as Entry;
      const key = `${resource.token} ${resource.id}`;
      if (operation === 'create') existing.set(key, resource);
      else existing.delete(key);
    }
    return [...existing.values()];
  }

  /** @throws Error where a resource of the type has the name already, as AWS would. */
  create(resource: CloudResourceRecord): void {
    const twin = this.resources().find(
      ({ token, name }) => name !== undefined && token === resource.token && name === resource.name,
    );
    if (twin) throw new Error(`${resource.token} "${resource.name}" already exists (made for ${twin.urn})`);
    this.#write({ operation: 'create', resource });
  }

  delete(token: string, id: string, urn: string): void {
    this.#write({ operation: 'delete', resource: { id, token, urn } });
  }

  #write(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}
