import { aboutObject } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

export const finalizers: Rule = {
  id: 'OBJ025',
  title: 'No object is applied with a finalizer',
  severity: 'error',
  protectsFrom: 'namespaces and objects that hang in Terminating for ever after the platform is taken down',
  because:
    'An object with a finalizer is deleted only when its controller takes the finalizer off. Where the manifest sets it, it is put back at each apply, and where the controller has gone first, nobody takes it off.',
  source: 'Kubernetes documentation, "Finalizers"',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: workbench-homes, namespace: workbench, finalizers: [kubernetes.io/pvc-protection] }`,
    mended: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: workbench-homes, namespace: workbench }`,
  },
  check: (bundle) =>
    bundle.objects.flatMap((object) => {
      const list = (object.manifest.metadata.finalizers ?? []) as readonly string[];
      if (list.length === 0) return [];
      const message = `is applied with the finalizer ${list.map((each) => `"${each}"`).join(', ')}.`;
      return [aboutObject(object, message, 'Leave it out; controllers set theirs themselves.')];
    }),
};
