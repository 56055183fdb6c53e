import type { Bundle } from '../../../bundle/bundle.ts';
import { atelierProgram } from '../../atelier-program.ts';
import type { Component } from '../../component.ts';
import type { Controller } from '../../controller.ts';
import { joinNode } from '../../join-node.ts';
import { type JoinedNode, standingNodes } from '../../joined-node.ts';
import { answersPlainly } from '../../readiness.ts';
import { portOf } from '../../state.ts';

interface NodesSettings {
  readonly nodes: readonly JoinedNode[];
  readonly startupTaints: readonly { readonly key: string }[];
}

const nodeAgents = ({ startupTaints }: NodesSettings): Component => ({
  name: 'node-agents',
  ports: ['node-agents'],
  command: ({ folder, ports }) =>
    atelierProgram('node-agents', {
      folder,
      server: String(portOf(ports, 'kube-apiserver')),
      port: String(portOf(ports, 'node-agents')),
      startup: startupTaints.map(({ key }) => key).join(','),
    }),
  isReady: (context) => answersPlainly(context, 'node-agents', '/'),
});

/**
 * The nodes that stand without an autoscaler, and what kubelet, device plugin and agents of every node do besides what
 * kwok plays.
 */
export const nodes: Controller<NodesSettings> = {
  name: 'nodes',
  summary: 'joins the machines and the least of every node group; plays the agents of nodes',
  tools: [],
  settings: (bundle: Bundle): NodesSettings => ({
    nodes: standingNodes(bundle),
    startupTaints: bundle.platform.environment.startupTaints.map(({ key }) => ({ key })),
  }),
  prepare: async ({ client, settings }) => {
    for (const node of settings.nodes) await joinNode(client, node, settings.startupTaints);
  },
  components: (settings) => [[nodeAgents(settings)]],
};
