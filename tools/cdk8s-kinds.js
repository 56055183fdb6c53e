// Stands in for cdk8s-plus-29 in the compiled program: its generated kinds, without the layer built on them.
export * as k8s from '../node_modules/cdk8s-plus-29/lib/imports/k8s.js';
