import chromium from '@sparticuz/chromium';
import puppeteer, { type Browser } from 'puppeteer-core';

/**
 * The headless Chromium that the package brings, or why it cannot start here. Continuous integration has it: there it is
 * an error.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  try {
    return await puppeteer.launch({
      executablePath: await chromium.executablePath(),
      args: chromium.args,
      headless: 'shell',
      timeout: 120_000,
    });
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.warn(`skipped: the browser does not start here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
