import type { JsonObject } from '../../lib/core/json.ts';
import type { ApiRequest } from './counterpart.ts';

/** Types of Pulumi that CloudFormation has nothing for, and what they ask of the API. */
export const REQUESTS: Readonly<Record<string, (inputs: JsonObject) => readonly ApiRequest[]>> = {
  'aws:ec2/tag:Tag': ({ resourceId = null, key, value }) => [
    {
      service: 'ec2',
      operation: 'CreateTags',
      parameters: { Resources: [resourceId], Tags: [{ Key: key, Value: value }] },
    },
  ],
  'aws:autoscaling/tag:Tag': ({ autoscalingGroupName, tag }) => {
    const { key, value, propagateAtLaunch } = tag as JsonObject;
    return [
      {
        service: 'autoscaling',
        operation: 'CreateOrUpdateTags',
        parameters: {
          Tags: [
            {
              ResourceId: autoscalingGroupName,
              ResourceType: 'auto-scaling-group',
              Key: key,
              Value: value,
              PropagateAtLaunch: propagateAtLaunch,
            },
          ],
        },
      },
    ];
  },
};
