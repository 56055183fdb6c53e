import { CHARTS } from '../../catalog/charts.ts';
import { list } from '../../core/words.ts';
import type { AccessSection } from '../../model/access.ts';
import { accessSectionName } from '../../workbench/profiles-conf.ts';
import { type Audience, accessOf, describeAudience } from '../audience.ts';
import type { Step } from '../explanation.ts';
import { placeAt, releaseFiles } from '../scene.ts';
import { line } from '../words.ts';
import type { Session } from './session.ts';

const bracketed = (section: AccessSection): string => `[${accessSectionName(section)}]`;

function describeWho({ who }: AccessSection): string {
  return who.kind === 'everyone' ? 'everyone' : `${who.kind} ${who.name}`;
}

/** Sections of the launcher's files that offer the profile. */
function offering({ platform, profile }: Session): readonly AccessSection[] {
  return platform.access.filter(({ profiles }) => profiles.includes(profile.name));
}

type Answer = Pick<Step, 'verdict' | 'summary' | 'lines'>;

function toAnybody(session: Session): Answer {
  const sections = offering(session);
  // What everyone is offered stands in every section; naming them all would say less.
  const everyone = sections.some(({ who }) => who.kind === 'everyone');
  const named = everyone ? sections.filter(({ who }) => who.kind === 'everyone') : sections;
  const summary = `offered to ${list(named.map(describeWho))}${everyone ? '' : ', to nobody else'}`;
  const lines = [line(`sections of launcher.kubernetes.profiles.conf: ${sections.map(bracketed).join(' ')}`)];
  return { verdict: 'fine', summary, lines };
}

function toAudience(session: Session, audience: Audience): Answer {
  const { platform, profile } = session;
  const { matching, section, meant } = accessOf(platform, audience);
  const who = describeAudience(platform, audience);
  const order = `sections that match, the last one counts: ${matching.map(bracketed).join(' ')}`;
  if (section.profiles.includes(profile.name)) {
    return { verdict: 'fine', summary: `offered to ${who} by section ${bracketed(section)}`, lines: [line(order)] };
  }
  const lines = [
    line(order),
    ...(meant.includes(profile.name)
      ? [
          line(
            `The environment means to offer it, but of several groups Workbench lets the last section win. List ${audience.user ?? 'such users'} under members of the groups: then Atelier writes a section of their own.`,
          ),
        ]
      : []),
    line(`It is offered to ${list(offering(session).map(describeWho))}.`),
  ];
  return { verdict: 'stop', summary: `not offered to ${who}: section ${bracketed(section)} does not name it`, lines };
}

/** Whether Workbench shows the profile, to whom, and which section of the launcher's files decides. */
export function explainOffer(session: Session): Step {
  const { scene, platform, profile, audience } = session;
  const access = audience && accessOf(platform, audience);
  return {
    id: 'offer',
    ...(audience ? toAudience(session, audience) : toAnybody(session)),
    places: [placeAt(scene, [...profile.at, 'offeredTo'])],
    files: releaseFiles(scene, CHARTS.rstudioWorkbench.name),
    facts: {
      sections: offering(session).map(accessSectionName),
      ...(access
        ? {
            groups: access.groups,
            matching: access.matching.map(accessSectionName),
            decides: accessSectionName(access.section),
            meant: access.meant.includes(profile.name),
            offered: access.section.profiles.includes(profile.name),
          }
        : {}),
    },
  };
}
