import { platformOf } from '../../fixtures/environment.ts';
import { sparkPod } from '../../spark/spark-pod.ts';
import { type CorpusCase, refused } from './case.ts';
import { corpusInput } from './environment.ts';

const platform = platformOf(corpusInput());
const executor = sparkPod(platform, 'executor', 'vision');

/** Pods that Spark makes of the platform's templates (NODE-7). */
export const SPARK_CASES: readonly CorpusCase[] = [
  ...refused('gpu-access', [
    {
      title: 'is an executor with a GPU where there are none',
      object: { ...executor, metadata: { ...executor.metadata, namespace: 'tabular' } },
      says: 'asks for nvidia.com/gpu',
    },
  ]),
  { title: 'is a driver of Spark', object: sparkPod(platform, 'driver', 'vision') },
  { title: 'is an executor of Spark', object: executor },
];
