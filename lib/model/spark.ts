import * as z from 'zod';
import { bytesField, cpuField, listWithoutRepeats, nameField } from './field.ts';

const podFields = {
  pool: z.string().describe('Pool the pods run on.'),
  cpu: cpuField.describe('CPU of one pod, request and limit alike; whole CPUs become cores of Spark.'),
  memory: bytesField.describe(
    'Memory of one pod, request and limit alike: the heap, and 40 % of it on top for Python and R.',
  ),
  priorityClass: z.string().optional().describe("Priority class. Default: the ladder's default class."),
};

/** Apache Spark on Kubernetes for tenants: a driver that stays, executors that may be interrupted (NODE-7). */
export const sparkSchema = z
  .strictObject({
    image: z
      .string()
      .regex(
        /^[\w./:@-]+(:(?!latest$)\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/,
        'is no image reference with a fixed tag or digest',
      )
      .describe(
        'Image with Spark 3.5 or later in /opt/spark and user 185, as apache/spark has them; registry, tag and all.',
      ),
    namespaces: listWithoutRepeats(nameField)
      .min(1)
      .describe('Workspaces whose people may run Spark; each gets a ConfigMap "spark" and a ServiceAccount "spark".'),
    driver: z
      .strictObject(podFields)
      .describe('One per application; when it ends, all of the application does. Never on spot capacity.'),
    executors: z
      .strictObject({
        ...podFields,
        gpu: z
          .strictObject({ count: z.int().min(1).describe('Whole GPUs of one executor.') })
          .optional()
          .describe('GPUs of one executor.'),
        max: z
          .int()
          .min(1)
          .describe('Most executors of one application; Spark starts and ends them as its tasks need.'),
      })
      .describe('Spot capacity will do: before an executor goes, Spark moves what it holds to the others.'),
  })
  .describe('Apache Spark on Kubernetes. Default: none.');
export type SparkChoice = z.output<typeof sparkSchema>;
