import { toYaml } from '../core/yaml.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';
import { nodeLabelsFlag, registeredTaints } from './node-join.ts';

/**
 * Drop-in for `kubelet --config-dir`: the taints a new node registers with, startup taints among them; `undefined` where
 * there are none. Kubelet reads files there whose names end in `.conf` (Kubernetes documentation, "Set Kubelet Parameters
 * Via A Configuration File").
 */
export function kubeletDropIn(platform: Platform, pool: Pool): string | undefined {
  const taints = registeredTaints(platform, pool);
  if (Object.keys(taints).length === 0) return undefined;
  const configuration = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...taints };
  // Kubelet reads YAML 1.1, where a pool by the name of "on" would be a boolean.
  return toYaml(configuration);
}

/** Environment file for kubelet (/etc/default/kubelet with kubeadm) with the labels of a new node. */
export function kubeletArguments(pool: Pool): string {
  return `KUBELET_EXTRA_ARGS=${nodeLabelsFlag(pool)}\n`;
}
