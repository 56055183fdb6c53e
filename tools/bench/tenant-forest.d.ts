import type { EnvironmentInput } from '../../lib/model/environment.ts';

export declare function withTenants(environment: EnvironmentInput, count: number, cpu?: number): EnvironmentInput;
