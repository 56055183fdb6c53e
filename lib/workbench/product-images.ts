import { CHARTS } from '../catalog/charts.ts';

/** Tag of Posit's own images that belong to the chart; pinned here, so that the pre-pull pulls what sessions run. */
export const PRODUCT_TAG = `${CHARTS.rstudioWorkbench.appVersion}-ubuntu-24.04`;
/** Brings RStudio, VS Code and Positron into a session image that has none of them. */
export const SESSION_INIT_REPOSITORY = 'posit/workbench-session-init';
/** The image of the init container in every session's pod. */
export const SESSION_INIT_IMAGE = `${SESSION_INIT_REPOSITORY}:${PRODUCT_TAG}`;
