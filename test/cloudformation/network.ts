import { type Counterpart, TAGS } from './counterpart.ts';

/** The network in CloudFormation. */
export const NETWORK: Readonly<Record<string, Counterpart>> = {
  'aws:ec2/vpc:Vpc': { type: 'AWS::EC2::VPC', tags: TAGS },
  'aws:ec2/subnet:Subnet': { type: 'AWS::EC2::Subnet', tags: TAGS },
  'aws:ec2/internetGateway:InternetGateway': {
    type: 'AWS::EC2::InternetGateway',
    tags: TAGS,
    inputs: { vpcId: [] },
    beside: ({ vpcId }, self) => [
      { type: 'AWS::EC2::VPCGatewayAttachment', properties: { VpcId: vpcId, InternetGatewayId: self } },
    ],
  },
  'aws:ec2/eip:Eip': {
    type: 'AWS::EC2::EIP',
    tags: TAGS,
    outputs: (attribute) => ({ id: attribute('AllocationId') }),
  },
  'aws:ec2/natGateway:NatGateway': { type: 'AWS::EC2::NatGateway', tags: TAGS },
  'aws:ec2/route:Route': { type: 'AWS::EC2::Route' },
  'aws:ec2/routeTable:RouteTable': { type: 'AWS::EC2::RouteTable', tags: TAGS },
  'aws:ec2/routeTableAssociation:RouteTableAssociation': { type: 'AWS::EC2::SubnetRouteTableAssociation' },
  'aws:ec2/vpcEndpoint:VpcEndpoint': { type: 'AWS::EC2::VPCEndpoint', tags: TAGS },
  'aws:ec2/securityGroup:SecurityGroup': {
    type: 'AWS::EC2::SecurityGroup',
    tags: TAGS,
    inputs: { description: 'GroupDescription' },
  },
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': {
    type: 'AWS::EC2::SecurityGroupIngress',
    inputs: {
      securityGroupId: 'GroupId',
      referencedSecurityGroupId: 'SourceSecurityGroupId',
      cidrIpv4: 'CidrIp',
    },
  },
};
