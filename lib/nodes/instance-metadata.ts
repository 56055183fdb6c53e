import type { MetadataOptions } from '../crds/karpenter.k8s.aws.ts';

/** One hop: a pod that is not in the host's network cannot ask for the role of its node. */
export const METADATA_OPTIONS: MetadataOptions = {
  httpEndpoint: 'enabled',
  httpProtocolIPv6: 'disabled',
  httpPutResponseHopLimit: 1,
  httpTokens: 'required',
};
