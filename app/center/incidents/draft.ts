import type Incident from '#app/center/incidents/incident'
import { showIncident } from '#app/center/incidents/show_incident'
import Organization from '#app/people/organization'
import type User from '#app/people/user'
import i18nManager from '@adonisjs/i18n/services/main'
import { today, wallTime } from '#app/core/clock'
import { eraAndYear, eraMoment } from '#app/core/japanese_calendar'
import { typeset } from '#app/core/typesetter'

export const DRAFTS = ['first_report', 'full_report', 'letter'] as const

/**
 * Typesets a draft for the city, which reports, writes and publishes: a report with what is known so far, or the letter
 * to the people concerned. What only the city knows stands in brackets.
 */
export async function draftOf(
  user: User,
  incident: Incident,
  draft: (typeof DRAFTS)[number]
): Promise<Buffer> {
  const words = i18nManager.locale('ja')
  const [{ story, requests, sights, steps }, client, center] = await Promise.all([
    showIncident(user, incident),
    Organization.findOrFail(incident.clientId),
    Organization.findByOrFail('kind', 'center'),
  ])
  const { pdf } = await typeset('incident.typ', {
    draft,
    number: incident.number,
    date: eraAndYear(today()),
    client: client.name,
    center: center.name,
    kind: words.t(`incidents.kind_${incident.kind}`),
    known: eraMoment(wallTime(incident.knownAt.toJSDate())),
    story,
    requests: requests.length,
    people: sights.length,
    keys_leaked: incident.keysLeaked,
    improper: incident.improper,
    steps: steps.map(({ step, due, doneOn }) => [
      words.t(`incidents.step_${step}`),
      eraAndYear(due),
      doneOn ? eraAndYear(doneOn) : '',
    ]),
  })
  return pdf
}
