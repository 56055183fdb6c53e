import { describe, expect, test } from 'vitest';
import type { AuthorizationReference } from './authorization-reference.ts';
import type { Statement } from './policy-document.ts';
import { policyMistakes } from './policy-mistakes.ts';

/** `${Name}` */
const variable = (name: string): string => `\${${name}}`;
const arnOf = (kind: string): string =>
  `arn:${variable('Partition')}:made:${variable('Region')}:${variable('Account')}:${kind}/${variable('Name')}`;
const REQUESTED = `aws:RequestTag/${variable('TagKey')}`;
const EXISTING = `aws:ResourceTag/${variable('TagKey')}`;

const resource = (resource_type: string, required: boolean, ...condition_keys: readonly string[]) => ({
  [resource_type]: { resource_type, required, condition_keys, dependent_actions: [] },
});

const action = (privilege: string, resource_types: ReturnType<typeof resource>) => ({
  [privilege]: { privilege, resource_types },
});

/** A service that makes things in places. */
const REFERENCE: AuthorizationReference = {
  made: {
    privileges: {
      ...action('CreatePlace', resource('', false, REQUESTED)),
      ...action('CreateThing', {
        ...resource('thing', true),
        ...resource('place', true),
        ...resource('', false, 'made:Names'),
      }),
      ...action('DeleteThing', resource('thing', true)),
    },
    resources: {
      thing: {
        resource: 'thing',
        arn: arnOf('thing'),
        condition_keys: [EXISTING],
      },
      place: { resource: 'place', arn: arnOf('place'), condition_keys: [] },
    },
    conditions: {
      names: { condition: 'made:Names', type: 'ArrayOfString' },
      tag: { condition: EXISTING, type: 'String' },
      asked: { condition: REQUESTED, type: 'String' },
    },
  },
};

const mistakesOf = (...statements: readonly Omit<Statement, 'Effect'>[]): readonly string[] =>
  policyMistakes(REFERENCE, {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });

const THINGS = 'arn:aws:made:*:111122223333:thing/ds-*';
const PLACES = 'arn:aws:made:eu-central-1:*:place/*';

describe('policies held against a reference (CLOUD-1)', () => {
  test('GIVEN actions on what they are about THEN there is nothing to say', () => {
    expect(
      mistakesOf(
        { Action: 'made:CreatePlace', Resource: '*', Condition: { StringLike: { 'aws:RequestTag/team': '*' } } },
        { Action: ['made:CreateThing', 'made:deletething'], Resource: THINGS },
        {
          Action: 'made:Create?hing',
          Resource: [PLACES],
          Condition: { 'ForAnyValue:StringEquals': { 'made:Names': 'a' } },
        },
        {
          Action: 'made:DeleteThing',
          Resource: THINGS,
          Condition: { StringEqualsIfExists: { 'aws:ResourceTag/a': 'b' } },
        },
      ),
    ).toEqual([]);
  });

  test.each([
    [{ Action: 'made:CreateThings', Resource: '*' }, '0: there is no action made:CreateThings'],
    [{ Action: 'make:*', Resource: '*' }, '0: there is no action make:*'],
    [
      { Action: 'made:CreatePlace', Resource: PLACES },
      '0: made:CreatePlace is about nothing that has a name, so it has to be allowed on "*"',
    ],
    [{ Action: 'made:DeleteThing', Resource: PLACES }, `0: made:DeleteThing is about ${arnOf('thing')}`],
    [{ Action: 'made:DeleteThing', Resource: [THINGS, PLACES] }, `0: no action is about ${PLACES}`],
    [
      { Action: 'made:CreateThing', Resource: THINGS },
      `made:CreateThing is also about ${arnOf('place')}, which no statement says`,
    ],
    [
      {
        Sid: 'Tags',
        Action: 'made:CreatePlace',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } },
      },
      'Tags: made:CreatePlace has no condition key aws:ResourceTag/a',
    ],
    [
      { Action: 'made:DeleteThing', Resource: '*', Condition: { Bool: { 'aws:SecureTransports': 'true' } } },
      '0: there is no condition key aws:SecureTransports',
    ],
    [
      { Action: 'made:DeleteThing', Resource: '*', Condition: { StringEquals: { 'aws:SecureTransport': 'true' } } },
      '0: StringEquals does not compare aws:SecureTransport, which is Bool',
    ],
    [
      {
        Action: 'made:DeleteThing',
        Resource: '*',
        Condition: { StringEqual: { 'aws:RequestedRegion': 'eu-central-1' } },
      },
      '0: there is no operator StringEqual',
    ],
    [
      { Action: 'made:CreateThing', Resource: '*', Condition: { StringEquals: { 'made:Names': 'a' } } },
      '0: made:Names has several values, and StringEquals says neither ForAnyValue nor ForAllValues',
    ],
  ])('GIVEN %j THEN it is found', (statement, mistake) => {
    expect(mistakesOf(statement)).toContain(mistake);
  });
});
