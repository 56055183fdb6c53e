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

/** Longest name of an IAM role (IAM and STS quotas). */
export const MAX_ROLE_NAME = 64;
