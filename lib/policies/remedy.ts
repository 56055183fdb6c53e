import type { Platform } from '../model/platform.ts';

/** Whom a denial sends people to, on one line: the API server drops messages with line breaks. */
export function contactOf(platform: Platform): string {
  const contact = platform.environment.policies.contact.replace(/\s+/g, ' ').trim();
  return contact === '' ? 'your platform team' : contact;
}

/** Last sentence of a denial: `Use a namespace with a GPU quota, or ask ml-platform@example.org.` */
export function remedy(platform: Platform, advice: string): string {
  return `${advice}, or ask ${contactOf(platform)}.`;
}
