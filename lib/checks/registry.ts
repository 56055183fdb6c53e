import { childrenOverParent } from './children-over-parent.ts';
import { daemonOverheadShare } from './daemon-overhead.ts';
import { databaseInClear } from './database-in-clear.ts';
import { expiryUnderSession } from './expiry-under-session.ts';
import { gpuIdleTimeout } from './gpu-idle-timeout.ts';
import { gpuImage } from './gpu-image.ts';
import { gpuLifetime } from './gpu-lifetime.ts';
import { gpuOnPoolWithout } from './gpu-on-pool-without.ts';
import { gpuPoolMinimum } from './gpu-pool-minimum.ts';
import { gpusPromised } from './gpus-promised.ts';
import { graceUnderSession } from './grace-under-session.ts';
import { groupsWithoutProvisioning } from './groups-without-provisioning.ts';
import { idleGpuNodes } from './idle-gpu-nodes.ts';
import { idleOverLifetime } from './idle-over-lifetime.ts';
import { idleTooShort } from './idle-too-short.ts';
import { labelsWithheld } from './labels-withheld.ts';
import { localUsers } from './local-users.ts';
import { migDevice } from './mig-device.ts';
import { migLayout } from './mig-layout.ts';
import { movedSessions } from './moved-sessions.ts';
import { noDisruptionEver } from './no-disruption-ever.ts';
import { claimAndVolume } from './objects/claim-and-volume.ts';
import { closedDns } from './objects/closed-dns.ts';
import { closedPath } from './objects/closed-path.ts';
import { containerResources } from './objects/container-resources.ts';
import { cronSchedule } from './objects/cron-schedule.ts';
import { defaultClasses } from './objects/default-classes.ts';
import { disruptionBudget } from './objects/disruption-budget.ts';
import { duplicateObject } from './objects/duplicate-object.ts';
import { finalizers } from './objects/finalizers.ts';
import { imageTag } from './objects/image-tag.ts';
import { ingressWithoutController } from './objects/ingress-without-controller.ts';
import { limitsUnderNode } from './objects/limits-under-node.ts';
import { metadataLimits } from './objects/metadata-limits.ts';
import { metricNotCollected } from './objects/metric-not-collected.ts';
import { missingClaim } from './objects/missing-claim.ts';
import { missingConfiguration } from './objects/missing-configuration.ts';
import { missingNamespace } from './objects/missing-namespace.ts';
import { missingNodeClass } from './objects/missing-node-class.ts';
import { missingPriorityClass } from './objects/missing-priority-class.ts';
import { missingRole } from './objects/missing-role.ts';
import { missingRuntimeClass } from './objects/missing-runtime-class.ts';
import { missingServiceAccount } from './objects/missing-service-account.ts';
import { missingStorageClass } from './objects/missing-storage-class.ts';
import { missingSubject } from './objects/missing-subject.ts';
import { missingWebhookService } from './objects/missing-webhook-service.ts';
import { monitorNotSelected } from './objects/monitor-not-selected.ts';
import { monitorWithoutService } from './objects/monitor-without-service.ts';
import { objectSize } from './objects/object-size.ts';
import { overlappingSelectors } from './objects/overlapping-selectors.ts';
import { podSecurity } from './objects/pod-security.ts';
import { policyBinding } from './objects/policy-binding.ts';
import { policyWithoutPods } from './objects/policy-without-pods.ts';
import { portName } from './objects/port-name.ts';
import { secretOfRelease } from './objects/secret-of-release.ts';
import { selectorOfTemplate } from './objects/selector-of-template.ts';
import { serviceWithoutPods } from './objects/service-without-pods.ts';
import { singleWriterVolume } from './objects/single-writer-volume.ts';
import { skippedNodes } from './objects/skipped-nodes.ts';
import { stickySessions } from './objects/sticky-sessions.ts';
import { webhookDeadlock } from './objects/webhook-deadlock.ts';
import { webhookReadiness } from './objects/webhook-readiness.ts';
import { workloadOverQuota } from './objects/workload-over-quota.ts';
import { oneSchedulerPerPool } from './one-scheduler-per-pool.ts';
import { pendingWait } from './pending-wait.ts';
import { placeForControllers } from './place-for-controllers.ts';
import { placeForPlatform } from './place-for-platform.ts';
import { plainShares } from './plain-shares.ts';
import { podsOverCap } from './pods-over-cap.ts';
import { poolWithoutSessions } from './pool-without-sessions.ts';
import { preemptionOfSessions } from './preemption-of-sessions.ts';
import { priorityUnderCutoff } from './priority-under-cutoff.ts';
import { profileFitsPool } from './profile-fits-pool.ts';
import { promisedTogether } from './promised-together.ts';
import { protectedOnSpot } from './protected-on-spot.ts';
import { quotaUnderOnePod } from './quota-under-one-pod.ts';
import { reachedByTls } from './reached-by-tls.ts';
import { renamedDevices } from './renamed-devices.ts';
import { replicasApart } from './replicas-apart.ts';
import { reservationKept } from './reservation-kept.ts';
import { retentionOverVolume } from './retention-over-volume.ts';
import type { Rule, RuleText } from './rule.ts';
import { sessionClass } from './session-class.ts';
import { settingsWithoutEffect } from './settings-without-effect.ts';
import { sharedGpuCount } from './shared-gpu-count.ts';
import { unknownSilence, uselessSilence } from './silence.ts';
import { smallNodes } from './small-nodes.ts';
import { smallRootVolume } from './small-root-volume.ts';
import { sparkAdmitted } from './spark-admitted.ts';
import { sparkReachesServer } from './spark-reaches-server.ts';
import { spotVariety } from './spot-variety.ts';
import { testedVersion } from './tested-version.ts';
import { typeNotSold } from './type-not-sold.ts';
import { unlimitedTenant } from './unlimited-tenant.ts';
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
  smallRootVolume,
  replicasApart,
  typeNotSold,
  placeForControllers,
  podsOverCap,
  graceUnderSession,
  expiryUnderSession,
  noDisruptionEver,
  idleTooShort,
  idleGpuNodes,
  limitsUnderNode,
  spotVariety,
  gpuPoolMinimum,
  pendingWait,
  skippedNodes,
  movedSessions,
  settingsWithoutEffect,
  gpuOnPoolWithout,
  migLayout,
  migDevice,
  sharedGpuCount,
  gpuIdleTimeout,
  gpuImage,
  groupsWithoutProvisioning,
  userWithoutGroups,
  gpuLifetime,
  idleOverLifetime,
  stickySessions,
  reachedByTls,
  databaseInClear,
  localUsers,
  quotaUnderOnePod,
  childrenOverParent,
  gpusPromised,
  plainShares,
  labelsWithheld,
  sparkAdmitted,
  promisedTogether,
  unlimitedTenant,
  priorityUnderCutoff,
  preemptionOfSessions,
  sessionClass,
  reservationKept,
  warmCapacityDisplaced,
  monitorNotSelected,
  monitorWithoutService,
  metricNotCollected,
  retentionOverVolume,
  policyWithoutPods,
  closedPath,
  closedDns,
  ingressWithoutController,
  sparkReachesServer,
  serviceWithoutPods,
  portName,
  missingConfiguration,
  secretOfRelease,
  missingServiceAccount,
  missingClaim,
  claimAndVolume,
  missingStorageClass,
  missingPriorityClass,
  missingRuntimeClass,
  missingWebhookService,
  webhookDeadlock,
  missingRole,
  missingSubject,
  missingNamespace,
  disruptionBudget,
  duplicateObject,
  metadataLimits,
  objectSize,
  selectorOfTemplate,
  overlappingSelectors,
  containerResources,
  imageTag,
  cronSchedule,
  finalizers,
  webhookReadiness,
  podSecurity,
  workloadOverQuota,
  singleWriterVolume,
  policyBinding,
  missingNodeClass,
  defaultClasses,
  testedVersion,
];

/** What people read about: every rule, and what is said about silences. */
export const RULE_TEXTS: readonly RuleText[] = [...RULES, unknownSilence, uselessSilence];
