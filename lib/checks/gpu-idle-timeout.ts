import { formatGoDuration } from '../core/duration.ts';
import { EDITORS } from '../model/workbench.ts';
import type { Rule } from './rule.ts';

export const gpuIdleTimeout: Rule = {
  id: 'WB001',
  title:
    'No session with a GPU may idle longer than workbench.timeouts.gpuLimit, whatever the editor, unless maxLifetime ends it before',
  severity: 'error',
  protectsFrom: 'GPU nodes that stay up overnight for sessions nobody looks at',
  because:
    'RStudio is ended per group of users, Jupyter, VS Code and Positron by one setting each for everybody. The longest of them decides how long a GPU stands idle.',
  source: 'Posit Workbench administration guide, "Session Timeouts", vscode.conf and jupyter.conf',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, idleTimeout: 5h }`,
    mended: `sessionProfiles:
  - { name: gpu, idleTimeout: 1h }`,
  },
  check: ({ platform }) => {
    const { gpuLimit } = platform.environment.workbench.timeouts;
    return platform.profiles.flatMap(({ at, idle, gpu, spec }) => {
      // A session that ends anyway within the limit cannot idle longer.
      if (!gpu || (spec.maxLifetime !== undefined && spec.maxLifetime <= gpuLimit)) return [];
      const stated = spec.idleTimeout !== undefined && spec.idleTimeout > gpuLimit ? spec.idleTimeout : undefined;
      const over = EDITORS.filter((editor) => idle[editor] > gpuLimit);
      if (stated === undefined && over.length === 0) return [];
      const editors = over.map((editor) => `${editor} ${formatGoDuration(idle[editor])}`).join(', ');
      const what = stated === undefined ? editors : `idleTimeout ${formatGoDuration(stated)}`;
      return [
        {
          at: stated === undefined ? at : [...at, 'idleTimeout'],
          message: `may idle longer (${what}) than the ${formatGoDuration(gpuLimit)} allowed with a GPU.`,
          hint: 'Shorten workbench.timeouts or idleTimeout, set maxLifetime, or raise workbench.timeouts.gpuLimit.',
        },
      ];
    });
  },
};
