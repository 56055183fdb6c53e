import { createHash } from 'node:crypto';

type Architecture = 'x86_64' | 'arm64';

/** Where AWS names the images of its families; the path says the architecture (Karpenter 1.14 amifamily). */
const PATHS = [
  /^\/aws\/service\/eks\/optimized-ami\/[^/]+\/amazon-linux-2023\/(x86_64|arm64)\/[^/]+\/[^/]+\/image_id$/,
  /^\/aws\/service\/bottlerocket\/[^/]+\/(x86_64|arm64)\/[^/]+\/image_id$/,
];
/** The first digit of an identifier of ours says the architecture, so that nothing has to be remembered. */
const DIGITS: Readonly<Record<Architecture, string>> = { x86_64: '0', arm64: 'a' };

/** The image behind a public parameter: another one for every path, as Karpenter tells variants apart by it. */
export function imageOfParameter(path: string): string | undefined {
  for (const pattern of PATHS) {
    const architecture = pattern.exec(path)?.[1];
    if (architecture === 'x86_64' || architecture === 'arm64') {
      return `ami-${DIGITS[architecture]}${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
    }
  }
  return undefined;
}

/** Architecture of an image, ours or one of the environment's own. */
export function imageArchitecture(
  id: string,
  own: readonly { readonly id: string; readonly architecture: 'amd64' | 'arm64' }[],
): Architecture {
  const named = own.find((image) => image.id === id)?.architecture;
  if (named !== undefined) return named === 'arm64' ? 'arm64' : 'x86_64';
  return id.startsWith(`ami-${DIGITS.arm64}`) ? 'arm64' : 'x86_64';
}
