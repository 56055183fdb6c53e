import type { Bundle, Origin } from '../bundle/bundle.ts';
import type { Path } from '../core/path.ts';
import type { Severity } from '../core/problem.ts';

/** What a rule found, at one place. */
export interface Finding {
  /** Place in the environment; for what only the Bundle shows, where its object or release comes from. */
  readonly at: Path | Origin;
  /** The object or release it is about: `Service "hnc-system/webhook"`. Left out where the place says all. */
  readonly subject?: string;
  /** What is wrong, value and rule; path and subject are added by the runner. */
  readonly message: string;
  readonly hint: string;
}

/**
 * A text that breaks the rule, and the same text mended, both as YAML. Tests lay both over a sound environment, so what the
 * page of a rule shows is what the rule does.
 */
export interface RuleExample {
  /** `environment`: parts of one. `objects`: whole objects, or fields of objects that Atelier makes. `values`: of a release. */
  readonly of: 'environment' | 'objects' | { readonly valuesOf: string };
  readonly breaks: string;
  readonly mended: string;
}

/** What people read about a rule. */
export interface RuleText {
  /** Stable identifier; never given to another rule. */
  readonly id: string;
  /** What must hold, as a short sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** What would happen on the cluster otherwise. */
  readonly protectsFrom: string;
  /** How the software upstream behaves, so that the rule is needed. */
  readonly because: string;
  /** Where that can be read: project, version, and file or page; or the part of Atelier that demands it. */
  readonly source: string;
  readonly example: RuleExample;
}

/** One thing that must hold between the parts of a platform. */
export interface Rule extends RuleText {
  readonly check: (bundle: Bundle) => readonly Finding[];
}
