import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** State of a TCP socket that listens (include/net/tcp_states.h). */
const LISTEN = '0A';

/** Inodes of the sockets that a process has open. */
function socketInodes(pid: number): ReadonlySet<string> {
  const folder = `/proc/${pid}/fd`;
  const inodes = readdirSync(folder).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? [];
    } catch {
      // Closed in between.
      return [];
    }
  });
  return new Set(inodes);
}

/** Hexadecimal addresses that a process listens on, `0100007F` for 127.0.0.1 on a little-endian machine. Linux only. */
export function listenAddresses(pid: number): readonly string[] {
  const inodes = socketInodes(pid);
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
        return state === LISTEN && inodes.has(inode) ? [local.split(':')[0] ?? ''] : [];
      }),
  );
}

/** How /proc writes 127.0.0.1 on this machine: its four bytes, read as a number. */
export const LOOPBACK = (new Uint32Array(new Uint8Array([127, 0, 0, 1]).buffer)[0] ?? 0)
  .toString(16)
  .padStart(8, '0')
  .toUpperCase();
