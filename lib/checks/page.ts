import { REFERENCE_CODES, SHAPE_CODES } from './problem-codes.ts';
import { RULE_TEXTS } from './registry.ts';
import type { RuleExample, RuleText } from './rule.ts';

/** A generated page of the documentation. */
export interface Page {
  readonly path: string;
  readonly content: string;
}

/** What a reader has to know about the text of an example. */
function describeExample({ of }: RuleExample): string {
  if (of === 'environment') return 'In an environment';
  if (of === 'objects') return 'In an object of the platform';
  return `In the values of release \`${of.valuesOf}\``;
}

/** Who can break the rule: objects and values are what Atelier makes of an environment. */
function remark({ of }: RuleExample): string {
  return of === 'environment'
    ? ''
    : '\nAtelier derives from the environment what is checked here: the rule guards against mistakes of Atelier itself, and in objects and values that somebody adds.\n';
}

/** How to accept what the rule finds. What is said about silences cannot be silenced. */
const acceptance = (id: string): string =>
  `\nTo accept a finding, give the reason: \`checks: { silence: [{ rule: ${id}, reason: "..." }] }\`, with \`at\` for one place.\n`;

const code = (text: string): string => `\`\`\`yaml\n${text}\n\`\`\`\n`;

/** The page of a rule, as Markdown. */
export function rulePage(rule: RuleText): string {
  const { id, title, severity, protectsFrom, because, source, example } = rule;
  return `# ${id}: ${title}

*${severity === 'error' ? 'Error: `check` and `synth` refuse the environment.' : 'Warning: it is reported and stops nothing.'}*

**Protects from** ${protectsFrom}.

**Why.** ${because}

**Source.** ${source}.
${remark(example)}
## ${describeExample(example)}, this breaks it

${code(example.breaks)}
## and so it is mended

${code(example.mended)}${'check' in rule ? acceptance(id) : ''}`;
}

const codeTable = (codes: readonly { readonly id: string; readonly what: string }[]): string =>
  `| code | what is wrong |\n|---|---|\n${codes.map(({ id, what }) => `| ${id} | ${what} |\n`).join('')}`;

function ruleTable(): string {
  const rows = RULE_TEXTS.map(
    ({ id, title, severity, protectsFrom }) =>
      `| [${id}](rules/${id}.md) | ${title} | ${severity} | ${protectsFrom} |\n`,
  );
  return `| code | what must hold | severity | what it protects from |\n|---|---|---|---|\n${rows.join('')}`;
}

/** Tables of docs/check.md, by the name of the mark they stand behind. */
const TABLES: Readonly<Record<string, () => string>> = {
  shape: () => codeTable(SHAPE_CODES),
  references: () => codeTable(REFERENCE_CODES),
  rules: ruleTable,
};

/** The text with its tables made anew: what stands between `<!-- table: rules -->` and `<!-- end -->`. */
export function withTables(text: string): string {
  return text.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (whole, open: string, name: string, close: string) => {
      const table = TABLES[name];
      return table ? `${open}\n${table()}\n${close}` : whole;
    },
  );
}

/** One page for each rule. */
export function rulePages(): readonly Page[] {
  return RULE_TEXTS.map((rule) => ({ path: `docs/rules/${rule.id}.md`, content: rulePage(rule) }));
}
