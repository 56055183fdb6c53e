import { Alias } from '@pulumi/aws/kms/alias.js';
import { Key } from '@pulumi/aws/kms/key.js';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import type { Planned } from './planned.ts';

/** Longest time in which a deleted key can be had back (KMS API, ScheduleKeyDeletion): without it, data is lost. */
const DELETION_WINDOW_DAYS = 30;

/** The key of the environment. Who may use it is said by IAM, as KMS's default key policy lets it. */
export class EncryptionKey extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, plan: Planned<'kms-key'>, opts?: ComponentResourceOptions) {
    super('atelier:aws:EncryptionKey', name, {}, opts);
    const { description, alias, protected: protect } = plan.spec;
    const key = new Key(
      name,
      {
        description,
        enableKeyRotation: true,
        deletionWindowInDays: DELETION_WINDOW_DAYS,
        tags: { [CLOUD_TAGS.name]: name },
      },
      { parent: this, protect },
    );
    new Alias(name, { name: alias, targetKeyId: key.keyId }, { parent: this });
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
