import { appendFileSync } from 'node:fs';

/** What one run of the Pulumi program took; written as a line of JSON when it ends. */
export interface ProgramUsage {
  /** From the start of the process until everything is registered. */
  readonly seconds: number;
  /** Of these, all but those in which it waited: for the engine, nearly always. */
  readonly busySeconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const file = process.env.ATELIER_PROGRAM_USAGE;
if (file !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage: ProgramUsage = {
      seconds: performance.now() / 1000,
      busySeconds: (performance.now() - performance.eventLoopUtilization().idle) / 1000,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      megabytes: maxRSS / 1024,
    };
    appendFileSync(file, `${JSON.stringify(usage)}\n`);
  });
}
