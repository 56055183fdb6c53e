import { childrenOverParent } from './children-over-parent.ts';
import { daemonOverheadShare } from './daemon-overhead.ts';
import { gpuIdleTimeout } from './gpu-idle-timeout.ts';
import { gpuImage } from './gpu-image.ts';
import { gpuLifetime } from './gpu-lifetime.ts';
import { gpuOnPoolWithout } from './gpu-on-pool-without.ts';
import { gpusPromised } from './gpus-promised.ts';
import { groupsWithoutProvisioning } from './groups-without-provisioning.ts';
import { labelsWithheld } from './labels-withheld.ts';
import { migDevice } from './mig-device.ts';
import { migLayout } from './mig-layout.ts';
import { oneSchedulerPerPool } from './one-scheduler-per-pool.ts';
import { placeForPlatform } from './place-for-platform.ts';
import { plainShares } from './plain-shares.ts';
import { poolWithoutSessions } from './pool-without-sessions.ts';
import { preemptionOfSessions } from './preemption-of-sessions.ts';
import { priorityUnderCutoff } from './priority-under-cutoff.ts';
import { profileFitsPool } from './profile-fits-pool.ts';
import { promisedTogether } from './promised-together.ts';
import { protectedOnSpot } from './protected-on-spot.ts';
import { quotaUnderOnePod } from './quota-under-one-pod.ts';
import { renamedDevices } from './renamed-devices.ts';
import { reservationKept } from './reservation-kept.ts';
import type { Rule } from './rule.ts';
import { sessionClass } from './session-class.ts';
import { sharedGpuCount } from './shared-gpu-count.ts';
import { smallNodes } from './small-nodes.ts';
import { sparkAdmitted } from './spark-admitted.ts';
import { testedVersion } from './tested-version.ts';
import { userWithoutGroups } from './user-without-groups.ts';
import { warmCapacityDisplaced } from './warm-capacity-displaced.ts';
import { warmCapacityFits } from './warm-capacity-fits.ts';
import { warmGpusUnscheduled } from './warm-gpus-unscheduled.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  poolWithoutSessions,
  profileFitsPool,
  protectedOnSpot,
  smallNodes,
  daemonOverheadShare,
  renamedDevices,
  placeForPlatform,
  warmCapacityFits,
  warmGpusUnscheduled,
  oneSchedulerPerPool,
  gpuOnPoolWithout,
  migLayout,
  migDevice,
  sharedGpuCount,
  gpuIdleTimeout,
  gpuImage,
  groupsWithoutProvisioning,
  userWithoutGroups,
  gpuLifetime,
  quotaUnderOnePod,
  childrenOverParent,
  gpusPromised,
  plainShares,
  labelsWithheld,
  sparkAdmitted,
  promisedTogether,
  priorityUnderCutoff,
  preemptionOfSessions,
  sessionClass,
  reservationKept,
  warmCapacityDisplaced,
  testedVersion,
];
