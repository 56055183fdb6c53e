import { describe, expect, test } from 'vitest';
import { awsLoadBalancerPolicies } from '../../lib/ingress/aws-load-balancer-policies.ts';
import type { EksCluster } from '../../lib/model/cluster.ts';
import { eksInput, environmentOf } from '../fixtures/environment.ts';

const cluster = environmentOf(eksInput()).cluster as EksCluster;
const policies = awsLoadBalancerPolicies(cluster);
const statements = policies.flatMap((policy) => policy.statements);
const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Every action of docs/install/iam_policy.json (version 3.5.0), without reading ones of EC2 and of the load balancers. */
const CHANGING = `
  acm:DescribeCertificate acm:ListCertificates cognito-idp:DescribeUserPoolClient
  ec2:AuthorizeSecurityGroupIngress ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup ec2:DeleteTags
  ec2:RevokeSecurityGroupIngress
  elasticloadbalancing:AddListenerCertificates elasticloadbalancing:AddTags elasticloadbalancing:CreateListener
  elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateRule elasticloadbalancing:CreateTargetGroup
  elasticloadbalancing:DeleteListener elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DeleteRule
  elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DeregisterTargets
  elasticloadbalancing:ModifyCapacityReservation elasticloadbalancing:ModifyIpPools elasticloadbalancing:ModifyListener
  elasticloadbalancing:ModifyListenerAttributes elasticloadbalancing:ModifyLoadBalancerAttributes
  elasticloadbalancing:ModifyRule elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes
  elasticloadbalancing:RegisterTargets elasticloadbalancing:RemoveListenerCertificates elasticloadbalancing:RemoveTags
  elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetRulePriorities elasticloadbalancing:SetSecurityGroups
  elasticloadbalancing:SetSubnets elasticloadbalancing:SetWebAcl
  iam:CreateServiceLinkedRole iam:GetServerCertificate iam:ListServerCertificates
  shield:CreateProtection shield:DeleteProtection shield:DescribeProtection shield:GetSubscriptionState
  waf-regional:AssociateWebACL waf-regional:DisassociateWebACL waf-regional:GetWebACL waf-regional:GetWebACLForResource
  wafv2:AssociateWebACL wafv2:DisassociateWebACL wafv2:GetWebACL wafv2:GetWebACLForResource`
  .trim()
  .split(/\s+/);

const READING = /^(ec2|elasticloadbalancing):(Describe|Get)/;

/** What the controller makes: without a condition the right would hold for everybody's. */
const OWN_ONLY = [
  'ec2:DeleteSecurityGroup',
  'elasticloadbalancing:DeleteLoadBalancer',
  'elasticloadbalancing:DeleteTargetGroup',
  'elasticloadbalancing:ModifyLoadBalancerAttributes',
  'elasticloadbalancing:SetSecurityGroups',
  'elasticloadbalancing:SetSubnets',
];

describe("the AWS Load Balancer Controller's rights in AWS (CLOUD-1)", () => {
  test('WHEN written THEN they are the actions that version 3.5 asks for, and no others', () => {
    const actions = [...new Set(statements.flatMap(({ Action }) => listed(Action)))];
    expect(actions.filter((action) => !READING.test(action)).sort()).toEqual([...CHANGING].sort());
    expect(actions.filter((action) => READING.test(action))).toHaveLength(29);
  });

  test.each(OWN_ONLY)('WHEN it may %s THEN only what carries the tag of this cluster', (action) => {
    const granting = statements.filter(({ Action }) => listed(Action).includes(action));
    expect(granting).toHaveLength(1);
    expect(granting[0]?.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'test' } });
  });

  test('WHEN it makes something THEN it says whose it is, and can never say otherwise later', () => {
    for (const action of ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup']) {
      const granting = statements.filter(({ Action }) => listed(Action).includes(action));
      expect(granting.map(({ Condition }) => Condition)).toEqual([
        { StringEquals: { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'test' } },
      ]);
    }
    const tagging = statements.filter(({ Action }) =>
      listed(Action).some((each) => /Tags$/.test(each) && !READING.test(each)),
    );
    for (const { Sid, Condition } of tagging.filter(({ Sid }) => Sid !== 'TagListeners')) {
      const request = Condition?.Null?.['aws:RequestTag/elbv2.k8s.aws/cluster'];
      const named = Condition?.StringEquals?.['aws:RequestTag/elbv2.k8s.aws/cluster'];
      expect([Sid, request ?? named]).toEqual([Sid, Sid.startsWith('TagNew') ? 'test' : 'true']);
    }
    expect(tagging).toHaveLength(5);
  });

  test('WHEN it opens a security group THEN it is one of its own or of the nodes of this cluster', () => {
    const opening = statements.filter(({ Action }) => listed(Action).includes('ec2:AuthorizeSecurityGroupIngress'));
    expect(opening.map(({ Condition }) => Condition)).toEqual([
      { Null: { 'aws:ResourceTag/kubernetes.io/cluster/test': 'false' } },
      { StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'test' } },
    ]);
  });

  test('WHEN written THEN each fits into a managed policy, and each statement has a name of its own', () => {
    for (const { statements: each } of awsLoadBalancerPolicies({
      ...cluster,
      name: 'n'.repeat(63),
      region: 'us-gov-west-1',
    })) {
      expect(JSON.stringify({ Version: '2012-10-17', Statement: each }).length).toBeLessThanOrEqual(6144);
    }
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  test('GIVEN a region of China WHEN written THEN ARNs are of its partition', () => {
    const china = JSON.stringify(awsLoadBalancerPolicies({ ...cluster, region: 'cn-north-1' }));
    expect(china).not.toContain('arn:aws:');
    expect(china).toContain('arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:targetgroup/*/*');
  });
});
