// Stands in for cdk8s in the compiled program: what is used of it, without its Helm, cron and testing parts.
export { ApiObject } from '../node_modules/cdk8s/lib/api-object.js';
export { App } from '../node_modules/cdk8s/lib/app.js';
export { Chart } from '../node_modules/cdk8s/lib/chart.js';
