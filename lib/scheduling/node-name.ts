import { type Filter, SKIP, unresolvable } from './filter.ts';

const OTHER_NODE = unresolvable({ code: 'node-name' });

/** A pod that names its node runs there or nowhere (NodeName). */
export const nodeName: Filter = ({ pod }) => {
  const { nodeName: wanted } = pod.spec;
  if (!wanted) return SKIP;
  return { kind: 'check', check: ({ name }) => (name === wanted ? undefined : OTHER_NODE) };
};
