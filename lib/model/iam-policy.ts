/** A statement of an IAM policy, in the words of IAM, so that what is reviewed is what is applied. */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy of a role of ours. */
export interface IamPolicy {
  readonly name: string;
  readonly statements: readonly IamStatement[];
}

/** Version of the policy language, as every policy document names it (IAM user guide, policy elements: Version). */
export const POLICY_VERSION = '2012-10-17';

/** Longest name of an IAM role (IAM and STS quotas). */
export const MAX_ROLE_NAME = 64;
