import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import {
  type AdmissionValidation,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
} from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { TENANT_ROLES } from './tenant-rules.ts';

const NAME = 'tenant-invitations';

/** A CEL string literal; JSON's escapes are CEL's too. */
const text = (value: string): string => JSON.stringify(value);
const joined = (...parts: readonly string[]): string => parts.join(' + ');

/** CEL: the requester was given the right to bind the role here, which holding the role's rights does not make true. */
const mayBind = (role: string): string =>
  `authorizer.group('rbac.authorization.k8s.io').resource('clusterroles').namespace(request.namespace).name('${role}').check('bind').allowed()`;

function validations(contact: string): readonly AdmissionValidation[] {
  const ask = ` For anything else ask ${contact.replace(/\s+/g, ' ').trim() || 'your platform team'}.`;
  const isManaged = `oldObject.metadata.?labels[?'${LABELS.managedBy}'].orValue('') == 'atelier'`;
  return [
    {
      expression: `request.operation == 'CREATE' || !(${isManaged})`,
      message: `This binding comes from the environment file, where it is changed.${ask}`,
      messageExpression: joined(
        text('RoleBinding "'),
        'request.name',
        text('" of namespace "'),
        'request.namespace',
        text(`" comes from the environment file: change owners and members there.${ask}`),
      ),
      reason: 'Forbidden',
    },
    {
      expression: `request.operation == 'DELETE' ||
  (object.roleRef.kind == 'ClusterRole' && object.roleRef.name == '${TENANT_ROLES.member}')`,
      message: `Owners invite members only: bind ClusterRole "${TENANT_ROLES.member}".${ask}`,
      messageExpression: joined(
        text('RoleBinding "'),
        'request.name',
        text('" gives '),
        'object.roleRef.kind',
        text(' "'),
        'object.roleRef.name',
        text(`", and owners invite members only: bind ClusterRole "${TENANT_ROLES.member}".${ask}`),
      ),
      reason: 'Forbidden',
    },
    {
      expression: `request.operation == 'DELETE' || object.?subjects.orValue([]).all(subject,
  subject.kind == 'ServiceAccount'
    ? subject.?namespace.orValue('') == request.namespace
    : !subject.name.startsWith('system:'))`,
      message: `Owners invite people, their groups, and ServiceAccounts of the same namespace.${ask}`,
      reason: 'Forbidden',
    },
  ];
}

/**
 * Owners invite members and nobody else. RBAC alone cannot say so: somebody who holds all rights of a role may bind it to
 * others (Kubernetes: pkg/registry/rbac/rolebinding/policybased), so an owner could make more owners. The policy looks at
 * everybody who may bind members here and may not bind owners, whatever the namespace; so it needs no label and no list.
 * Phase 30-policies.
 */
export class InvitationPolicy extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const explanation = 'Owners of a tenant invite members, and nobody to their own role.';
    const metadata = { name: NAME, annotations: { [ANNOTATIONS.explanation]: explanation } };
    validatingAdmissionPolicy(this, 'policy', metadata, {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['rbac.authorization.k8s.io'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            resources: ['rolebindings'],
          },
        ],
      },
      matchConditions: [
        { name: 'may-bind-members', expression: mayBind(TENANT_ROLES.member) },
        { name: 'may-not-bind-owners', expression: `!${mayBind(TENANT_ROLES.owner)}` },
      ],
      validations: validations(platform.environment.policies.contact),
    });
    validatingAdmissionPolicyBinding(this, 'binding', metadata, { policyName: NAME, validationActions: ['Deny'] });
  }
}
