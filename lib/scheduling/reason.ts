import type { NodeTaint } from './node.ts';

/** Why the scheduler turns a node down, or all of them. */
export type Reason =
  | { readonly code: 'node-unschedulable' }
  | { readonly code: 'node-name' }
  /** `taint`: the first of the node's that the pod does not tolerate. */
  | { readonly code: 'untolerated-taint'; readonly taint: NodeTaint }
  | { readonly code: 'node-affinity' }
  | { readonly code: 'node-affinity-conflict' }
  /** The pod names its nodes, and this is none of them. */
  | { readonly code: 'node-not-named' }
  | { readonly code: 'host-ports' }
  | { readonly code: 'too-many-pods'; readonly used: number; readonly capacity: number }
  /** CPU in millicores, everything else in whole units: bytes, devices. */
  | {
      readonly code: 'insufficient-resource';
      readonly resource: string;
      readonly requested: number;
      readonly used: number;
      readonly capacity: number;
    }
  | { readonly code: 'claim-not-found'; readonly claim: string }
  | { readonly code: 'claim-lost'; readonly claim: string; readonly volume: string }
  | { readonly code: 'claim-being-deleted'; readonly claim: string }
  | { readonly code: 'claim-unbound' }
  | { readonly code: 'claim-in-use' }
  | { readonly code: 'volume-not-found'; readonly volume: string }
  | { readonly code: 'volume-node-affinity' }
  | { readonly code: 'no-volume-to-bind' }
  | { readonly code: 'volume-zone' }
  | { readonly code: 'topology-spread' }
  | { readonly code: 'topology-spread-label' }
  | { readonly code: 'pod-affinity' }
  | { readonly code: 'pod-anti-affinity' }
  | { readonly code: 'existing-pod-anti-affinity' };

/** A reason in the scheduler's own words (Kubernetes 1.36 pkg/scheduler/framework/plugins). */
export function describeReason(reason: Reason): string {
  switch (reason.code) {
    case 'node-unschedulable':
      return 'node(s) were unschedulable';
    case 'node-name':
      return "node(s) didn't match the requested node name";
    case 'untolerated-taint':
      return 'node(s) had untolerated taint(s)';
    case 'node-affinity':
      return "node(s) didn't match Pod's node affinity/selector";
    case 'node-affinity-conflict':
      return 'pod affinity terms conflict';
    case 'node-not-named':
      return "node(s) didn't satisfy plugin(s) [NodeAffinity]";
    case 'host-ports':
      return "node(s) didn't have free ports for the requested pod ports";
    case 'too-many-pods':
      return 'Too many pods';
    case 'insufficient-resource':
      return `Insufficient ${reason.resource}`;
    case 'claim-not-found':
      return `persistentvolumeclaim "${reason.claim}" not found`;
    case 'claim-lost':
      return `persistentvolumeclaim "${reason.claim}" bound to non-existent persistentvolume "${reason.volume}"`;
    case 'claim-being-deleted':
      return `persistentvolumeclaim "${reason.claim}" is being deleted`;
    case 'claim-unbound':
      return 'pod has unbound immediate PersistentVolumeClaims';
    case 'claim-in-use':
      return 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
    case 'volume-not-found':
      return `persistentvolume "${reason.volume}" not found`;
    case 'volume-node-affinity':
      return "node(s) didn't match PersistentVolume's node affinity";
    case 'no-volume-to-bind':
      return "node(s) didn't find available persistent volumes to bind";
    case 'volume-zone':
      return 'node(s) had no available volume zone';
    case 'topology-spread':
      return "node(s) didn't match pod topology spread constraints";
    case 'topology-spread-label':
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    case 'pod-affinity':
      return "node(s) didn't match pod affinity rules";
    case 'pod-anti-affinity':
      return "node(s) didn't match pod anti-affinity rules";
    case 'existing-pod-anti-affinity':
      return "node(s) didn't satisfy existing pods anti-affinity rules";
  }
}
