import type { Path, PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';
import type { SessionImage } from '../session-image.ts';

function tagProblems({ tag }: SessionImage, at: Path): readonly PlacedProblem[] {
  if (tag !== 'latest') return [];
  const message = '"latest" makes two sessions of one profile differ.';
  return [{ code: 'REF003', at: [...at, 'tag'], message, hint: 'Name a version.' }];
}

/** A repository that names the host again, before which the registry is put: nobody has such an image. */
function repositoryProblems({ repository, registry }: SessionImage, host: string, at: Path): readonly PlacedProblem[] {
  const [server = ''] = (registry ?? host).split('/');
  if (server === '' || !repository.startsWith(`${server}/`)) return [];
  const message = `"${repository}" begins with the registry, which is put before it: ${registry ?? host}/${repository}.`;
  return [{ code: 'REF003', at: [...at, 'repository'], message, hint: `Leave ${server} out.` }];
}

/** REF003: session images that nobody can pull, or not twice the same. */
export function imageProblems({ images, registry }: Environment): readonly PlacedProblem[] {
  return images.flatMap((image, index) => {
    const at = ['images', index];
    return [...tagProblems(image, at), ...repositoryProblems(image, registry.host, at)];
  });
}
