/** Millicores as the launcher counts CPU, in cores: `4`, `0.5`. Text, because Helm prints large numbers as `1e+06`. */
export function cores(millicpu: number): string {
  return String(millicpu / 1000);
}

/** Seconds as whole minutes, never more than was asked, at least one. */
export function wholeMinutes(seconds: number): number {
  return Math.max(1, Math.floor(seconds / 60));
}

/** Seconds as whole hours, never more than was asked, at least one: less cannot be said. */
export function wholeHours(seconds: number): number {
  return Math.max(1, Math.floor(seconds / 3600));
}
