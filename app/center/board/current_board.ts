import { countWork } from '#app/center/board/count_work'
import { forecast } from '#app/center/board/forecast'
import {
  freePeople,
  missingSkills,
  unentrustedClients,
  emptyTeams,
} from '#app/center/board/people_now'
import { offeredAhead } from '#app/tasks/hours/offered_hours'
import { workingNow } from '#app/tasks/open_work'
import { pausedServices } from '#app/tasks/pauses'
import { minutesByKind } from '#app/tasks/usual_seconds'
import ServicePlan from '#app/tasks/plans/service_plan'

/** Everybody who looks sees the same for so long (ms). */
const FRESH_MS = 15_000

type Board = Awaited<ReturnType<typeof load>>

let known: { at: number; board: Board } | null = null

async function load() {
  const each = await minutesByKind()
  const paused = await pausedServices()
  const plans = new Map((await ServicePlan.all()).map((plan) => [plan.id, wordsOn(plan)]))
  const otherwise = [...plans].flatMap(([id, words]) => (words.length > 0 ? id : []))
  const [said, rows, working, free, missing, unentrusted, empty, ahead] = await Promise.all([
    forecast(each),
    countWork(each, [...new Set([...paused, ...otherwise])]),
    workingNow(),
    freePeople(),
    missingSkills(),
    unentrustedClients(),
    emptyTeams(),
    offeredAhead(),
  ])
  return { forecast: said, rows, working, free, missing, unentrusted, empty, ahead, paused, plans }
}

/** The words on a plan for what is otherwise than usual. */
function wordsOn({ priority, keying }: ServicePlan): string[] {
  return [
    ...(priority > 0 ? ['goes_first'] : []),
    ...(priority < 0 ? ['goes_last'] : []),
    ...(Object.keys(keying).length > 0 ? ['keyed_otherwise'] : []),
  ]
}

/** Forgets what was counted, for who can't wait. */
export function forgetBoard(): void {
  known = null
}

/** The board as it was counted last, within some seconds. */
export async function currentBoard(): Promise<Board> {
  if (!known || performance.now() - known.at > FRESH_MS)
    known = { at: performance.now(), board: await load() }
  return known.board
}
