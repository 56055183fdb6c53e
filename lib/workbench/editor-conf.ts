import type { AccessSection } from '../model/access.ts';
import type { Platform } from '../model/platform.ts';
import { formatIni } from './ini.ts';
import { wholeHours, wholeMinutes } from './launcher-units.ts';
import { accessSectionName, sectionProfiles } from './profiles-conf.ts';

/** Minutes that Jupyter's server outlives its last kernel: time to open another notebook. */
const JUPYTER_SHUTDOWN_MINUTES = 5;

/** Sources for every system; the default of image recipes too. */
const DEFAULT_CRAN = 'https://packagemanager.posit.co/cran/latest';

/** Settings of one configuration file, as the chart takes them: everything is text. */
export type ConfSettings = Readonly<Record<string, string>>;

/** rsession.conf: an idle session is suspended to disk, which ends its pod; what it started ends with it. */
export function rsessionConf({ environment }: Platform): ConfSettings {
  return {
    'session-timeout-minutes': String(wholeMinutes(environment.workbench.timeouts.rstudio)),
    'session-timeout-suspend': '1',
    'session-quit-child-processes-on-exit': '1',
  };
}

/**
 * repos.conf: where `install.packages` looks. That of the default image, since the chart's default holds packages built for
 * Ubuntu 22.04, which the chart's own images of Ubuntu 24.04 cannot load.
 */
export function reposConf({ environment }: Platform): ConfSettings {
  const image = environment.images.find(({ name }) => name === environment.workbench.defaultImage);
  return { CRAN: image?.build?.packageRepositories.cran ?? DEFAULT_CRAN };
}

/** jupyter.conf: kernels end first, the server after the last of them; together that is the timeout. */
export function jupyterConf({ environment }: Platform): ConfSettings {
  const total = wholeMinutes(environment.workbench.timeouts.jupyter);
  const shutdown = Math.max(1, Math.min(JUPYTER_SHUTDOWN_MINUTES, Math.floor(total / 2)));
  return {
    'session-cull-minutes': String(Math.max(1, total - shutdown)),
    'session-shutdown-minutes': String(shutdown),
    // A forgotten browser tab would keep a GPU otherwise.
    'session-cull-connected': '1',
  };
}

/** vscode.conf and positron.conf: whole hours is all these editors know. */
export function killHoursConf(seconds: number): ConfSettings {
  return { enabled: '1', 'session-timeout-kill-hours': String(wholeHours(seconds)) };
}

/** Minutes that an RStudio session may idle for whom the section decides: the least of all profiles it offers. */
export function sectionMinutes(platform: Platform, section: AccessSection): number {
  const idle = sectionProfiles(platform, section).map((profile) => profile.idle.rstudio);
  return wholeMinutes(Math.min(platform.environment.workbench.timeouts.rstudio, ...idle));
}

/**
 * Workbench's own file `profiles`, for RStudio alone: it knows users, not what they chose. So whoever is offered a profile
 * with a short `idleTimeout` gets that one in all RStudio sessions.
 */
export function rstudioProfilesConf(platform: Platform): string {
  return formatIni(
    platform.access.map((section) => ({
      name: accessSectionName(section),
      entries: { 'session-timeout-minutes': String(sectionMinutes(platform, section)) },
    })),
  );
}
