import type { ConsequenceRule } from '../consequence.ts';
import { accessRight } from './access-right.ts';
import { admission } from './admission.ts';
import { cloudResource } from './cloud-resource.ts';
import { costChangeRule } from './cost-change.ts';
import { crdVersion } from './crd-version.ts';
import { gpuDevices } from './gpu-devices.ts';
import { helmRelease } from './helm-release.ts';
import { immutableField } from './immutable-field.ts';
import { namespaceRule } from './namespace-rule.ts';
import { networkPolicy } from './network-policy.ts';
import { nodeDrift } from './node-drift.ts';
import { nodeGroup } from './node-group.ts';
import { policy } from './policy.ts';
import { poolSize } from './pool-size.ts';
import { priorityOrder } from './priority-order.ts';
import { profileFit } from './profile-fit.ts';
import { profileOffer } from './profile-offer.ts';
import { quota } from './quota.ts';
import { removedObject } from './removed-object.ts';
import { sessionEnd } from './session-end.ts';
import { workloadRestart } from './workload-restart.ts';

/** Every kind of consequence, in the order in which reports of equal risk show them: people first, then machines. */
export const CONSEQUENCES: readonly ConsequenceRule[] = [
  profileFit,
  profileOffer,
  sessionEnd,
  gpuDevices,
  nodeDrift,
  nodeGroup,
  cloudResource,
  poolSize,
  quota,
  admission,
  policy,
  priorityOrder,
  namespaceRule,
  accessRight,
  networkPolicy,
  immutableField,
  removedObject,
  crdVersion,
  helmRelease,
  workloadRestart,
  costChangeRule,
];
