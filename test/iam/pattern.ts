/** Whether some text matches both patterns, in which `*` is any text and `?` one character (IAM user guide, wildcards). */
export function overlap(a: string, b: string): boolean {
  const seen = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const answer = compute(i, j);
    seen.set(key, answer);
    return answer;
  };
  const compute = (i: number, j: number): boolean => {
    const [left, right] = [a[i], b[j]];
    if (left === undefined && right === undefined) return true;
    if (left === '*') return from(i + 1, j) || (right !== undefined && from(i, j + 1));
    if (right === '*') return from(i, j + 1) || (left !== undefined && from(i + 1, j));
    if (left === undefined || right === undefined) return false;
    return (left === right || left === '?' || right === '?') && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** Partition, service, region and account cannot run into each other, whatever the wildcards. */
function parts(arn: string): readonly string[] {
  const [head = [], tail = []] = [arn.split(':').slice(0, 5), arn.split(':').slice(5)];
  return [...head, tail.join(':')];
}

/** Whether a resource of a policy can be one that the reference describes, `arn:${Partition}:sqs:${Region}:…`. */
export function isOfFormat(resource: string, format: string): boolean {
  if (resource === '*') return true;
  const [given, described] = [parts(resource), parts(format.replace(/\$\{[^}]*\}/g, '*'))];
  return described.every((part, index) => overlap(part, given[index] ?? ''));
}
