import { IncidentSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import { addDays } from '#app/core/japanese_calendar'
import { wallTime } from '#app/core/clock'
import type { Transition } from '#app/core/transition'

export const INCIDENT_KINDS = ['leak', 'loss', 'wrong_enclosure', 'access', 'other'] as const

/** Things to be done about an incident, in order. */
export const STEPS = ['client_told', 'first_report', 'full_report', 'residents_told'] as const
export type Step = (typeof STEPS)[number]

type IncidentState = 'open' | 'closed'

const RULES: StateRules<IncidentState> = {
  table: 'incidents',
  subject: 'incident',
  from: { open: ['closed'], closed: ['open'] },
}

/** Something that went wrong with personal data. Its state changes by its methods alone, each with its event. */
export default class Incident extends IncidentSchema {
  declare state: IncidentState
  declare kind: (typeof INCIDENT_KINDS)[number]

  /** Everything is done about it. @returns false where it is closed already */
  async close(t: Transition, by: { id: string }): Promise<boolean> {
    const changed = await changeState(t, RULES, [this.id], 'closed', { actorId: by.id })
    if (changed.length === 1)
      await t.trx
        .from('incidents')
        .where('id', this.id)
        .update({ closed_at: t.trx.raw('now()') })
    return changed.length === 1
  }

  /**
   * Days (`YYYY-MM-DD`) by which each step is due, counted from the day on which it became known: the client at once, the
   * first report within five days, the full one within 30, or 60 where improper purpose is suspected.
   */
  get due(): Record<Step, string> {
    const known = wallTime(this.knownAt.toJSDate()).slice(0, 10)
    const full = addDays(known, this.improper ? FULL_IMPROPER_DAYS : FULL_DAYS)
    return {
      client_told: known,
      first_report: addDays(known, FIRST_DAYS),
      full_report: full,
      residents_told: full,
    }
  }
}

/** Act on the Protection of Personal Information, Enforcement Rules: three to five days, 30 days, 60 days. */
const FIRST_DAYS = 5
const FULL_DAYS = 30
const FULL_IMPROPER_DAYS = 60

/** Names what the story of an incident is bound to. */
export const storySealContext = (id: string) => `incidents.story:${id}`
