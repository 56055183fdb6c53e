/** Where clouds answer with the credentials of the node (AWS IMDS, and the same address elsewhere). */
export const METADATA_ADDRESS = '169.254.169.254';

/** Where the node-local DNS cache listens on nodes that have one (Kubernetes: "Using NodeLocal DNSCache"). */
export const NODE_LOCAL_DNS_ADDRESS = '169.254.20.10';
