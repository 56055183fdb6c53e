/**
 * How careful one has to be, least first. `safe`: nothing that runs notices. `care`: somebody should know, or a hand is
 * needed. `disruptive`: sessions, pods or nodes are ended or refused. `dangerous`: data or access can be lost for good.
 */
export const RISKS = ['safe', 'care', 'disruptive', 'dangerous'] as const;
export type Risk = (typeof RISKS)[number];

/** The words people read. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  safe: 'safe',
  care: 'needs care',
  disruptive: 'disruptive',
  dangerous: 'dangerous',
};

export function riskRank(risk: Risk): number {
  return RISKS.indexOf(risk);
}

/** The highest of them; `safe` where there is none. */
export function worstRisk(risks: readonly Risk[]): Risk {
  return risks.reduce<Risk>((worst, risk) => (riskRank(risk) > riskRank(worst) ? risk : worst), 'safe');
}
